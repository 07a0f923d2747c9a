"""What can go wrong below the repositories, and the one place where driver errors become ours.

Messages are fixed: a driver's own message may quote values (PostgreSQL names the conflicting key), so the original
error is never chained, only its class of failure is kept. The only thing carried along is the driver's error code.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")


class StorageError(Exception):
    """The database refused a statement. Nothing was written."""

    message = "the database refused a statement"

    def __init__(self, code: str = "") -> None:
        super().__init__(f"{self.message} ({code})" if code else self.message)
        self.code = code
        """SQLSTATE or SQLite error name, for the log; empty if storage itself refused."""


class Busy(StorageError):
    """The database is locked or away for the moment; try again."""

    message = "the database is busy; try again"


class Full(StorageError):
    """The database cannot write: disk full, read-only or failing. Free space or look at the disk."""

    message = "the database cannot write: disk full, read-only or failing"


class Conflict(StorageError):
    """Somebody else was first: the key is taken or the race was lost; read again, then try again."""

    message = "the row is taken or was changed by somebody else"


class Missing(StorageError):
    """What was named does not exist."""

    message = "there is no such thing"


_SQLITE = {
    "SQLITE_BUSY": Busy,
    "SQLITE_LOCKED": Busy,
    "SQLITE_PROTOCOL": Busy,
    "SQLITE_FULL": Full,
    "SQLITE_READONLY": Full,
    "SQLITE_IOERR": Full,
    "SQLITE_CANTOPEN": Full,
    "SQLITE_NOMEM": Full,
    "SQLITE_PERM": Full,
    "SQLITE_CONSTRAINT_UNIQUE": Conflict,
    "SQLITE_CONSTRAINT_PRIMARYKEY": Conflict,
    "SQLITE_CONSTRAINT_ROWID": Conflict,
}
"""By SQLite's error names, https://www.sqlite.org/rescode.html; extended names fall back to their first two words."""

_POSTGRES = {
    "23505": Conflict,
    "40001": Conflict,
    "40P01": Conflict,
    "55P03": Busy,
    "53": Full,
    "58": Full,
    "25006": Full,
    "08": Busy,
    "57": Busy,
}
"""By SQLSTATE or its class (first two characters), PostgreSQL manual appendix A."""


def _named(code: str) -> type[StorageError]:
    exact = _SQLITE.get(code) or _POSTGRES.get(code)
    broad = _SQLITE.get("_".join(code.split("_")[:2])) or _POSTGRES.get(code[:2])
    return exact or broad or StorageError


def translated(error: StatementError | PoolTimeout | sqlite3.Error) -> StorageError:
    """The storage error that says what `error` means, without a word of its message."""
    if isinstance(error, PoolTimeout):
        return Busy("pool")
    original = error.orig if isinstance(error, StatementError) else error
    code = getattr(original, "sqlite_errorname", None) or getattr(original, "sqlstate", None) or ""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return Busy(code)
    return _named(code)(code or type(original).__name__)


def shielded(call: Callable[[], T]) -> T:
    """Run `call`; what the driver raises comes out as a storage error with no trace of the original."""
    try:
        return call()
    except (StatementError, PoolTimeout, sqlite3.Error) as error:
        failure = translated(error)
    raise failure
