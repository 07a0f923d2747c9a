"""One `database` for every contract test: in memory, in a file, on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import postgres_server
import pytest

from storage.database import Database, open_database
from storage.migrate import upgrade
from storage.repositories.notices import Notice
from storage.repositories.tips import NewTip, StoredBlob


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A database of its own with all tables on the session's PostgreSQL."""
    server = postgres_server.shared_server()
    name = server.create_database(postgres_server.template())
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A database file of its own with all tables."""
    url = f"sqlite:///{tmp_path}/hopthu.db"
    upgrade(url)
    return url


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    """The same promises wherever the rows lie."""
    kind = request.param
    opened = open_database("sqlite://" if kind == "memory" else request.getfixturevalue(f"{kind}_url"))
    yield opened
    await opened.close()


@pytest.fixture
def new_tip() -> Callable[..., NewTip]:
    """Makes tips of unit "p1" with two entries, grants for "s1" and the recovery key, all ids their own."""
    counter = itertools.count(1)

    def make(**changes: object) -> NewTip:
        n = next(counter)
        tip = n.to_bytes(16, "big")
        facts: dict[str, object] = {
            "id": tip,
            "unit": "p1",
            "urgent": False,
            "received": n * 3600,
            "entries": [b"opening", b"part"],
            "grants": {"s1": b"for s1", "recovery": b"for recovery"},
            "lookup": n.to_bytes(32, "big"),
            "mailbox": b"for the reporter",
            "blobs": [StoredBlob(f"blob{n}", 65536)],
            "notices": [Notice(tip, "p1", tip, "tip", n * 3600 + 900)],
            "due": n * 3600 + 8 * 3600,
        }
        return NewTip(**{**facts, **changes})  # type: ignore[arg-type] # facts of a test

    return make
