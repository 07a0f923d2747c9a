"""One chat at a time: what one person sends is handled in the order it came, chats beside each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary


class Turns:
    """A lock per chat that exists only while somebody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def of(self, bot: str, chat: str) -> AsyncIterator[None]:
        """Wait for this chat's turn and hold it."""
        lock = self._locks.get((bot, chat))
        if lock is None:
            lock = self._locks[(bot, chat)] = asyncio.Lock()
        async with lock:
            yield
