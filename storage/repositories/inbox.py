"""Messages already handled. A repeat is recognised under every living epoch's replay key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, insert, literal, select

from storage.tables import inbox as table

_ADD = insert(table)


@lru_cache(maxsize=16)
def _seen(count: int) -> Select[int]:
    """The question for so many keys: as many as epochs live, and cheaper than a list that grows with every call."""
    return select(literal(1)).where(table.c.key.in_([bindparam(f"k{n}") for n in range(count)])).limit(1)


def seen(connection: Connection, keys: Sequence[bytes]) -> bool:
    """True if a message with one of these replay keys was handled before."""
    return connection.execute(_seen(len(keys)), {f"k{n}": key for n, key in enumerate(keys)}).first() is not None


def add(connection: Connection, key: bytes, epoch: int) -> None:
    """Remember a message. A key already there is a `Conflict` that undoes the transaction."""
    connection.execute(_ADD, {"key": key, "epoch": epoch})
