"""PostgreSQL through asyncpg: a work runs on the driver's own connection, again if it lost a race.

Owns what the server may write into its log for our connections, and which failures are worth another try.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import asyncpg  # type: ignore[import-untyped] # ships no types
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.errors import Busy, Conflict, StorageError, translated
from storage.neighbours import STAY, write_anew

T = TypeVar("T")

TRIES: Final = 4
"""How often a work runs that keeps losing races; after that the caller hears of it."""
POOL_SIZE: Final = 10
"""Connections kept per process; a work holds one for a few milliseconds."""
WAIT_SECONDS: Final = 10
"""How long a work waits for a connection before it is told `Busy`."""

QUIET: Final = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
    "log_parameter_max_length": "0",
    "log_min_duration_statement": "-1",
    "log_duration": "off",
}
"""Keeps statements, their values and the keys in error details out of the server's log (CRYPTO, settings)."""

DRIVER_ERRORS = (StatementError, PoolTimeout, OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""Everything a failing statement, connection or server can raise here."""


def postgres_engine(url: str | URL) -> AsyncEngine:
    """An engine whose errors name no values and whose statements the server does not log. Connects at first use."""
    engine = create_async_engine(
        make_url(url),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        connect_args={"server_settings": {"application_name": "hopthu"}, "timeout": WAIT_SECONDS},
    )
    event.listen(engine.sync_engine, "connect", _on_connect)
    return engine


def _on_connect(connection: Any, _record: object) -> None:
    connection.run_async(_quieten)


async def _quieten(connection: asyncpg.Connection) -> None:
    """Ask for silence; a role without the right to keeps what `ALTER ROLE … SET` gave it (see `loud_settings`)."""
    statements = [f"SET {name} TO '{value}'" for name, value in QUIET.items()]
    try:
        await connection.execute("; ".join(statements))
    except asyncpg.InsufficientPrivilegeError:
        for statement in statements:
            with suppress(asyncpg.InsufficientPrivilegeError):
                await connection.execute(statement)


def loud_settings(connection: Connection) -> tuple[str, ...]:
    """Names of server settings by which statements or keys of ours could reach its log; empty is well.

    Each is put right by `ALTER ROLE … SET`. On SQLite there is no such log.
    """
    if connection.dialect.name != "postgresql":
        return ()
    rows = connection.execute(text("SELECT name, setting FROM pg_settings WHERE name LIKE 'log%'"))
    found = {row.name: row.setting for row in rows}
    return tuple(name for name, value in QUIET.items() if found.get(name, value) != value)


def understood(error: Exception) -> StorageError:
    """The storage error that says what one of `DRIVER_ERRORS` means."""
    if isinstance(error, StatementError | PoolTimeout):
        return translated(error)
    return Busy(getattr(error, "sqlstate", None) or type(error).__name__)


@dataclass(slots=True)
class _Attempt:
    """How far one run of a work came."""

    committing: bool = False

    def repeatable(self, error: Exception, failure: StorageError) -> bool:
        """True if the work lost a race, or its connection, and surely wrote nothing.

        A connection lost while committing leaves the outcome unknown: only the caller can look.
        """
        gone = isinstance(error, DBAPIError) and error.connection_invalidated
        return isinstance(failure, Conflict) or (gone and not self.committing)


class PostgresDatabase:
    """A PostgreSQL database shared by any number of processes. READ COMMITTED; rows are locked where they are read."""

    def __init__(self, url: str) -> None:
        self._engine = postgres_engine(url)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction and return its result after the commit; again if it lost a race.

        A unique key taken by somebody else counts as a lost race: on the next try `work` finds the other's row.
        """
        for left in reversed(range(TRIES)):
            attempt = _Attempt()
            try:
                return await self._once(work, attempt)
            except DRIVER_ERRORS as error:
                failure = understood(error)
                again = attempt.repeatable(error, failure)
            if not (again and left):
                break
        raise failure

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a snapshot that cannot be written to or locked."""
        try:
            async with self._engine.connect() as connection:
                await _make_snapshot(connection)
                return await connection.run_sync(work)
        except DRIVER_ERRORS as error:
            failure = understood(error)
        raise failure

    async def checkpoint(self) -> bool:
        """Nothing to do: the server looks after its log."""
        return True

    async def scatter(self) -> None:
        """Write rows that stay anew, and have the server take away their older versions."""
        await self.run(write_anew)
        try:
            async with self._engine.connect() as connection:
                at_once = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await at_once.execute(text(f"VACUUM {', '.join(table.name for table in STAY)}"))
                return
        except DRIVER_ERRORS as error:
            failure = understood(error)
        raise failure

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    async def _once(self, work: Callable[[Connection], T], attempt: _Attempt) -> T:
        async with self._engine.connect() as connection:
            result = await connection.run_sync(work)
            attempt.committing = True
            await connection.commit()
        return result


async def _make_snapshot(connection: AsyncConnection) -> None:
    await connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
