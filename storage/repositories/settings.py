"""Settings of the installation, by name."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.statements import Statement
from storage.tables import settings as table

_KEY = table.c.key == bindparam("name")
_GET = Statement(select(table.c.value).where(_KEY))
_PUT = Statement(update(table).where(_KEY).values(value=bindparam("its_value")))


def get(connection: Connection, key: str) -> bytes | None:
    """The value of `key`, if it was ever set."""
    found = _GET.first(connection, {"name": key})
    return None if found is None else found[0]


def put(connection: Connection, key: str, value: bytes) -> None:
    """Set `key`, whether it was there or not."""
    if _PUT.run(connection, {"name": key, "its_value": value}) == 0:
        connection.execute(insert(table).values(key=key, value=value))


def every(connection: Connection) -> dict[str, bytes]:
    """All settings by name."""
    return {row.key: row.value for row in connection.execute(select(table))}


def advance(connection: Connection, key: str, value: bytes) -> bool:
    """Set `key` to `value` if it was less or never set. False if it was not: somebody else was there first.

    Raises `Conflict` where two set it for the first time at one moment.
    """
    behind = update(table).where(table.c.key == key, table.c.value < value).values(value=value)
    if connection.execute(behind).rowcount:
        return True
    if get(connection, key) is not None:
        return False
    connection.execute(insert(table).values(key=key, value=value))
    return True
