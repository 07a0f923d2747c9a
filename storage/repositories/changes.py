"""What changed in the lists of the organisation: the history of each row, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from storage.tables import changes as table

_AT_ONCE = 500
"""Keys asked about in one statement."""


@dataclass(frozen=True, slots=True)
class StoredChange:
    """A row of a list after a change of it: `cells` as JSON, None where it went; `serial` None: by a command.

    `record` of the unit's audit chain tells of it and says `change`.
    """

    list: str
    key: str
    unit: str
    hour: int
    serial: str | None
    cells: str | None
    record: int | None = None
    change: bytes | None = None


def add(connection: Connection, found: Sequence[StoredChange]) -> None:
    """Note these changes, each behind those of the same row; a row stands among them once."""
    keys = sorted({(one.list, one.key) for one in found})
    last = {row: n for name in dict.fromkeys(key[0] for key in keys) for row, n in _last(connection, name, keys)}
    rows = [
        {
            "list": one.list,
            "key": one.key,
            "n": last.get((one.list, one.key), 0) + 1,
            "unit_id": one.unit,
            "hour": one.hour,
            "serial": one.serial,
            "cells": one.cells,
            "record": one.record,
            "change": one.change,
        }
        for one in found
    ]
    if rows:
        connection.execute(insert(table), rows)


def _last(connection: Connection, name: str, keys: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], int]]:
    """How many changes each of these rows of a list has; rows without one are left out."""
    mine = [key for asked, key in keys if asked == name]
    numbered = select(table.c.key, func.max(table.c.n)).where(table.c.list == name).group_by(table.c.key)
    found: list[tuple[tuple[str, str], int]] = []
    for start in range(0, len(mine), _AT_ONCE):
        some = connection.execute(numbered.where(table.c.key.in_(mine[start : start + _AT_ONCE])))
        found += [((name, key), n) for key, n in some]
    return found


def of(connection: Connection, name: str, key: str) -> tuple[StoredChange, ...]:
    """The changes of one row of a list, the newest first."""
    mine = select(table).where(table.c.list == name, table.c.key == key).order_by(table.c.n.desc())
    return tuple(
        StoredChange(row.list, row.key, row.unit_id, row.hour, row.serial, row.cells, row.record, row.change)
        for row in connection.execute(mine)
    )


def expire(connection: Connection, name: str, before: int) -> None:
    """Erase changes of a list from before this moment (UTC seconds)."""
    connection.execute(delete(table).where(table.c.list == name, table.c.hour < before))
