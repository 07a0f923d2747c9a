"""Fixed jobs: what must go, goes (keys, rows, sessions, notices, blobs); clocks are set.

What was left with a unit that is over comes to the one that goes on for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.service import calendars
from bot.service.desk import clocks, mergers
from bot.service.drawers import Drawers
from bot.service.errands import Stores
from bot.service.keyring import EpochRing
from bot.service.organisation import history
from bot.service.silences import Silences
from bot.service.site import SheetBook
from bot.service.texts import Catalogue
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import calls, conversations, enrolments, epochs, notices, phones, sessions, tips
from storage.sweep import sweep

NOTICES_KEPT = 600
"""Seconds a notice is kept after it was due: it names its tip and a quarter of an hour, finer than the tip's own time.
Bells look every few seconds and two minutes back; whoever opens the console later reads the list. Of a call that was
told only the hour stays then."""

WALK = 200
"""Conversations opened at a time when looking for those that silence changes: some milliseconds of work."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """Fixed jobs. Each takes its work from the database, so that running twice does no harm."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        ring: EpochRing,
        book: SheetBook,
        texts: Catalogue,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._ring = ring
        self._book = book
        self._texts = texts
        self._clock = clock

    async def expire(self) -> None:
        """Destroy epoch keys of over 72 h, then what only they could open; sessions, links, notices that are over."""
        now = int(self._clock())
        living = self._ring.expire(now)

        def work(connection: Connection) -> tuple[str, ...]:
            sessions.expire(connection, now)
            enrolments.expire(connection, now)
            phones.expire(connection, now)
            notices.expire(connection, now - NOTICES_KEPT + 1)
            calls.blur(connection, now - NOTICES_KEPT + 1)
            return epochs.purge_epochs(connection, living)

        try:
            await self._erase(await self._database.run(work))
        except StorageError:
            log.warning("expiry_postponed")

    async def end_silences(self) -> None:
        """Forget receipts, leave steps, erase drafts whose time is over, remind of others once (FLOWS §2.2, silence).

        What ended is told when the person writes again. Each chat is looked at once more under its row's lock: one that
        wrote meanwhile keeps what it has.
        """
        now = int(self._clock())
        silences = Silences({key.number: key for key in self._ring.living(now)}, self._texts, now)
        after = b""
        try:
            while batch := await self._database.read(partial(conversations.batch, after=after, limit=WALK)):
                for stored in batch:
                    if silences.has_lapsed(stored):
                        work = partial(silences.lapse, key=stored.key)
                        await self._erase(await self._database.run(work))
                after = batch[-1].key
        except StorageError:
            log.warning("silence_postponed")

    async def seed_holidays(self) -> None:
        """Put the country's holidays of this year and the next into the list, each year once."""
        now = int(self._clock())
        try:
            years = await self._database.read(partial(calendars.unseeded, now=now))
            if years:
                found = await asyncio.to_thread(calendars.of_the_country, years)
                await self._database.run(partial(calendars.seed, years=years, found=found))
        except StorageError:
            log.warning("holidays_postponed")

    async def reckon(self) -> None:
        """Work out anew what is due of every tip, where holidays or terms have changed."""
        after: bytes | None = b""
        try:
            asked = await self._database.read(clocks.is_asked)
            while asked is not None and after is not None:
                after = await self._database.run(partial(clocks.reckon, after=after))
            if asked is not None:
                await self._database.run(partial(clocks.reckoned, asked=asked))
        except StorageError:
            log.warning("reckoning_postponed")

    async def bring_over(self) -> None:
        """Tips that lie with a unit that is over go to the one that its signed sheet says goes on for it.

        A merger takes them along; this finds what one of an older version left.
        """

        def work(connection: Connection) -> None:
            for unit in tips.left_behind(connection):
                mergers.bring_over(connection, self._book, unit)

        try:
            await self._database.run(work)
        except StorageError:
            log.warning("bringing_over_postponed")

    async def _erase(self, blobs: tuple[str, ...]) -> None:
        """Best effort: what stays is swept after a day, and must not hold up what else must go."""
        for name in blobs:
            with suppress(StorageError):
                await self._blobs.delete(name)

    async def sweep(self) -> None:
        """Remove blobs that no row names."""
        try:
            await sweep(self._database, self._blobs, int(self._clock()))
        except StorageError:
            log.warning("sweep_postponed")

    async def forget(self) -> None:
        """Erase what became of the organisation's rows, once it is older than it is kept."""
        now = int(self._clock())
        try:
            await self._database.run(partial(history.forget, now=now))
        except StorageError:
            log.warning("forgetting_postponed")

    async def scatter(self) -> None:
        """Keep rows that stay for weeks from telling beside what they were written."""
        try:
            await self._database.scatter()
        except StorageError:
            log.warning("scatter_postponed")

    async def checkpoint(self) -> None:
        """Take what was written out of the database's side files."""
        try:
            await self._database.checkpoint()
        except StorageError:
            log.warning("checkpoint_postponed")


class KeptKeeping:
    """What is kept for 30 days goes when they are over, its key first; keys that no row needs go too."""

    def __init__(self, *, stores: Stores, drawers: Drawers) -> None:
        self._stores = stores
        self._drawers = drawers

    async def expire(self) -> None:
        """Erase what is over, then destroy left-over keys."""
        try:
            await self._stores.replies.expire()
            await self._stores.buttons.expire()
            await self._sweep()
        except StorageError:
            log.warning("kept_expiry_postponed")

    async def _sweep(self) -> None:
        """The rows are read after the keys were listed: a key made meanwhile is none of the listed."""
        settled = await asyncio.to_thread(self._drawers.settled)
        if settled:
            needed = await self._stores.replies.rows() | await self._stores.buttons.rows()
            for row in settled - needed:
                await asyncio.to_thread(self._drawers.destroy, row)
