"""What an operator or a chief does with a unit's duty roster, each act in the caller's transaction.

Every officer named is one of the unit's accounts. Whether he stands on its sheet is looked at when a tip comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import Connection

from bot.service.calendars import COUNTRY, ask_reckoning
from bot.service.errors import NotAccepted
from bot.service.naming import tidy
from bot.service.rosters.rules import holiday_reasons, swap_reasons
from bot.service.rosters.standing import readers_of, roster_of
from bot.service.rosters.words import DAYS, end_of
from bot.service.site import SheetBook, upwards
from bot.service.tables import refuse
from crypto.sheets import READER_ROLES
from handlers.roster import HOLIDAY, Swap, answering, day_of, gaps, on_duty
from handlers.timeline import EAST
from storage.repositories import officers, rosters, units
from storage.repositories.rosters import StoredDuty, StoredHoliday, StoredSwap

LONGEST_FEAST = 31
"""Days of holidays written at once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One duty as it is written: the day's name, hours of Vietnam, the officer's account; `here`: on the sheet now."""

    day: str
    start: int
    end: int
    officer: str
    here: bool


@dataclass(frozen=True, slots=True)
class Hole:
    """Hours of a day in which nobody is named, so that the chief answers."""

    day: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit's roster and who answers at a moment (ISO, Vietnam's time), the answerable one first.

    `by_roster` is False where the roster names nobody who reads then: the chiefs answer, or else everybody.
    """

    unit: str
    moment: str
    answers: tuple[str, ...]
    by_roster: bool
    duties: tuple[Line, ...]
    gaps: tuple[Hole, ...]
    swaps: tuple[StoredSwap, ...]
    holidays: tuple[StoredHoliday, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit with officers: who answers now, whether by its roster, and hours of a week in which nobody is named."""

    unit: str
    name: str
    answers: tuple[str, ...]
    by_roster: bool
    gap_hours: int


def listed(connection: Connection, book: SheetBook, now: int) -> tuple[Listed, ...]:
    """Every unit that has an officer on a sheet in force, by code."""
    found: list[Listed] = []
    for unit in units.every_unit(connection):
        sheet = book.newest(connection, unit.code, now)
        readers = () if sheet is None else readers_of(sheet, now)
        if readers:
            roster = roster_of(connection, unit.code, now)
            names = {reader.serial: reader.officer for reader in readers}
            answers = tuple(names[serial] for serial in answering(roster, readers, now))
            by_roster = not set(names.values()).isdisjoint(on_duty(roster, now))
            open_hours = sum(gap.end - gap.start for gap in gaps(roster, readers) if gap.day != HOLIDAY)
            found.append(Listed(unit.code, unit.name_vi, answers, by_roster, open_hours))
    return tuple(found)


def shown(connection: Connection, book: SheetBook, unit: str, now: int, *, at: int | None = None) -> Shown:
    """A unit's roster from yesterday on, and who answers now, or at another moment.

    Raises:
        NotAccepted: no such unit.
    """
    require_unit(connection, unit)
    moment = now if at is None else at
    sheet = book.newest(connection, unit, moment)
    readers = () if sheet is None else readers_of(sheet, moment)
    roster = roster_of(connection, unit, min(now, moment))
    names = {reader.serial: reader.officer for reader in readers}
    here, since = set(names.values()), (day_of(now) - timedelta(days=1)).isoformat()
    lines = (
        Line(DAYS[duty.day], duty.start, end_of(duty.start, duty.hours), duty.officer, duty.officer in here)
        for duty in sorted(roster.week, key=lambda duty: (duty.day, duty.start))
    )
    return Shown(
        unit=unit,
        moment=datetime.fromtimestamp(moment, timezone(timedelta(seconds=EAST))).isoformat(timespec="minutes"),
        answers=tuple(names[serial] for serial in answering(roster, readers, moment)),
        by_roster=not here.isdisjoint(on_duty(roster, moment)),
        duties=tuple(lines),
        gaps=tuple(Hole(DAYS[gap.day], gap.start, gap.end) for gap in gaps(roster, readers)) if roster.week else (),
        swaps=rosters.swaps(connection, unit, since),
        holidays=rosters.holidays_of(connection, (*upwards(connection, unit), COUNTRY), since),
    )


def put(connection: Connection, unit: str, officer: str, *, days: Sequence[int], hours: tuple[int, int]) -> None:
    """The officer stands on each of these days, from the first hour on for so many; in other hours as before.

    Raises:
        NotAccepted: no such unit, or no such account there.
    """
    require_officer(connection, unit, officer)
    start, length = hours
    new = [StoredDuty(day, start, officer, length) for day in days]
    places = {(one.day, one.start, one.officer) for one in new}
    kept = [one for one in rosters.week(connection, unit) if (one.day, one.start, one.officer) not in places]
    rosters.put_week(connection, unit, [*kept, *new])


def take_off(connection: Connection, unit: str, officer: str, days: Sequence[int]) -> int:
    """The officer stands on none of these days any more; how many duties went.

    Raises:
        NotAccepted: no such unit, or nothing to take off.
    """
    require_unit(connection, unit)
    before = rosters.week(connection, unit)
    kept = [one for one in before if one.officer != officer or one.day not in days]
    if len(kept) == len(before):
        raise NotAccepted("this account has no duty on these days")
    rosters.put_week(connection, unit, kept)
    return len(before) - len(kept)


def swap(connection: Connection, unit: str, wanted: Swap, *, now: int) -> None:
    """On its day `on` stands wherever the week says `off`.

    Raises:
        NotAccepted: no such unit.
        RowsRefused: no such account, one and the same, or a day that is over or far ahead.
    """
    require_unit(connection, unit)
    one = StoredSwap(wanted.day.isoformat(), wanted.off, wanted.on)
    refuse([*swap_reasons(one, accounts(connection, unit), now)])
    rosters.put_swap(connection, unit, one)


def unswap(connection: Connection, unit: str, day: date, off: str) -> None:
    """The week holds again for this officer on this day.

    Raises:
        NotAccepted: there is no such swap.
    """
    require_unit(connection, unit)
    if not rosters.remove_swap(connection, unit, day.isoformat(), off):
        raise NotAccepted("there is no swap of this account on that day")


def holiday(
    connection: Connection, unit: str, days: tuple[date, date], name: str, *, now: int, working: bool = False
) -> int:
    """These days, the last one too, are holidays of the unit and of all under it, or of the country; how many.

    `working`: they are days that are worked instead.

    Raises:
        NotAccepted: no such unit, or too many days.
        RowsRefused: a day that is over or far ahead, or a name that is too long.
    """
    if unit != COUNTRY:
        require_unit(connection, unit)
    found = [StoredHoliday(unit, day.isoformat(), tidy(name), working) for day in _from_to(days)]
    refuse({why.key: why for one in found for why in holiday_reasons(one, now)}.values())
    for one in found:
        rosters.put_holiday(connection, one)
    ask_reckoning(connection)
    return len(found)


def no_holiday(connection: Connection, unit: str, days: tuple[date, date]) -> int:
    """These days are ordinary ones again; how many were not.

    Raises:
        NotAccepted: the unit itself has no holiday among them.
    """
    if unit != COUNTRY:
        require_unit(connection, unit)
    gone = sum(rosters.remove_holiday(connection, unit, day.isoformat()) for day in _from_to(days))
    if not gone:
        raise NotAccepted("this unit itself has no holiday there; one of a unit above is taken off there")
    ask_reckoning(connection)
    return gone


def swaps(connection: Connection, only: Sequence[str], *, now: int) -> tuple[tuple[str, StoredSwap], ...]:
    """Swaps of these units, or of all, from yesterday on, each with its unit, by day."""
    since = (day_of(now) - timedelta(days=1)).isoformat()
    found = (one for one in rosters.every_swap(connection) if one[1].day >= since and (not only or one[0] in only))
    return tuple(sorted(found, key=lambda one: (one[1].day, one[0])))


def holidays(connection: Connection, unit: str, *, now: int) -> tuple[StoredHoliday, ...]:
    """A unit's days off and days worked instead, from today on: its own, of those above, the country's.

    Raises:
        NotAccepted: no such unit.
    """
    if unit != COUNTRY:
        require_unit(connection, unit)
    above = () if unit == COUNTRY else upwards(connection, unit)
    return rosters.holidays_of(connection, (*above, COUNTRY), day_of(now).isoformat())


def require_unit(connection: Connection, unit: str) -> None:
    """Let a unit that is known here pass.

    Raises:
        NotAccepted: it is not.
    """
    if units.find_unit(connection, unit) is None:
        raise NotAccepted("there is no such unit here")


def require_officer(connection: Connection, unit: str, officer: str) -> None:
    """Let an account of this unit pass.

    Raises:
        NotAccepted: there is no such unit, or no such account of it.
    """
    require_unit(connection, unit)
    if officer not in accounts(connection, unit):
        raise NotAccepted("there is no such account in this unit: see hopthu officer list")


def accounts(connection: Connection, unit: str) -> frozenset[str]:
    """The accounts of a unit that were not closed, of those who may read its tips."""
    reading = (one for one in officers.of_unit(connection, unit) if one.role in READER_ROLES)
    return frozenset(one.account for one in reading if one.status != "removed")


def _from_to(days: tuple[date, date]) -> list[date]:
    first, last = days
    if not 0 <= (last - first).days < LONGEST_FEAST:
        raise NotAccepted(f"the last day must not be before the first, nor more than {LONGEST_FEAST} days on")
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]
