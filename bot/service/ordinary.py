"""The ordinary notice: one text, in one daily slot, to a random seventh of the subscribers and to whoever has news.

Owns who gets it on a day and that the day's work is done once. Everybody gets the same words at the same time in the
same kind of row, so no notice, and no day, says that there are news (DESIGN rule 7).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.service.addresses import Address
from bot.service.chats import notice_lane
from bot.service.errands import REPLY, SUBSCRIBER, Stores
from bot.service.keyring import EpochRing
from bot.service.outgoing import Outgoing
from bot.service.submissions import day_of
from bot.service.texts import Catalogue, Shown
from handlers.timeline import DAY, EAST, WAKING
from handlers.values import line
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import news, outbox, settings
from storage.repositories.news import News

TEXT = line("rem-news")
"""What a notice says, whoever gets it and whyever."""
SHARE = 1 / 7
"""Chance of a subscriber on one day: weekly on average, and no day of the week is anybody's."""
SLOT = 18
"""Hour in Vietnam at which the day's notices leave: when changes of state become public."""
HOUR = 3600
DAY_DONE = "notice-day"
"""Setting: the last day (ISO, in Vietnam) whose notices were queued."""
A_SECOND = 10
"""Notices that become due in one second: what a messenger takes beside everything else."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reader:
    """Somebody who gets the notice today, and the rows that are why."""

    address: Address
    rows: list[str] = field(default_factory=list)


class OrdinaryNotice:
    """The daily job. `chance()` gives unpredictable numbers from 0 up to 1."""

    def __init__(
        self,
        *,
        database: Database,
        ring: EpochRing,
        stores: Stores,
        texts: Catalogue,
        clock: Callable[[], float],
        chance: Callable[[], float],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._ring = ring
        self._stores = stores
        self._texts = texts
        self._clock = clock
        self._chance = chance
        self._wake = wake

    async def run(self) -> None:
        """Queue the day's notices if its slot has begun and nobody did so yet; after the evening the day is let go."""
        now = int(self._clock())
        if not SLOT * HOUR <= (now + EAST) % DAY < WAKING.stop * HOUR:
            return
        try:
            if not await self._is_done(now):
                await self._queue_day(now)
        except StorageError:
            log.warning("notices_postponed")

    async def _is_done(self, now: int) -> bool:
        return await self._database.read(partial(settings.get, key=DAY_DONE)) == _day(now)

    async def _queue_day(self, now: int) -> None:
        due = await self._database.read(partial(news.due, now=now))
        rows = await asyncio.to_thread(self._rows, await self._readers(due), now)

        def work(connection: Connection) -> bool:
            if not settings.advance(connection, DAY_DONE, _day(now)):
                return False
            outbox.add(connection, rows)
            return True

        if await self._database.run(work):
            self._wake()
            await self._told(due)

    async def _told(self, due: Sequence[News]) -> None:
        """In a transaction of its own: what was news on which tip is not written beside who was written to."""
        await self._database.run(partial(news.remove, ids=[one.id for one in due]))

    async def _readers(self, due: Sequence[News]) -> list[Reader]:
        """A seventh of the subscribers, drawn afresh, and who asked to be told of news there are; each chat once."""
        newest: dict[bytes, int] = {}
        for one in due:
            newest[one.tip] = max(one.due, newest.get(one.tip, 0))
        readers: dict[tuple[str, str], Reader] = {}
        for row, address in await self._stores.subscriptions.every():
            if self._chance() < SHARE:
                _reader(readers, address).rows.append(SUBSCRIBER + row.hex())
        for reply in await self._stores.replies.living():
            if newest.get(reply.kept.tip, 0) > reply.kept.asked:
                _reader(readers, reply.kept.address).rows.append(REPLY + reply.id.hex())
        return list(readers.values())

    def _rows(self, readers: Sequence[Reader], now: int) -> list[outbox.Outgoing]:
        """The sealed rows. When there are many they become due one after another, in no order."""
        key = self._ring.living(now)[0]
        evening = (now + EAST) // DAY * DAY - EAST + WAKING.stop * HOUR
        spread = min(len(readers) // A_SECOND, evening - now)
        rows = []
        for reader in readers:
            address = reader.address
            lane = notice_lane(key, address.bot, address.chat)
            blob = key.seal_outgoing(lane, now, self._notice(reader).encode())
            due = now + int(self._chance() * spread)
            rows.append(outbox.Outgoing(lane, now, key.number, address.driver, blob, due=due))
        return rows

    def _notice(self, reader: Reader) -> Outgoing:
        address = reader.address
        shown = Shown((self._texts.line(address.language, TEXT),), (), "", "plain")
        language, rows = address.language, tuple(reader.rows)
        return Outgoing(address.chat, shown, "idle", language=language, stands="", bot=address.bot, notice=rows)


def _reader(readers: dict[tuple[str, str], Reader], address: Address) -> Reader:
    return readers.setdefault((address.bot, address.chat), Reader(address))


def _day(now: int) -> bytes:
    return day_of(now).encode()
