"""Somebody answers at every hour for a tip that anybody can read, and it is who the roster, swaps and holidays name.

Over random weeks with gaps and nights, swaps, holidays of the unit, of the one above it and of the country, days that
are worked instead, and accounts that have left the sheet. Who should answer is worked out here another way: from each
watch as a stretch of hours on the calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.service.calendars import COUNTRY
from bot.service.rosters.acts import shown
from bot.service.rosters.standing import answerable
from bot.service.rosters.words import moment
from bot.service.site import MemoryFloors, SheetBook, Site
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from handlers.timeline import DAY
from storage.repositories import rosters, sheets, units
from storage.repositories.rosters import StoredDuty, StoredHoliday, StoredSwap
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=False, authority=AUTHORITY.verify_key)
KEY, VERIFY = Identity.generate().recipient, Signer.generate().verify_key
FIRST = date(2027, 2, 1)
"""A Monday."""
SPAN = 9
"""Days over which hours, swaps and holidays are drawn, one week and a day on either side."""
PEOPLE = ("a", "b", "c", "left", "closed")
"""Accounts that a roster may name: the last two are on no sheet any more."""
HERE, ABOVE = "18118", "42"
HOLIDAYS, DAY_HOURS = 7, 24


@dataclass(frozen=True)
class Desk:
    """A unit's roster and who of its sheet reads, in which role; `at`: days and hours after the first midnight."""

    week: tuple[StoredDuty, ...]
    swaps: tuple[StoredSwap, ...]
    holidays: tuple[StoredHoliday, ...]
    readers: tuple[tuple[str, str], ...]
    at: tuple[int, int]


days = st.integers(0, SPAN - 1).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
duties = st.builds(
    StoredDuty, st.integers(0, HOLIDAYS), st.integers(0, 23), st.sampled_from(PEOPLE), st.integers(1, DAY_HOURS)
)
desks = st.builds(
    Desk,
    st.lists(duties, max_size=8, unique_by=lambda one: (one.day, one.start, one.officer)).map(tuple),
    st.lists(
        st.builds(StoredSwap, days, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)),
        max_size=6, unique_by=lambda one: (one.day, one.officer),
    ).map(tuple),
    st.lists(
        st.builds(StoredHoliday, st.sampled_from((HERE, ABOVE, COUNTRY)), days, st.just("Tết"), st.booleans()),
        max_size=6, unique_by=lambda one: (one.unit, one.day),
    ).map(tuple),
    st.lists(
        st.tuples(st.sampled_from(PEOPLE[:3]), st.sampled_from(("duty", "chief", "operator"))),
        max_size=3, unique_by=lambda one: one[0],
    ).map(tuple),
    st.tuples(st.integers(1, SPAN - 2), st.integers(0, 23)),
)  # fmt: skip


@cache
def engine() -> Engine:
    made = sqlite_engine("sqlite://")
    with made.begin() as connection:
        metadata.create_all(connection)
        units.put_unit(connection, Unit(ABOVE, "tỉnh", "province", None, 0))
        units.put_unit(connection, Unit(HERE, "phường", "ward", ABOVE, 0))
    return made


@contextmanager
def standing(desk: Desk) -> Iterator[tuple[Connection, SheetBook, Sheet]]:
    lines = tuple(Officer(name, name, role, KEY, VERIFY, 0, None) for name, role in desk.readers)
    sheet = Sheet("site", False, HERE, "phường", ABOVE, 1, moment(FIRST, 0), moment(FIRST, 0) + 30 * DAY, lines, None)
    with engine().connect() as connection, connection.begin() as undone:
        sheets.add(connection, sheets.StoredSheet(HERE, 1, sign_sheet(sheet, AUTHORITY)))
        rosters.put_week(connection, HERE, desk.week)
        for swap in desk.swaps:
            rosters.put_swap(connection, HERE, swap)
        for holiday in desk.holidays:
            rosters.put_holiday(connection, holiday)
        yield connection, SheetBook(SITE, MemoryFloors()), sheet
        undone.rollback()


def off(desk: Desk, day: date) -> bool:
    """Whether the unit has this day off: its own word before that of the unit above, that before the country's."""
    said = {one.unit: one.working for one in desk.holidays if one.day == day.isoformat()}
    nearest = next((said[unit] for unit in (HERE, ABOVE, COUNTRY) if unit in said), True)
    return not nearest


def named(desk: Desk) -> list[str]:
    """Whom the roster names at that moment, by stretches of hours from the first midnight on; today's come first."""
    today, hour = desk.at
    now, found = today * DAY_HOURS + hour, list[str]()
    special = any(one.day == HOLIDAYS for one in desk.week)
    for number in (today, today - 1):
        day = FIRST + timedelta(days=number)
        kind = HOLIDAYS if special and off(desk, day) else day.weekday()
        instead = {one.officer: one.instead for one in desk.swaps if one.day == day.isoformat()}
        for one in desk.week:
            begins = number * DAY_HOURS + one.start
            if one.day == kind and now in range(begins, begins + one.hours):
                found.append(instead.get(one.officer, one.officer))
    return found


def expected(desk: Desk) -> set[str]:
    """Who may be answerable: the first whom the roster names and who reads, else a chief, else anybody who reads."""
    reading = {name: role for name, role in desk.readers if role != "operator"}
    on_duty = [name for name in named(desk) if name in reading]
    return set(on_duty[:1]) or {name for name, role in reading.items() if role == "chief"} or set(reading)


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(desks)
def test_whoever_the_roster_names_answers_and_somebody_does_while_anybody_reads(desk: Desk) -> None:
    with standing(desk) as (connection, book, sheet):
        for hour in range(DAY_HOURS):
            then = replace(desk, at=(desk.at[0], hour))
            at = moment(FIRST + timedelta(days=desk.at[0]), hour) + 1799
            who, wanted = answerable(connection, book, sheet, at), expected(then)
            assert (who is None) == (not wanted)
            assert who is None or who in wanted


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(desks)
def test_what_is_shown_is_who_answers_and_whether_the_roster_says_so(desk: Desk) -> None:
    at = moment(FIRST + timedelta(days=desk.at[0]), desk.at[1]) + 1799
    with standing(desk) as (connection, book, sheet):
        found, who = shown(connection, book, HERE, at), answerable(connection, book, sheet, at)
        assert found.answers[:1] == (() if who is None else (who,))
        reading = {name for name, role in desk.readers if role != "operator"}
        assert found.by_roster == (not reading.isdisjoint(named(desk)))
