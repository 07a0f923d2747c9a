"""Where a chapter's rows are: a file, or a PostgreSQL server that can be killed as well."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol

import asyncpg
from postgres_server import SUPERUSER, PostgresServer

Row = tuple[Any, ...]
How = Literal["kill", "immediate"]
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""What was committed stays where PostgreSQL itself is killed."""
GONE_WITHIN = 10.0
"""Seconds a killed server may take to be gone, and to come back."""


class Store(Protocol):
    """A chapter's database, seen from beside the product."""

    settings: dict[str, str]

    async def rows(self, statement: str) -> list[Row]: ...


class SqliteStore:
    """The file in the data folder."""

    def __init__(self, folder: Path) -> None:
        self.settings: dict[str, str] = {}
        self._file = folder / "data" / "hopthu.sqlite3"

    async def rows(self, statement: str) -> list[Row]:
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            return connection.execute(statement).fetchall()


class PostgresStore:
    """A database of a server that is killed too."""

    def __init__(self, server: MortalServer) -> None:
        self.server = server
        self.name = server.create_database()
        self.settings = {"HOPTHU_DATABASE_URL": server.url(self.name)}

    async def rows(self, statement: str) -> list[Row]:
        connection = await asyncpg.connect(host=str(self.server.folder), user=SUPERUSER, database=self.name)
        try:
            return [tuple(row) for row in await connection.fetch(statement)]
        finally:
            await connection.close()


class MortalServer(PostgresServer):
    """A server whose commits last, that is killed and started again."""

    FAST: ClassVar = {**PostgresServer.FAST, **DURABLE}

    async def crash(self, how: How) -> None:
        """Kill every process of it at once, or have it stop without tidying up."""
        if how == "immediate":
            await asyncio.to_thread(self._control, "-m", "immediate", "stop")
            return
        for pid in (found := self._processes()):
            with suppress(ProcessLookupError):  # it left when it saw the first one gone
                os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + GONE_WITHIN
        while any(_lives(pid) for pid in found):
            assert time.monotonic() < deadline
            await asyncio.sleep(0.01)
        # Its locks name a process that is gone, but is still listed where nobody asks how it ended.
        for lock in (self._data / "postmaster.pid", *self.folder.glob(".s.PGSQL.*.lock")):
            lock.unlink()

    async def begin_again(self) -> None:
        await asyncio.to_thread(self._control, "-l", str(self.log), "start")

    def _control(self, *what: str) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", *what)

    def _processes(self) -> list[int]:
        """The server's first process, then those it started."""
        first = int((self._data / "postmaster.pid").read_text().split()[0])
        everybody = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
        return [first, *(pid for pid in everybody if _parent(pid) == first)]


def _parent(pid: int) -> int:
    return int((_stat(pid) or ["?", "0"])[1])


def _lives(pid: int) -> bool:
    return (_stat(pid) or "Z")[0] not in "ZX"


def _stat(pid: int) -> list[str]:
    """State, parent and so on of a process; nothing if there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
