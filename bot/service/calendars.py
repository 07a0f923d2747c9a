"""Days off and days worked instead, as units' deadlines and rosters count them: one list, the country's and units' own.

Owns that the country's holidays of this year and the next stand in that list once, and stay as somebody edited them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from bot.service.site import upwards
from handlers.deadlines import Calendar, year_of
from handlers.roster import day_of
from handlers.values import Profile
from storage.repositories import editions, rosters, settings, units
from storage.repositories.rosters import StoredHoliday

COUNTRY = "national"
"""In place of a unit's code: of the whole country."""
SEEDED = "holidays"
"""The setting that holds the last year whose holidays were put into the list."""
RECKON = "reckon"
"""The setting that says that deadlines are to be worked out anew: what they follow from has changed. Empty: they are
as they should be."""


def calendar_of(connection: Connection, unit: str, since: int) -> Calendar:
    """The days a unit works, from the day of this UTC second on."""
    found = holding(connection, unit, since)
    worked = frozenset(day for day, one in found.items() if one.working)
    return Calendar(_dates(found.keys() - worked), _dates(worked))


def holding(connection: Connection, unit: str, since: int) -> dict[str, StoredHoliday]:
    """What the nearest unit says of each listed day (ISO), from the day of this UTC second on."""
    nearest: dict[str, StoredHoliday] = {}
    above = (COUNTRY,) if unit == COUNTRY else (*upwards(connection, unit), COUNTRY)
    found = rosters.holidays_of(connection, above, day_of(since).isoformat())
    for one in sorted(found, key=lambda one: above.index(one.unit)):
        nearest.setdefault(one.day, one)
    return nearest


def _dates(days: Iterable[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, days))


def unseeded(connection: Connection, now: int) -> range:
    """The years, of this one and the next, whose holidays were never put into the list."""
    year = year_of(now)
    return range(max(int(settings.get(connection, SEEDED) or 0) + 1, year), year + 2)


def of_the_country(years: range) -> tuple[StoredHoliday, ...]:
    """Holidays as the `holidays` package has them, Tết by the moon. Loading it takes most of a second."""
    from holidays import country_holidays  # noqa: PLC0415 - loaded once a year, and by no start

    found = country_holidays("VN", years=years, language="vi")
    off = (StoredHoliday(COUNTRY, day.isoformat(), name[:100]) for day, name in sorted(found.items()))
    on = (StoredHoliday(COUNTRY, day.isoformat(), "làm bù", working=True) for day in sorted(found.weekend_workdays))
    return (*off, *on)


def seed(connection: Connection, years: range, found: Iterable[StoredHoliday]) -> None:
    """Put holidays of these years into the list, but for days that somebody has listed."""
    listed = {one.day for one in rosters.holidays_of(connection, [COUNTRY])}
    for holiday in found:
        if holiday.day not in listed:
            rosters.put_holiday(connection, holiday)
    settings.put(connection, SEEDED, b"%d" % years[-1])
    ask_reckoning(connection)


def set_profile(connection: Connection, unit: str, profile: Profile) -> None:
    """Say which legal terms a unit has.

    Raises:
        NotAccepted: no such unit.
    """
    if units.find_unit(connection, unit) is None:
        raise NotAccepted("there is no such unit here")
    units.set_profile(connection, unit, profile)
    ask_reckoning(connection)


def ask_reckoning(connection: Connection) -> None:
    """Deadlines are to be worked out anew: the list or a unit's profile has changed."""
    settings.put(connection, RECKON, editions.edition(connection) or b"1")
