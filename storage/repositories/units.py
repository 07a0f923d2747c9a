"""Units and their boxes: who is where, and what came after whom."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select, update

from storage.tables import boxes, units


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; times in UTC seconds, `valid_to` None while it exists."""

    code: str
    name_vi: str
    name_en: str
    parent: str | None
    valid_from: int
    valid_to: int | None = None
    successor: str | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A tip box of a unit; `closed` ones name their successor, if any."""

    code: str
    unit: str
    label_vi: str
    label_en: str
    place: str = ""
    closed: bool = False
    successor: str | None = None


def every_unit(connection: Connection) -> tuple[Unit, ...]:
    """All units by code, past ones included."""
    return tuple(Unit(*row) for row in connection.execute(select(units).order_by(units.c.code)))


def find_unit(connection: Connection, code: str) -> Unit | None:
    """The unit with this code."""
    row = connection.execute(select(units).where(units.c.code == code)).first()
    return Unit(*row) if row else None


def put_unit(connection: Connection, unit: Unit) -> None:
    """Store a unit, replacing one of the same code."""
    values = asdict(unit)
    if connection.execute(update(units).where(units.c.code == unit.code).values(values)).rowcount == 0:
        connection.execute(insert(units), values)


def boxes_of(connection: Connection, unit: str) -> tuple[Box, ...]:
    """A unit's boxes by code, closed ones included."""
    statement = select(boxes).where(boxes.c.unit_id == unit).order_by(boxes.c.code)
    return tuple(Box(*row) for row in connection.execute(statement))


def find_box(connection: Connection, code: str) -> Box | None:
    """The box with this link code."""
    row = connection.execute(select(boxes).where(boxes.c.code == code)).first()
    return Box(*row) if row else None


def put_box(connection: Connection, box: Box) -> None:
    """Store a box, replacing one of the same code."""
    values = asdict(box)
    values["unit_id"] = values.pop("unit")
    if connection.execute(update(boxes).where(boxes.c.code == box.code).values(values)).rowcount == 0:
        connection.execute(insert(boxes), values)
