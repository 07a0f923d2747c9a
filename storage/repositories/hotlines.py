"""Hotline boards: a unit's own numbers and the national ones."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from storage.tables import hotlines as table


@dataclass(frozen=True, slots=True)
class StoredHotline:
    """A number; `unit` None: national. `checked` is the day it was last tried, as shown ("02/05")."""

    id: bytes
    unit: str | None
    role_vi: str
    role_en: str
    number: str
    hours_vi: str
    hours_en: str
    position: int
    checked: str | None = None


def board(connection: Connection, unit: str) -> tuple[StoredHotline, ...]:
    """The numbers to show for a unit: its own, then the national ones, each by position."""
    statement = (
        select(table)
        .where(or_(table.c.unit_id == unit, table.c.unit_id.is_(None)))
        .order_by(table.c.unit_id.is_(None), table.c.position, table.c.id)
    )
    return tuple(StoredHotline(*row) for row in connection.execute(statement))


def counted(connection: Connection) -> dict[str, int]:
    """How many numbers of its own each unit's board has; units without one are not in it."""
    statement = select(table.c.unit_id, func.count()).where(table.c.unit_id.is_not(None)).group_by(table.c.unit_id)
    return {row[0]: row[1] for row in connection.execute(statement)}


def put(connection: Connection, hotline: StoredHotline) -> None:
    """Store a number, replacing the one of the same id."""
    values = asdict(hotline)
    values["unit_id"] = values.pop("unit")
    if connection.execute(update(table).where(table.c.id == hotline.id).values(values)).rowcount == 0:
        connection.execute(insert(table), values)


def remove(connection: Connection, hotline: bytes) -> None:
    """Take a number off its board."""
    connection.execute(delete(table).where(table.c.id == hotline))
