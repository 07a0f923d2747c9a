"""What goes when an epoch's key is destroyed: every row only that key could open or recognise."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete

from storage.repositories import drafts
from storage.tables import conversations, inbox, outbox, traces


def purge_epochs(connection: Connection, living: Collection[int]) -> tuple[str, ...]:
    """Erase all that lies under an epoch that is none of the `living` (not empty), from chats' states to traces.

    Rows of epochs above all of these stay: another process may have made a key that the caller had not seen yet.
    Returns the blob names of erased draft photos, to be removed after the commit.
    """
    newest, numbers = max(living), list(living)
    for table in (conversations, inbox, outbox, traces):
        connection.execute(delete(table).where(table.c.epoch < newest, table.c.epoch.not_in(numbers)))
    return drafts.remove_dead(connection, newest, numbers)
