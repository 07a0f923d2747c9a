"""Duty rosters: a unit's week, swaps on single days, holidays of a unit and of those above it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.repositories import editions
from storage.statements import Statement, placed, places
from storage.tables import duties, duty_swaps, holidays

_WEEK = Statement(
    select(duties.c.day, duties.c.start, duties.c.officer, duties.c.hours, duties.c.position)
    .where(duties.c.unit_id == bindparam("unit"))
    .order_by(duties.c.position, duties.c.day, duties.c.start, duties.c.officer)
)
_SWAPS = Statement(
    select(duty_swaps.c.day, duty_swaps.c.officer, duty_swaps.c.instead)
    .where(duty_swaps.c.unit_id == bindparam("unit"), duty_swaps.c.day >= bindparam("since"))
    .order_by(duty_swaps.c.day, duty_swaps.c.officer)
)


@dataclass(frozen=True, slots=True)
class StoredDuty:
    """From hour `start` of day `day` (0 Monday to 6 Sunday, 7 holidays) the officer of this account, for `hours`."""

    day: int
    start: int
    officer: str
    hours: int
    position: int = 0


@dataclass(frozen=True, slots=True)
class StoredSwap:
    """On this day (ISO) `instead` stands for `officer`."""

    day: str
    officer: str
    instead: str


@dataclass(frozen=True, slots=True)
class StoredHoliday:
    """A day (ISO) off, which unit said so, and what it is called; `working`: one that is worked instead."""

    unit: str
    day: str
    name: str = ""
    working: bool = False


def week(connection: Connection, unit: str) -> tuple[StoredDuty, ...]:
    """A unit's duties, in the order in which its officers are named."""
    return tuple(StoredDuty(*row) for row in _WEEK.all(connection, {"unit": unit}))


def units_with_week(connection: Connection) -> tuple[str, ...]:
    """Codes of the units that have any duty."""
    return tuple(connection.execute(select(duties.c.unit_id).distinct().order_by(duties.c.unit_id)).scalars())


def put_week(connection: Connection, unit: str, found: Sequence[StoredDuty]) -> None:
    """Store a unit's whole week, instead of the one it had; `position` is the place in `found`."""
    editions.renew(connection)
    connection.execute(delete(duties).where(duties.c.unit_id == unit))
    rows = [{"unit_id": unit, **asdict(duty), "position": place} for place, duty in enumerate(found)]
    if rows:
        connection.execute(insert(duties), rows)


def join(connection: Connection, olds: Sequence[str], into: str) -> None:
    """The rosters of these units are another's from now on, behind its own: who was on duty stays so."""
    editions.renew(connection)
    for old in olds:
        own = week(connection, into)
        taken = {(duty.day, duty.start, duty.officer) for duty in own}
        more = [duty for duty in week(connection, old) if (duty.day, duty.start, duty.officer) not in taken]
        put_week(connection, into, [*own, *more])
        put_week(connection, old, ())
        for swap in swaps(connection, old):
            put_swap(connection, into, swap)
            remove_swap(connection, old, swap.day, swap.officer)
        for holiday in holidays_of(connection, [old]):
            put_holiday(connection, replace(holiday, unit=into))
            remove_holiday(connection, old, holiday.day)


def swaps(connection: Connection, unit: str, since: str = "") -> tuple[StoredSwap, ...]:
    """A unit's swaps from this day (ISO) on."""
    return tuple(StoredSwap(*row) for row in _SWAPS.all(connection, {"unit": unit, "since": since}))


def every_swap(connection: Connection) -> tuple[tuple[str, StoredSwap], ...]:
    """All swaps there are, each with its unit."""
    columns = duty_swaps.c.unit_id, duty_swaps.c.day, duty_swaps.c.officer, duty_swaps.c.instead
    found = connection.execute(select(*columns).order_by(*columns[:3]))
    return tuple((unit, StoredSwap(day, officer, instead)) for unit, day, officer, instead in found)


def put_swap(connection: Connection, unit: str, swap: StoredSwap) -> None:
    """Store a swap, replacing one of the same officer on that day."""
    remove_swap(connection, unit, swap.day, swap.officer)
    connection.execute(insert(duty_swaps), {"unit_id": unit, **asdict(swap)})


def remove_swap(connection: Connection, unit: str, day: str, officer: str) -> bool:
    """Take a swap back; False if there is none."""
    editions.renew(connection)
    mine = duty_swaps.c.unit_id == unit, duty_swaps.c.day == day, duty_swaps.c.officer == officer
    return connection.execute(delete(duty_swaps).where(*mine)).rowcount > 0


def holidays_of(connection: Connection, units: Iterable[str], since: str = "") -> tuple[StoredHoliday, ...]:
    """What these units have as holidays, and days worked instead, from this day (ISO) on, by day."""
    codes = tuple(units)
    if not codes:
        return ()
    found = _holidays(len(codes)).all(connection, {"since": since, **placed(codes)})
    return tuple(StoredHoliday(unit, day, name, bool(working)) for unit, day, name, working in found)


@lru_cache(maxsize=32)
def _holidays(count: int) -> Statement:
    columns = holidays.c.unit_id, holidays.c.day, holidays.c.name, holidays.c.working
    mine = (holidays.c.unit_id.in_(places(count)), holidays.c.day >= bindparam("since"))
    return Statement(select(*columns).where(*mine).order_by(holidays.c.day, holidays.c.unit_id))


def every_holiday(connection: Connection) -> tuple[StoredHoliday, ...]:
    """All holidays there are, and days worked instead."""
    columns = holidays.c.unit_id, holidays.c.day, holidays.c.name, holidays.c.working
    return tuple(StoredHoliday(*row) for row in connection.execute(select(*columns).order_by(*columns[:2])))


def put_holiday(connection: Connection, holiday: StoredHoliday) -> None:
    """Store a holiday, replacing the unit's own of the same day."""
    remove_holiday(connection, holiday.unit, holiday.day)
    row = {"unit_id": holiday.unit, "day": holiday.day, "name": holiday.name, "working": holiday.working}
    connection.execute(insert(holidays), row)


def remove_holiday(connection: Connection, unit: str, day: str) -> bool:
    """Make it an ordinary day again; False if the unit had no such holiday of its own."""
    editions.renew(connection)
    mine = holidays.c.unit_id == unit, holidays.c.day == day
    return connection.execute(delete(holidays).where(*mine)).rowcount > 0
