"""Two processes at one PostgreSQL database: whatever both reach for at one moment is had once.

Both are whole installations over the same database and the same folder, as workers and desks on one machine are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from acts import named
from installation import START, Clock, Installation, Officer, Page, Telegram, open_installation
from postgres_server import on
from unit.service.until import until

from bot.service import delivery
from bot.service.delivery import LEASE, Delivery
from bot.service.desk.audit import NewerAct
from bot.service.desk.casework import NewEntry, Taken, Taking
from bot.service.errors import NotAccepted
from crypto.acts import read_record
from crypto.entries import Entry, seal_entry
from crypto.tips import next_place
from handlers.timeline import DAY
from storage.senders import Senders

pytestmark = pytest.mark.postgres
CHAT = 4_171_829_400_000_123
ROUNDS = 5
EVENING = START + 7 * 3600 + 52 * 60 + 53
"""18:00:00 of the same day."""


@dataclass
class Pair:
    """The two, and their one clock."""

    one: Installation
    two: Installation
    clock: Clock

    async def both(self, act: Callable[[Installation], Awaitable[object]]) -> list[object]:
        """The same at both at once; what each came to, its failure too."""
        return list(await asyncio.gather(act(self.one), act(self.two), return_exceptions=True))


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    clock = Clock()
    with on("postgres") as url:
        async with (
            open_installation(tmp_path / "data", url=url, clock=clock) as one,
            open_installation(tmp_path / "data", url=url, clock=clock) as two,
        ):
            yield Pair(one, two, clock)


def at(box: Installation, officer: Officer) -> Officer:
    """The same officer at another process's desk."""
    return Officer(box, officer.keys, officer.me)


async def test_two_workers_send_every_message_once(pair: Pair) -> None:
    people = [Telegram(pair.one, CHAT + n) for n in range(12)]
    for person in people:
        await person.text("Xe tải đổ rác xuống sông.")
        await person.text("3")
    queued = len(await pair.one.rows("SELECT n FROM outbox"))
    assert queued >= 2 * len(people)

    async def empty(box: Installation) -> None:
        while await box.delivery.once():
            pass

    for _ in range(ROUNDS):
        await pair.both(empty)
    shown = [(one.chat, one.text) for box in (pair.one, pair.two) for one in box.telegram.shown]
    assert len(shown) == queued
    assert await pair.one.rows("SELECT n FROM outbox") == []
    for person in people:
        mine = [[text for chat, text in ((one.chat, one.text) for one in box.telegram.shown) if chat == person.chat]
                for box in (pair.one, pair.two)]  # fmt: skip
        assert sum(map(len, mine)) == queued // len(people)


async def test_a_worker_that_died_with_messages_is_followed_by_another(pair: Pair) -> None:
    await Telegram(pair.one, CHAT).text("Xe tải đổ rác xuống sông.")
    reached = asyncio.Event()

    async def hangs(*_: object) -> tuple[str, ...]:
        reached.set()
        return await asyncio.Future()

    pair.one.telegram.send = hangs  # type: ignore[method-assign] # it never comes back
    dying = asyncio.create_task(pair.one.delivery.once())
    await reached.wait()
    await pair.two.deliver()
    assert pair.two.telegram.shown == [], "it is the other's for as long as its lease runs"
    pair.clock.advance(LEASE + 1)
    await pair.two.deliver()
    assert len(pair.two.telegram.shown) == 1
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)


@dataclass
class Watched:
    """Senders that are asked at every look, and tell how often they were."""

    senders: Senders
    asked: int = 0

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        self.asked += 1
        async with self.senders.alone() as alone:
            yield alone

    async def leave(self) -> None:
        await self.senders.leave()


async def test_of_two_workers_the_one_that_lives_takes_over_what_the_killed_one_had(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At once, and not before it is dead: its lease has nothing to do with it."""
    monkeypatch.setattr(delivery, "LOOK", 0.0)
    reached = asyncio.Event()

    async def hangs(*_: object) -> tuple[str, ...]:
        reached.set()
        return await asyncio.Future()

    pair.one.telegram.send = hangs  # type: ignore[method-assign] # it never comes back
    await Telegram(pair.one, CHAT).text("Xe tải đổ rác xuống sông.")
    workers = [box.delivery for box in (pair.one, pair.two)]
    watched = [Watched(found) for worker in workers if (found := worker._senders)]
    killed = asyncio.create_task(_sends(workers[0], watched[0]))
    await reached.wait()  # before the other comes, or that one may be the first to claim
    living = asyncio.create_task(_sends(workers[1], watched[1]))
    for n in range(1, 4):
        workers[1].wake()
        await until(lambda n=n: watched[1].asked >= n)  # type: ignore[misc] # bound at once
    assert pair.two.telegram.shown == [], "it is the other's for as long as that one lives"
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    await watched[0].leave()
    workers[1].wake()
    await until(lambda: len(pair.two.telegram.shown) == 1)
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)


async def _sends(worker: Delivery, senders: Senders) -> None:
    worker._senders = senders
    await worker.run()


async def test_two_officers_who_take_a_tip_at_once_do_not_both_have_it(pair: Pair) -> None:
    first = await Officer.enrol(pair.one)
    second = await Officer.enrol(pair.one, "trucban2")
    for n in range(ROUNDS):
        await Page(pair.one).file_tip(f"Tin số {n}.")
        (tip,) = set(await first.tips()) - {
            row[0] for row in await pair.one.rows("SELECT tip FROM entries WHERE seq > 1")
        }
        await pair.one.forge("UPDATE tips SET answerable = NULL WHERE id = ?", tip)
        for officer in (first, second):
            await officer.open(tip)
        ended = await asyncio.gather(
            _takes(at(pair.one, first), tip), _takes(at(pair.two, second), tip), return_exceptions=True
        )
        won = [one for one in ended if isinstance(one, str)]
        lost = [one for one in ended if isinstance(one, Taken | NewerAct | NotAccepted)]
        assert (len(won), len(lost)) == (1, 1), ended
        assert await pair.one.rows("SELECT answerable, entries FROM tips WHERE id = ?", tip) == [(won[0], 3)]
    assert await _chain_holds(pair, first)


async def _takes(officer: Officer, tip: bytes) -> str:
    found = await officer.open(tip)
    place = next_place(found.thread)
    entry = Entry(place, "take", officer.me.officer.serial, at=START // 60 * 60, text="")
    sealed = seal_entry(entry, officer.keys.signer, found.identity.recipient)
    record = await officer.sign("take", tip, named(place.seq, sealed))
    return await officer.box.counter.take(officer.me, tip, Taking(NewEntry(place.seq, sealed), None), record)


async def test_two_acts_signed_on_one_head_are_not_both_chained(pair: Pair) -> None:
    officer = await Officer.enrol(pair.one)
    for n in range(ROUNDS):
        for _ in range(2):
            await Page(pair.one).file_tip(f"Tin số {n}.")
    unopened = [row[0] for row in await pair.one.rows("SELECT tip FROM grants WHERE recipient <> 'recovery'")]
    here, there = at(pair.one, officer), at(pair.two, officer)
    for one, two in zip(unopened[::2], unopened[1::2], strict=True):
        records = [await here.sign("open", one), await here.sign("open", two)]
        ended = await asyncio.gather(
            here.box.counter.open_first(here.me, one, records[0]),
            there.box.counter.open_first(there.me, two, records[1]),
            return_exceptions=True,
        )
        assert sum(isinstance(one, NewerAct) for one in ended) == 1, ended
    numbers = [read_record(body).act.n for (body,) in await pair.one.rows("SELECT body FROM audit ORDER BY n")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert await _chain_holds(pair, officer)


async def _chain_holds(pair: Pair, officer: Officer) -> bool:
    from unit.service.test_audit import holds  # noqa: PLC0415 - that module's own way to ask

    return await holds(pair.two, at(pair.two, officer))


async def test_two_who_look_after_the_house_remind_once(pair: Pair) -> None:
    await Officer.enrol(pair.one)
    await Page(pair.one).file_tip("Đang đánh bạc ở nhà bỏ hoang.", urgent=True)
    minute, rung = START // 60 * 60, []
    for after in (10, 20, 30, 60):
        pair.clock.now = minute + after * 60
        assert await pair.both(lambda box: box.reminding.look()) == [None, None]
        rung.append((await pair.one.rows("SELECT step, (SELECT count(*) FROM notices) FROM rungs"))[0])
    assert rung == [(1, 1), (2, 2), (3, 3), (4, 4)], "the tip's own notice, then one more with each step"


async def test_two_evenings_jobs_queue_one_notice_each(pair: Pair) -> None:
    for n in range(4):
        person = Telegram(pair.one, CHAT + n)
        await person.text("alo")
        await person.text("4")
    await pair.one.deliver()
    for box in (pair.one, pair.two):
        box.luck.now = 0.0
    for day in range(3):
        pair.clock.now = EVENING + day * DAY
        assert await pair.both(lambda box: box.notice.run()) == [None, None]
        assert len(await pair.one.rows("SELECT n FROM outbox")) == 4
        await pair.one.deliver()


async def test_the_same_asked_for_twice_is_kept_once(pair: Pair) -> None:
    """Both workers do what a chat asked for; its rows are there once."""
    person = Telegram(pair.one, CHAT)
    await person.text("alo")
    await person.text("4")
    await pair.one.deliver()
    (address,) = [address for _, address in await pair.one.stores.subscriptions.every()]
    for _ in range(ROUNDS):
        assert await pair.both(lambda box: box.stores.subscriptions.add(address)) == [None, None]
        assert len(await pair.one.rows("SELECT * FROM subscriptions")) == 1
        await pair.both(lambda box: box.stores.subscriptions.remove(address.bot, address.chat))
        assert await pair.one.rows("SELECT * FROM subscriptions") == []


async def test_two_that_expire_and_sweep_at_once_lose_nothing(pair: Pair) -> None:
    receipt = await Page(pair.one).file_tip("Xe tải đổ rác xuống sông.")
    pair.clock.advance(4 * DAY)
    for job in ("expire", "end_silences", "sweep", "scatter"):
        assert await pair.both(lambda box, job=job: getattr(box.housekeeping, job)()) == [None, None], job  # type: ignore[misc] # a default
    assert await pair.both(lambda box: box.kept.expire()) == [None, None]
    assert any("Tin gửi ngày" in str(said) for said in await Page(pair.two).code(receipt))


async def test_rows_that_stay_say_nothing_of_when_they_were_written(pair: Pair) -> None:
    """A subscription, a reply address and a button beside a tip; then they are written anew, together."""
    person = Telegram(pair.one, CHAT)
    for words in ("alo", "4", "menu", "Xe tải đổ rác xuống sông.", "1", "2", "2"):
        await person.text(words)
    await pair.one.deliver()
    await Telegram(pair.one, CHAT + 1).file_tip("Tin khác.")
    before = await _numbers(pair)
    assert max(before["tips"]) - min(before["reply_addresses"]) < 20, "beside it, as they were written"
    await pair.one.housekeeping.scatter()
    after = await _numbers(pair)
    assert len({number for name in ("subscriptions", "reply_addresses", "kept_buttons") for number in after[name]}) == 1
    assert after["tips"] == before["tips"]
    assert min(after["subscriptions"]) > max(after["tips"])


async def _numbers(pair: Pair) -> dict[str, list[int]]:
    """Of every row of these tables the number of the transaction that wrote it."""
    tables = ("tips", "subscriptions", "reply_addresses", "kept_buttons")
    return {
        name: sorted(int(row[0]) for row in await pair.one.rows(f"SELECT xmin::text FROM {name}")) for name in tables
    }
