"""Which key seals and which still open: one suite for the keys on disk and their twin in memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.run.keyfile import FileRing
from bot.service.keyring import OPENS_FOR, SEALS_FOR, EpochRing, MemoryRing, next_number

START = 1_795_000_000
DAY = 24 * 3600
FIRST = START // 3600
"""The number of a key born at START; one a day later has one that is larger by 24."""


@pytest.fixture(params=["memory", "files"])
def ring(request: pytest.FixtureRequest, tmp_path: Path) -> EpochRing:
    return MemoryRing(os.urandom) if request.param == "memory" else FileRing(tmp_path / "ephemeral", os.urandom)


def numbers(ring: EpochRing, now: int) -> list[int]:
    return [key.number for key in ring.living(now)]


def test_the_times_are_those_promised() -> None:
    assert (SEALS_FOR, OPENS_FOR) == (DAY, 3 * DAY)


def test_there_is_always_one(ring: EpochRing) -> None:
    (key,) = ring.living(START)
    assert (key.number, key.born, len(key.secret)) == (FIRST, START, 32)


def test_it_stays_the_same_for_a_day(ring: EpochRing) -> None:
    first = ring.living(START)
    assert ring.living(START + DAY - 1) == first


def test_a_day_later_a_new_one_seals_and_the_old_one_opens(ring: EpochRing) -> None:
    (first,) = ring.living(START)
    newest, older = ring.living(START + DAY)
    assert (newest.number, newest.born) == (FIRST + 24, START + DAY)
    assert older == first
    assert newest.secret != first.secret


def test_three_days_after_its_birth_a_key_opens_nothing(ring: EpochRing) -> None:
    ring.living(START)
    assert numbers(ring, START + 3 * DAY - 1) == [FIRST + 72, FIRST]
    assert numbers(ring, START + 3 * DAY) == [FIRST + 72]


def test_expiry_says_which_live(ring: EpochRing) -> None:
    for day in range(5):
        ring.living(START + day * DAY)
    assert ring.expire(START + 4 * DAY) == (FIRST + 96, FIRST + 72, FIRST + 48)
    assert numbers(ring, START + 4 * DAY) == [FIRST + 96, FIRST + 72, FIRST + 48]


def test_a_dead_key_stays_dead_if_the_clock_goes_back(ring: EpochRing) -> None:
    ring.living(START)
    ring.expire(START + 3 * DAY)
    assert numbers(ring, START) == [FIRST + 72]


def test_after_a_long_sleep_there_is_a_new_one(ring: EpochRing) -> None:
    ring.living(START)
    assert numbers(ring, START + 100 * DAY) == [FIRST + 2400]


def test_numbers_grow_whatever_the_clock_does() -> None:
    assert next_number(None, START) == FIRST
    assert next_number(FIRST, START + DAY) == FIRST + 24
    assert next_number(FIRST, START + 10) == FIRST + 1
    assert next_number(FIRST, START - 100 * DAY) == FIRST + 1


def test_a_number_is_not_taken_again_where_all_keys_were_lost(tmp_path: Path) -> None:
    """A reboot empties the folder; the rows stay."""
    before = FileRing(tmp_path / "before", os.urandom)
    used = {number for day in range(40) for number in numbers(before, START + day * DAY)}
    after = FileRing(tmp_path / "after", os.urandom)
    assert used & {number for day in range(40, 43) for number in numbers(after, START + day * DAY)} == set()


def test_the_secret_is_of_the_entropy_given(tmp_path: Path) -> None:
    def entropy(size: int) -> bytes:
        return b"\x07" * size

    makers: list[Callable[[], EpochRing]] = [
        lambda: MemoryRing(entropy),
        lambda: FileRing(tmp_path / "ephemeral", entropy),
    ]
    assert [make().living(START)[0].secret for make in makers] == [b"\x07" * 32] * 2


def test_a_key_born_by_a_clock_a_year_ahead_lives_no_longer_than_any_other(ring: EpochRing) -> None:
    (made,) = ring.living(START + 365 * DAY)
    ring.expire(START)
    assert [(key.number, key.born, key.secret) for key in ring.living(START)] == [(made.number, START, made.secret)]
    assert len(ring.living(START + SEALS_FOR)) == 2, "another seals on the next day"
    assert made.number not in ring.expire(START + OPENS_FOR)


def test_a_key_made_in_the_same_minutes_keeps_its_birth(ring: EpochRing) -> None:
    made = ring.living(START + 60)
    ring.expire(START)
    assert ring.living(START) == made


def test_a_birth_written_anew_is_seen_by_every_process_that_knew_another(tmp_path: Path) -> None:
    one, other = (FileRing(tmp_path / "ephemeral", os.urandom) for _ in range(2))
    one.living(START + 365 * DAY)
    os.utime(tmp_path / "ephemeral", (START, START))  # nothing has changed there for long
    for ring in (one, other):
        ring.living(START + 365 * DAY)
    one.expire(START)
    assert [key.born for ring in (one, other) for key in ring.living(START)] == [START, START]
