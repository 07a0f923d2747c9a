"""SQLite: one writer thread that commits together whatever waits, a few read-only connections, and the memory twin.

Owns the pragmas and the group commit. `work` may run twice (once in a batch that is rolled back, once alone), so it has
no effect but the database.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import PoolProxiedConnection, QueuePool, StaticPool

from storage.errors import Busy, Full, StorageError, shielded
from storage.tables import metadata

T = TypeVar("T")
Work = Callable[[Connection], T]

BUSY_SECONDS = 5.0
"""How long a connection waits for another process's lock (a command beside the running service)."""
LOOK = 0.01
"""Seconds between two tries to turn a file to the write-ahead log."""
LARGEST_BATCH = 256
"""Works committed together at most, so that one commit stays short."""
PRIMARY = 0xFF
"""Bits of an error's code that name its kind (https://www.sqlite.org/rescode.html, "Primary Result Codes")."""
READERS = 2
"""Read connections; readings are short and the machine's cores few."""

PRAGMAS = (
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "cache_size=-16000",  # KiB: what five hundred chats at once touch; SQLite's own 2,000 are read again at each turn
    "wal_autocheckpoint=4000",  # pages, 16 MB: a page written ten times on the way goes into the file once
)


def sqlite_engine(
    url: str | URL,
    *,
    begin: str = "BEGIN IMMEDIATE",
    readonly: bool = False,
    pool: int = 1,
    busy_seconds: float | None = None,
) -> Engine:
    """An engine with the settings that keep plaintext and order off the disk. `begin` opens every transaction.

    A file is created readable by its owner alone; SQLite gives its companions the same rights.
    """
    address = make_url(url)
    memory = not address.database or address.database == ":memory:"
    if not memory:
        _create(Path(str(address.database)))
    engine = create_engine(
        address,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": busy_seconds or BUSY_SECONDS},
        **({"poolclass": StaticPool} if memory else {"poolclass": QueuePool, "pool_size": pool, "max_overflow": 0}),
    )
    pragmas = (*PRAGMAS, "query_only=ON") if readonly else PRAGMAS
    event.listen(engine, "connect", partial(_configure, pragmas))
    engine.dialect.do_begin = partial(_begin, begin)  # type: ignore[method-assign] # an event would slow every statement
    return engine


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _configure(pragmas: Iterable[str], connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    _turn_to_wal(connection)
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").close()


def _turn_to_wal(connection: sqlite3.Connection) -> None:
    """Where two processes turn a new file at once SQLite refuses one of them without waiting: it asks again."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(LOOK)
        else:
            return


def careless_settings(connection: Connection) -> tuple[str, ...]:
    """Names of SQLite's settings that this database did not take: erased rows could stay, or a power cut lose some.

    Empty is well, and on PostgreSQL.
    """
    if connection.dialect.name != "sqlite":
        return ()
    wanted = {"journal_mode": ("wal", "memory"), "secure_delete": (1,), "synchronous": (2, 3), "temp_store": (2,)}
    found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    return tuple(name for name, good in wanted.items() if found[name] not in good)


def _begin(statement: str, connection: PoolProxiedConnection) -> None:
    connection.cursor().execute(statement)


@dataclass(slots=True, eq=False)
class _Job:
    """A work waiting for the writer, and where its caller waits."""

    work: Work[Any]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[Any]
    alone: bool = False
    result: Any = None
    failure: BaseException | None = None

    def settle(self) -> None:
        """Tell the caller, in his loop."""
        if self.future.done():
            return
        if self.failure is None:
            self.future.set_result(self.result)
        else:
            self.future.set_exception(self.failure)


def _settle(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        job.settle()


def _announce(jobs: Iterable[_Job]) -> None:
    """Settle jobs in their loops. A loop that has closed meanwhile has nobody waiting: the commit stands."""
    by_loop: dict[asyncio.AbstractEventLoop, list[_Job]] = {}
    for job in jobs:
        by_loop.setdefault(job.loop, []).append(job)
    for loop, mine in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle, mine)
        except RuntimeError:
            continue


class Writer:
    """The one thread that writes. Works waiting when it turns to the queue run in one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="storage-writer")
        self._lock = Lock()
        self._waiting: deque[_Job] = deque()
        self._scheduled = False
        self._closed = False
        self._held: Connection | None = None

    def run(self, work: Work[T], *, alone: bool = False) -> asyncio.Future[T]:
        """Queue `work`; the future resolves after the commit. A future cancelled before its turn drops the work."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        with self._lock:
            if self._closed:
                raise Busy("closed")
            self._waiting.append(_Job(work, loop, future, alone))
            self._schedule()
        return future

    def call(self, function: Callable[[], T]) -> Future[T]:
        """Run something that is no transaction on the writer's thread, between two batches."""
        return self._thread.submit(self._apart, function)

    def close(self) -> None:
        """Finish what waits, then stop the thread. Blocks."""
        with self._lock:
            self._closed = True
        while self._scheduled:
            self._thread.submit(int).result()
        if self._held is not None:
            self._thread.submit(self._let_go).result()
        self._thread.shutdown(wait=True)

    def _schedule(self) -> None:
        if self._waiting and not self._scheduled:
            self._scheduled = True
            jobs: list[_Job] = []
            self._thread.submit(self._commit_waiting, jobs).add_done_callback(partial(self._finish, jobs))

    def _commit_waiting(self, jobs: list[_Job]) -> None:
        with self._lock:
            self._take(jobs)
        if jobs:
            shielded(partial(self._commit, jobs))

    def _take(self, jobs: list[_Job]) -> None:
        while self._waiting and len(jobs) < LARGEST_BATCH:
            job = self._waiting[0]
            if jobs and job.alone:
                return
            self._waiting.popleft()
            if not job.future.cancelled():
                jobs.append(job)
            if job.alone and jobs:
                return

    def _commit(self, jobs: Sequence[_Job]) -> None:
        """The connection is held from one batch to the next: taking one costs as much as a message's statements."""
        connection = self._held = self._held or self._engine.connect()
        good = False
        try:
            with connection.begin():
                driver = connection.connection.driver_connection
                assert isinstance(driver, sqlite3.Connection)
                for job in jobs:
                    job.result = job.work(connection)
                    if not driver.in_transaction:
                        raise Full("rolled back")
            good = True
        finally:
            if not good:
                self._let_go()

    def _apart(self, function: Callable[[], T]) -> T:
        self._let_go()
        return function()

    def _let_go(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.close()

    def _finish(self, jobs: Sequence[_Job], commit: Future[None]) -> None:
        """Runs on the writer's thread after a batch: announce it, or put its works back to run one by one."""
        failure = commit.exception()
        retry = failure is not None and len(jobs) > 1 and not isinstance(failure, Busy | Full)
        with self._lock:
            if retry:
                for job in reversed(jobs):
                    job.alone = True
                    self._waiting.appendleft(job)
            self._scheduled = False
            self._schedule()
        if not retry:
            for job in jobs:
                job.failure = type(failure)(failure.code) if isinstance(failure, StorageError) else failure
            _announce(jobs)


class SqliteDatabase:
    """A database file of this machine."""

    def __init__(self, url: str) -> None:
        self._writing = sqlite_engine(url)
        self._reading = sqlite_engine(url, begin="BEGIN", readonly=True, pool=READERS)
        self._writer = Writer(self._writing)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")

    async def run(self, work: Work[T]) -> T:
        """Run `work` in a transaction and return its result after the commit."""
        return await self._writer.run(work)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on a snapshot that cannot be written to."""
        return await asyncio.wrap_future(self._readers.submit(shielded, partial(self._read, work)))

    async def checkpoint(self) -> bool:
        """Move the write-ahead log into the database and empty it; False if a reader or writer stood in the way."""
        return await asyncio.wrap_future(self._writer.call(self._truncate))

    async def scatter(self) -> None:
        """Nothing to do: tables lie in the order of their random keys."""

    async def close(self) -> None:
        """Finish waiting works, empty the log and close every connection."""
        await asyncio.to_thread(self._close)

    def _read(self, work: Work[T]) -> T:
        with self._reading.begin() as connection:
            return work(connection)

    def _truncate(self) -> bool:
        """Best effort: a file that is damaged or gone has nothing to be moved, and says so at the next work."""
        with suppress(sqlite3.Error), closing(self._writing.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (blocked, _, _) = cursor.fetchone() or (1, 0, 0)
            return not blocked
        return False

    def _close(self) -> None:
        self._writer.close()
        self._readers.shutdown(wait=True)
        self._reading.dispose()
        self._truncate()
        self._writing.dispose()


class MemoryDatabase:
    """The twin for tests and trials: one shared connection, gone when closed. Born with its tables."""

    def __init__(self) -> None:
        self._engine = sqlite_engine("sqlite://")
        self._writer = Writer(self._engine)
        with self._engine.begin() as connection:
            metadata.create_all(connection)

    async def run(self, work: Work[T]) -> T:
        """Run `work` in a transaction and return its result after the commit."""
        return await self._writer.run(work)

    async def read(self, work: Work[T]) -> T:
        """Run `work` on the shared connection with writing switched off."""
        return await asyncio.wrap_future(self._writer.call(partial(shielded, partial(self._read, work))))

    async def checkpoint(self) -> bool:
        """Nothing to do: memory has no log."""
        return True

    async def scatter(self) -> None:
        """Nothing to do: tables lie in the order of their random keys."""

    async def close(self) -> None:
        """Finish waiting works and forget everything."""
        await asyncio.to_thread(self._writer.close)
        self._engine.dispose()

    def _read(self, work: Work[T]) -> T:
        with self._engine.begin() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                return work(connection)
            finally:
                connection.exec_driver_sql("PRAGMA query_only=OFF")
