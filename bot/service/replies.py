"""Reply addresses: told of news if asked, for 30 days. Only the worker writes them, each in a transaction of its own.

Owns the walk through all of them: a row carries no mark of its tip or chat, so each is opened and compared.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.service.addresses import KEPT_SECONDS, Address, KeptAddress
from bot.service.drawers import Drawers
from crypto.errors import SealError
from storage.database import Database
from storage.repositories import replies, tips
from storage.repositories.replies import StoredAddress

WALK = 500
"""Rows read at a time."""
EVENING = 3 * 3600
"""Seconds from 18:00 to the end of the hours in which the box writes first."""
PIECE = 500
"""Tips asked about in one statement."""
ROW = 16
"""Bytes of a row's random id."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply address, opened."""

    id: bytes
    kept: KeptAddress


@dataclass(frozen=True, slots=True)
class Walked:
    """Every reply address: those that open, and the ids of those whose key is gone."""

    living: tuple[Reply, ...]
    dead: tuple[bytes, ...]


class Replies:
    """Keeps, finds and erases reply addresses."""

    def __init__(
        self, *, database: Database, drawers: Drawers, clock: Callable[[], float], entropy: Callable[[int], bytes]
    ) -> None:
        self._database = database
        self._drawers = drawers
        self._clock = clock
        self._entropy = entropy

    async def tell(self, address: Address, tip: bytes) -> None:
        """Keep this address for news on `tip`; an older one for the same goes, so that once more does no harm.

        Its key is written before the row, and swept if the row never comes.
        """
        older = [one.id for one in await self._of(address.bot, address.chat) if one.kept.tip == tip]
        row, now = self._entropy(ROW), int(self._clock())
        kept = KeptAddress(address, tip, now, now + KEPT_SECONDS)
        drawer = await asyncio.to_thread(self._drawers.make, row)
        stored = StoredAddress(row, drawer.seal_address(kept.encode()))
        await self._database.run(partial(replies.add, row=stored))
        await self._erase(older)

    async def tell_no_more(self, bot: str, chat: str, tip: bytes) -> None:
        """Erase this chat's address for this tip."""
        await self._erase([one.id for one in await self._of(bot, chat) if one.kept.tip == tip])

    async def forget(self, bot: str, chat: str) -> None:
        """Erase every address of this chat."""
        await self._erase([one.id for one in await self._of(bot, chat)])

    async def asked(self, bot: str, chat: str, tip: bytes) -> bool:
        """True if this chat is to be told of news on this tip."""
        return any(one.kept.tip == tip for one in await self._of(bot, chat))

    async def living(self) -> tuple[Reply, ...]:
        """Every address that opens and whose time is not over."""
        now = int(self._clock())
        return tuple(one for one in (await self._walk()).living if now < one.kept.until)

    async def are_there(self, ids: Sequence[bytes]) -> bool:
        """True if one of these addresses was not erased meanwhile."""
        return await self._database.read(partial(replies.any_of, ids=ids))

    async def told(self, ids: Collection[bytes]) -> None:
        """These addresses were told of news: those go whose tip is closed, as everybody may see by now."""
        stored = await self._database.read(partial(replies.by_ids, ids=ids))
        found, _ = await asyncio.to_thread(self._open, stored)
        about = {one.kept.tip for one in found}
        over = await self._database.read(partial(_over, about=about, before=int(self._clock()) + 1))
        await self._erase([one.id for one in found if one.kept.tip in over])

    async def expire(self) -> None:
        """Erase addresses whose 30 days are over or whose tip is closed, and rows that nothing opens any more.

        Of a closing its reporter is told on the evening it becomes public, so the address stays for that evening.
        """
        now = int(self._clock())
        walked = await self._walk()
        about = {one.kept.tip for one in walked.living}
        over = await self._database.read(partial(_over, about=about, before=now - EVENING))
        gone = (one.id for one in walked.living if one.kept.until <= now or one.kept.tip in over)
        await self._erase([*walked.dead, *gone])

    async def rows(self) -> frozenset[bytes]:
        """Names of the drawers that living rows need."""
        return await self._database.read(replies.every_id)

    async def _of(self, bot: str, chat: str) -> list[Reply]:
        return [one for one in await self.living() if one.kept.address.is_chat(bot, chat)]

    async def _walk(self) -> Walked:
        living: list[Reply] = []
        dead: list[bytes] = []
        after = b""
        while batch := await self._database.read(partial(replies.batch, after=after, limit=WALK)):
            opened, closed = await asyncio.to_thread(self._open, batch)
            living += opened
            dead += closed
            after = batch[-1].id
        return Walked(tuple(living), tuple(dead))

    def _open(self, batch: Sequence[StoredAddress]) -> tuple[list[Reply], list[bytes]]:
        living, dead = [], []
        for row in batch:
            kept = self._opened(row)
            if kept is None:
                dead.append(row.id)
            else:
                living.append(Reply(row.id, kept))
        return living, dead

    def _opened(self, row: StoredAddress) -> KeptAddress | None:
        drawer = self._drawers.get(row.id)
        if drawer is None:
            return None
        try:
            return KeptAddress.decode(drawer.open_address(row.blob))
        except SealError:
            log.error("reply_address_unusable")
            return None

    async def _erase(self, ids: Sequence[bytes]) -> None:
        """The key first: from then on the row is dead wherever a copy of it lies."""
        if not ids:
            return
        for row in ids:
            await asyncio.to_thread(self._drawers.destroy, row)
        await self._database.run(partial(replies.remove, ids=ids))


def _over(connection: Connection, about: Collection[bytes], before: int) -> frozenset[bytes]:
    listed = sorted(about)
    pieces = (listed[start : start + PIECE] for start in range(0, len(listed), PIECE))
    return frozenset(tip for piece in pieces for tip in tips.over(connection, piece, before))
