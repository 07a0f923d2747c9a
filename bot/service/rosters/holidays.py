"""Holidays as a table: brought all or nothing, beside those that are there. Of a day that is there a row says anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from bot.service.boxes.rows import NO, YES, Taken
from bot.service.calendars import COUNTRY, ask_reckoning
from bot.service.days import read_day
from bot.service.naming import meanings, meant, tidy
from bot.service.rosters.rules import Gathering, holiday_reasons
from bot.service.tables import Column, Fault, Kind, Row, read_table, write_table
from handlers.folding import fold
from storage.repositories import rosters, units
from storage.repositories.rosters import StoredHoliday

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị")),
    Column("day", ("ngày", "ngày nghỉ"), needed=True),
    Column("name", ("tên", "dịp")),
    Column("working", ("làm bù", "ngày làm bù")),
)
"""In the order in which they are written. A row without a unit, or with "national" there, is of the whole country; a
table without a column leaves what its days have there."""


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write the days that the table names.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, COLUMNS)
    codes = units.known(connection, (code for row in rows for code in meanings(row["unit"])))
    found = Gathering({(one.unit, one.day): one for one in rosters.every_holiday(connection)})
    for row in rows:
        _take(found, row, codes, now)
    differing, taken = found.settled()
    for holiday in differing.values():
        rosters.put_holiday(connection, holiday)
    if differing:
        ask_reckoning(connection)
    return taken


def _take(found: Gathering[StoredHoliday], row: Row, codes: frozenset[str], now: int) -> None:
    country = not row["unit"] or fold(row["unit"]) == COUNTRY
    unit, day = COUNTRY if country else meant(row["unit"], codes), read_day(row["day"])
    said = row["working"].casefold()
    checks = (
        ("unit", unit is None, "row-no-unit"),
        ("day", day is None, "row-day"),
        ("working", said not in YES | NO, "row-yes-no"),
    )
    found.faults += [Fault(row.number, key, column) for column, wrong, key in checks if wrong]
    if unit is None or day is None:
        return
    key = (unit, day.isoformat())
    before = found.before.get(key) or StoredHoliday(*key)
    name = before.name if row.said("name") is None else tidy(row["name"])
    working = before.working if row.said("working") is None else said in YES
    one = StoredHoliday(*key, name, working)
    found.take(row, key, one, holiday_reasons(one, now))


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The holidays of these units, or of all and of the country, as a table of this kind."""
    every = rosters.every_holiday(connection)
    return write_table(kind, COLUMNS, [cells(one) for one in every if not only or one.unit in only])


def cells(one: StoredHoliday) -> Mapping[str, str]:
    """A holiday as its table writes it."""
    return {"unit": one.unit, "day": one.day, "name": one.name, "working": "yes" if one.working else ""}
