"""A clock that leaps while somebody writes, sends, reads and answers, with everything running that destroys by it.

Put right within the hour it changes nothing at all. Believed first and put right later it costs what silence of that
length costs, and no more: nothing sent is lost or filed twice, and whoever writes is answered.
"""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from chaos.faults import TRIES
from chaos.standing import Told, told
from chaos.story import Act, Story, on_telegram, until_done
from installation import START, Clock, Installation, Telegram, open_installation, receipt_in, words_in

from bot.run.steady import BELIEVED_AFTER, SteadyClock
from bot.service.keyring import AHEAD
from crypto.sheets import LIFETIME

HOUR, DAY, YEAR = 3600, 86_400, 365 * 86_400
LEAPS = {"a day on": DAY, "four days on": 4 * DAY, "a year on": YEAR, "an hour back": -HOUR, "a year back": -YEAR}
SHORT = 20 * 60
LONG = 2 * BELIEVED_AFTER
TIP = "Xe tải đổ rác xuống sông."
JOBS = ("ladder", "notice", "silences", "expire", "kept", "sweep", "scatter", "checkpoint")
SEED = 20261122
A_LOT = 50
"""Leaps tried where every fault is asked for."""


@dataclass
class Leaping(Clock):
    """A machine's clock as the product goes by it; `now` is what it shows."""

    boot: float = 77.0

    def __post_init__(self) -> None:
        self._steady = SteadyClock(lambda: self.now, lambda: self.boot)

    def __call__(self) -> float:
        return self._steady()

    def advance(self, seconds: float) -> None:
        """Time passes; every minute somebody looks at the clock."""
        for passed in range(0, int(seconds), 60):
            step = min(60, seconds - passed)
            self.now, self.boot = self.now + step, self.boot + step
            self()

    def leap(self, seconds: float) -> None:
        self.now += seconds


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Installation, Leaping]]:
    clock = Leaping(START)
    async with open_installation(folder, clock=clock) as box:
        yield box, clock


async def jobs_run(box: Installation) -> None:
    house = box.housekeeping
    for job in (house.expire, house.end_silences, box.kept.expire, box.reminding.look, house.sweep, box.notice.run):
        await job()


async def _told_with_a_leap(folder: Path, at: float, leap: float) -> Told:
    """What everybody finds where the clock leapt at an act; `at`: how far into the story, from 0 up to 1."""
    async with opened(folder) as (box, clock):
        story, acts = await on_telegram(box)
        box.luck.now = 0.9
        acts = [act for act in acts if act.name != "wait" and act.name not in JOBS]
        leaping = int(at * len(acts))
        for number, act in enumerate(acts):
            if number == leaping:
                clock.leap(leap)
                await jobs_run(box)
            await _do(story, act)
            if number == leaping:
                clock.advance(SHORT)
                await jobs_run(box)
                clock.leap(-leap)
                await jobs_run(box)
        return await told(box, story.person, story.officer)


async def _do(story: Story, act: Act) -> None:
    await until_done(act, act.ready(), TRIES)
    said = await story.person.news()
    if any(out.shown.kind == "code" for out in said):
        story.code = receipt_in(said)


async def test_a_leap_put_right_within_the_hour_changes_nothing(tmp_path: Path, seeds: int) -> None:
    chance, leaps = random.Random(SEED), list(LEAPS.values())
    for number in range(2 * seeds or A_LOT):
        at, leap = chance.random(), leaps[number % len(LEAPS)]
        wanted = await _told_with_a_leap(tmp_path / f"still-{number}", at, 0)
        found = await _told_with_a_leap(tmp_path / f"leapt-{number}", at, leap)
        assert found == wanted, (at, leap)


def is_shut(clock: Leaping) -> bool:
    """By a clock a year on the unit's sheet is over: nobody could read, and the box says that it takes nothing."""
    return clock() > START + LIFETIME


@pytest.mark.parametrize("leap", LEAPS.values(), ids=LEAPS)
async def test_a_leap_believed_and_put_right_later_loses_nothing_sent(tmp_path: Path, leap: float) -> None:
    async with opened(tmp_path) as (box, clock):
        me = Telegram(box, 4_171_829_400_000_123)
        receipts, numbers = [], []

        async def sends(words: str) -> None:
            said = [await me.text(text) for text in ("menu", words, "1", "1")]
            assert all(said), "whoever writes is answered"
            if not is_shut(clock):
                receipts.append(receipt_in(said[-1]))
            numbers.append(me.seen)
            await box.deliver()

        await sends(TIP)
        await me.text("Chưa gửi.")
        for by in (leap, -leap):
            clock.leap(by)
            clock.advance(LONG)
            await jobs_run(box)
            await sends(f"Tin sau khi giờ nhảy {by}.")
        keys = box.ring.living(int(clock()))
        assert all(key.born <= clock() + AHEAD for key in keys)
        assert len(await box.rows("SELECT id FROM tips")) == len(receipts) >= 2
        assert numbers == sorted(numbers)
        assert await box.rows("SELECT n FROM outbox WHERE state <> 'waiting'") == []
        for receipt in receipts:
            said = words_in(await Telegram(box, random.Random(receipt).randrange(1 << 50)).code(receipt))
            assert "Tin gửi ngày" in said
