"""Subscriptions to the ordinary notice, under a subkey of the master key. Nothing here knows a tip.

Erased rows leave their random ids, and nothing else, in a list outside the database, so that restoring an older backup
does not bring them back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import Connection

from bot.service.addresses import Address
from crypto.errors import SealError
from crypto.subscriptions import SubscriptionKey
from storage.database import Database
from storage.repositories import subscriptions
from storage.repositories.subscriptions import StoredSubscription

WALK = 500
"""Rows read, or dropped, at a time."""

log = structlog.get_logger(__name__)


class ErasedIds(Protocol):
    """The random ids of erased subscriptions, beside the keys."""

    def add(self, row: bytes) -> None:
        """Remember one, durably once this returns."""
        ...

    def every(self) -> tuple[bytes, ...]:
        """All of them."""
        ...


class MemoryErasedIds:
    """The list's twin in memory."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []

    def add(self, row: bytes) -> None:
        """See `ErasedIds.add`."""
        self._ids.append(row)

    def every(self) -> tuple[bytes, ...]:
        """See `ErasedIds.every`."""
        return tuple(self._ids)


class Subscriptions:
    """Keeps, finds and erases subscriptions. `key` is the subkey, never the master key."""

    def __init__(
        self, *, database: Database, key: SubscriptionKey, erased: ErasedIds, entropy: Callable[[int], bytes]
    ) -> None:
        self._database = database
        self._key = key
        self._erased = erased
        self._entropy = entropy

    async def add(self, address: Address) -> None:
        """Subscribe this chat; once more changes nothing but its language."""
        row = self._key.row(address.bot, address.chat)
        stored = StoredSubscription(row, self._entropy(16), self._key.seal(row, address.encode()))
        await self._database.run(partial(subscriptions.put, row=stored))

    async def remove(self, bot: str, chat: str) -> None:
        """End this chat's subscription, if it has one; its id is remembered first."""
        row = self._key.row(bot, chat)
        found = await self._database.read(partial(subscriptions.find, key=row))
        if found is not None:
            await asyncio.to_thread(self._erased.add, found.id)
            await self._database.run(partial(subscriptions.drop_ids, ids=[found.id]))

    async def every(self) -> tuple[tuple[bytes, Address], ...]:
        """Every subscriber's row key and address."""
        found: list[tuple[bytes, Address]] = []
        after = b""
        while batch := await self._database.read(partial(subscriptions.batch, after=after, limit=WALK)):
            found += await asyncio.to_thread(self._opened, batch)
            after = batch[-1].key
        return tuple(found)

    async def is_there(self, row: bytes) -> bool:
        """True if the subscription of this row key was not ended meanwhile."""
        return await self._database.read(partial(subscriptions.find, key=row)) is not None

    def _opened(self, batch: Sequence[StoredSubscription]) -> list[tuple[bytes, Address]]:
        opened = []
        for row in batch:
            try:
                address = Address.decode(self._key.open(row.key, row.blob))
            except SealError:
                log.error("subscription_unusable")
                continue
            if address is not None:
                opened.append((row.key, address))
        return opened


def drop_erased(connection: Connection, ids: Collection[bytes]) -> int:
    """Erase every subscription with one of these ids: what a restored backup must not bring back. How many went."""
    return sum(subscriptions.drop_ids(connection, some) for some in _pieces(ids))


def _pieces(ids: Collection[bytes]) -> Iterable[list[bytes]]:
    listed = list(ids)
    return (listed[start : start + WALK] for start in range(0, len(listed), WALK))
