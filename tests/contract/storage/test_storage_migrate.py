"""Migrations lead from nothing to exactly the declared tables, on both databases, and may be repeated."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import postgres_server
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage import migrate, sqlite
from storage.database import open_database
from storage.errors import Busy
from storage.migrate import config, upgrade
from storage.postgres import postgres_engine
from storage.sqlite import sqlite_engine
from storage.tables import metadata

ROOT = Path(__file__).parents[3]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/deep/hopthu.db"
        return
    server = postgres_server.shared_server()
    name = server.create_database()
    yield server.url(name)
    server.drop_database(name)


async def _read(url: str, work: Callable[[Connection], Any]) -> Any:
    database = open_database(url)
    try:
        return await database.read(work)
    finally:
        await database.close()


def _differences(connection: Connection) -> list[object]:
    return compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)


async def test_from_nothing_to_the_declared_tables(empty: str):
    assert len(await _read(empty, _differences)) >= len(metadata.tables)
    upgrade(empty)
    assert await _read(empty, _differences) == []


def _checks(connection: Connection) -> dict[str, set[str]]:
    inspector = inspect(connection)
    return {name: {str(c["name"]) for c in inspector.get_check_constraints(name)} for name in metadata.tables}


async def test_every_check_is_there(empty: str):
    upgrade(empty)
    declared = {
        name: {str(c.name) for c in table.constraints if str(c.name).startswith("ck_")}
        for name, table in metadata.tables.items()
    }
    assert await _read(empty, _checks) == declared


async def test_upgrading_again_changes_nothing(empty: str):
    upgrade(empty)
    upgrade(empty)
    assert await _read(empty, _differences) == []


async def test_the_revision_is_written_down(empty: str):
    upgrade(empty)
    head = ScriptDirectory.from_config(config()).get_current_head()
    found = await _read(empty, lambda c: c.execute(text("SELECT version_num FROM alembic_version")).scalar())
    assert found == head


def test_there_is_one_head():
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


async def test_several_threads_may_upgrade_at_once(empty: str):
    await asyncio.gather(*(asyncio.to_thread(upgrade, empty) for _ in range(3)))
    assert await _read(empty, _differences) == []


async def test_several_processes_may_upgrade_at_once(empty: str):
    program = [sys.executable, "-c", f"from storage.migrate import upgrade; upgrade({empty!r})"]
    started = [await asyncio.create_subprocess_exec(*program, cwd=ROOT) for _ in range(2)]
    assert [await process.wait() for process in started] == [0, 0]
    assert await _read(empty, _differences) == []


def test_a_new_file_is_waited_for_while_another_turns_it_to_the_log(tmp_path: Path):
    """SQLite itself refuses at once here, however long it may wait: so it was for the second of two new processes."""
    rival = sqlite3.connect(tmp_path / "a.db", isolation_level=None, check_same_thread=False)
    rival.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite3.connect(tmp_path / "a.db", timeout=60).execute("PRAGMA journal_mode=WAL")
    ended = Timer(0.2, rival.execute, ["COMMIT"])
    ended.start()
    with sqlite_engine(f"sqlite:///{tmp_path}/a.db").begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    ended.join()
    rival.close()


def test_a_migration_waits_for_another_that_takes_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.01)
    url = f"sqlite:///{tmp_path}/a.db"
    with sqlite_engine(url).connect() as rival:
        rival.exec_driver_sql("CREATE TABLE slow (x)")
        ended = Timer(0.3, rival.rollback)
        ended.start()
        upgrade(url)
        ended.join()


def test_the_twin_needs_no_upgrade():
    upgrade("sqlite://")


def _words(connection: Connection) -> dict[str, list[str]]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%'")
    return {name: sorted(re.findall(r"\w+", sql)) for name, sql in rows if sql}


def test_on_sqlite_migrated_and_declared_tables_are_word_for_word_alike(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    upgrade(url)
    with sqlite_engine(url).begin() as connection:
        migrated = _words(connection)
    with sqlite_engine("sqlite://").begin() as connection:
        metadata.create_all(connection)
        declared = _words(connection)
    assert migrated == declared


@pytest.mark.postgres
async def test_a_migration_does_not_wait_long_for_a_table_in_use(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(migrate, "LOCK_TIMEOUT", "100ms")
    server = postgres_server.shared_server()
    name = server.create_database()
    engine = postgres_engine(server.url(name))
    async with engine.connect() as rival:
        await rival.execute(text("CREATE TABLE tips (id bytea)"))
        with pytest.raises(Busy):
            await asyncio.to_thread(upgrade, server.url(name))
    upgrade(server.url(name))
    await engine.dispose()
    server.drop_database(name)


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_busy():
    with pytest.raises(Busy):
        upgrade("postgresql+asyncpg://x@/x?host=/nonexistent")
