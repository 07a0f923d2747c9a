"""Brings a database to the newest revision. Owns the Alembic configuration; there is no alembic.ini."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url

from storage.errors import shielded
from storage.postgres import DRIVER_ERRORS, postgres_engine, understood
from storage.sqlite import sqlite_engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_TIMEOUT = "5s"
"""How long a migration waits for a table in use (PostgreSQL) before it gives up, lest it stall the service."""
STATEMENT_TIMEOUT = "120s"
"""The longest single statement; what needs longer is done in the background in steps."""
TURN_SECONDS = 120.0
"""How long a migration waits for another process's to end (SQLite)."""
_ONE_AT_A_TIME = Lock()
"""Alembic keeps its context in module globals."""


def config(connection: Connection | None = None) -> Config:
    """The Alembic configuration, working on `connection` if there is one."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def head() -> str:
    """The newest revision this code knows."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def knows(revision: str) -> bool:
    """True if this code can bring a database from `revision` to the newest."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at `url` to `revision`, in one transaction. Blocks; call it before the service starts.

    Nothing happens if it is there already, or for `sqlite://`, which is born complete. Raises `Busy` if the database
    is in use or away, `StorageError` if a statement is refused.
    """
    address = make_url(url)
    with _ONE_AT_A_TIME:
        if address.get_backend_name() == "postgresql":
            with ThreadPoolExecutor(1) as thread:
                thread.submit(asyncio.run, _upgrade_postgres(address, revision)).result()
        elif address.database and address.database != ":memory:":
            shielded(partial(_upgrade_sqlite, address, revision))


def migrate(connection: Connection, revision: str = "head") -> None:
    """Bring the database behind an open connection to `revision`."""
    command.upgrade(config(connection), revision)


def _upgrade_sqlite(address: URL, revision: str) -> None:
    engine = sqlite_engine(address, busy_seconds=TURN_SECONDS)
    try:
        with engine.begin() as connection:
            migrate(connection, revision)
    finally:
        engine.dispose()


async def _upgrade_postgres(address: URL, revision: str) -> None:
    engine = postgres_engine(address)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(migrate, revision)
    except DRIVER_ERRORS as error:
        failure = understood(error)
    else:
        return
    finally:
        await engine.dispose()
    raise failure
