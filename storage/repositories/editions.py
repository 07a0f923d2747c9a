"""The edition of units, boxes and sheets: a mark that every change of one of them renews.

Whoever remembers what follows from them asks for it first, in his own transaction; so nothing outlives a change, in
whatever process that was made.
"""

from __future__ import annotations

import secrets

from sqlalchemy import Connection, bindparam, select

from storage.repositories import settings
from storage.statements import Statement
from storage.tables import settings as table

KEY = "edition"
"""Name of the mark among the settings."""
_MARK = 16
"""Bytes of a mark. It is random: one that was rolled back never comes again."""
_NOW = Statement(select(table.c.value).where(table.c.key == bindparam("name")))


def edition(connection: Connection) -> bytes | None:
    """The mark as it is now; None where nothing was ever changed."""
    found = _NOW.first(connection, {"name": KEY})
    return None if found is None else found[0]


def hold(connection: Connection) -> None:
    """Let nobody else change any of them until this transaction ends: what it reads from here on stays so."""
    held = connection.execute(select(table.c.value).where(table.c.key == KEY).with_for_update()).first()
    if held is None:
        renew(connection)


def renew(connection: Connection) -> None:
    """Something of them changes in this transaction."""
    settings.put(connection, KEY, secrets.token_bytes(_MARK))
