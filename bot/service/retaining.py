"""The fixed job of retention: warn in time, erase what was warned of for long enough. One process at a time does it.

Two would do no harm: each takes its work from the database. What stopped half way goes on at the next look.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from prometheus_client import Counter

from bot.service.desk.retention import Retention
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import StorageError
from storage.leading import Leading

WARNED = Counter("hopthu_retention_warned", "Tips of which officers were warned that they would be erased.")
ERASED = Counter("hopthu_retention_erased", "Tips erased once they were kept for long enough.")

log = structlog.get_logger(__name__)


class Retaining:
    """The job. `wake` tells whoever sends and rings."""

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        retention: Retention,
        leading: Leading,
        clock: Callable[[], float],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._blobs = blobs
        self._retention = retention
        self._leading = leading
        self._clock = clock
        self._wake = wake

    async def leave(self) -> None:
        """Let another process look from now on."""
        await self._leading.leave()

    async def look(self) -> None:
        """Warn and erase whatever is due; nothing where another process does."""
        try:
            if await self._leading.leads():
                now = int(self._clock())
                await self._database.run(partial(self._retention.begin, now=now))
                due = await self._database.read(partial(self._retention.due, now=now))
                await self._warn(due.units, now)
                if due.recheck:
                    await self._recheck()
                if due.erase:
                    await self._erase(now)
        except StorageError:
            log.warning("retention_postponed")

    async def _warn(self, units: tuple[str, ...], now: int) -> None:
        """Unit by unit, batch by batch."""
        done = 0
        for unit in units:
            after: bytes | None = b""
            while after is not None:
                walked = await self._database.run(partial(self._retention.warn, now=now, unit=unit, after=after))
                after, done = walked.after, done + walked.done
        WARNED.inc(done)
        if done:
            self._wake()

    async def _recheck(self) -> None:
        after: bytes | None = b""
        while after is not None:
            after = await self._database.run(partial(self._retention.recheck, after=after))

    async def _erase(self, now: int) -> None:
        """Keys first, and committed; then the rest of each, and its attachments once no row names them."""
        while (walked := await self._database.run(partial(self._retention.shut, now=now))).after is not None:
            ERASED.inc(walked.done)
        while True:
            found, names = await self._database.run(self._retention.bury)
            if not found:
                return
            for name in names:
                with suppress(StorageError):  # swept after a day
                    await self._blobs.delete(name)
            await self._database.checkpoint()
