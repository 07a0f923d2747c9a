"""Where a chat stands: found under the pseudonyms of every living epoch, written under the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.tables import conversations as table

_FIND = select(table).where(table.c.key.in_(bindparam("keys", expanding=True))).with_for_update()
_SAVE = (
    update(table)
    .where(table.c.key == bindparam("the_key"))
    .values(epoch=bindparam("the_epoch"), blob=bindparam("the_blob"))
)
_ADD = insert(table)
_DELETE = delete(table).where(table.c.key.in_(bindparam("keys", expanding=True)))


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
    rows = {row.key: row for row in connection.execute(_FIND, {"keys": list(keys)})}
    for key in keys:
        if key in rows:
            return StoredConversation(key, rows[key].epoch, rows[key].blob)
    return None


def every(connection: Connection) -> tuple[StoredConversation, ...]:
    """All conversations, in no order."""
    return tuple(StoredConversation(*row) for row in connection.execute(select(table)))


def save(connection: Connection, key: bytes, epoch: int, blob: bytes) -> None:
    """Write the state under `key`, whether it was there or not."""
    values = {"the_key": key, "the_epoch": epoch, "the_blob": blob}
    if connection.execute(_SAVE, values).rowcount == 0:
        connection.execute(_ADD, {"key": key, "epoch": epoch, "blob": blob})


def move(connection: Connection, old: bytes, *, key: bytes, epoch: int, blob: bytes) -> None:
    """Write the state under a new epoch's `key` and erase it under `old`."""
    remove(connection, [old])
    save(connection, key, epoch, blob)


def remove(connection: Connection, keys: Sequence[bytes]) -> None:
    """Erase the state under every one of `keys`."""
    connection.execute(_DELETE, {"keys": list(keys)})
