"""Who answers at a moment: weeks, nights, swaps, holidays, and that nobody never answers while somebody reads."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.roster import HOLIDAY, Duty, Gap, Reader, Roster, Swap, answering, day_of, gaps, on_duty

VIETNAM = timezone(timedelta(hours=7))
MONDAY = date(2026, 11, 23)
FEAST = date(2026, 11, 25)
"""A Wednesday."""
A, B, CHIEF = Reader("s1", "a", "duty"), Reader("s2", "b", "duty"), Reader("s3", "truong", "chief")
READERS = (CHIEF, B, A)
NIGHTS = Roster(tuple(Duty("a", day, 7, 12) for day in range(7)) + tuple(Duty("b", day, 19, 12) for day in range(7)))


def at(day: date, hour: int, minute: int = 0) -> int:
    """A moment in Vietnam in UTC seconds."""
    return int(datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM).timestamp())


@pytest.mark.parametrize(("hour", "who"), [(0, "b"), (6, "b"), (7, "a"), (18, "a"), (19, "b"), (23, "b")], ids=str)
def test_the_week_says_who_is_on_duty_past_midnight_too(hour: int, who: str) -> None:
    assert on_duty(NIGHTS, at(MONDAY, hour)) == (who,)
    assert on_duty(NIGHTS, at(MONDAY, hour, 59)) == (who,)


def test_a_night_begins_on_its_own_day() -> None:
    only = Roster((Duty("a", 6, 22, 10),))
    sunday = MONDAY - timedelta(days=1)
    assert on_duty(only, at(sunday, 22)) == ("a",)
    assert on_duty(only, at(MONDAY, 7)) == ("a",)
    assert on_duty(only, at(MONDAY, 8)) == ()
    assert on_duty(only, at(sunday, 7)) == ()


def test_the_first_named_of_several_is_the_answerable_one() -> None:
    both = Roster((Duty("b", 0, 8, 8), Duty("a", 0, 8, 8)))
    assert answering(both, READERS, at(MONDAY, 9)) == ("s2", "s1")


def test_a_swap_holds_for_what_begins_on_its_day() -> None:
    swapped = Roster(NIGHTS.week, (Swap(MONDAY, "b", "truong"),))
    tuesday = MONDAY + timedelta(days=1)
    assert on_duty(swapped, at(MONDAY, 3)) == ("b",)
    assert on_duty(swapped, at(MONDAY, 20)) == ("truong",)
    assert on_duty(swapped, at(tuesday, 3)) == ("truong",)
    assert on_duty(swapped, at(tuesday, 20)) == ("b",)


def test_two_can_change_places() -> None:
    changed = Roster(NIGHTS.week, (Swap(MONDAY, "a", "b"), Swap(MONDAY, "b", "a")))
    assert on_duty(changed, at(MONDAY, 9)) == ("b",)
    assert on_duty(changed, at(MONDAY, 20)) == ("a",)


def test_a_holiday_has_duties_of_its_own_if_any_do() -> None:
    plain = Roster(NIGHTS.week, holidays=frozenset({FEAST}))
    assert on_duty(plain, at(FEAST, 9)) == ("a",)
    own = Roster((*NIGHTS.week, Duty("truong", HOLIDAY, 7, 24)), holidays=frozenset({FEAST}))
    assert on_duty(own, at(FEAST, 3)) == ("b",)
    assert on_duty(own, at(FEAST, 9)) == ("truong",)
    assert on_duty(own, at(FEAST + timedelta(days=1), 6)) == ("truong",)
    assert on_duty(own, at(FEAST + timedelta(days=1), 7)) == ("a",)


@pytest.mark.parametrize(
    ("roster", "readers", "who"),
    [
        (Roster(), READERS, ("s3",)),
        (Roster((Duty("gone", 0, 0, 24),)), READERS, ("s3",)),
        (Roster(), (B, A), ("s1", "s2")),
        (Roster((Duty("gone", 0, 0, 24), Duty("a", 0, 0, 24))), READERS, ("s1",)),
        (NIGHTS, (), ()),
    ],
    ids=["no roster", "who is off the sheet", "no chief", "one of two is off the sheet", "nobody reads"],
)
def test_where_the_roster_names_nobody_the_chief_answers(
    roster: Roster, readers: tuple[Reader, ...], who: tuple[str, ...]
) -> None:
    assert answering(roster, readers, at(MONDAY, 9)) == who


def test_gaps_are_said_as_spans() -> None:
    assert gaps(NIGHTS, READERS) == ()
    holes = Roster(tuple(duty for duty in NIGHTS.week if (duty.officer, duty.day) != ("b", 5)))
    assert gaps(holes, READERS) == (Gap(5, 19, 24), Gap(6, 0, 7))
    assert gaps(NIGHTS, (A,))[0] == Gap(0, 0, 7)
    feast = Roster((*NIGHTS.week, Duty("a", HOLIDAY, 8, 10)))
    assert gaps(feast, READERS) == (Gap(HOLIDAY, 0, 8), Gap(HOLIDAY, 18, 24))


ACCOUNTS = st.sampled_from(["a", "b", "truong", "gone", "away"])
DAYS = st.integers(0, 20).map(lambda days: MONDAY + timedelta(days=days))
ROSTERS = st.builds(
    Roster,
    week=st.lists(
        st.builds(Duty, ACCOUNTS, st.integers(0, HOLIDAY), st.integers(0, 23), st.integers(1, 24)), max_size=8
    ).map(tuple),
    swaps=st.lists(st.builds(Swap, DAYS, ACCOUNTS, ACCOUNTS), max_size=4).map(tuple),
    holidays=st.frozensets(DAYS, max_size=3),
)
SOME_READERS = st.lists(st.sampled_from(READERS), unique=True).map(tuple)
MOMENTS = st.integers(at(MONDAY, 0) - 86_400, at(MONDAY, 0) + 21 * 86_400)


@settings(deadline=None)
@given(ROSTERS, SOME_READERS, MOMENTS)
def test_somebody_answers_while_anybody_reads(roster: Roster, readers: tuple[Reader, ...], moment: int) -> None:
    found = answering(roster, readers, moment)
    assert bool(found) == bool(readers)
    assert set(found) <= {reader.serial for reader in readers}
    assert len(set(found)) == len(found)
    named = {reader.serial for reader in readers if reader.officer in on_duty(roster, moment)}
    assert not named or set(found) == named


@settings(deadline=None)
@given(ROSTERS, SOME_READERS, MOMENTS)
def test_the_minute_within_an_hour_says_nothing(roster: Roster, readers: tuple[Reader, ...], moment: int) -> None:
    assert answering(roster, readers, moment) == answering(roster, readers, moment - moment % 3600)


@settings(deadline=None)
@given(ROSTERS, SOME_READERS, MOMENTS)
def test_an_hour_that_is_no_gap_has_somebody(roster: Roster, readers: tuple[Reader, ...], moment: int) -> None:
    plain = Roster(tuple(duty for duty in roster.week if duty.day != HOLIDAY))
    day, hour = day_of(moment), (moment + 7 * 3600) % 86_400 // 3600
    open_hours = {(gap.day, hour) for gap in gaps(plain, readers) for hour in range(gap.start, gap.end)}
    known = {reader.officer for reader in readers}
    assert ((day.weekday(), hour) in open_hours) == known.isdisjoint(on_duty(plain, moment))
