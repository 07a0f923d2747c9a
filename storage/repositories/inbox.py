"""Messages already handled. A repeat is recognised under every living epoch's replay key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, insert, literal_column, select

from storage.statements import Statement, placed, places
from storage.tables import inbox as table

_ADD = Statement(insert(table))


@lru_cache(maxsize=16)
def _seen(count: int) -> Statement:
    """The question for so many keys: as many as epochs live, and cheaper than a list that grows with every call."""
    return Statement(select(literal_column("1")).where(table.c.key.in_(places(count))))


def seen(connection: Connection, keys: Sequence[bytes]) -> bool:
    """True if a message with one of these replay keys was handled before."""
    return _seen(len(keys)).first(connection, placed(keys)) is not None


def add(connection: Connection, key: bytes, epoch: int) -> None:
    """Remember a message. A key already there is a `Conflict` that undoes the transaction."""
    _ADD.run(connection, {"key": key, "epoch": epoch})
