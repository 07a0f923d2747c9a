"""What transaction numbers tell of rows that stay, and how they are made to say nothing.

PostgreSQL keeps with every row the number of the transaction that wrote it. A subscription numbered beside a tip would
say for as long as both are there who may have written it. Written anew together, all such rows carry one late number.
"""

from __future__ import annotations

from sqlalchemy import Connection, update

from storage.tables import kept_buttons, reply_addresses, subscriptions

STAY = (subscriptions, reply_addresses, kept_buttons)
"""Rows of chats that outlive an epoch."""


def write_anew(connection: Connection) -> None:
    """Write every such row again, in this transaction. One that is erased meanwhile stays erased."""
    for table in STAY:
        (key,) = table.primary_key.columns
        connection.execute(update(table).values({key.name: key}))
