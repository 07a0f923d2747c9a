"""Turns at the engine: one chat's arrivals in their order, different chats side by side, a bounded number at once.

A chat's files keep an order of their own: they hold up no word that comes after them.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, ExitStack, asynccontextmanager

from bot.service.arrival_facts import is_code
from bot.service.arrivals import Arrival, Incoming
from bot.service.coming import Coming
from bot.service.turns import Turns

WIDTH = 16
"""Files handed over at once: these are fetched and cleaned in memory meanwhile."""
WORDS = 64
"""Other arrivals handed over at once: what waits together is committed together."""

CODES = 2
"""Typed codes among them: whoever guesses, from however many chats, stands in a line of his own."""


class Lanes:
    """A queue per chat, kept only while somebody stands in it, and one limit over all."""

    def __init__(self, width: int = WIDTH) -> None:
        self._room = asyncio.Semaphore(width)
        self._turns = Turns()

    def turn(self, chat: str) -> AbstractAsyncContextManager[None]:
        """Wait for this chat's earlier arrivals to be done. Those who ask first come first."""
        return self._turns.of("", chat)

    def room(self) -> AbstractAsyncContextManager[None]:
        """A place among those worked on now; left while waiting to try again."""
        return self._room


class ChatLanes:
    """The lanes of words, of codes and of files. `coming` is told of each file from its turn among the words on."""

    def __init__(self, coming: Coming) -> None:
        self._coming = coming
        self._words = Lanes(WORDS)
        self._codes = Lanes(CODES)
        self._files = Lanes(WIDTH)

    @asynccontextmanager
    async def turn(self, arrival: Arrival) -> AsyncIterator[Lanes]:
        """Wait until this arrival is next; the lanes whose room it is to be handed over in.

        A file is next once the words before it are kept, and the files before it; words after it wait for neither.
        """
        if not isinstance(arrival.content, Incoming):
            async with self._words.turn(arrival.chat):
                yield self._codes if is_code(arrival.content) else self._words
            return
        with ExitStack() as expected:
            async with self._words.turn(arrival.chat):
                expected.enter_context(self._coming.one(arrival))
            async with self._files.turn(arrival.chat):
                yield self._files
