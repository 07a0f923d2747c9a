"""Hotline boards: units' own numbers and the national ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from storage.tables import hotlines as table

HotlineKind = Literal["police", "leaders", "other"]


@dataclass(frozen=True, slots=True)
class StoredHotline:
    """A number as shown; `unit` None: national.

    `checked` is the day on which it was last tried ("2026-05-02"); `source` is where a built-in number comes from.
    """

    id: bytes
    unit: str | None
    role_vi: str
    role_en: str
    number: str
    hours_vi: str
    hours_en: str
    position: int
    checked: str | None = None
    kind: HotlineKind = "other"
    source: str | None = None


def board(connection: Connection, *units: str) -> tuple[StoredHotline, ...]:
    """The numbers of these units, in their order, then the national ones, each by position."""
    statement = select(table).where(or_(table.c.unit_id.in_(units), table.c.unit_id.is_(None)))
    places = {unit: place for place, unit in enumerate(units)}
    found = (StoredHotline(*row) for row in connection.execute(statement))
    return tuple(sorted(found, key=lambda one: (places.get(one.unit or "", len(units)), one.position, one.id)))


def own(connection: Connection, unit: str | None) -> tuple[StoredHotline, ...]:
    """The numbers that a unit put up itself, or (None) the national ones, by position."""
    mine = table.c.unit_id.is_(None) if unit is None else table.c.unit_id == unit
    statement = select(table).where(mine).order_by(table.c.position, table.c.id)
    return tuple(StoredHotline(*row) for row in connection.execute(statement))


def every(connection: Connection) -> tuple[StoredHotline, ...]:
    """All numbers by unit and position, the national ones last."""
    statement = select(table).order_by(table.c.unit_id.is_(None), table.c.unit_id, table.c.position, table.c.id)
    return tuple(StoredHotline(*row) for row in connection.execute(statement))


def counted(connection: Connection) -> dict[str, int]:
    """How many numbers of its own each unit's board has; units without one are not in it."""
    statement = select(table.c.unit_id, func.count()).where(table.c.unit_id.is_not(None)).group_by(table.c.unit_id)
    return {row[0]: row[1] for row in connection.execute(statement)}


def put(connection: Connection, hotline: StoredHotline) -> None:
    """Store a number, replacing the one of the same id."""
    values = _values(hotline)
    if connection.execute(update(table).where(table.c.id == hotline.id).values(values)).rowcount == 0:
        connection.execute(insert(table), values)


def add_all(connection: Connection, hotlines: Iterable[StoredHotline]) -> None:
    """Store new numbers, all at once."""
    if values := [_values(hotline) for hotline in hotlines]:
        connection.execute(insert(table), values)


def remove(connection: Connection, hotline: bytes) -> None:
    """Take a number off its board."""
    connection.execute(delete(table).where(table.c.id == hotline))


def _values(hotline: StoredHotline) -> dict[str, object]:
    values = asdict(hotline)
    values["unit_id"] = values.pop("unit")
    return values
