"""Messages already handled. A repeat is recognised under every living epoch's replay key."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, literal, select

from storage.tables import inbox as table

_SEEN = select(literal(1)).where(table.c.key.in_(bindparam("keys", expanding=True))).limit(1)
_ADD = insert(table)


def seen(connection: Connection, keys: Sequence[bytes]) -> bool:
    """True if a message with one of these replay keys was handled before."""
    return connection.execute(_SEEN, {"keys": list(keys)}).first() is not None


def add(connection: Connection, key: bytes, epoch: int) -> None:
    """Remember a message. A key already there is a `Conflict` that undoes the transaction."""
    connection.execute(_ADD, {"key": key, "epoch": epoch})
