"""Which processes send: whoever is alone may take over what somebody claimed who is gone.

Every process that sends holds one lock shared with the others, and finds out by asking for it alone. A lock ends with
its process, or with its connection; nothing is written. Owns no rows. One process asks once for each queue.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import zlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import Busy, Full
from storage.postgres import DRIVER_ERRORS, WAIT_SECONDS, postgres_engine, understood

PAUSE: Final = 0.05
"""Seconds between looks while another process, which found itself alone, takes over."""
PRODUCT: Final = 0x485448
"""The first half of our advisory locks' keys; the other is made of the queue's name."""
TAKE: Final = "SELECT pg_try_advisory_lock(:product, :queue)"
"""Takes a lock for its connection alone, if nobody has it."""
_ALONE_NO_MORE = "SELECT pg_advisory_unlock(:product, :queue)"
_AMONG_OTHERS = "SELECT pg_advisory_lock_shared(:product, :queue)"
_NOTICES = "SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""So that the server notices within half a minute where a machine lost its power and could not say so."""


class Senders(Protocol):
    """Those who send what lies in one queue."""

    def alone(self) -> AbstractAsyncContextManager[bool]:
        """Count among them from now on; true while within nobody else does, and who comes meanwhile waits.

        Asked again it may say otherwise: others come and go. Where the database was away this process did not count;
        then the next asking counts it again. Raises `Busy` if the database is away, `Full` if a lock cannot be had.
        """
        ...

    async def leave(self) -> None:
        """Count no more."""
        ...


class NobodyElse:
    """The twin for a database in memory: no other process sees it."""

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """Always."""
        yield True

    async def leave(self) -> None:
        """Nothing to do."""


class FileLock:
    """A lock on an empty file, between processes of this machine. It ends with the process."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle: int | None = None

    async def leave(self) -> None:
        """Let the lock go."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _locked(self, how: int) -> bool:
        """Change the lock if nobody stands in the way; else it stays what it was."""
        handle = self._opened()
        try:
            fcntl.lockf(handle, how | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # POSIX lets a system say either of a lock that is held
            return False
        except OSError as error:
            code = str(error.errno)
        else:
            return True
        raise Full(code)

    def _opened(self) -> int:
        if self._handle is not None:
            return self._handle
        try:
            self._handle = os.open(self._file, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            code = str(error.errno)
        else:
            return self._handle
        raise Full(code)


class FileSenders(FileLock):
    """Processes of this machine, by a lock on an empty file."""

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """True if no other process holds the lock; one holds it until it ends.

        Raises:
            Busy: another that found itself alone has not taken over in `WAIT_SECONDS`.
            Full: the file cannot be opened or locked.
        """
        alone = self._locked(fcntl.LOCK_EX)
        looks = int(WAIT_SECONDS / PAUSE)
        while not alone and not self._locked(fcntl.LOCK_SH):  # another process rings no bell
            if not looks:
                raise Busy("lock")
            looks -= 1
            await asyncio.sleep(PAUSE)
        try:
            yield alone
        finally:
            self._locked(fcntl.LOCK_SH)


class AdvisoryLock:
    """An advisory lock, between processes of any machine, of a connection that does nothing else. It ends with that."""

    def __init__(self, url: str, queue: str) -> None:
        self._engine = postgres_engine(url)
        self._key = {"product": PRODUCT, "queue": zlib.crc32(queue.encode()) >> 1}
        self._connection: AsyncConnection | None = None

    async def leave(self) -> None:
        """Close the connection, and the lock goes."""
        await self._hang_up()
        await self._engine.dispose()

    async def _ask(self, statement: str) -> bool:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                if self._connection is None:
                    self._connection = await self._connect()
                return bool((await self._connection.execute(text(statement), self._key)).scalar())
        except DRIVER_ERRORS as error:
            failure = understood(error)
        await self._hang_up()
        raise failure

    async def _connect(self) -> AsyncConnection:
        self._connection = connection = await self._engine.connect()
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in _NOTICES.split("; "):
            await connection.execute(text(statement))
        return connection

    async def _hang_up(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(*DRIVER_ERRORS):
                await connection.invalidate()
                await connection.close()


class PostgresSenders(AdvisoryLock):
    """Processes of any machine, by an advisory lock of a connection that does nothing else."""

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """True if no other connection holds the lock. It ends with ours, whatever becomes of the process."""
        new = self._connection is None
        alone = await self._ask(TAKE)
        if new:
            await self._ask(_AMONG_OTHERS)
        try:
            yield alone
        finally:
            if alone:
                await self._ask(_ALONE_NO_MORE)


def open_senders(url: str, queue: str) -> Senders:
    """Those who send what lies in this queue of the database at `url`. Connects when first asked."""
    address = make_url(url)
    if address.drivername != "sqlite":
        return PostgresSenders(url, queue)
    if not address.database or address.database == ":memory:":
        return NobodyElse()
    return FileSenders(Path(f"{address.database}.{queue}.lock"))
