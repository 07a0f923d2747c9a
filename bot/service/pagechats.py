"""What pages are told: the outbox rows of the web chat, which wait until the page says that it shows them."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from weakref import WeakSet

from sqlalchemy import Connection

from bot.service.delivery import opened
from bot.service.errors import OutsideFailed
from bot.service.families import store_away
from bot.service.keyring import EpochRing
from bot.service.outgoing import Told
from crypto.epochs import EpochKey
from storage.database import Database
from storage.repositories import outbox

BOT = "web"
MOST, KEPT = 128, 64
"""Messages that may wait for one page, and the newest of them that are kept where there are more."""


class Listener:
    """One open connection of a page: rung when there may be something new for it.

    `notes` are acts noted beside the connection, with their parts. Nothing depends on them: they only say sooner which
    part is which photo. `handed` are messages just committed; `behind` says that others may wait in the outbox.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.rung = asyncio.Event()
        self.notes: deque[tuple[str, tuple[bytes, ...]]] = deque()
        self.handed: deque[Told] = deque()
        self.behind = True

    def hand(self, said: tuple[Told, ...] | None) -> None:
        """`said` is all that waits for it; None if the outbox may have more. Who reads slowly finds it there too."""
        self.behind = said is None or len(self.handed) + len(said) > MOST
        if self.behind:
            self.handed.clear()
        else:
            self.handed.extend(said or ())
        self.rung.set()


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

    def wake(self, session: str, said: tuple[Told, ...] | None = None) -> None:
        """Something was queued for this session: `said` is all that waits for it; None if the outbox may have more."""
        for listener in self._listeners.get(session, ()):
            listener.hand(said)

    def note(self, session: str, update: str, parts: tuple[bytes, ...]) -> None:
        """An act of this session that came beside its connections was stored as these parts."""
        for listener in self._listeners.get(session, ()):
            listener.notes.append((update, parts))
            listener.rung.set()

    async def news(self, listener: Listener, after: int) -> list[Told]:
        """Messages of the listener's session with a number above `after`, in order: as handed over, or from the outbox.

        Raises:
            OutsideFailed: the outbox cannot be read now; they are looked for there at the next call.
        """
        handed = [told for told in listener.handed if told[0] > after]
        listener.handed.clear()
        if not listener.behind:
            return handed
        listener.behind = False  # before the look: what is queued during it is looked for again
        try:
            return await self.waiting(listener.session, after)
        except OutsideFailed:
            listener.behind = True
            raise

    async def waiting(self, session: str, after: int) -> list[Told]:
        """Messages of this session with a number above `after`, in order.

        Raises:
            OutsideFailed: the outbox cannot be read now.
        """
        keys = self._ring.living(int(self._clock()))
        lanes = [key.pseudonym(BOT, session) for key in keys]
        with store_away():
            rows = await self._database.read(lambda connection: outbox.pending(connection, lanes, after))
        numbers = {key.number: key for key in keys}
        messages = [(row.n, opened(row, numbers).outgoing) for row in rows]
        return [(n, outgoing) for n, outgoing in messages if outgoing is not None]

    async def shown(self, session: str, n: int) -> None:
        """The page shows everything up to `n`: those rows go.

        Raises:
            OutsideFailed: they stay for now.
        """
        lanes = [key.pseudonym(BOT, session) for key in self._ring.living(int(self._clock()))]
        with store_away():
            await self._database.run(lambda connection: outbox.ack(connection, lanes, n))


def trim(connection: Connection, keys: Sequence[EpochKey], lanes: Sequence[bytes]) -> int:
    """Keep what waits for a page that never acknowledges from filling the disk: the oldest goes. How many waited.

    Never a receipt: it is said once. Everything else a page is told stands in a later message, or can be asked for.
    """
    waiting = outbox.waiting(connection, lanes)
    if waiting > MOST:
        numbers = {key.number: key for key in keys}
        for row in outbox.pending(connection, lanes)[:-KEPT]:
            if not _is_receipt(row, numbers):
                outbox.done(connection, row.lane, row.n)
    return waiting


def _is_receipt(row: outbox.Outgoing, keys: dict[int, EpochKey]) -> bool:
    outgoing = opened(row, keys).outgoing
    return outgoing is not None and outgoing.shown.kind == "code"
