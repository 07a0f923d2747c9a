"""Which messages stand in a chat: rows of sealed ids, found by the chat's lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.statements import Statement
from storage.tables import traces as table

_ADD = Statement(insert(table))
_OF = select(table).where(table.c.lane.in_(bindparam("lanes", expanding=True)))
CHUNK = 500
"""Rows erased by one statement, well below the drivers' limits on parameters."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Sealed ids of messages in the chat of this lane."""

    id: bytes
    lane: bytes
    epoch: int
    blob: bytes


def add(connection: Connection, rows: Sequence[Trace]) -> None:
    """Remember messages. An id already there is a `Conflict` that undoes the transaction."""
    if rows:
        _ADD.run_each(connection, [{"id": t.id, "lane": t.lane, "epoch": t.epoch, "blob": t.blob} for t in rows])


def of_lanes(connection: Connection, lanes: Sequence[bytes]) -> tuple[Trace, ...]:
    """Everything remembered of these lanes, in no order."""
    return tuple(Trace(*row) for row in connection.execute(_OF, {"lanes": list(lanes)}))


def remove(connection: Connection, ids: Sequence[bytes]) -> None:
    """Forget these; unknown ones are as good as forgotten."""
    for start in range(0, len(ids), CHUNK):
        connection.execute(delete(table).where(table.c.id.in_(list(ids[start : start + CHUNK]))))


def remove_lanes(connection: Connection, lanes: Sequence[bytes]) -> None:
    """Forget everything of these lanes."""
    connection.execute(delete(table).where(table.c.lane.in_(list(lanes))))
