"""SQLite: what is committed together, what a failure costs, and what is left on the disk."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event

from storage.database import open_database
from storage.errors import Busy, Conflict, Full
from storage.migrate import upgrade
from storage.repositories import conversations, inbox, settings
from storage.sqlite import (
    LARGEST_BATCH,
    MemoryDatabase,
    SqliteDatabase,
    _turn_to_wal,
    careless_settings,
    sqlite_engine,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hopthu.db"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[SqliteDatabase]:
    upgrade(f"sqlite:///{path}")
    opened = open_database(f"sqlite:///{path}")
    assert isinstance(opened, SqliteDatabase)
    yield opened
    await opened.close()


def _key(n: int) -> bytes:
    return n.to_bytes(32, "big")


class Gate:
    """Holds the writer's thread, so that works pile up behind it; counts commits."""

    def __init__(self, database: SqliteDatabase | MemoryDatabase) -> None:
        self._database = database
        self._entered, self._leave = threading.Event(), threading.Event()
        self.commits = 0
        event.listen(database._writer._engine, "commit", self._count)

    def _count(self, _connection: Connection) -> None:
        self.commits += 1

    def _hold(self, _connection: Connection) -> None:
        self._entered.set()
        self._leave.wait(10)

    async def shut(self) -> asyncio.Task[None]:
        holding = asyncio.ensure_future(self._database.run(self._hold))
        await asyncio.to_thread(self._entered.wait, 10)
        return holding

    async def pile(self, *works) -> list[object]:
        """Let all `works` wait together, then open; their results or exceptions."""
        holding = await self.shut()
        waiting = [asyncio.ensure_future(self._database.run(work)) for work in works]
        await asyncio.sleep(0)
        self._leave.set()
        await holding
        return await asyncio.gather(*waiting, return_exceptions=True)


async def test_works_that_wait_together_are_committed_together(database: SqliteDatabase):
    gate = Gate(database)
    results = await gate.pile(*(lambda c, n=n: (inbox.add(c, _key(n), 1), n)[1] for n in range(50)))
    assert results == list(range(50))
    assert gate.commits == 2


async def test_a_raising_work_sends_its_batch_to_run_one_by_one(database: SqliteDatabase):
    gate = Gate(database)
    results = await gate.pile(*(lambda c, n=n: inbox.add(c, _key(n % 4), 1) for n in range(5)))
    assert [type(r) for r in results] == [type(None)] * 4 + [Conflict]
    assert gate.commits == 1 + 4


async def test_order_is_kept_when_a_batch_is_repeated(database: SqliteDatabase):
    def put(n: int):
        def work(connection: Connection) -> bytes | None:
            before = settings.get(connection, "last")
            settings.put(connection, "last", b"%d" % n)
            if n == 2:
                raise LookupError
            return before

        return work

    results = await Gate(database).pile(*(put(n) for n in range(5)))
    assert [results[0], results[1], results[3], results[4]] == [None, b"0", b"1", b"3"]


async def test_a_very_long_queue_is_committed_in_bounded_batches(database: SqliteDatabase):
    gate = Gate(database)
    await gate.pile(*(lambda c, n=n: inbox.add(c, _key(n), 1) for n in range(LARGEST_BATCH + 1)))
    assert gate.commits == 3


async def test_a_work_whose_caller_left_before_its_turn_is_dropped(database: SqliteDatabase):
    gate = Gate(database)
    holding = await gate.shut()
    left = asyncio.ensure_future(database.run(lambda c: inbox.add(c, _key(1), 1)))
    await asyncio.sleep(0)
    left.cancel()
    stayed = asyncio.ensure_future(database.run(lambda c: inbox.add(c, _key(2), 1)))
    await asyncio.sleep(0)
    gate._leave.set()
    await asyncio.gather(holding, stayed)
    assert not await database.read(lambda c: inbox.seen(c, [_key(1)]))
    assert await database.read(lambda c: inbox.seen(c, [_key(2)]))


async def test_a_loop_that_closed_meanwhile_harms_nobody(database: SqliteDatabase):
    gate = Gate(database)
    holding = await gate.shut()

    async def leave_behind() -> None:
        database._writer.run(lambda c: inbox.add(c, _key(1), 1))

    await asyncio.to_thread(asyncio.run, leave_behind())
    gate._leave.set()
    await holding
    await database.run(lambda c: inbox.add(c, _key(2), 1))
    assert await database.read(lambda c: inbox.seen(c, [_key(1)]))


async def test_closing_finishes_what_waits_and_takes_nothing_more(database: SqliteDatabase, path: Path):
    gate = Gate(database)
    holding = await gate.shut()
    waiting = [asyncio.ensure_future(database.run(lambda c, n=n: inbox.add(c, _key(n), 1))) for n in range(3)]
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(database.close())
    await asyncio.sleep(0)
    gate._leave.set()
    await asyncio.gather(holding, *waiting, closing)
    with pytest.raises(Busy):
        await database.run(lambda c: inbox.add(c, _key(9), 1))
    with sqlite3.connect(path) as rows:
        assert rows.execute("SELECT count(*) FROM inbox").fetchone() == (3,)
    rows.close()


async def test_a_full_disk_is_told_to_everyone_and_survived(database: SqliteDatabase):
    def pages(number: int):
        return lambda c: c.exec_driver_sql(f"PRAGMA max_page_count={number}").scalar()

    used = await database.run(lambda c: c.exec_driver_sql("PRAGMA page_count").scalar())
    await database.run(pages(used + 2))
    large = [lambda c, n=n: conversations.save(c, _key(n), 1, b"x" * 65536) for n in range(3)]
    assert [type(r) for r in await Gate(database).pile(*large)] == [Full] * 3
    await database.run(pages(1 << 30))
    await database.run(large[0])
    assert await database.run(lambda c: conversations.find(c, [_key(0)])) is not None


async def test_a_work_that_swallows_a_broken_transaction_does_not_write_outside_one(database: SqliteDatabase):
    def swallow(connection: Connection) -> None:
        inbox.add(connection, _key(1), 1)
        connection.connection.driver_connection.execute("ROLLBACK")

    with pytest.raises(Full):
        await database.run(swallow)
    await database.run(lambda c: inbox.add(c, _key(2), 1))
    assert not await database.read(lambda c: inbox.seen(c, [_key(1)]))


async def test_another_process_that_writes_makes_us_busy_and_no_more(database: SqliteDatabase, path: Path):
    await database.run(lambda c: c.exec_driver_sql("PRAGMA busy_timeout=0").scalar())
    rival = sqlite3.connect(path, isolation_level=None)
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        await database.run(lambda c: inbox.add(c, _key(1), 1))
    assert not await database.read(lambda c: inbox.seen(c, [_key(1)]))
    rival.execute("COMMIT")
    rival.close()
    await database.run(lambda c: inbox.add(c, _key(1), 1))


async def test_reading_goes_on_while_something_is_written(database: SqliteDatabase):
    gate = Gate(database)
    holding = await gate.shut()
    assert not await database.read(lambda c: inbox.seen(c, [_key(1)]))
    gate._leave.set()
    await holding


@pytest.mark.parametrize("side", ["run", "read"])
async def test_every_connection_keeps_order_and_plaintext_off_the_disk(database: SqliteDatabase, side: str):
    names = ("journal_mode", "synchronous", "secure_delete", "temp_store", "foreign_keys", "busy_timeout")
    found = await getattr(database, side)(lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names])
    assert found == ["wal", 2, 1, 2, 1, 5000]


def _files_with(path: Path, words: bytes) -> list[str]:
    return [file.name for file in path.parent.iterdir() if words in file.read_bytes()]


async def test_what_was_erased_is_gone_from_the_disk(database: SqliteDatabase, path: Path):
    canary = b"canary-4711" * 1000
    await database.run(lambda c: conversations.save(c, _key(1), 1, canary))
    assert await database.checkpoint()
    assert _files_with(path, canary[:11]) == [path.name]
    await database.run(lambda c: conversations.remove(c, [_key(1)]))
    assert await database.checkpoint()
    assert _files_with(path, canary[:11]) == []


async def test_a_checkpoint_empties_the_log_unless_a_reader_stands_in_the_way(database: SqliteDatabase, path: Path):
    log = path.with_name(path.name + "-wal")
    await database.run(lambda c: inbox.add(c, _key(1), 1))
    assert log.stat().st_size > 0
    assert await database.checkpoint()
    assert log.stat().st_size == 0
    await database.run(lambda c: c.exec_driver_sql("PRAGMA busy_timeout=0").scalar())
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM inbox").fetchall()
    await database.run(lambda c: inbox.add(c, _key(2), 1))
    assert not await database.checkpoint()
    reader.close()


async def test_closing_leaves_one_file_readable_by_its_owner_alone(database: SqliteDatabase, path: Path):
    await database.run(lambda c: inbox.add(c, _key(1), 1))
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    await database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


async def test_errors_and_their_roots_hold_no_values(database: SqliteDatabase):
    with pytest.raises(Exception, match="refused a statement") as caught:
        await database.run(lambda c: settings.put(c, "canary-key", object()))  # type: ignore[arg-type] # meant
    assert "canary" not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_settings_that_are_not_taken_are_told(tmp_path: Path):
    engine = sqlite_engine(f"sqlite:///{tmp_path}/a.db")
    with engine.begin() as connection:
        assert careless_settings(connection) == ()
        connection.exec_driver_sql("PRAGMA secure_delete=OFF")
        assert careless_settings(connection) == ("secure_delete",)
    engine.dispose()


class Recovering:
    """A database that another process is bringing back after a crash: SQLite says so by an extended code, and once."""

    def __init__(self, code: int) -> None:
        self.code, self.asked = code, 0

    def execute(self, _statement: str) -> sqlite3.Cursor:
        self.asked += 1
        if self.asked == 1:
            error = sqlite3.OperationalError()
            error.sqlite_errorcode = self.code
            raise error
        return sqlite3.connect(":memory:").cursor()


def test_a_file_that_is_being_recovered_is_asked_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.sqlite.LOOK", 0.0)
    recovering = Recovering(sqlite3.SQLITE_BUSY_RECOVERY)
    _turn_to_wal(recovering)
    assert recovering.asked == 2


def test_a_file_that_is_no_database_is_not_asked_again():
    with pytest.raises(sqlite3.OperationalError):
        _turn_to_wal(Recovering(sqlite3.SQLITE_IOERR_READ))
