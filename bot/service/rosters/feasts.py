"""Holidays as a table: brought all or nothing, beside those that are there. Of a day that is there a row says anew."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.boxes.rows import NO, YES
from bot.service.calendars import COUNTRY, ask_reckoning
from bot.service.days import read_day
from bot.service.naming import meant
from bot.service.tables import Column, Fault, read_table, refuse
from storage.repositories import rosters, units
from storage.repositories.rosters import StoredHoliday

COLUMNS = (
    Column("day", ("ngày", "ngày nghỉ"), needed=True),
    Column("name", ("tên", "dịp")),
    Column("working", ("làm bù", "ngày làm bù")),
    Column("unit", ("đơn vị", "mã đơn vị")),
)
"""A row without a unit is of the whole country."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many days were taken in, and how many of them are worked."""

    days: int
    working: int


def _yes(cell: str) -> bool | None:
    said = cell.casefold()
    return True if said in YES else False if said in NO else None


def take_in(connection: Connection, body: bytes) -> Taken:
    """Write the days that the table names.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    codes = frozenset(unit.code for unit in units.every_unit(connection))
    found: list[StoredHoliday] = []
    faults: list[Fault] = []
    for row in read_table(body, COLUMNS):
        day, working = read_day(row["day"]), _yes(row["working"])
        unit = meant(row["unit"], codes) if row["unit"] else COUNTRY
        checks = (("day", day, "row-day"), ("working", working, "row-yes-no"), ("unit", unit, "row-no-unit"))
        faults += [Fault(row.number, key, column) for column, said, key in checks if said is None]
        if day is not None and working is not None and unit is not None:
            found.append(StoredHoliday(unit, day.isoformat(), row["name"][:100], working))
    refuse(faults)
    for holiday in found:
        rosters.put_holiday(connection, holiday)
    ask_reckoning(connection)
    return Taken(len(found), sum(one.working for one in found))
