"""Weeks of units as a table: brought all or nothing, and taken along in a form that can be brought again.

A unit that the table names has these duties and no other; of several who stand at once the first row is answerable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

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
_CODES = (5, 2)
"""Digits of a ward's and a province's official code: a spreadsheet takes the noughts before it off."""


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
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: a duty on each of its days."""
        days, start, end = read_days(row["day"]), read_hour(row["from"]), read_hour(row["to"])
        unit = self._unit(row["unit"])
        checks = (
            ("unit", unit, "there is no such unit here"),
            ("day", days, "is no day: write mon to sun, mon-fri, all or holiday"),
            ("from", start, "is no whole hour, 0 to 24"),
            ("to", end, "is no whole hour, 0 to 24"),
        )
        self.faults += [Fault(row.number, why, column) for column, found, why in checks if found is None]
        if unit is None or days is None or start is None or end is None:
            return
        if row["officer"] not in self._accounts(unit):
            self.faults.append(Fault(row.number, "there is no such account in this unit", "officer"))
        begins, hours = span(start, end)
        week = self.weeks.setdefault(unit, {})
        for day in days:
            if (day, begins, row["officer"]) in week:
                self.faults.append(Fault(row.number, "stands here twice"))
            week[day, begins, row["officer"]] = StoredDuty(day, begins, row["officer"], hours)

    def _unit(self, said: str) -> str | None:
        meant = (said, *(said.zfill(length) for length in _CODES if said.isdigit()))
        return next((code for code in meant if code in self.codes), None)

    def _accounts(self, unit: str) -> frozenset[str]:
        if unit not in self.known:
            self.known[unit] = accounts(self.connection, unit)
        return self.known[unit]


def take_in(connection: Connection, body: bytes) -> Taken:
    """Write the weeks of all units that the table names.

    Raises:
        NotAccepted: the file is no such table.
        RowsRefused: rows are wrong; nothing was written.
    """
    reading = _Reading(connection, frozenset(unit.code for unit in units.every_unit(connection)))
    for row in read_table(body, COLUMNS):
        reading.take(row)
    refuse(reading.faults)
    for unit, week in reading.weeks.items():
        rosters.put_week(connection, unit, tuple(week.values()))
    return Taken(sum(len(week) for week in reading.weeks.values()), len(reading.weeks))


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The weeks of these units, or of all, as a table of this kind."""
    return write_table(kind, COLUMNS, list(_cells(connection, only or rosters.units_with_week(connection))))


def _cells(connection: Connection, codes: Sequence[str]) -> Iterator[dict[str, str]]:
    for unit in codes:
        for duty in rosters.week(connection, unit):
            yield {
                "unit": unit,
                "day": DAYS[duty.day],
                "from": str(duty.start),
                "to": str(end_of(duty.start, duty.hours)),
                "officer": duty.officer,
            }
