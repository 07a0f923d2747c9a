"""Errands: what a step promised for longer than an epoch, done by whoever delivers, before the message that says so.

Owns which store does what. Each of them writes in transactions of its own, and doing any of it twice does no harm.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, assert_never

from sqlalchemy import Connection

from bot.service.access import Access, KeptButtons
from bot.service.addresses import Address
from bot.service.chats import notice_lane
from bot.service.keyring import EpochRing
from bot.service.outgoing import Errand, Outgoing
from bot.service.replies import Replies
from bot.service.subscriptions import Subscriptions
from handlers.timeline import WAKING, hour_of
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import outbox
from storage.repositories.outbox import Driver

REPLY, SUBSCRIBER = "r", "s"
"""Letters of the rows an ordinary notice is for."""
Waits = Callable[[], Awaitable[bool]]
"""True while a message is still in the outbox: a chat that is forgotten takes its messages along."""


@dataclass(frozen=True, slots=True)
class Stores:
    """What is kept for longer than an epoch."""

    replies: Replies
    buttons: KeptButtons
    subscriptions: Subscriptions


class Before(Protocol):
    """What delivery asks before it shows a message, and tells when a chat is gone."""

    async def ready(self, outgoing: Outgoing, driver: Driver, waits: Waits) -> bool:
        """Do what must be done first; False if there is nothing to show, or not any more."""
        ...

    async def told(self, outgoing: Outgoing) -> None:
        """It was shown."""
        ...

    async def gone(self, outgoing: Outgoing) -> None:
        """The chat blocked the bot, or is no more."""
        ...


class NothingBefore:
    """For whoever delivers messages that promise nothing."""

    async def ready(self, outgoing: Outgoing, driver: Driver, waits: Waits) -> bool:  # noqa: ARG002 - a protocol's shape
        """See `Before.ready`."""
        return True

    async def told(self, outgoing: Outgoing) -> None:
        """See `Before.told`."""

    async def gone(self, outgoing: Outgoing) -> None:
        """See `Before.gone`."""


class Errands:
    """Does errands of one installation's chats."""

    def __init__(self, *, database: Database, ring: EpochRing, stores: Stores, clock: Callable[[], float]) -> None:
        self._database = database
        self._ring = ring
        self._stores = stores
        self._clock = clock

    async def ready(self, outgoing: Outgoing, driver: Driver, waits: Waits) -> bool:
        """See `Before.ready`."""
        address = Address(outgoing.bot, driver, outgoing.chat, outgoing.language)
        if outgoing.errands and not await self._done(outgoing.errands, address, waits):
            return False
        if outgoing.notice:
            return await self._is_wanted(outgoing.notice)
        return bool(outgoing.shown.lines) or outgoing.leave

    async def told(self, outgoing: Outgoing) -> None:
        """Of the end of a tip its reporter is told once: the address that was kept for it goes with that."""
        asking = [bytes.fromhex(row[1:]) for row in outgoing.notice if row.startswith(REPLY)]
        with suppress(StorageError):  # what stays goes when the evening is over
            if asking:
                await self._stores.replies.told(asking)

    async def gone(self, outgoing: Outgoing) -> None:
        """See `Before.gone`."""
        await self._stop(outgoing.bot, outgoing.chat)

    async def _done(self, errands: tuple[Errand, ...], address: Address, waits: Waits) -> bool:
        """Do them; False where the chat was forgotten before or meanwhile.

        The errand of forgetting may then have looked before there was anything to find: what was kept goes again.
        """
        if not await waits():
            return False
        for errand in errands:
            await self._do(errand, address)
        if await waits():
            return True
        await self._do(Errand("forget"), address)
        return False

    async def _do(self, errand: Errand, address: Address) -> None:
        stores = self._stores
        match errand.act:
            case "subscribe":
                await stores.subscriptions.add(address)
            case "stop":
                await self._stop(address.bot, address.chat)
            case "tell":
                await stores.replies.tell(address, bytes.fromhex(errand.tip))
            case "tell-no-more":
                await stores.replies.tell_no_more(address.bot, address.chat, bytes.fromhex(errand.tip))
            case "keep":
                access = Access(bytes.fromhex(errand.lookup), bytes.fromhex(errand.seed))
                await stores.buttons.keep(address, bytes.fromhex(errand.token), access)
            case "forget":
                await self._stop(address.bot, address.chat)
                await stores.buttons.forget(address.bot, address.chat)
            case _:
                assert_never(errand.act)

    async def _stop(self, bot: str, chat: str) -> None:
        """The box does not write first any more: what could is erased, and what is queued for it."""
        await self._stores.subscriptions.remove(bot, chat)
        await self._stores.replies.forget(bot, chat)
        lanes = [notice_lane(key, bot, chat) for key in self._ring.living(int(self._clock()))]

        def drop(connection: Connection) -> None:
            outbox.remove_lanes(connection, lanes)

        await self._database.run(drop)

    async def _is_wanted(self, rows: tuple[str, ...]) -> bool:
        """By day, while one of the rows that asked for it is there."""
        if hour_of(int(self._clock())) not in WAKING:
            return False
        subscribers = [bytes.fromhex(row[1:]) for row in rows if row.startswith(SUBSCRIBER)]
        asking = [bytes.fromhex(row[1:]) for row in rows if row.startswith(REPLY)]
        for row in subscribers:
            if await self._stores.subscriptions.is_there(row):
                return True
        return await self._stores.replies.are_there(asking)
