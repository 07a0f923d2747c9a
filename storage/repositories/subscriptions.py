"""Subscriptions by their HMAC, and by the random ids that outlive an erased one outside the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from storage.tables import subscriptions as table


@dataclass(frozen=True, slots=True)
class StoredSubscription:
    """One sealed address under its key; `id` is random and says nothing."""

    key: bytes
    id: bytes
    blob: bytes


def put(connection: Connection, row: StoredSubscription) -> None:
    """Store a subscription; one that is there keeps its id and gets the new address."""
    if connection.execute(update(table).where(table.c.key == row.key).values(blob=row.blob)).rowcount == 0:
        connection.execute(insert(table), {"key": row.key, "id": row.id, "blob": row.blob})


def find(connection: Connection, key: bytes) -> StoredSubscription | None:
    """The subscription under `key`."""
    row = connection.execute(select(table).where(table.c.key == key)).first()
    return StoredSubscription(*row) if row else None


def batch(connection: Connection, after: bytes, limit: int) -> tuple[StoredSubscription, ...]:
    """At most `limit` subscriptions with keys above `after` (b"" to begin with): a walk through all of them."""
    statement = select(table).where(table.c.key > after).order_by(table.c.key).limit(limit)
    return tuple(StoredSubscription(*row) for row in connection.execute(statement))


def drop_ids(connection: Connection, ids: Collection[bytes]) -> int:
    """Erase the subscriptions with these random ids; how many there were."""
    return connection.execute(delete(table).where(table.c.id.in_(list(ids)))).rowcount
