"""Settings of the installation, by name."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from storage.tables import settings as table


def get(connection: Connection, key: str) -> bytes | None:
    """The value of `key`, if it was ever set."""
    return connection.execute(select(table.c.value).where(table.c.key == key)).scalar()


def put(connection: Connection, key: str, value: bytes) -> None:
    """Set `key`, whether it was there or not."""
    if connection.execute(update(table).where(table.c.key == key).values(value=value)).rowcount == 0:
        connection.execute(insert(table).values(key=key, value=value))


def every(connection: Connection) -> dict[str, bytes]:
    """All settings by name."""
    return {row.key: row.value for row in connection.execute(select(table))}
