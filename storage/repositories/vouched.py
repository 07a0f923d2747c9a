"""Rows that officers' acts vouch for, as they lie, to be held against the audit chains. Reads alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, union

from storage.repositories.changes import StoredChange
from storage.repositories.tips import is_there
from storage.tables import audit, changes, entries, grants, mailboxes, officers, sheets, tips

_AT_ONCE = 500
"""Rows fetched at a time where there may be a great many."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The clear facts of a tip that signed acts lead to, and how long its row says its thread is."""

    id: bytes
    unit: str
    urgent: bool
    status: str
    reported: bool
    notified: bool
    complex: bool
    extended: bool
    ended: bool
    held: bool
    entries: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """What lies sealed of a tip: entries by place, keys by recipient, the reporter's own."""

    entries: dict[int, bytes]
    grants: dict[str, bytes]
    reporter: bytes


def chained(connection: Connection) -> tuple[str, ...]:
    """Codes of the units that have a chain or a sheet, in order."""
    return tuple(sorted(connection.execute(union(select(audit.c.unit_id), select(sheets.c.unit_id))).scalars()))


def facts(connection: Connection) -> Iterator[Facts]:
    """Every tip, but for those that are being erased."""
    columns = (tips.c.id, tips.c.unit_id, tips.c.urgent, tips.c.status, tips.c.reported, tips.c.notified)
    more = (tips.c.complex, tips.c.extended, tips.c.ended.is_not(None), tips.c.held, tips.c.entries)
    for row in connection.execute(select(*columns, *more).where(is_there()).order_by(tips.c.id)).yield_per(_AT_ONCE):
        yield Facts(*row)


def lengths(connection: Connection) -> dict[bytes, tuple[int, int]]:
    """Of each tip how many entries lie there, and the highest place among them."""
    counted = select(entries.c.tip, func.count(), func.max(entries.c.seq)).group_by(entries.c.tip)
    return {tip: (count, highest) for tip, count, highest in connection.execute(counted)}


def sealed(connection: Connection, tip: bytes) -> Sealed:
    """What lies sealed of a tip, whosever unit each row names."""
    thread = select(entries.c.seq, entries.c.sealed).where(entries.c.tip == tip)
    keys = select(grants.c.recipient, grants.c.sealed).where(grants.c.tip == tip)
    own = connection.execute(select(mailboxes.c.sealed).where(mailboxes.c.tip == tip)).scalar()
    return Sealed(
        dict(connection.execute(thread).all()),
        dict(connection.execute(keys).all()),
        own or b"",
    )


def changed(connection: Connection) -> Iterator[StoredChange]:
    """Every change that the history keeps, those of one row in their order."""
    found = select(changes).order_by(changes.c.list, changes.c.key, changes.c.n)
    for row in connection.execute(found).yield_per(_AT_ONCE):
        yield StoredChange(row.list, row.key, row.unit_id, row.hour, row.serial, row.cells, row.record, row.change)


def standing(connection: Connection) -> dict[str, str]:
    """The status of every officer's account, by serial."""
    return dict(connection.execute(select(officers.c.serial, officers.c.status)).all())
