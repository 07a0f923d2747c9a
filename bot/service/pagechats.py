"""What pages are told: the outbox rows of the web chat, which wait until the page says that it shows them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from weakref import WeakSet

from sqlalchemy import Connection

from bot.service.delivery import opened
from bot.service.families import store_away
from bot.service.keyring import EpochRing
from bot.service.outgoing import Outgoing
from crypto.epochs import EpochKey
from storage.database import Database
from storage.repositories import outbox

BOT = "web"
MOST, KEPT = 128, 64
"""Messages that may wait for one page, and the newest of them that are kept where there are more."""


class Listener:
    """One open connection of a page: rung when there may be something new for it.

    `notes` are acts noted beside the connection, with their parts. Nothing depends on them: they only say sooner which
    part is which photo.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.rung = asyncio.Event()
        self.notes: deque[tuple[str, tuple[bytes, ...]]] = deque()


class PageChats:
    """Reads and acknowledges the lanes of web sessions, and rings their open connections."""

    def __init__(self, *, database: Database, ring: EpochRing, clock: Callable[[], float]) -> None:
        self._database = database
        self._ring = ring
        self._clock = clock
        self._listeners: dict[str, WeakSet[Listener]] = {}

    def listen(self, session: str) -> Listener:
        """A listener for this session; it is forgotten when nobody holds it."""
        listener = Listener(session)
        self._listeners.setdefault(session, WeakSet()).add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Stop listening."""
        listeners = self._listeners.get(listener.session)
        if listeners is not None:
            listeners.discard(listener)
            if not listeners:
                del self._listeners[listener.session]

    def wake(self, session: str) -> None:
        """Something was queued for this session."""
        for listener in self._listeners.get(session, ()):
            listener.rung.set()

    def note(self, session: str, update: str, parts: tuple[bytes, ...]) -> None:
        """An act of this session that came beside its connections was stored as these parts."""
        for listener in self._listeners.get(session, ()):
            listener.notes.append((update, parts))
            listener.rung.set()

    async def waiting(self, session: str, after: int) -> list[tuple[int, Outgoing]]:
        """Messages of this session with a number above `after`, in order.

        Raises:
            OutsideFailed: the outbox cannot be read now.
        """
        keys = self._ring.living(int(self._clock()))
        lanes = [key.pseudonym(BOT, session) for key in keys]
        with store_away():
            rows = await self._database.read(
                lambda connection: [row for lane in lanes for row in outbox.pending(connection, lane, after)]
            )
        numbers = {key.number: key for key in keys}
        messages = [(row.n, opened(row, numbers).outgoing) for row in rows]
        return sorted(((n, outgoing) for n, outgoing in messages if outgoing is not None), key=lambda pair: pair[0])

    async def shown(self, session: str, n: int) -> None:
        """The page shows everything up to `n`: those rows go.

        Raises:
            OutsideFailed: they stay for now.
        """
        lanes = [key.pseudonym(BOT, session) for key in self._ring.living(int(self._clock()))]

        def acknowledge(connection: Connection) -> None:
            for lane in lanes:
                outbox.ack(connection, lane, n)

        with store_away():
            await self._database.run(acknowledge)


def trim(connection: Connection, keys: Sequence[EpochKey], lane: bytes) -> None:
    """Keep what waits for a page that never acknowledges from filling the disk: the oldest goes.

    Never a receipt: it is said once. Everything else a page is told stands in a later message, or can be asked for.
    """
    if outbox.waiting(connection, lane) <= MOST:
        return
    numbers = {key.number: key for key in keys}
    older = outbox.pending(connection, lane)[:-KEPT]
    outbox.drop(connection, lane, [row.n for row in older if not _is_receipt(row, numbers)])


def _is_receipt(row: outbox.Outgoing, keys: dict[int, EpochKey]) -> bool:
    outgoing = opened(row, keys).outgoing
    return outgoing is not None and outgoing.shown.kind == "code"
