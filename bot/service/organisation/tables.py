"""Tables of the organisation as officers send them: read once, held to what is theirs, taken in by the list's own rows.

A table is read outside the transaction, which gets it as CSV; a row beyond an officer's units is told by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from bot.service import routerows, unitrows
from bot.service.boxes import rows as box_rows
from bot.service.hamlets import rows as hamlet_rows
from bot.service.hotlines import rows as hotline_rows
from bot.service.naming import meant
from bot.service.organisation.lists import View
from bot.service.organisation.scope import Scope
from bot.service.rosters import holidays as holiday_rows
from bot.service.rosters import rows as roster_rows
from bot.service.rosters import swaps as swap_rows
from bot.service.tables import Column, Fault, Row, read_table, write_table

FIRST_ROW = 2
"""The number of the row below the header, as a spreadsheet counts."""
UNPACKED = 8 << 20
"""Bytes that a workbook sent here may unpack to: more than the thousands of rows that can be sent at once."""
TAKE_IN: Final[Mapping[View, Callable[[Connection, bytes, int], object]]] = {
    "units": unitrows.take_in,
    "hamlets": hamlet_rows.take_in,
    "boxes": box_rows.take_in,
    "hotlines": hotline_rows.take_in,
    "roster": lambda connection, body, _now: roster_rows.take_in(connection, body),
    "swaps": swap_rows.take_in,
    "holidays": holiday_rows.take_in,
    "routes": routerows.take_in,
}
"""How the table of a list is taken in; officers are invited and shut out one by one."""


def readied(what: bytes, columns: Sequence[Column]) -> tuple[tuple[Row, ...], bytes]:
    """The rows of a table, and the same as CSV, each in its line: reading that again takes next to no time."""
    rows = read_table(what, columns, unpacked=UNPACKED)
    header = [Column(one) for one in rows[0].cells] if rows else columns
    told: list[Mapping[str, str]] = []
    for row in rows:
        told += [{}] * (row.number - FIRST_ROW - len(told))
        told.append(row.cells)
    return rows, write_table("csv", header, told)


def strangers(rows: Sequence[Row], scope: Scope) -> list[Fault]:
    """Rows of units that are not his: whether they would be right is not said."""
    told = ((row.number, column) for row in rows if (column := _beyond(row, scope)))
    return [Fault(number, "row-scope", column) for number, column in told]


def _beyond(row: Row, scope: Scope) -> str:
    """The column in which a row names a unit that is not his; empty where it names none such.

    A row of units names itself, or, where it is new, the unit above it; one of holidays without a unit the country.
    """
    code, parent = row["code"], row["parent"]
    if row["unit"] or not (code or parent):
        return "" if scope.has(row["unit"]) else "unit"
    if meant(code, scope.of.units) is not None:
        return "" if scope.has(code) else "code"
    return "parent" if parent and not scope.has(parent) else ""


def said_by(taken: object) -> int:
    """How many rows of a list the table says."""
    match taken:
        case roster_rows.Taken(duties=duties):
            return duties
        case box_rows.Taken(new, changed, same) | hotline_rows.Taken(new, changed, same):
            return new + changed + same
        case _:
            return 0
