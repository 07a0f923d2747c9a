"""The desk where keys change hands, as the API calls it: one transaction each, errors of one family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.desk import handing
from bot.service.desk.audit import Ledger, Signed
from bot.service.desk.rooms import Rooms
from bot.service.families import store_away
from bot.service.site import SheetBook
from storage.database import Database
from storage.repositories import keyholders
from storage.repositories.officers import Officer

T = TypeVar("T")


class Hands:
    """Where officers give keys, take them back, hand them over and change them. `rooms` are the counter's."""

    def __init__(
        self, *, database: Database, book: SheetBook, ledger: Ledger, clock: Callable[[], float], rooms: Rooms
    ) -> None:
        self._database = database
        self._book = book
        self._ledger = ledger
        self._clock = clock
        self._rooms = rooms

    async def lacking(self, me: Officer, reader: str, after: bytes | None) -> handing.Lacking:
        """What the officer can open and another reader of his unit cannot."""
        desk = self._desk(me)
        with store_away():
            return await self._database.read(lambda connection: handing.lacking(connection, desk, reader, after))

    async def waiting(self, me: Officer, after: bytes | None) -> handing.Waiting:
        """Tips that need a new key, which the officer can give them."""
        desk = self._desk(me)
        with store_away():
            return await self._database.read(lambda connection: handing.waiting(connection, desk, after))

    async def due(self, me: Officer) -> int:
        """How many tips need a new key that the officer can give them."""
        unit, serial = me.unit, me.serial
        with store_away():
            return await self._database.read(lambda connection: keyholders.count_stale(connection, unit, serial))

    async def give(self, me: Officer, tip: bytes, giving: handing.Giving, record: bytes) -> None:
        """One more reader of a tip, by a signed act."""
        await self._act(me, record, lambda at, desk, act: handing.give(at, desk, tip, giving, act=act))
        self._rooms.changed(me.unit, tip, by=me.serial)

    async def hand_over(self, me: Officer, giving: handing.Giving, record: bytes) -> None:
        """Many tips' keys for another reader, by one signed act."""
        await self._act(me, record, lambda at, desk, act: handing.hand_over(at, desk, giving, act=act))
        for tip in giving.grants:
            self._rooms.changed(me.unit, tip, by=me.serial)

    async def take_back(self, me: Officer, tip: bytes, reader: str, record: bytes) -> None:
        """A reader less, by a signed act."""
        await self._act(me, record, lambda at, desk, act: handing.take_back(at, desk, tip, reader, act=act))
        self._rooms.changed(me.unit, tip, by=me.serial)

    async def rekey(self, me: Officer, tip: bytes, new: handing.Rekeying, record: bytes) -> int:
        """A tip under a new key, by a signed act; the thread's length."""
        length = await self._act(me, record, lambda at, desk, act: handing.rekey(at, desk, tip, new, act=act))
        self._rooms.changed(me.unit, tip, by=me.serial)
        return length

    async def _act(self, me: Officer, record: bytes, work: Callable[[Connection, handing.Desk, Signed], T]) -> T:
        desk = self._desk(me)
        act = Signed(record, self._ledger, desk.now)
        with store_away():
            return await self._database.run(lambda connection: work(connection, desk, act))

    def _desk(self, me: Officer) -> handing.Desk:
        return handing.Desk(me, self._book, int(self._clock()))
