"""Deleting messages from a chat: an act of the outbox, done in its turn and as often as it takes.

Owns what becomes of such an act. Done twice it deletes nothing more, so a crash in between does no harm.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection

from bot.service.arrivals import Driver
from bot.service.delivery_errors import RetryLater, Unreachable
from bot.service.keyring import EpochRing
from bot.service.outgoing import Clearing, Outgoing
from bot.service.standing import to_clear
from crypto.epochs import EpochKey
from storage.database import Database
from storage.repositories import outbox, traces

DELETE_WITHIN = 100.0
"""Seconds deleting may take, shorter than a row's lease; then it counts as failed."""


class Clearer:
    """Deletes what acts ask for, from one messenger's chats."""

    def __init__(self, *, database: Database, ring: EpochRing, driver: Driver, clock: Callable[[], float]) -> None:
        self._database = database
        self._ring = ring
        self._driver = driver
        self._clock = clock

    async def clear(self, key: EpochKey, row: outbox.Outgoing, act: Outgoing, clearing: Clearing) -> None:
        """Delete it; everything said before was delivered by now. What cannot go is said once, if the act says so.

        Raises:
            RetryLater: not done, or not wholly.
        """
        now = int(self._clock())
        keys = self._ring.living(now)
        found = await self._database.read(lambda connection: to_clear(connection, keys, act.chat, clearing, now=now))
        left = (*found.old, *await self._delete(act.chat, found.young))
        told = key.seal_outgoing(row.lane, row.n, replace(act, clear=None).encode())

        def work(connection: Connection) -> None:
            traces.remove(connection, found.rows)
            if left and act.shown.lines:
                outbox.put_instead(connection, row.lane, row.n, told, due=now)
            else:
                outbox.done(connection, row.lane, row.n)

        await self._database.run(work)

    async def _delete(self, chat: str, ids: tuple[str, ...]) -> tuple[str, ...]:
        """The ids that stay. In a chat that is gone there is nobody to be told of any."""
        if not ids:
            return ()
        with suppress(TimeoutError):
            async with asyncio.timeout(DELETE_WITHIN):
                with suppress(Unreachable):
                    return await self._driver.delete(chat, ids)
                return ()
        raise RetryLater

    def aside(
        self, key: EpochKey, row: outbox.Outgoing, act: Outgoing, *, due: int, attempts: int
    ) -> Callable[[Connection], None]:
        """The work that puts an act off until `due`, in a lane of its own: it must not hold up what is to be said."""
        lane = key.pseudonym("aside", f"{row.lane.hex()} {row.n}") if self._is_chats(key, row, act) else row.lane
        waits = replace(row, lane=lane, blob=key.seal_outgoing(lane, row.n, act.encode()), due=due, attempts=attempts)

        def work(connection: Connection) -> None:
            if outbox.done(connection, row.lane, row.n):
                outbox.add(connection, [waits])

        return work

    @staticmethod
    def _is_chats(key: EpochKey, row: outbox.Outgoing, act: Outgoing) -> bool:
        """True while the act lies in its chat's own lane."""
        return act.clear is not None and row.lane == key.pseudonym(act.clear.bot, act.chat)
