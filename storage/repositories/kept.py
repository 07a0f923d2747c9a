"""Buttons that keep access, by the digest of their tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from storage.tables import kept_buttons as table


@dataclass(frozen=True, slots=True)
class StoredButton:
    """A button's row: what it opens and the chat it stands in, each sealed."""

    key: bytes
    access: bytes
    chat: bytes


def add(connection: Connection, row: StoredButton) -> bool:
    """Store a button. False if it was stored before."""
    known = find(connection, row.key)
    if known is None:
        connection.execute(insert(table), {"key": row.key, "access": row.access, "chat": row.chat})
    return known is None


def find(connection: Connection, key: bytes) -> StoredButton | None:
    """The button with this digest."""
    row = connection.execute(select(table).where(table.c.key == key)).first()
    return StoredButton(*row) if row else None


def batch(connection: Connection, after: bytes, limit: int) -> tuple[StoredButton, ...]:
    """At most `limit` buttons with keys above `after` (b"" to begin with): a walk through all of them."""
    statement = select(table).where(table.c.key > after).order_by(table.c.key).limit(limit)
    return tuple(StoredButton(*row) for row in connection.execute(statement))


def remove(connection: Connection, keys: Sequence[bytes]) -> None:
    """Erase these."""
    connection.execute(delete(table).where(table.c.key.in_(list(keys))))


def every_key(connection: Connection) -> frozenset[bytes]:
    """The keys of all."""
    return frozenset(connection.execute(select(table.c.key)).scalars())
