"""Weeks of units as a table: brought all or nothing, and taken along in a form that can be brought again.

A unit that the table names has these duties and no other; of several who stand at once the first row is answerable.
A row with "-" in every cell but the unit's says that nobody stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.service.naming import meanings, meant
from bot.service.rosters.acts import accounts
from bot.service.rosters.words import DAYS, end_of, read_days, read_hour, span
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from storage.repositories import rosters, units
from storage.repositories.rosters import StoredDuty

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("day", ("ngày", "thứ", "ngày trực"), needed=True),
    Column("from", ("từ", "từ giờ", "giờ bắt đầu"), needed=True),
    Column("to", ("đến", "đến giờ", "giờ kết thúc"), needed=True),
    Column("officer", ("cán bộ", "tài khoản", "account"), needed=True),
)
"""In the order in which they are written."""
NOBODY = "-"
"""In every cell but the unit's: a week without duties, which no other row could say."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many duties of how many units were taken in."""

    duties: int
    units: int


@dataclass(slots=True)
class _Reading:
    """A table while it is read: weeks by unit, which accounts each has, and what is wrong."""

    connection: Connection
    codes: frozenset[str]
    weeks: dict[str, dict[tuple[int, int, str], StoredDuty]] = field(default_factory=dict)
    lines: dict[tuple[str, int, int, str], int] = field(default_factory=dict)
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: a duty on each of its days."""
        unit, officer = meant(row["unit"], self.codes), row["officer"]
        if unit is not None and all(row[one.name] == NOBODY for one in COLUMNS[1:]):
            self.weeks.setdefault(unit, {})
            return
        days, start, end = read_days(row["day"]), read_hour(row["from"]), read_hour(row["to"])
        checks = (
            ("unit", unit, "row-no-unit"), ("day", days, "row-weekday"), ("from", start, "row-hour"),
            ("to", end, "row-hour"),
        )  # fmt: skip
        self.faults += [Fault(row.number, key, column) for column, found, key in checks if found is None]
        if unit is None or days is None or start is None or end is None:
            return
        if officer not in self._accounts(unit):
            self.faults.append(Fault(row.number, "row-no-account", "officer"))
        begins, hours = span(start, end)
        week = self.weeks.setdefault(unit, {})
        firsts = {self.lines.setdefault((unit, day, begins, officer), row.number) for day in days} - {row.number}
        if firsts:
            self.faults.append(Fault(row.number, "row-twice", args={"other": str(min(firsts))}))
        week.update({(day, begins, officer): StoredDuty(day, begins, officer, hours) for day in days})

    def _accounts(self, unit: str) -> frozenset[str]:
        if unit not in self.known:
            self.known[unit] = accounts(self.connection, unit)
        return self.known[unit]


def take_in(connection: Connection, body: bytes) -> Taken:
    """Write the weeks of all units that the table names.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, COLUMNS)
    codes = units.known(connection, (code for row in rows for code in meanings(row["unit"])))
    reading = _Reading(connection, codes)
    for row in rows:
        reading.take(row)
    refuse(reading.faults)
    for unit, week in reading.weeks.items():
        rosters.put_week(connection, unit, tuple(week.values()))
    return Taken(sum(len(week) for week in reading.weeks.values()), len(reading.weeks))


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The weeks of these units, or of all, as a table of this kind."""
    codes = only or rosters.units_with_week(connection)
    return write_table(kind, COLUMNS, [cells(unit, duty) for unit in codes for duty in rosters.week(connection, unit)])


def cells(unit: str, duty: StoredDuty) -> Mapping[str, str]:
    """A duty of a unit as its table writes it."""
    return {
        "unit": unit,
        "day": DAYS[duty.day],
        "from": str(duty.start),
        "to": str(end_of(duty.start, duty.hours)),
        "officer": duty.officer,
    }
