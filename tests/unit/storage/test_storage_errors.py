"""Driver errors become four words, and nothing of what they said is kept."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import Busy, Conflict, Full, StorageError, shielded, translated


class Asyncpg(Exception):
    """Looks like the driver's error: only its SQLSTATE counts."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("canary")
        self.sqlstate = sqlstate


class Sqlite(Exception):
    """Looks like sqlite3's error: only its name counts."""

    def __init__(self, name: str) -> None:
        super().__init__("canary")
        self.sqlite_errorname = name


@pytest.mark.parametrize(
    ("original", "meaning"),
    [
        (Sqlite("SQLITE_BUSY"), Busy),
        (Sqlite("SQLITE_BUSY_SNAPSHOT"), Busy),
        (Sqlite("SQLITE_LOCKED"), Busy),
        (Sqlite("SQLITE_FULL"), Full),
        (Sqlite("SQLITE_READONLY_DBMOVED"), Full),
        (Sqlite("SQLITE_IOERR_FSYNC"), Full),
        (Sqlite("SQLITE_CANTOPEN"), Full),
        (Sqlite("SQLITE_CONSTRAINT_UNIQUE"), Conflict),
        (Sqlite("SQLITE_CONSTRAINT_PRIMARYKEY"), Conflict),
        (Sqlite("SQLITE_CONSTRAINT_CHECK"), StorageError),
        (Sqlite("SQLITE_ERROR"), StorageError),
        (Asyncpg("23505"), Conflict),
        (Asyncpg("40001"), Conflict),
        (Asyncpg("40P01"), Conflict),
        (Asyncpg("55P03"), Busy),
        (Asyncpg("57P03"), Busy),
        (Asyncpg("08006"), Busy),
        (Asyncpg("53100"), Full),
        (Asyncpg("25006"), Full),
        (Asyncpg("23514"), StorageError),
        (Asyncpg(None), StorageError),
        (TypeError("canary"), StorageError),
    ],
    ids=str,
)
def test_an_error_means(original: Exception, meaning: type[StorageError]):
    failure = translated(OperationalError("SELECT canary", {"a": "canary"}, original))
    assert type(failure) is meaning
    assert "canary" not in repr(failure)


def test_a_lost_connection_is_busy():
    lost = OperationalError("SELECT 1", {}, Asyncpg("XX000"), connection_invalidated=True)
    assert type(translated(lost)) is Busy


def test_no_connection_in_time_is_busy():
    assert type(translated(PoolTimeout("canary"))) is Busy


def test_shielding_leaves_no_trace_of_the_original():
    def fail() -> None:
        raise StatementError("canary", "SELECT canary", {"a": "canary"}, sqlite3.Error("canary"))

    with pytest.raises(StorageError) as caught:
        shielded(fail)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_shielding_lets_other_errors_through():
    with pytest.raises(LookupError):
        shielded(lambda: {}["x"])
