"""Fixed jobs of the ladder: look whose step is due, have the morning's digest sent. One process at a time does it.

Two would do no harm: each takes its work from the database, and what one is climbing the other passes over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import structlog
from prometheus_client import Counter

from bot.service.desk.ladder import BATCH, Ladders
from storage.database import Database
from storage.errors import StorageError
from storage.leading import Leading

CALLS = Counter("hopthu_ladder_calls", "Officers called, by rung of the ladder.", ["rung"])
DIGESTS = Counter("hopthu_ladder_digests", "Daily digests that were due to officers.")

log = structlog.get_logger(__name__)


class Reminding:
    """The jobs. `wake` tells whoever sends and rings."""

    def __init__(
        self,
        *,
        database: Database,
        ladders: Ladders,
        leading: Leading,
        clock: Callable[[], float],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._ladders = ladders
        self._leading = leading
        self._clock = clock
        self._wake = wake

    async def leave(self) -> None:
        """Let another process look from now on."""
        await self._leading.leave()

    async def look(self) -> None:
        """Climb whatever is due, and have the digest sent in its hour; nothing where another process does."""
        try:
            if await self._leading.leads():
                await self._look(int(self._clock()))
        except StorageError:
            log.warning("ladder_postponed")

    async def _look(self, now: int) -> None:
        due = await self._database.read(partial(self._ladders.due, now=now))
        if due.note:
            await self._database.run(partial(self._ladders.put_right, now=now))
        if due.climb:
            await self._climb(now)
        if due.digest:
            DIGESTS.inc(await self._database.run(partial(self._ladders.digest, now=now)))
        if due.climb or due.digest:
            self._wake()

    async def _climb(self, now: int) -> None:
        """Batch by batch."""
        climbed = BATCH
        while climbed == BATCH:
            found = await self._database.run(partial(self._ladders.climb, now=now))
            climbed = found.ladders
            for rung, number in found.calls.items():
                CALLS.labels(rung).inc(number)
