"""What of the database lasts, row by row: out of it for a backup, into an empty one for a restore.

Owns which tables are ever copied. Rows come out by their keys, which are random or public, so that a copy tells nothing
of the order in which they were written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, delete, insert, inspect, select

from storage.errors import StorageError
from storage.tables import metadata

Row = Mapping[str, Any]
"""One row by its columns' names: numbers, words, truth values and bytes."""

DURABLE: Final = (
    "units",
    "boxes",
    "hamlets",
    "hotlines",
    "sheets",
    "duties",
    "duty_swaps",
    "holidays",
    "routes",
    "officers",
    "settings",
    "subscriptions",
    "tips",
    "entries",
    "grants",
    "stale_keys",
    "former_keys",
    "mailboxes",
    "tip_blobs",
    "rungs",
    "audit",
    "audit_waiting",
    "changes",
    "recoveries",
    "register",
    "figures",
)
"""Tables that a backup holds, in its order."""
FLEETING: Final = frozenset(
    {"conversations", "draft_parts", "inbox", "outbox", "traces", "reply_addresses", "kept_buttons"}
    | {"notices", "news", "calls", "enrolments", "sessions", "phones", "phone_codes", "passkeys"}
)
"""Tables that no backup holds: what ties a chat to anything, officers' phones too; what is over within hours; passkeys,
or a restore would bring back those removed since. A new table is named in one of the two, or a test fails."""
BATCH: Final = 200
"""Rows read or written at a time."""


def dump(connection: Connection, table: str) -> Iterator[Row]:
    """Every row of a durable table, by its key, in constant memory."""
    _durable(table)
    found = metadata.tables[table]
    statement = select(found).order_by(*found.primary_key.columns).execution_options(yield_per=BATCH)
    yield from (dict(row) for row in connection.execute(statement).mappings())


def load(connection: Connection, table: str, rows: Iterable[Row]) -> None:
    """Write rows into a durable table as it stands in this database, which may be of an earlier revision."""
    target = _as_it_stands(connection, _durable(table))
    waiting = iter(rows)
    while batch := [dict(row) for row in islice(waiting, BATCH)]:
        connection.execute(insert(target), batch)


def columns(connection: Connection, table: str) -> frozenset[str]:
    """Names of a durable table's columns in this database."""
    return frozenset(_as_it_stands(connection, _durable(table)).columns.keys())


def is_empty(connection: Connection) -> bool:
    """True if no durable table of this database, whatever its revision, holds a row."""
    present = set(inspect(connection).get_table_names()).intersection(DURABLE)
    return not any(connection.execute(select(_as_it_stands(connection, name)).limit(1)).first() for name in present)


def clear(connection: Connection) -> None:
    """Erase every row of our tables: what a restore that was broken off left."""
    for name in set(inspect(connection).get_table_names()).intersection(metadata.tables):
        connection.execute(delete(_as_it_stands(connection, name)))


def revision(connection: Connection) -> str | None:
    """The revision this database stands at; None for one without tables."""
    return MigrationContext.configure(connection).get_current_revision()


def _as_it_stands(connection: Connection, table: str) -> Table:
    return Table(table, MetaData(), autoload_with=connection)


def _durable(table: str) -> str:
    if table not in DURABLE:
        raise StorageError("table")
    return table
