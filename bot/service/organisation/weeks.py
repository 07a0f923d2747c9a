"""A week of a unit's roster as it will be: who stands when, swaps and holidays reckoned in, who answers in its gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from bot.service.calendars import holding
from bot.service.organisation.looking import Look
from bot.service.rosters.standing import readers_of, roster_of
from bot.service.rosters.words import moment
from handlers.roster import HOURS, WEEK, Roster, on_duty
from storage.repositories import officers
from storage.repositories.rosters import StoredHoliday


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
    """One day in Vietnam; `feast`: what it is called where the unit has it off, or (`working`) works it instead."""

    day: date
    shifts: tuple[Shift, ...]
    gaps: tuple[Gap, ...]
    feast: str | None = None
    working: bool = False


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
    feasts = holding(look.connection, unit, moment(first, 0))
    found = (_day(roster, first + timedelta(days=step), here, otherwise) for step in range(WEEK))
    return tuple(_told(day, feasts.get(day.day.isoformat())) for day in found)


def _told(day: Day, feast: StoredHoliday | None) -> Day:
    return day if feast is None else replace(day, feast=feast.name, working=feast.working)


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
