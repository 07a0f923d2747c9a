"""The database as the rest of the product sees it: run a work in one transaction, read, close.

Owns no SQL. Which database it is follows from the address alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection
from sqlalchemy.engine import make_url

from storage.postgres import PostgresDatabase
from storage.sqlite import MemoryDatabase, SqliteDatabase

T = TypeVar("T")


class Database(Protocol):
    """Works are plain functions over a connection; they may run more than once, so they touch nothing else."""

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one transaction; return its result after the commit.

        What `work` raises rolls everything back and comes out unchanged. Driver errors come out as `Busy`, `Full`,
        `Conflict` or `StorageError`. A caller cancelled meanwhile may find the work done or not, never half done.
        """
        ...

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a snapshot. Writing, or a repository function that locks rows, is refused as `Full`."""
        ...

    async def checkpoint(self) -> bool:
        """Take written rows out of side files (SQLite's log); True if nothing is left there."""
        ...

    async def scatter(self) -> None:
        """Keep the database from telling that rows of different tables were written one after the other."""
        ...

    async def close(self) -> None:
        """Finish waiting works and let go of every connection."""
        ...


def open_database(url: str) -> Database:
    """The database at `url`: `sqlite:///path`, `sqlite://` (in memory) or `postgresql+asyncpg://…`.

    Raises ValueError for any other kind. Connects at the first work; tables are made by `storage.migrate.upgrade`.
    """
    address = make_url(url)
    if address.drivername == "sqlite":
        return SqliteDatabase(url) if address.database and address.database != ":memory:" else MemoryDatabase()
    if address.drivername == "postgresql+asyncpg":
        return PostgresDatabase(url)
    raise ValueError("the database address must begin with sqlite:// or postgresql+asyncpg://")
