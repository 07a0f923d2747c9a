"""What the resident pages show of units, boxes and boards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.boards import board
from bot.service.families import store_away
from bot.service.site import SheetBook, find_desk
from handlers.timeline import short_day
from handlers.values import Board, Desk
from storage.database import Database

__all__ = ["Directory", "Place", "short_day"]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as a page shows it: where tips go, and its board."""

    desk: Desk
    board: Board


class Directory:
    """Reads for pages. Says nothing about tips."""

    def __init__(self, *, database: Database, book: SheetBook, clock: Callable[[], float]) -> None:
        self._database = database
        self._book = book
        self._clock = clock

    async def place(self, *, box: str | None = None, unit: str | None = None) -> Place:
        """The place of a box, else of a unit, else the installation's first; an unknown code is as none.

        Raises:
            OutsideFailed: the store cannot be read now.
        """

        def work(connection: Connection) -> Place:
            now = int(self._clock())
            desk = find_desk(connection, self._book, now, box=box, unit=unit)
            if not desk.unit:
                desk = find_desk(connection, self._book, now, box=None, unit=None)
            return Place(desk, board(connection, desk.unit, now))

        with store_away():
            return await self._database.read(work)
