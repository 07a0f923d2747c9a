"""Whether the product can do what it is for: take something in durably. A disk that can only be read is not ready."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy import Connection

from storage.database import Database
from storage.errors import StorageError
from storage.repositories import settings

REMEMBERED = 2.0
"""Seconds for which an answer is given again: asking often must not write often."""
MARK = "ready"
"""The setting that is written. Its bytes are random: the same ones again would be no write to SQLite."""


class Readiness:
    """Answers by writing. `clock` only goes forward, in seconds."""

    def __init__(self, database: Database, clock: Callable[[], float], entropy: Callable[[int], bytes]) -> None:
        self._database = database
        self._entropy = entropy
        self._clock = clock
        self._asked: float | None = None
        self._fine = False
        self._turn = asyncio.Lock()

    async def __call__(self) -> bool:
        """True if the database took a write, now or a moment ago. Who asks meanwhile shares the answer."""
        async with self._turn:
            if self._asked is None or self._clock() - self._asked >= REMEMBERED:
                self._fine = await self._can_write()
                self._asked = self._clock()
            return self._fine

    async def _can_write(self) -> bool:
        fresh = self._entropy(8)

        def work(connection: Connection) -> None:
            settings.put(connection, MARK, fresh)

        try:
            await self._database.run(work)
        except StorageError:
            return False
        return True
