"""A PostgreSQL server of the test session's own: ordinary user, Unix socket in a temporary folder, no TCP.

It is set to log as much as it can, so that a test which greps its log proves that our connections keep it quiet.
`shared_server()` starts one at most per process and stops it at exit.
"""

from __future__ import annotations

import asyncio
import atexit
import itertools
import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import asyncpg
from sqlalchemy import text

from storage.database import Database

PROGRAMS = ("initdb", "pg_ctl", "postgres")
NOSY = {
    "log_statement": "all",
    "log_min_error_statement": "error",
    "log_error_verbosity": "verbose",
    "log_min_duration_statement": "0",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
}
KEEPER = """
"$1" -D "$2" -l "$3" -w start >/dev/null || exit 1
echo ready
cat >/dev/null
"$1" -D "$2" -m immediate -w stop >/dev/null
cd / && rm -rf "$4"
"""
"""Holds the server until our end of its input closes: also when the tests are killed, nothing is left running."""
SUPERUSER = "hopthu"
ORDINARY = "ordinary"
"""A role without the right to change log settings, like one on a rented server."""


def programs() -> Path:
    """The folder that holds PostgreSQL's server programs."""
    folders = [Path(p) for p in os.environ.get("PATH", "").split(os.pathsep) if p]
    folders += [Path("/usr/local/bin"), *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for folder in folders:
        real = (folder / "postgres").resolve().parent
        if all((real / program).is_file() for program in PROGRAMS):
            return real
    raise RuntimeError("PostgreSQL's server programs were not found: install the Debian package postgresql")


def _identity() -> dict[str, Any]:
    """Whom to run the server as: it refuses root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class PostgresServer:
    """A running server. `url(name)` is the address of one of its databases for `open_database`."""

    FAST: ClassVar = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "32MB"}

    def __init__(self) -> None:
        self._programs = programs()
        self._identity = _identity()
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.log = self.folder / "server.log"
        self._data = self.folder / "data"
        self._counter = itertools.count()
        if self._identity:
            os.chown(self.folder, self._identity["user"], self._identity["group"])
        self._start()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._programs / program), *arguments],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **self._surroundings(),
        )

    def _surroundings(self) -> dict[str, Any]:
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
        return {"cwd": self.folder, "env": environment, **self._identity}

    def _start(self) -> None:
        self._run("initdb", "-D", str(self._data), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        settings = {"listen_addresses": "", "unix_socket_directories": str(self.folder), **self.FAST, **NOSY}
        lines = [f"{name} = '{value}'" for name, value in settings.items()]
        with (self._data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *lines, ""]))
        keeper = [KEEPER, "keeper", str(self._programs / "pg_ctl"), str(self._data), str(self.log), str(self.folder)]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", *keeper],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            **self._surroundings(),
        )
        assert self._keeper.stdout is not None
        if self._keeper.stdout.readline() != b"ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {self.log.read_text(errors='replace')}")
        self.execute(f"CREATE ROLE {ORDINARY} LOGIN")

    def url(self, database: str, role: str = SUPERUSER) -> str:
        """The SQLAlchemy address of a database."""
        return f"postgresql+asyncpg://{role}@/{database}?host={self.folder}"

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser, each in its own transaction; works inside a running event loop too."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self._execute(statements, database)).result()

    async def _execute(self, statements: tuple[str, ...], database: str) -> None:
        connection = await asyncpg.connect(host=str(self.folder), user=SUPERUSER, database=database)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    def create_database(self, template: str = "template1", owner: str = SUPERUSER) -> str:
        """A new database, empty or a copy of `template`; its name."""
        name = f"test_{next(self._counter)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {owner}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, closing what is connected to it."""
        self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop at once and erase everything."""
        self._keeper.communicate()


@cache
def shared_server() -> PostgresServer:
    """The session's server, started when first asked for."""
    server = PostgresServer()
    atexit.register(server.stop)
    return server


@cache
def template() -> str:
    """A database of the shared server with all tables, to be copied."""
    from storage.migrate import upgrade  # noqa: PLC0415 - the plain server is of use without the product

    server = shared_server()
    name = server.create_database()
    upgrade(server.url(name))
    return name


BOTH = ["sqlite", "postgres"]
"""What a test runs on that names these; see `on`."""


@contextmanager
def on(kind: str) -> Iterator[str | None]:
    """A new database with all tables, by its address: one of the shared server; None for SQLite in the data folder."""
    if kind == "sqlite":
        yield None
        return
    server = shared_server()
    name = server.create_database(template())
    try:
        yield server.url(name)
    finally:
        server.drop_database(name)


async def until_one_waits(database: Database) -> None:
    """Until somebody at this database waits for somebody else's transaction."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    async with asyncio.timeout(10):
        while not await database.read(lambda connection: connection.execute(waiting).scalar()):
            pass
