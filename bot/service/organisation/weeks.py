"""A week of a unit's roster as it will be: who stands when, swaps and holidays reckoned in, who answers in its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from bot.service.organisation.showing import Look
from bot.service.rosters.standing import readers_of, roster_of
from bot.service.rosters.words import moment
from bot.service.site import upwards
from handlers.roster import HOURS, WEEK, Roster, day_of, on_duty
from storage.repositories import officers, rosters


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of a day, from `start` up to `end` (at most 24), and who stands in them, the answerable one first."""

    start: int
    end: int
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours of a day in which the roster names nobody who reads, and who answers then: persons, or a unit."""

    start: int
    end: int
    goes_to: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day in Vietnam."""

    day: date
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]


def week(look: Look, unit: str, first: date) -> tuple[Day, ...]:
    """Seven days of a unit from this one on.

    Raises:
        NotAccepted: the unit is not his to see.
    """
    look.scope.within(unit)
    sheet = look.book.newest(look.connection, unit, look.now)
    readers = () if sheet is None else readers_of(sheet, look.now)
    roster = roster_of(look.connection, unit, moment(first, 0))
    people = {one.account: one.name for one in officers.of_unit(look.connection, unit)}
    chiefs = [reader.officer for reader in readers if reader.role == "chief"] or [reader.officer for reader in readers]
    otherwise = ", ".join(people.get(account, account) for account in chiefs) or _receiver(look, unit)
    here = {reader.officer: people.get(reader.officer, reader.officer) for reader in readers}
    return tuple(_day(roster, first + timedelta(days=step), here, otherwise) for step in range(WEEK))


@dataclass(frozen=True, slots=True)
class Exchanged:
    """On this day `instead` stands for `officer`: accounts, and what they are called."""

    day: str
    officer: str
    instead: str
    officer_name: str
    instead_name: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A holiday, which unit said so, and what it is called; `own`: it is taken off here, else at that unit."""

    day: str
    unit: str
    unit_name: str
    name: str
    own: bool


@dataclass(frozen=True, slots=True)
class Days:
    """What is otherwise than the week says."""

    swaps: tuple[Exchanged, ...]
    holidays: tuple[Feast, ...]


def days(look: Look, unit: str) -> Days:
    """A unit's swaps and holidays from yesterday on, those of the units above it too.

    Raises:
        NotAccepted: the unit is not his to see.
    """
    look.scope.within(unit)
    since = (day_of(look.now) - timedelta(days=1)).isoformat()
    people = {one.account: one.name for one in officers.of_unit(look.connection, unit)}
    swaps = rosters.swaps(look.connection, unit, since)
    free = rosters.holidays_of(look.connection, upwards(look.connection, unit), since)
    called = {one.code: one.name_vi for one in look.scope.of.units.values()}
    own = [
        Exchanged(one.day, one.officer, one.instead, *(people.get(who, who) for who in (one.officer, one.instead)))
        for one in swaps
    ]
    feasts = [Feast(one.day, one.unit, called.get(one.unit, one.unit), one.name, one.unit == unit) for one in free]
    return Days(tuple(own), tuple(feasts))


def _receiver(look: Look, unit: str) -> str:
    found = look.book.receiver(look.connection, unit, look.now)
    return found.name.vi if found else ""


def _day(roster: Roster, day: date, here: dict[str, str], otherwise: str) -> Day:
    def standing(hour: int) -> tuple[str, ...]:
        return tuple(here[account] for account in on_duty(roster, moment(day, hour)) if account in here)

    runs = [(names, list(hours)) for names, hours in groupby(range(HOURS), standing)]
    return Day(
        day,
        tuple(Shift(hours[0], hours[-1] + 1, names) for names, hours in runs if names),
        tuple(Gap(hours[0], hours[-1] + 1, otherwise) for names, hours in runs if not names),
    )
