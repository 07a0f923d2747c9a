"""Buttons that keep access to a tip in a chat, for 30 days, each under a drawer key of its own.

A button holds a random token, never the code. Row, drawer, token and chat together open what a receipt opens. Only the
worker writes rows, each in a transaction of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from bot.service.addresses import KEPT_SECONDS, Address, KeptAddress
from bot.service.drawers import Drawers
from crypto.drawers import token_digest
from crypto.errors import SealError
from storage.database import Database
from storage.repositories import kept
from storage.repositories.kept import StoredButton

WALK = 500
"""Rows read at a time."""
NAME, LOOKUP = 16, 32
"""Bytes of a drawer's name at the head of a row's key, and of a lookup id."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Access:
    """What a receipt stands for: the id its grant is found by, and the seed that opens it."""

    lookup: bytes
    seed: bytes

    def __repr__(self) -> str:
        return "Access(…)"


class KeptButtons:
    """Keeps, opens and erases buttons."""

    def __init__(self, *, database: Database, drawers: Drawers, clock: Callable[[], float]) -> None:
        self._database = database
        self._drawers = drawers
        self._clock = clock

    async def keep(self, address: Address, token: bytes, access: Access) -> None:
        """Make `token` open this in this chat. The same token again changes nothing."""
        now, key = int(self._clock()), token_digest(token)
        where = KeptAddress(address, b"", now, now + KEPT_SECONDS)
        drawer = await asyncio.to_thread(self._drawers.make, key[:NAME])
        sealed = drawer.seal_access(token, address.name, access.lookup + access.seed)
        row = StoredButton(key, sealed, drawer.seal_address(where.encode()))
        await self._database.run(partial(kept.add, row=row))

    async def open(self, address: Address, token: bytes) -> Access | None:
        """What this button opens when it is pressed in this chat; None if nothing, or not any more."""
        row = await self._database.read(partial(kept.find, key=token_digest(token)))
        if row is None:
            return None
        return await asyncio.to_thread(self._open, address, token, row)

    def _open(self, address: Address, token: bytes, row: StoredButton) -> Access | None:
        drawer = self._drawers.get(row.key[:NAME])
        where = self._where(row)
        if drawer is None or where is None or where.until <= self._clock():
            return None
        try:
            opened = drawer.open_access(token, address.name, row.access)
        except SealError:
            return None
        return Access(opened[:LOOKUP], opened[LOOKUP:])

    async def forget(self, bot: str, chat: str) -> None:
        """Erase every button of this chat."""
        walked = await self._walk()
        await self._erase([row for row, where in walked if where is not None and where.address.is_chat(bot, chat)])

    async def expire(self) -> None:
        """Erase buttons whose 30 days are over, and rows that nothing opens any more."""
        now, walked = self._clock(), await self._walk()
        await self._erase([row for row, where in walked if where is None or where.until <= now])

    async def rows(self) -> frozenset[bytes]:
        """Names of the drawers that living rows need."""
        return frozenset(key[:NAME] for key in await self._database.read(kept.every_key))

    async def _walk(self) -> list[tuple[bytes, KeptAddress | None]]:
        found: list[tuple[bytes, KeptAddress | None]] = []
        after = b""
        while batch := await self._database.read(partial(kept.batch, after=after, limit=WALK)):
            found += await asyncio.to_thread(self._opened, batch)
            after = batch[-1].key
        return found

    def _opened(self, batch: Sequence[StoredButton]) -> list[tuple[bytes, KeptAddress | None]]:
        return [(row.key, self._where(row)) for row in batch]

    def _where(self, row: StoredButton) -> KeptAddress | None:
        drawer = self._drawers.get(row.key[:NAME])
        if drawer is None:
            return None
        try:
            return KeptAddress.decode(drawer.open_address(row.chat))
        except SealError:
            log.error("kept_button_unusable")
            return None

    async def _erase(self, keys: Sequence[bytes]) -> None:
        """The drawer first: from then on the row is dead wherever a copy of it lies."""
        if not keys:
            return
        for key in keys:
            await asyncio.to_thread(self._drawers.destroy, key[:NAME])
        await self._database.run(partial(kept.remove, keys=keys))
