"""Reply addresses: sealed rows that only a walk through all of them, with their drawers, can tell apart."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from storage.tables import reply_addresses as table


@dataclass(frozen=True, slots=True)
class StoredAddress:
    """One sealed reply address; `id` names its drawer."""

    id: bytes
    blob: bytes


def add(connection: Connection, row: StoredAddress) -> None:
    """Store an address."""
    connection.execute(insert(table), {"id": row.id, "blob": row.blob})


def batch(connection: Connection, after: bytes, limit: int) -> tuple[StoredAddress, ...]:
    """At most `limit` addresses with ids above `after` (b"" to begin with): a walk through all of them."""
    statement = select(table).where(table.c.id > after).order_by(table.c.id).limit(limit)
    return tuple(StoredAddress(*row) for row in connection.execute(statement))


def by_ids(connection: Connection, ids: Collection[bytes]) -> tuple[StoredAddress, ...]:
    """Those of these that are still there."""
    statement = select(table).where(table.c.id.in_(list(ids)))
    return tuple(StoredAddress(*row) for row in connection.execute(statement))


def any_of(connection: Connection, ids: Sequence[bytes]) -> bool:
    """True if one of these is still there."""
    return connection.execute(select(table.c.id).where(table.c.id.in_(list(ids))).limit(1)).first() is not None


def remove(connection: Connection, ids: Sequence[bytes]) -> None:
    """Erase these."""
    connection.execute(delete(table).where(table.c.id.in_(list(ids))))


def every_id(connection: Connection) -> frozenset[bytes]:
    """The ids of all."""
    return frozenset(connection.execute(select(table.c.id)).scalars())
