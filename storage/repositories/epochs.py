"""What goes when an epoch's key is destroyed: every row only that key could open or recognise."""

from __future__ import annotations

from sqlalchemy import Connection, delete

from storage.repositories import drafts
from storage.tables import conversations, inbox, outbox


def purge_epochs(connection: Connection, older_than: int) -> tuple[str, ...]:
    """Erase conversations, draft parts, replay keys and messages of epochs before `older_than`.

    Returns the blob names of erased draft photos, to be removed after the commit.
    """
    for table in (conversations, inbox, outbox):
        connection.execute(delete(table).where(table.c.epoch < older_than))
    return drafts.remove_before(connection, older_than)
