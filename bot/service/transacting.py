"""What every desk of use cases does alike: one transaction for each, at one clock, the store's errors as a family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.families import store_away
from storage.database import Database

T = TypeVar("T")


class Transacting:
    """To be derived from. `clock` says UTC seconds."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    @property
    def _now(self) -> int:
        return int(self._clock())

    async def _run(self, work: Callable[[Connection], T]) -> T:
        """What may write, in one transaction. Raises OutsideFailed where the store refuses."""
        with store_away():
            return await self._database.run(work)

    async def _read(self, work: Callable[[Connection], T]) -> T:
        """What reads alone. Raises OutsideFailed where the store refuses."""
        with store_away():
            return await self._database.read(work)
