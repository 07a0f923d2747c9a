"""Units whose sheet of keys runs out, or has: whoever operates is told in time, by `doctor` and in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.service.site import SheetBook
from bot.service.successors import present_unit
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import sheets, tips, units
from storage.repositories.units import Unit

SOON = 14 * 24 * 3600
"""Seconds before a sheet's end from which its unit is warned. The console counts the same, in `web/src/desk/keys`."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit's newest sheet ends at this UTC second; `over` where it has."""

    unit: str
    expires: int
    over: bool


def still_needed(connection: Connection, book: SheetBook, unit: Unit, now: int) -> bool:
    """True while a unit's sheet is needed: it is there, or by it those read that nobody else could do it for.

    Of a unit that ended these are its officers, while they have tips that are open, or while they receive what is sent
    to the unit after it; until that one's sheet goes on for it.
    """
    if book.is_over(unit.code):
        return False
    if unit.valid_to is None or now < unit.valid_to:
        return True
    there = present_unit(connection, unit.code, now)
    receiver = book.receiver(connection, there.code, now) if there else None
    return (receiver is not None and receiver.unit == unit.code) or tips.has_open(connection, unit.code)


def endings(connection: Connection, *, book: SheetBook, now: int, within: int = SOON) -> tuple[Ending, ...]:
    """Units whose newest sheet is needed and ends within so many seconds, by unit.

    A unit that never had a sheet has none to lose, and one whose newest was taken away is `doctor`'s to tell.
    """
    found = []
    for unit in units.every_unit(connection):
        newest = sheets.newest(connection, unit.code)
        sheet = book.verified(newest.body) if newest else None
        if sheet is None or sheet.unit != unit.code or sheet.n < book.floor(unit.code):
            continue
        if sheet.expires - now < within and still_needed(connection, book, unit, now):
            found.append(Ending(unit.code, sheet.expires, now >= sheet.expires))
    return tuple(found)


class EndingWatch:
    """A fixed job: once a day the log says how many units' sheets run out, and how many have."""

    def __init__(self, *, database: Database, book: SheetBook, clock: Callable[[], float]) -> None:
        self._database = database
        self._book = book
        self._clock = clock

    async def look(self) -> None:
        """Say so if there are any. No unit is named: `hopthu doctor` does."""
        try:
            found = await self._database.read(partial(endings, book=self._book, now=int(self._clock())))
        except StorageError:
            log.warning("endings_postponed")
            return
        soon, over = (sum(1 for one in found if one.over is gone) for gone in (False, True))
        if soon:
            log.warning("sheets_end_soon", count=soon)
        if over:
            log.error("sheets_have_ended", count=over)
