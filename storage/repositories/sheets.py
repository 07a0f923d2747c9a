"""Signed unit sheets as bytes. Whether one may be believed is decided by whoever checks its signature."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, select

from storage.errors import Conflict
from storage.repositories import editions
from storage.statements import Statement
from storage.tables import sheets as table

_OF = table.c.unit_id == bindparam("unit")
_HIGHEST = select(func.max(table.c.n)).where(_OF).scalar_subquery()
_NEWEST = Statement(select(table).where(_OF, table.c.n == _HIGHEST))


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """Sheet number `n` of a unit."""

    unit: str
    n: int
    body: bytes


def newest(connection: Connection, unit: str) -> StoredSheet | None:
    """A unit's sheet with the highest number."""
    row = _NEWEST.first(connection, {"unit": unit})
    return StoredSheet(*row) if row else None


def every(connection: Connection, unit: str) -> tuple[StoredSheet, ...]:
    """All sheets of a unit, newest first."""
    statement = select(table).where(table.c.unit_id == unit).order_by(table.c.n.desc())
    return tuple(StoredSheet(*row) for row in connection.execute(statement))


def first_unit(connection: Connection) -> str | None:
    """The first unit by code that ever had a sheet."""
    return connection.execute(select(func.min(table.c.unit_id))).scalar()


def add(connection: Connection, sheet: StoredSheet) -> None:
    """Store a sheet. Raises `Conflict` unless its number is higher than every stored one of the unit."""
    stored = newest(connection, sheet.unit)
    if stored is not None and stored.n >= sheet.n:
        raise Conflict
    editions.renew(connection)
    connection.execute(insert(table), {"unit_id": sheet.unit, "n": sheet.n, "body": sheet.body})
