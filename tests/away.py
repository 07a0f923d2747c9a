"""Databases that are away for a while: locked by another process, read-only, stopped, their connections ended."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import postgres_server
from integration.served import ChatPage, fresh
from sqlalchemy.engine import make_url
from unit.service.until import until

HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def locked(database: Path) -> Iterator[None]:
    """Another process holds this SQLite database's lock."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    try:
        yield
    finally:
        holder.communicate()


def end_connections(url: str) -> None:
    """Whoever is connected to this PostgreSQL database is not any more."""
    name = _name(url)
    postgres_server.shared_server().execute(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
    )


@contextmanager
def read_only(url: str) -> Iterator[None]:
    """This PostgreSQL database takes no writes."""
    server, name = postgres_server.shared_server(), _name(url)
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    end_connections(url)
    yield
    server.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    end_connections(url)


def _name(url: str) -> str:
    return str(make_url(url).database)


class Insistent:
    """Somebody whose page sends an act under one id until it is noted; `refusals` are what it was told meanwhile."""

    def __init__(self, page: ChatPage) -> None:
        self.page = page
        self.refusals: list[str] = []

    async def tries(self, text: str, act: str | None = None) -> str | None:
        """Send it once; its id if it was refused."""
        act = act or fresh()
        self.page.others.clear()
        await self.page.send({"t": "text", "id": act, "text": text})
        await until(lambda: self.page.answer(act) is not None, 40)
        answer: dict[str, Any] | None = self.page.answer(act)
        assert answer is not None
        if answer["t"] == "noted":
            return None
        self.refusals.append(str(answer["text"]))
        return act

    async def insists(self, text: str, act: str | None = None) -> None:
        """Send it until it is noted, and until something was said to it."""
        before = len(self.page.said)
        while (act := await self.tries(text, act)) is not None:
            pass
        await until(lambda: len(self.page.said) > before)
