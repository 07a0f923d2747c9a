"""Turns at the engine: one chat's arrivals in their order, different chats side by side, a bounded number at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.service.turns import Turns

WIDTH = 16
"""Arrivals handed over at once: photos are fetched and cleaned in memory meanwhile."""


class Lanes:
    """A queue per chat, kept only while somebody stands in it, and one limit over all."""

    def __init__(self, width: int = WIDTH) -> None:
        self._room = asyncio.Semaphore(width)
        self._turns = Turns()

    @asynccontextmanager
    async def turn(self, chat: str) -> AsyncIterator[None]:
        """Wait for this chat's earlier arrivals to be done. Those who ask first come first."""
        async with self._turns.of("", chat):
            yield

    @asynccontextmanager
    async def room(self) -> AsyncIterator[None]:
        """A place among those worked on now; left while waiting to try again."""
        async with self._room:
            yield
