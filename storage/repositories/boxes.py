"""Boxes many at a time: lists of them, and whole files of them written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.repositories import editions
from storage.repositories.units import Box
from storage.tables import boxes


def every(connection: Connection, unit: str | None = None) -> tuple[Box, ...]:
    """All boxes by unit and code, closed ones included; those of one unit if it is named."""
    statement = select(boxes).order_by(boxes.c.unit_id, boxes.c.code)
    if unit is not None:
        statement = statement.where(boxes.c.unit_id == unit)
    return tuple(Box(*row) for row in connection.execute(statement))


def write(connection: Connection, *, new: Sequence[Box], changed: Sequence[Box]) -> None:
    """Store boxes: `new` codes are not there yet, `changed` ones are. Two statements however many they are."""
    if new or changed:
        editions.renew(connection)
    if new:
        connection.execute(insert(boxes), [_values(box) for box in new])
    if changed:
        statement = update(boxes).where(boxes.c.code == bindparam("this"))
        connection.execute(statement, [{"this": box.code, **_values(box)} for box in changed])


def _values(box: Box) -> dict[str, Any]:
    values = asdict(box)
    values["unit_id"] = values.pop("unit")
    return values
