"""Legal and house deadlines of a tip: what is due next, by when, and why.

Owns the terms of each profile of a unit with where they are from, and how days are counted. Times are UTC seconds;
holidays come as an argument. What an officer does about it is the business of cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from handlers.clocks import opening_due
from handlers.timeline import DAY, EAST
from handlers.values import CLOCKS, Clock, Profile

HOUR: Final = 3600
SATURDAY: Final = 5
_EPOCH: Final = date(1970, 1, 1).toordinal()

NOTIFY: Final = 3
"""Working days until the notice of receipt (TTLT 01/2017 Đ.14 k.1), and from the end to the notice of the result
(the same, k.3)."""
VERIFY: Final = 20
"""Days of verification (BLTTHS 2015 Đ.147 k.1)."""
COMPLEX: Final = 2
"""Months of verification where it is complex or in many places (Đ.147 k.2)."""
EXTENSION: Final = 2
"""Months more, once (Đ.147 k.2)."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Hours of a profile: to report to the province, and to classify."""

    report: int
    classify: int


TERMS: Final[dict[Profile, Terms]] = {
    "ordinary": Terms(report=12, classify=24),
    "difficult": Terms(report=24, classify=48),
}
"""Reports: HD 11/HD-BCA-V03 of 27/2/2025. Classification: TTLT 01/2017; 48 hours for remote communes."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked: not Saturdays, Sundays and `holidays`, but those of `made_up` whatever they are."""

    holidays: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """True for a working day."""
        return day in self.made_up or (day.weekday() < SATURDAY and day not in self.holidays)

    def add_working_days(self, at: int, n: int) -> int:
        """The last second of the `n`th working day after the day of `at`, which itself does not count."""
        ordinal = _ordinal(at)
        while n:
            ordinal += 1
            n -= self.works(date.fromordinal(ordinal))
        return _last_second(ordinal)


@dataclass(frozen=True, slots=True)
class Running:
    """What of a tip its deadlines follow from. `clocks`: those that its status lets run (`cases.clocks_of`).

    `since`: when its unit got it, or it was taken up again; `ended`: when it was decided.
    """

    clocks: frozenset[Clock]
    urgent: bool
    since: int
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The second by which it is due, and what is."""

    at: int
    clock: Clock


def next_deadline(case: Running, profile: Profile, calendar: Calendar) -> Deadline | None:
    """The earliest of the clocks that run; None where none does. A late one stays until what it asks for is done."""
    return min(_deadlines(case, profile, calendar), key=lambda one: (one.at, CLOCKS.index(one.clock)), default=None)


def _deadlines(case: Running, profile: Profile, calendar: Calendar) -> Iterator[Deadline]:
    terms, since = TERMS[profile], case.since
    for clock in case.clocks:
        match clock:
            case "open":
                yield Deadline(opening_due(since, urgent=case.urgent), clock)
            case "report":
                yield Deadline(since + terms.report * HOUR, clock)
            case "classify":
                yield Deadline(since + terms.classify * HOUR, clock)
            case "notify":
                yield Deadline(calendar.add_working_days(since, NOTIFY), clock)
            case "verify":
                yield Deadline(since + VERIFY * DAY, clock)
            case "complex":
                yield Deadline(add_months(since, COMPLEX), clock)
            case "extended":
                yield Deadline(add_months(since, COMPLEX + EXTENSION), clock)
            case "end":
                yield Deadline(calendar.add_working_days(since if case.ended is None else case.ended, NOTIFY), clock)


def add_months(at: int, months: int) -> int:
    """The last second of the same day so many calendar months on, or of the last day of a month that has no such day.

    A month's term ends with its day (BLTTHS 2015 Đ.134), so none that begins later ends earlier.
    """
    day = date.fromordinal(_ordinal(at))
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first, next_first = date(year, month + 1, 1), date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    days = (next_first - first).days
    return _last_second(first.toordinal() + min(day.day, days) - 1)


def year_of(at: int) -> int:
    """The year in Vietnam of a UTC second."""
    return date.fromordinal(_ordinal(at)).year


def _ordinal(at: int) -> int:
    return _EPOCH + (at + EAST) // DAY


def _last_second(ordinal: int) -> int:
    return (ordinal + 1 - _EPOCH) * DAY - EAST - 1
