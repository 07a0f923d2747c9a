"""Where keys of units and officers change, as the desk's API calls it: one transaction each, errors of one family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.desk import recovering
from bot.service.desk.audit import Ledger, Signed
from bot.service.desk.counter import Me
from bot.service.families import store_away
from bot.service.site import SheetBook, Site
from crypto.recovery import Asked
from storage.database import Database

T = TypeVar("T")


class KeyDesk:
    """Beside the counter, which says who asks."""

    def __init__(
        self, *, database: Database, site: Site, book: SheetBook, ledger: Ledger, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._site = site
        self._book = book
        self._ledger = ledger
        self._clock = clock

    async def shut_tips(self, me: Me) -> Asked:
        """The unit's tips that this chief has no key to, as sealed to the recovery identity."""
        return await self._read(lambda connection: recovering.asked(connection, me.officer, self._site))

    async def recover(self, me: Me, found: recovering.Recovered, record: bytes) -> None:
        """Take in keys that the recovery shares gave, by a chief's signed act."""
        act = Signed(record, self._ledger, self._now)
        await self._run(lambda store: recovering.recover(store, me.officer, found, act=act, book=self._book))

    async def recovery_used(self, me: Me) -> bool:
        """True where the recovery identity of the newest sheet was put together once; only chiefs are told."""
        if me.officer.role != "chief":
            return False
        unit = me.officer.unit
        return await self._read(lambda store: recovering.is_used_up(store, self._book, unit, self._now))

    @property
    def _now(self) -> int:
        return int(self._clock())

    async def _run(self, work: Callable[[Connection], T]) -> T:
        with store_away():
            return await self._database.run(work)

    async def _read(self, work: Callable[[Connection], T]) -> T:
        with store_away():
            return await self._database.read(work)
