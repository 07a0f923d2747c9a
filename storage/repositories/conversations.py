"""Where a chat stands: found under the pseudonyms of every living epoch, written under the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.errors import Conflict
from storage.statements import Statement, placed, places
from storage.tables import conversations as table

_SAVE = Statement(
    update(table)
    .where(table.c.key == bindparam("the_key"))
    .values(key=bindparam("new_key"), epoch=bindparam("the_epoch"), blob=bindparam("the_blob"))
)
_ADD = Statement(insert(table))
_DELETE = delete(table).where(table.c.key.in_(bindparam("keys", expanding=True)))


@lru_cache(maxsize=16)
def _find(count: int) -> Statement:
    """The question for so many keys: as many as epochs live."""
    columns = (table.c.key, table.c.epoch, table.c.blob)
    return Statement(select(*columns).where(table.c.key.in_(places(count))).with_for_update())


@dataclass(frozen=True, slots=True)
class StoredConversation:
    """A chat's sealed state: the pseudonym it was found under, its epoch, the blob."""

    key: bytes
    epoch: int
    blob: bytes


def find(connection: Connection, keys: Sequence[bytes]) -> StoredConversation | None:
    """The conversation under the first of `keys` (newest epoch first) that has one; locked until the commit.

    For `Database.run` alone: a lock is a kind of writing.
    """
    found = _find(len(keys)).all(connection, placed(keys))
    rows = {row[0]: row for row in found}
    for key in keys:
        if key in rows:
            return StoredConversation(*rows[key])
    return None


def batch(connection: Connection, after: bytes, limit: int) -> tuple[StoredConversation, ...]:
    """At most `limit` conversations with keys above `after` (b"" to begin with), by key: a walk through all of them."""
    statement = select(table).where(table.c.key > after).order_by(table.c.key).limit(limit)
    return tuple(StoredConversation(*row) for row in connection.execute(statement))


def save(connection: Connection, key: bytes, epoch: int, blob: bytes, *, old: bytes | None = None) -> None:
    """Write the state under `key`: a new row, or in the place of the row that `find` gave under `old`.

    One statement moves a row to a new epoch's key, so that whoever waits for its lock finds it there afterwards.
    Raises `Conflict` where a row that should be new is there, or one that should be there is gone.
    """
    if old is None:
        _ADD.run(connection, {"key": key, "epoch": epoch, "blob": blob})
        return
    values = {"the_key": old, "new_key": key, "the_epoch": epoch, "the_blob": blob}
    if _SAVE.run(connection, values) == 0:
        raise Conflict


def remove(connection: Connection, keys: Sequence[bytes]) -> None:
    """Erase the state under every one of `keys`."""
    connection.execute(_DELETE, {"keys": list(keys)})
