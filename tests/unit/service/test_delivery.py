"""The outbox's worker: order, waiting, giving up, and what a crash leaves."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from sqlalchemy import Connection
from unit.service.until import until

from bot.edge.drivers.memory import MemoryDriver
from bot.service import delivery as worker
from bot.service.arrivals import Rendered, RenderedChoice
from bot.service.delivery import ATTEMPTS, FIRST_WAIT, LEASE, LONGEST_WAIT, Delivery, rendered
from bot.service.delivery_errors import BotRejected, Refused, RetryLater, Unreachable
from bot.service.keyring import OPENS_FOR, MemoryRing
from bot.service.outgoing import Outgoing
from bot.service.texts import Shown, ShownChoice
from storage.database import Database, open_database
from storage.errors import Busy, Full, StorageError
from storage.repositories import outbox
from storage.senders import NobodyElse

START = 1_795_000_000


@dataclass
class Bench:
    """A worker, its messenger, its clock, and messages to send."""

    database: Database
    ring: MemoryRing = field(default_factory=lambda: MemoryRing(os.urandom))
    driver: MemoryDriver = field(default_factory=MemoryDriver)
    now: int = START
    jitter: float = 0.0

    def __post_init__(self) -> None:
        self.worker = self.another()

    def another(self, **settings: object) -> Delivery:
        return Delivery(
            database=self.database,
            ring=self.ring,
            driver=self.driver,
            clock=lambda: self.now,
            jitter=lambda: self.jitter,
            **settings,  # type: ignore[arg-type] # settings of a test
        )

    async def queue(self, chat: str, *texts: str, leave: bool = False, due: int = 0) -> None:
        """Messages to a chat, in order."""
        key = self.ring.living(self.now)[0]
        lane = key.pseudonym("telegram-42", chat)
        first = (await self.highest(lane)) + 1
        rows = []
        for n, text in enumerate(texts, first):
            plain = Outgoing(chat, Shown((text,), (), "", "plain"), "idle", leave=leave).encode()
            rows.append(outbox.Outgoing(lane, n, key.number, "telegram", key.seal_outgoing(lane, n, plain), due))
        await self.database.run(lambda connection: outbox.add(connection, rows))

    async def highest(self, lane: bytes) -> int:
        statement = "SELECT coalesce(max(n), 0) FROM outbox WHERE lane = ?"
        return await self.database.read(
            lambda connection: int(connection.exec_driver_sql(statement, (lane,)).scalar_one())
        )

    async def rows(self) -> list[tuple[str, int, int]]:
        """State, attempts and seconds until due of what is left, in order."""
        statement = f"SELECT state, attempts, due - {self.now} FROM outbox ORDER BY lane, n"
        found = await self.database.read(lambda connection: connection.exec_driver_sql(statement).all())
        return [tuple(row) for row in found]

    async def drain(self) -> None:
        while await self.worker.once():
            pass

    @property
    def told(self) -> list[tuple[str, str]]:
        return [(shown.chat, shown.text) for shown in self.driver.shown]


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    database = open_database("sqlite://")
    yield Bench(database)
    await database.close()


async def test_a_chat_is_told_in_order(bench: Bench) -> None:
    await bench.queue("7", "one", "two", "three")
    await bench.drain()
    assert bench.told == [("7", "one"), ("7", "two"), ("7", "three")]
    assert await bench.rows() == []


async def test_a_later_message_waits_for_an_earlier_one_that_failed(bench: Bench) -> None:
    await bench.queue("7", "one", "two")
    await bench.queue("8", "other", due=1)
    bench.driver.fail_next(RetryLater())
    await bench.drain()
    assert bench.told == [("8", "other")]
    bench.now += LONGEST_WAIT
    await bench.drain()
    assert [text for chat, text in bench.told if chat == "7"] == ["one", "two"]


async def test_nothing_leaves_before_it_is_due(bench: Bench) -> None:
    await bench.queue("7", "later", due=START + 10)
    assert await bench.worker.once() == 0
    bench.now += 10
    assert await bench.worker.once() == 1


async def test_what_the_messenger_asks_for_is_waited(bench: Bench) -> None:
    await bench.queue("7", "one")
    bench.driver.fail_next(RetryLater(37))
    await bench.drain()
    assert await bench.rows() == [("waiting", 1, 37)]


@pytest.mark.parametrize(("jitter", "shortest"), [(0.0, 0.5), (1.0, 1.0)])
async def test_waits_double_up_to_the_longest(bench: Bench, jitter: float, shortest: float) -> None:
    bench.jitter = jitter
    await bench.queue("7", "one")
    waits = []
    for _ in range(12):
        bench.driver.fail_next(RetryLater())
        await bench.drain()
        ((_, _, wait),) = await bench.rows()
        waits.append(wait)
        bench.now += wait
    expected = [1 + int(min(LONGEST_WAIT, FIRST_WAIT * 2**n) * shortest) for n in range(1, 13)]
    assert waits == expected


async def test_it_is_given_up_in_the_end_and_seen(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    await bench.queue("7", "one", "two")
    for _ in range(ATTEMPTS):
        bench.driver.fail_next(RetryLater())
        await bench.worker.once()
        bench.now += LONGEST_WAIT + 1
    assert [row[0] for row in await bench.rows()] == ["failed", "waiting"]
    assert "message_given_up" in capsys.readouterr().out
    await bench.drain()
    assert bench.told == [("7", "two")]


async def test_asked_to_wait_nothing_is_given_up(bench: Bench) -> None:
    await bench.queue("7", "one")
    for _ in range(ATTEMPTS + 1):
        bench.driver.fail_next(RetryLater(1))
        await bench.worker.once()
        bench.now += 1
    await bench.drain()
    assert bench.told == [("7", "one")]


async def test_without_a_bot_everything_waits_uncounted(bench: Bench) -> None:
    await bench.queue("7", "one")
    bench.driver.fail_next(BotRejected())
    await bench.drain()
    assert await bench.rows() == [("waiting", 0, worker.BOTLESS_WAIT)]


async def test_a_refused_message_is_given_up_and_holds_nothing_back(bench: Bench) -> None:
    await bench.queue("7", "bad", "good")
    bench.driver.fail_next(Refused())
    await bench.drain()
    assert bench.told == [("7", "good")]
    assert [row[0] for row in await bench.rows()] == ["failed"]


async def test_a_chat_that_is_gone_is_let_go(bench: Bench) -> None:
    await bench.queue("7", "one")
    bench.driver.fail_next(Unreachable())
    await bench.drain()
    assert await bench.rows() == []


async def test_a_fault_of_ours_is_tried_again_and_stops_nobody(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    await bench.queue("7", "poison")
    await bench.queue("8", "good")
    send = bench.driver.send

    async def faulty(chat: str, message: Rendered) -> tuple[str, ...]:
        if message.text == "poison":
            raise ZeroDivisionError
        return await send(chat, message)

    monkeypatch.setattr(bench.driver, "send", faulty)
    await bench.drain()
    assert bench.told == [("8", "good")]
    assert [row[:2] for row in await bench.rows()] == [("waiting", 1)]
    assert "ZeroDivisionError" in capsys.readouterr().out


async def test_a_message_whose_key_is_gone_is_let_go(bench: Bench, capsys: pytest.CaptureFixture[str]) -> None:
    await bench.queue("7", "one")
    bench.now += OPENS_FOR
    await bench.drain()
    assert bench.told == []
    assert await bench.rows() == []
    assert "message_lost" in capsys.readouterr().out


@pytest.mark.parametrize("sealed", ["bytes", "version"])
async def test_a_message_that_cannot_be_read_is_let_go(bench: Bench, sealed: str) -> None:
    key = bench.ring.living(START)[0]
    lane = key.pseudonym("telegram-42", "7")
    blob = b"\x01" + bytes(4096) if sealed == "bytes" else key.seal_outgoing(lane, 1, b'{"v": 99}')
    row = outbox.Outgoing(lane, 1, key.number, "telegram", blob, 0)
    await bench.database.run(lambda connection: outbox.add(connection, [row]))
    await bench.drain()
    assert (bench.told, await bench.rows()) == ([], [])


async def test_a_crash_between_sending_and_marking_sends_the_same_again(bench: Bench) -> None:
    await bench.queue("7", "one", "two")
    crashed = bench.another()

    async def crash(_work: object) -> None:
        raise Busy

    crashed._mark = crash  # type: ignore[method-assign] # the process dies here
    await crashed.once()
    assert bench.told == [("7", "one")]
    assert await bench.worker.once() == 0
    bench.now += LEASE
    await bench.drain()
    assert bench.told == [("7", "one"), ("7", "one"), ("7", "two")]


async def test_alone_it_takes_over_at_once_what_a_crash_left(bench: Bench) -> None:
    await bench.queue("7", "one")
    await bench.database.run(lambda connection: outbox.claim(connection, "telegram", START, limit=9, lease=LEASE))
    running = asyncio.create_task(bench.another(senders=NobodyElse()).run())
    await until(lambda: bench.told == [("7", "one")])
    running.cancel()


class Company:
    """Somebody else sends too, for as long as `others` says so."""

    others = True

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        yield not self.others

    async def leave(self) -> None:
        return


async def test_what_another_claimed_who_lives_is_left_to_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LOOK", 0.0)
    company = Company()
    await bench.queue("7", "one")
    await bench.database.run(lambda connection: outbox.claim(connection, "telegram", START, limit=9, lease=LEASE))
    again = bench.another(senders=company)
    running = asyncio.create_task(again.run())
    await bench.queue("8", "other")
    again.wake()
    await until(lambda: bench.told == [("8", "other")])
    company.others = False
    again.wake()
    await until(lambda: bench.told == [("8", "other"), ("7", "one")])
    running.cancel()


async def test_what_is_on_its_way_is_not_taken_over(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LOOK", 0.0)
    send, hanging, tried = bench.driver.send, asyncio.Event(), []

    async def slowly(chat: str, message: Rendered) -> tuple[str, ...]:
        tried.append(chat)
        if chat == "7":
            await hanging.wait()
        return await send(chat, message)

    monkeypatch.setattr(bench.driver, "send", slowly)
    await bench.queue("7", "one")
    alone = bench.another(senders=NobodyElse())
    running = asyncio.create_task(alone.run())
    for n in range(1, 4):
        await bench.queue(f"8{n}", "other")
        alone.wake()
        await until(lambda n=n: len(bench.told) == n)  # type: ignore[misc] # bound at once
    hanging.set()
    await until(lambda: ("7", "one") in bench.told)
    assert tried.count("7") == 1
    running.cancel()


@pytest.mark.parametrize(("failure", "told"), [(Busy, 2), (Full, 1)], ids=["away", "refused"])
async def test_a_message_that_could_not_be_marked_is_repeated_at_once_only_where_the_database_was_away(
    bench: Bench, failure: type[StorageError], told: int
) -> None:
    """A mark that is refused would be refused again, and the chat told the same without end: that waits its lease."""
    alone = bench.another(senders=NobodyElse())
    mark, failures = alone._mark, [failure()]

    async def fails_once(work: Callable[[Connection], object]) -> object:
        if failures:
            raise failures.pop()
        return await mark(work)

    alone._mark = fails_once  # type: ignore[method-assign,assignment] # the database is away for a moment
    await bench.queue("7", "one")
    running = asyncio.create_task(alone.run())
    await until(lambda: bench.told == [("7", "one")] and not failures)
    await bench.queue("8", "other")
    alone.wake()
    await until(lambda: ("8", "other") in bench.told and bench.told.count(("7", "one")) == told)
    running.cancel()


async def test_leaving_a_group_is_an_act_of_its_own(bench: Bench) -> None:
    await bench.queue("-5", "line")
    await bench.queue("-5", "", leave=True)
    await bench.drain()
    assert (bench.told, bench.driver.left) == ([("-5", "line")], ["-5"])


async def test_a_woken_worker_sends_at_once(bench: Bench) -> None:
    running = asyncio.create_task(bench.worker.run())
    await asyncio.sleep(0)
    await bench.queue("7", "one")
    bench.worker.wake()
    await until(lambda: bench.told == [("7", "one")])
    running.cancel()


async def test_a_chat_that_hangs_holds_up_no_other(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither those claimed with it nor those that come later; and it is given back in the end."""
    send, hanging = bench.driver.send, asyncio.Event()

    async def slow(chat: str, message: Rendered) -> tuple[str, ...]:
        if chat == "7":
            await hanging.wait()
        return await send(chat, message)

    monkeypatch.setattr(bench.driver, "send", slow)
    await bench.queue("7", "hangs", "after")
    await bench.queue("8", "one", "two")
    running = asyncio.create_task(bench.worker.run())
    await until(lambda: bench.told == [("8", "one"), ("8", "two")])
    await bench.queue("9", "late")
    bench.worker.wake()
    await until(lambda: bench.told[2:] == [("9", "late")])
    hanging.set()
    await until(lambda: bench.told[3:] == [("7", "hangs"), ("7", "after")])
    running.cancel()


async def test_no_more_than_a_batch_is_on_its_way(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "BATCH", 2)
    hanging = asyncio.Event()
    started: list[str] = []

    async def slow(chat: str, _message: Rendered) -> None:
        started.append(chat)
        await hanging.wait()

    monkeypatch.setattr(bench.driver, "send", slow)
    for chat in ("7", "8", "9"):
        await bench.queue(chat, "one")
    running = asyncio.create_task(bench.worker.run())
    await until(lambda: len(started) == 2)
    assert await bench.worker._start() == []
    hanging.set()
    await until(lambda: len(started) == 3)
    running.cancel()


async def test_a_send_that_never_ends_is_a_failed_one(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(_chat: str, _message: Rendered) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(worker, "SEND_WITHIN", 0.01)
    monkeypatch.setattr(bench.driver, "send", never)
    await bench.queue("7", "one")
    await bench.drain()
    assert [row[:2] for row in await bench.rows()] == [("waiting", 1)]


async def test_who_stops_sends_nothing_more(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = asyncio.Event()
    started = asyncio.Event()

    async def slow(_chat: str, _message: Rendered) -> None:
        started.set()
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()

    monkeypatch.setattr(bench.driver, "send", slow)
    await bench.queue("7", "one")
    running = asyncio.create_task(bench.worker.run())
    await started.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert stopped.is_set()
    assert not bench.worker._sending


async def test_it_outlives_a_store_that_is_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    run, failures = bench.database.run, [Busy(), Busy()]

    async def sometimes(work: object) -> object:
        if failures:
            raise failures.pop()
        return await run(work)  # type: ignore[arg-type] # passed on

    await bench.queue("7", "one")
    monkeypatch.setattr(bench.database, "run", sometimes)
    running = asyncio.create_task(bench.another(idle=0.001).run())
    await until(lambda: bench.told == [("7", "one")])
    running.cancel()


@pytest.mark.parametrize(
    ("queued", "expected"),
    [((), 30.0), ((START + 5,), 5.0), ((START - 5,), worker.AGAIN), ((START + 900,), 30.0)],
    ids=["nothing", "soon", "held back in its lane", "late"],
)
async def test_how_long_it_rests(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, queued: tuple[int, ...], expected: float
) -> None:
    for due in queued:
        await bench.queue("7", "one", due=due)
    rested: list[float] = []

    async def note(_self: Delivery, seconds: float) -> None:
        rested.append(seconds)

    monkeypatch.setattr(Delivery, "_until_woken", note)
    await bench.worker._rest()
    assert rested == [expected]


def test_a_shown_message_in_the_shape_of_drivers() -> None:
    shown = Shown(("one", "two"), (ShownChoice(1, "Gửi", "send"),), "ab12", "card")
    assert rendered(shown) == Rendered("one\ntwo", (RenderedChoice(1, "Gửi", "ab12"),), "card")
    assert rendered(replace(shown, choices=())).choices == ()
