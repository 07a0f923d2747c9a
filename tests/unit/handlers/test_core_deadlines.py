"""Legal and house deadlines: hours, working days over Tết, calendar months; what is next and why."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.deadlines import Calendar, Deadline, Running, add_months, next_deadline, year_of
from handlers.values import CLOCKS, PROFILES, Clock, Profile

ZONE = timezone(timedelta(hours=7))
HOUR, DAY = 3600, 24 * 3600
TET = frozenset(date(2027, 2, day) for day in range(4, 11))
"""Thursday to Wednesday."""
MADE_UP = frozenset({date(2027, 2, 13)})
"""A Saturday worked instead."""


def at(said: str) -> int:
    """The UTC second of a moment in Vietnam."""
    return int(datetime.fromisoformat(said).replace(tzinfo=ZONE).timestamp())


def running(
    *clocks: Clock, since: int = at("2026-11-20T10:00"), urgent: bool = False, ended: int | None = None
) -> Running:
    return Running(frozenset(clocks), urgent, since, ended)


@pytest.mark.parametrize(
    ("profile", "clock", "due"),
    [
        ("ordinary", "open", "2026-11-20T18:00"),
        ("ordinary", "report", "2026-11-20T22:00"),
        ("difficult", "report", "2026-11-21T10:00"),
        ("ordinary", "classify", "2026-11-21T10:00"),
        ("difficult", "classify", "2026-11-22T10:00"),
        ("ordinary", "notify", "2026-11-25T23:59:59"),
        ("ordinary", "verify", "2026-12-10T10:00"),
        ("ordinary", "complex", "2027-01-20T23:59:59"),
        ("ordinary", "extended", "2027-03-20T23:59:59"),
    ],
)
def test_each_clock_has_its_term(profile: Profile, clock: Clock, due: str) -> None:
    assert next_deadline(running(clock), profile, Calendar()) == Deadline(at(due), clock)


def test_the_earliest_is_next_and_none_runs_without_a_clock() -> None:
    found = next_deadline(running("verify", "report", "notify"), "ordinary", Calendar())
    assert found == Deadline(at("2026-11-20T22:00"), "report")
    assert next_deadline(running(), "ordinary", Calendar()) is None


def test_urgent_ones_are_opened_within_half_an_hour() -> None:
    assert next_deadline(running("open", urgent=True), "ordinary", Calendar()) == Deadline(
        at("2026-11-20T10:30"), "open"
    )


def test_the_result_is_notified_from_when_it_was_decided() -> None:
    case = running("end", ended=at("2026-12-01T09:00"))
    assert next_deadline(case, "ordinary", Calendar()) == Deadline(at("2026-12-04T23:59:59"), "end")


@pytest.mark.parametrize(
    ("since", "n", "due"),
    [
        ("2027-02-03T08:00", 1, "2027-02-11T23:59:59"),
        ("2027-02-03T08:00", 3, "2027-02-13T23:59:59"),
        ("2027-02-06T23:00", 2, "2027-02-12T23:59:59"),
        ("2026-11-20T17:00", 1, "2026-11-23T23:59:59"),
        ("2026-11-21T00:00", 1, "2026-11-23T23:59:59"),
        ("2026-12-31T23:59:59", 1, "2027-01-01T23:59:59"),
    ],
)
def test_working_days_leave_out_weekends_and_tet_and_count_days_made_up(since: str, n: int, due: str) -> None:
    assert Calendar(TET, MADE_UP).add_working_days(at(since), n) == at(due)


@pytest.mark.parametrize(
    ("since", "months", "due"),
    [
        ("2027-01-31T10:00", 1, "2027-02-28T23:59:59"),
        ("2028-01-31T10:00", 1, "2028-02-29T23:59:59"),
        ("2027-12-31T10:00", 2, "2028-02-29T23:59:59"),
        ("2026-10-31T00:30", 4, "2027-02-28T23:59:59"),
        ("2026-11-30T23:59", 1, "2026-12-30T23:59:59"),
    ],
)
def test_months_are_those_of_the_calendar(since: str, months: int, due: str) -> None:
    assert add_months(at(since), months) == at(due)


def test_the_year_is_vietnams() -> None:
    assert (year_of(at("2026-12-31T23:59:59")), year_of(at("2027-01-01T00:00"))) == (2026, 2027)


MOMENTS = st.integers(min_value=at("2020-01-01T00:00"), max_value=at("2060-12-31T00:00"))
CALENDARS = st.builds(
    Calendar,
    st.frozensets(st.dates(date(2020, 1, 1), date(2060, 12, 31)), max_size=20),
    st.frozensets(st.dates(date(2020, 1, 1), date(2060, 12, 31)), max_size=20),
)


@given(st.lists(MOMENTS, min_size=2, max_size=2), st.sampled_from(CLOCKS), st.sampled_from(PROFILES), CALENDARS)
def test_no_clock_runs_backwards(moments: list[int], clock: Clock, profile: Profile, calendar: Calendar) -> None:
    first, later = (next_deadline(running(clock, since=since), profile, calendar) for since in sorted(moments))
    assert first is not None
    assert later is not None
    assert min(moments) < first.at <= later.at


def test_what_begins_on_the_last_days_of_a_month_ends_with_the_same_one() -> None:
    ends = {add_months(at(since), 2) for since in ("2060-12-28T23:00:01", "2060-12-29T00:00", "2060-12-31T23:00")}
    assert ends == {at("2061-02-28T23:59:59")}


@given(MOMENTS, st.integers(min_value=1, max_value=30), CALENDARS)
def test_a_deadline_in_working_days_ends_on_one(since: int, n: int, calendar: Calendar) -> None:
    due = datetime.fromtimestamp(calendar.add_working_days(since, n), ZONE)
    assert calendar.works(due.date())
    start = datetime.fromtimestamp(since, ZONE).date()
    between = (start + timedelta(days=step) for step in range(1, (due.date() - start).days + 1))
    assert sum(map(calendar.works, between)) == n
