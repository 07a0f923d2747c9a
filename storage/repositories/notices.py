"""Content-free notices to a unit's officers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.statements import Statement
from storage.tables import notices as table

NoticeKind = Literal["tip", "news"]
_ADD = Statement(insert(table))
_THERE = Statement(select(table.c.id).where(table.c.id == bindparam("which")))


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened on a tip of `unit`; officers may be told from `due` on (UTC seconds)."""

    id: bytes
    unit: str
    tip: bytes
    kind: NoticeKind
    due: int


def add(connection: Connection, notice: Notice) -> None:
    """Store a notice."""
    _ADD.run(
        connection,
        {"id": notice.id, "unit_id": notice.unit, "tip": notice.tip, "kind": notice.kind, "due": notice.due},
    )


def add_once(connection: Connection, notice: Notice) -> None:
    """Store a notice unless one with its id is there."""
    if _THERE.first(connection, {"which": notice.id}) is None:
        add(connection, notice)


def due(connection: Connection, unit: str, now: int, after: int = -1) -> tuple[Notice, ...]:
    """Notices of a unit that became due after `after` and not later than `now`, oldest first."""
    statement = (
        select(table)
        .where(table.c.unit_id == unit, table.c.due <= now, table.c.due > after)
        .order_by(table.c.due, table.c.id)
    )
    return tuple(Notice(*row) for row in connection.execute(statement))


def waiting(connection: Connection, unit: str, now: int) -> frozenset[bytes]:
    """The unit's tips with a notice that is not due yet: nothing unasked may show that they changed."""
    statement = select(table.c.tip).where(table.c.unit_id == unit, table.c.due > now)
    return frozenset(connection.execute(statement).scalars())


def expire(connection: Connection, before: int) -> None:
    """Erase notices that were due before `before`."""
    connection.execute(delete(table).where(table.c.due < before))


def forget(connection: Connection, unit: str, tip: bytes) -> None:
    """Erase a unit's notices of a tip."""
    connection.execute(delete(table).where(table.c.unit_id == unit, table.c.tip == tip))
