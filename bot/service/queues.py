"""Slow work in bounded queues of its own: what anybody may ask for never stands before what a reporter files.

CRYPTO, "Receipt": limits on look-ups are against load only; there are two queues, and filing comes first.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from bot.service.errors import HopthuError, NotAccepted, OutsideFailed

T = TypeVar("T")
FILING_AT_ONCE = 2
"""Receipts stretched and tips sealed side by side: one for each of the machine's two cores."""


class Queue:
    """`at_once` works run side by side in threads of their own, `waiting` more wait, first come first served.

    `full` makes the error for whoever comes beyond that.
    """

    def __init__(self, name: str, *, at_once: int, waiting: int, full: Callable[[], HopthuError]) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix=name)
        self._places = asyncio.Semaphore(at_once)
        self._most = at_once + waiting
        self._inside = 0
        self._full = full

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Wait for a place and hold it. What `full` makes is raised at once if too many wait already."""
        if self._inside >= self._most:
            raise self._full()
        self._inside += 1
        try:
            async with self._places:
                yield
        finally:
            self._inside -= 1

    async def run(self, work: Callable[[], T]) -> T:
        """Do `work` in one of this queue's threads, in its turn."""
        async with self.place():
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def lookups() -> Queue:
    """Stretching typed receipts and opening threads: one at a time, a second's worth of them waiting.

    Fewer than a messenger's words may be worked on at once (`WORDS` of its lanes): there is always room for others.
    """
    return Queue("lookup", at_once=1, waiting=32, full=lambda: NotAccepted("too-fast", status=429))


def filing() -> Queue:
    """Sealing what is submitted: a few side by side, and whoever sends may wait."""
    full = "too many submissions are being sealed"
    return Queue("filing", at_once=FILING_AT_ONCE, waiting=512, full=lambda: OutsideFailed(full))
