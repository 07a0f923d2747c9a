"""Swaps as a table: brought all or nothing, beside those that are there. Of a swap that is there a row says anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Connection

from bot.service.boxes.rows import Taken
from bot.service.days import read_day
from bot.service.naming import meanings, meant
from bot.service.rosters.acts import accounts
from bot.service.rosters.rules import Gathering, swap_reasons
from bot.service.tables import Column, Fault, Kind, read_table, write_table
from storage.repositories import rosters, units
from storage.repositories.rosters import StoredSwap

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("day", ("ngày", "ngày trực"), needed=True),
    Column("officer", ("cán bộ", "người nghỉ", "tài khoản", "account"), needed=True),
    Column("instead", ("trực thay", "người trực thay"), needed=True),
)
"""In the order in which they are written."""


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write the swaps that the table names.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, COLUMNS)
    codes = units.known(connection, (code for row in rows for code in meanings(row["unit"])))
    known = lru_cache(None)(lambda unit: accounts(connection, unit))
    found = Gathering({(unit, one.day, one.officer): one for unit, one in rosters.every_swap(connection)})
    for row in rows:
        unit, day = meant(row["unit"], codes), read_day(row["day"])
        checks = (("unit", unit, "row-no-unit"), ("day", day, "row-day"))
        found.faults += [Fault(row.number, key, column) for column, said, key in checks if said is None]
        if unit is not None and day is not None:
            one = StoredSwap(day.isoformat(), row["officer"], row["instead"])
            found.take(row, (unit, one.day, one.officer), one, swap_reasons(one, known(unit), now))
    differing, taken = found.settled()
    for (unit, *_), swap in differing.items():
        rosters.put_swap(connection, unit, swap)
    return taken


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The swaps of these units, or of all, as a table of this kind."""
    every = rosters.every_swap(connection)
    return write_table(kind, COLUMNS, [cells(unit, one) for unit, one in every if not only or unit in only])


def cells(unit: str, one: StoredSwap) -> Mapping[str, str]:
    """A swap of a unit as its table writes it."""
    return {"unit": unit, "day": one.day, "officer": one.officer, "instead": one.instead}
