"""Who of a unit answers at a moment: a week by the hour, holidays, and swaps on single days.

Owns how these are read together, and who answers where they name nobody. Says who is told first and answerable, never
who can read. Hours are Vietnam's and whole: an answerable officer says no more of a tip than the hour it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from handlers.timeline import DAY, EAST, hour_of

HOURS = 24
WEEK = 7
HOLIDAY = 7
"""The day of a duty that stands on every holiday; 0 to 6 are Monday to Sunday."""
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class Duty:
    """An officer, by account, from hour `start` (0 to 23) of a day on, for `hours` (1 to 24), over midnight too."""

    officer: str
    day: int
    start: int
    hours: int

    def covers(self, hour: int) -> bool:
        """True where it covers this hour, counted from the midnight its day begins with: from 24 on the day after."""
        return self.start <= hour < self.start + self.hours


@dataclass(frozen=True, slots=True)
class Swap:
    """On this day `on` takes over whatever begins on it and is `off`'s."""

    day: date
    off: str
    on: str


@dataclass(frozen=True, slots=True)
class Roster:
    """A unit's duties in the order in which officers are named, swaps and holidays.

    A holiday is as its weekday where no duty stands on holidays.
    """

    week: tuple[Duty, ...] = ()
    swaps: tuple[Swap, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Reader:
    """An officer who can read the unit's tips: the sheet's serial, his account and his role."""

    serial: str
    officer: str
    role: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours of a day, from `start` up to `end` (at most 24), in which the roster names nobody."""

    day: int
    start: int
    end: int


def answering(roster: Roster, readers: Collection[Reader], at: int) -> tuple[str, ...]:
    """Serials of those who answer at this UTC second, the answerable one first: nobody only where nobody reads.

    Those on duty, else the unit's chiefs, else everybody.
    """
    by_serial = sorted(readers, key=lambda reader: reader.serial)
    named = on_duty(roster, at)
    standing = [reader for officer in named for reader in by_serial if reader.officer == officer]
    chiefs = [reader for reader in by_serial if reader.role == "chief"]
    return tuple(reader.serial for reader in standing or chiefs or by_serial)


def on_duty(roster: Roster, at: int) -> tuple[str, ...]:
    """Accounts the roster names at this UTC second, each once: what began today before what goes on from yesterday."""
    today, hour = day_of(at), hour_of(at)
    yesterday = date.fromordinal(today.toordinal() - 1)
    named = (*_standing(roster, today, hour), *_standing(roster, yesterday, hour + HOURS))
    return tuple(dict.fromkeys(named))


def _standing(roster: Roster, day: date, hour: int) -> Iterator[str]:
    kind = _kind(roster, day)
    instead = {swap.off: swap.on for swap in roster.swaps if swap.day == day}
    for duty in roster.week:
        if duty.day == kind and duty.covers(hour):
            yield instead.get(duty.officer, duty.officer)


def _kind(roster: Roster, day: date) -> int:
    own = day in roster.holidays and any(duty.day == HOLIDAY for duty in roster.week)
    return HOLIDAY if own else day.weekday()


def day_of(at: int) -> date:
    """The day in Vietnam of a UTC second."""
    return date.fromordinal(_EPOCH + (at + EAST) // DAY)


def gaps(roster: Roster, readers: Collection[Reader]) -> tuple[Gap, ...]:
    """The hours of an ordinary week in which nobody who reads is named, and those of holidays if they have duties."""
    known = {reader.officer for reader in readers}
    week = [duty for duty in roster.week if duty.officer in known]
    days = [*range(WEEK), *([HOLIDAY] if any(duty.day == HOLIDAY for duty in roster.week) else [])]
    return tuple(gap for day in days for gap in _spans(day, _open_hours(week, day)))


def _open_hours(week: Sequence[Duty], day: int) -> list[int]:
    """Hours of a day that nothing covers. What a holiday is left by the day before it is not known: so nothing."""
    before = None if day == HOLIDAY else (day - 1) % WEEK
    return [
        hour
        for hour in range(HOURS)
        if not any(
            (duty.day == day and duty.covers(hour)) or (duty.day == before and duty.covers(hour + HOURS))
            for duty in week
        )
    ]


def _spans(day: int, hours: Iterable[int]) -> Iterator[Gap]:
    for _, run in groupby(enumerate(hours), key=lambda pair: pair[1] - pair[0]):
        found = [hour for _, hour in run]
        yield Gap(day, found[0], found[-1] + 1)
