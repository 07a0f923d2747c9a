"""News on tips for whoever asked to be told: content-free, each with the moment from which it may be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from storage.tables import news as table


@dataclass(frozen=True, slots=True)
class News:
    """There is something new on `tip` from `due` on (UTC seconds)."""

    id: bytes
    tip: bytes
    due: int


def add(connection: Connection, row: News) -> None:
    """Leave news."""
    connection.execute(insert(table), {"id": row.id, "tip": row.tip, "due": row.due})


def due(connection: Connection, now: int) -> tuple[News, ...]:
    """What may be told by `now`, oldest first."""
    statement = select(table).where(table.c.due <= now).order_by(table.c.due, table.c.id)
    return tuple(News(*row) for row in connection.execute(statement))


def remove(connection: Connection, ids: Sequence[bytes]) -> None:
    """Erase what was told."""
    connection.execute(delete(table).where(table.c.id.in_(list(ids))))
