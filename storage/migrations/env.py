"""Run by Alembic for every migration: one transaction, one migrator at a time, short waits for locks.

The connection is handed over by `storage.migrate`; nothing here reads a configuration file.
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection, text

from storage import migrate
from storage.tables import metadata

ADVISORY_LOCK = 0x686F_7074_6875
"""One migrator at a time on PostgreSQL: "hopthu" as a number. SQLite has BEGIN IMMEDIATE."""


def _guard(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL statement_timeout = '{migrate.STATEMENT_TIMEOUT}'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        connection.execute(text(f"SET LOCAL lock_timeout = '{migrate.LOCK_TIMEOUT}'"))


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    with context.begin_transaction():
        _guard(connection)
        context.run_migrations()


_migrate(context.config.attributes["connection"])
