"""The outbox's worker: claims what is due, opens it, hands it to the driver, and marks what became of it.

A crash between sending and marking sends once more; every text is harmless twice. A lane's messages keep their order:
the repository never hands out a later one while an earlier one is unsent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from bot.service.arrivals import Driver, Rendered, RenderedChoice, RenderedOpener
from bot.service.clearing import Clearer
from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, RetryLater, Unreachable
from bot.service.errands import Before, NothingBefore
from bot.service.keyring import EpochRing
from bot.service.outgoing import Outgoing, driver_of
from bot.service.standing import Standing, remember
from bot.service.texts import Shown
from crypto.epochs import EpochKey
from crypto.errors import SealError
from storage.database import Database
from storage.errors import Busy, StorageError
from storage.repositories import outbox
from storage.senders import Senders

BATCH = 100
"""Messages on their way at once, each of another chat: as many as the messenger's session opens connections."""
LEASE = 120
"""Seconds after which another worker may take over a claimed message."""
SEND_WITHIN = 100.0
"""Seconds a send may take, shorter than its lease; then it counts as failed."""
FIRST_WAIT, LONGEST_WAIT, ATTEMPTS = 2, 900, 100
"""Back-off in seconds: doubled from the first to the longest; given up after this many (about 18 hours).

A receipt may be among what waits, and messengers have been out of reach for hours."""
BOTLESS_WAIT = 60
"""Seconds to wait where the messenger does not know the bot: somebody must look at its token. No try is counted."""
IDLE = 30.0
"""Seconds between looks at the outbox where whoever writes to it wakes this worker; see `Delivery`."""
AGAIN = 1.0
"""Seconds between looks where something is due that another worker is just taking, or the database is away."""
LOOK = 10.0
"""Seconds between looks whether anybody else sends: that long may a connection be lost before it is noticed."""

T = TypeVar("T")
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A claimed message, opened by `key`; `outgoing` is None if its key is gone or its form unknown."""

    row: outbox.Outgoing
    outgoing: Outgoing | None
    key: EpochKey | None = None

    @property
    def sealing(self) -> EpochKey:
        """The key of a message that was opened."""
        assert self.key is not None
        return self.key


class Delivery:
    """Sends one driver's messages. `idle`: seconds between looks at the outbox when nothing wakes the worker.

    `before`: what is done before a message is shown.
    `senders`: who else sends for this driver. While nobody does, what was claimed by whoever is gone is taken over;
    without them it waits for its lease.
    """

    def __init__(
        self,
        *,
        database: Database,
        ring: EpochRing,
        driver: Driver,
        clock: Callable[[], float],
        jitter: Callable[[], float],
        idle: float = IDLE,
        senders: Senders | None = None,
        before: Before | None = None,
    ) -> None:
        self._database = database
        self._ring = ring
        self._driver = driver
        self._queue = driver_of(driver.name)
        self._clock = clock
        self._jitter = jitter
        self._idle = idle if senders is None else min(idle, LOOK)
        self._senders = senders
        self._look = 0.0
        self._clearer = Clearer(database=database, ring=ring, driver=driver, clock=clock)
        self._before = before or NothingBefore()
        self._awake = asyncio.Event()
        self._sending: dict[asyncio.Task[None], bytes] = {}
        self._unmarked: set[bytes] = set()

    def wake(self) -> None:
        """New rows are there: look at once."""
        self._awake.set()

    async def run(self) -> None:
        """Send until cancelled. A chat whose message hangs holds up no other."""
        try:
            while True:
                self._awake.clear()
                try:
                    await self._take_over()
                    if not await self._start():
                        await self._rest()
                except StorageError:
                    log.warning("outbox_unavailable", driver=self._driver.name)
                    self._look = 0.0  # who was cut off from the database does not count as a sender any more
                    await self._until_woken(min(self._idle, AGAIN))
        finally:
            await self._stop()

    async def _stop(self) -> None:
        tasks = tuple(self._sending)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_over(self) -> None:
        """While nobody else sends: a message claimed by whoever is gone must not hold its chat up for a lease."""
        now = asyncio.get_running_loop().time()
        if self._senders is None or now < self._look:
            return
        async with self._senders.alone() as alone:
            if alone:
                ours = [*self._sending.values(), *self._unmarked]
                await self._database.run(lambda connection: outbox.release(connection, self._queue, but=ours))
        self._look = now + LOOK

    async def once(self) -> int:
        """Send what is due now; how many messages were tried."""
        started = await self._start()
        await asyncio.gather(*started)
        return len(started)

    async def _start(self) -> list[asyncio.Task[None]]:
        """Claim what is due, as much as there is room for, and send every message beside the others."""
        room = BATCH - len(self._sending)
        if room == 0:
            return []
        now = int(self._clock())
        claimed = await self._database.run(
            lambda connection: outbox.claim(connection, self._queue, now, limit=room, lease=LEASE)
        )
        keys = {key.number: key for key in self._ring.living(now)}
        started = [asyncio.create_task(self._carry(opened(row, keys))) for row in claimed]
        for task, row in zip(started, claimed, strict=True):
            self._sending[task] = row.lane
            self._unmarked.discard(row.lane)
            task.add_done_callback(self._carried)
        return started

    def _carried(self, task: asyncio.Task[None]) -> None:
        """There is room again, and the next message of that chat may leave."""
        del self._sending[task]
        self._awake.set()

    async def _carry(self, message: Opened) -> None:
        """Deliver one message. A fault of ours is named in the log and counts as a failed try.

        What could not be marked is sent again: at once if the database was away, else after its lease, for a mark that
        is refused would be refused again.
        """
        (outcome,) = await asyncio.gather(self._deliver(message), return_exceptions=True)
        if isinstance(outcome, Busy):
            self._look = 0.0
        elif isinstance(outcome, StorageError):
            self._unmarked.add(message.row.lane)
        if isinstance(outcome, Exception) and not isinstance(outcome, StorageError):
            log.error("message_failed", driver=self._driver.name, error=type(outcome).__name__)
            with suppress(StorageError):
                await self._later(message, None)

    async def _deliver(self, message: Opened) -> None:
        row, outgoing = message.row, message.outgoing
        try:
            if outgoing is None:
                log.error("message_lost", driver=self._driver.name)
                await self._mark(lambda connection: outbox.done(connection, row.lane, row.n))
            elif outgoing.clear is not None:
                await self._clearer.clear(message.sealing, row, outgoing, outgoing.clear)
            elif await self._before.ready(outgoing, row.driver, partial(self._waits, row)):
                await self._sent(message, outgoing, await self._send(outgoing))
                await self._before.told(outgoing)
            else:
                await self._mark(lambda connection: outbox.done(connection, row.lane, row.n))
        except BotRejected:
            log.error("message_waits_for_a_bot", driver=self._driver.name)
            await self._again(message, BOTLESS_WAIT, row.attempts)
        except RetryLater as later:
            await self._later(message, later.seconds)
        except Unreachable:
            if message.outgoing is not None:
                await self._before.gone(message.outgoing)
            await self._mark(lambda connection: outbox.done(connection, row.lane, row.n))
        except Refused:
            log.error("message_refused", driver=self._driver.name)
            await self._mark(lambda connection: outbox.fail(connection, row.lane, row.n))

    async def _waits(self, row: outbox.Outgoing) -> bool:
        return await self._database.read(partial(outbox.is_there, lane=row.lane, n=row.n))

    async def _send(self, outgoing: Outgoing) -> tuple[str, ...]:
        with suppress(TimeoutError):
            async with asyncio.timeout(SEND_WITHIN):
                if not outgoing.leave:
                    return await self._driver.send(outgoing.chat, rendered(outgoing.shown))
                await self._driver.leave(outgoing.chat)
                return ()
        raise RetryLater

    async def _sent(self, message: Opened, outgoing: Outgoing, ids: tuple[str, ...]) -> None:
        """Erase the row and remember what stands in the chat now, in one commit.

        Where the chat was forgotten while its message was on its way, the message is taken back: nobody remembers it.
        """
        row = message.row
        kept = ids if self._driver.capabilities.delete and outgoing.stands else ()

        def work(connection: Connection) -> bool:
            known = outbox.done(connection, row.lane, row.n)
            if known:
                remember(
                    connection,
                    message.sealing,
                    row.lane,
                    Standing(row.n, kept, outgoing.stands == "receipt", outgoing.stands == "button"),
                )
            return known

        if not await self._mark(work) and kept:
            with suppress(DeliveryError):
                await self._driver.delete(outgoing.chat, kept)

    async def _later(self, message: Opened, asked: int | None) -> None:
        row = message.row
        attempts = row.attempts + 1
        if asked is None and attempts >= ATTEMPTS:
            log.error("message_given_up", driver=self._driver.name, attempts=attempts)
            await self._mark(lambda connection: outbox.fail(connection, row.lane, row.n))
            return
        await self._again(message, asked if asked is not None else self._wait(attempts), attempts)

    async def _again(self, message: Opened, seconds: int, attempts: int) -> None:
        """Try again later. What is to be deleted waits aside, so that it holds up nothing that is to be said."""
        row, outgoing, due = message.row, message.outgoing, int(self._clock()) + seconds
        if outgoing is not None and outgoing.clear is not None:
            work = self._clearer.aside(message.sealing, row, outgoing, due=due, attempts=attempts)
        else:
            work = partial(outbox.retry, lane=row.lane, n=row.n, due=due, attempts=attempts)
        await self._mark(work)

    def _wait(self, attempts: int) -> int:
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(attempts, 10))
        return 1 + int(longest * (0.5 + self._jitter() / 2))

    async def _mark(self, work: Callable[[Connection], T]) -> T:
        return await self._database.run(work)

    async def _rest(self) -> None:
        if self._sending:  # whichever of them is done wakes
            await self._until_woken(AGAIN)
            return
        now = int(self._clock())
        due = await self._database.read(lambda connection: outbox.next_due(connection, self._queue))
        await self._until_woken(self._idle if due is None else max(AGAIN, min(self._idle, due - now)))

    async def _until_woken(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._awake.wait()


def opened(row: outbox.Outgoing, keys: dict[int, EpochKey]) -> Opened:
    """A row's message, if its key still lives and its form is known."""
    key = keys.get(row.epoch)
    if key is None:
        return Opened(row, None)
    try:
        return Opened(row, Outgoing.decode(key.open_outgoing(row.lane, row.n, row.blob)), key)
    except SealError:
        log.error("message_unusable")
        return Opened(row, None)


def rendered(shown: Shown) -> Rendered:
    """A shown message in the shape drivers take."""
    choices = tuple(RenderedChoice(choice.number, choice.label, shown.serial) for choice in shown.choices)
    found = shown.opener
    opener = None if found is None else RenderedOpener(found.label, bytes.fromhex(found.token))
    return Rendered("\n".join(shown.lines), choices, shown.kind, shown.copy, opener)
