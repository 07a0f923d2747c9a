"""A tip's thread: sealed entries, grants, attachments, and the reporter's way in by lookup id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.errors import Conflict
from storage.repositories import formerkeys
from storage.repositories.tips import StoredBlob, few, is_there, scoped
from storage.tables import entries, grants, mailboxes, tip_blobs, tips

_MAILBOX = (
    select(
        mailboxes.c.tip,
        mailboxes.c.unit_id,
        mailboxes.c.sealed,
        tips.c.visible_from,
        tips.c.unit_id.label("lies_with"),
    )
    .outerjoin(tips, tips.c.id == mailboxes.c.tip)
    .where(mailboxes.c.lookup == bindparam("the_lookup"))
)
_ENTRIES = (
    select(entries.c.sealed, entries.c.unit_id).where(entries.c.tip == bindparam("the_tip")).order_by(entries.c.seq)
)


@dataclass(frozen=True, slots=True)
class StoredGrant:
    """The tip's key sealed to `recipient` (an officer's serial or "recovery"), and whether he has loaded the thread."""

    recipient: str
    sealed: bytes
    opened: bool


@dataclass(frozen=True, slots=True)
class StoredMailbox:
    """What a receipt leads to: the tip, the unit it was sealed for, the reporter's sealed grant, the sealed thread.

    `former`: grants that it came in place of, the newest first, until the reporter has written under it.
    `visible_from` is the UTC second from which the reporter may see the last change of state; `lies_with` the unit
    whose officers have the tip now, `holders` those whose officers had it when entries were filed.
    """

    tip: bytes
    unit: str
    grant: bytes
    entries: tuple[bytes, ...]
    visible_from: int
    lies_with: str
    holders: frozenset[str]
    former: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """Entries for the places from `seq` on, with the blobs they name. `news`: the reporter wrote them."""

    seq: int
    sealed: Sequence[bytes]
    blobs: Sequence[StoredBlob] = ()
    news: bool = False


def thread(connection: Connection, unit: str, tip: bytes) -> tuple[bytes, ...] | None:
    """The sealed entries of a unit's tip in order; None if the tip is not the unit's."""
    statement = scoped(unit, entries.c.sealed).join(entries, entries.c.tip == tips.c.id).where(tips.c.id == tip)
    sealed = tuple(connection.execute(statement.order_by(entries.c.seq)).scalars())
    return sealed or None


def several(connection: Connection, unit: str, tip_ids: Sequence[bytes]) -> dict[bytes, tuple[bytes, ...]]:
    """The sealed entries of some of a unit's tips, each thread in order, by tip."""
    statement = few(unit, tip_ids, entries.c.tip, entries.c.sealed).join(entries, entries.c.tip == tips.c.id)
    rows = connection.execute(statement.order_by(entries.c.tip, entries.c.seq))
    found: dict[bytes, list[bytes]] = {}
    for tip, sealed in rows:
        found.setdefault(tip, []).append(sealed)
    return {tip: tuple(thread) for tip, thread in found.items()}


def grants_of(connection: Connection, unit: str, tip: bytes) -> tuple[StoredGrant, ...]:
    """Who may read a unit's tip, by recipient; empty if the tip is not the unit's."""
    statement = scoped(unit, grants.c.recipient, grants.c.sealed, grants.c.opened).join(
        grants, grants.c.tip == tips.c.id
    )
    rows = connection.execute(statement.where(tips.c.id == tip).order_by(grants.c.recipient))
    return tuple(StoredGrant(*row) for row in rows)


def append(connection: Connection, unit: str, tip: bytes, addition: Addition) -> int:
    """Add entries to a unit's tip; the thread's new length.

    Raises `Conflict` if the thread is no longer `seq` long (not the unit's, being erased): seal again on what is there.
    """
    seq = addition.seq
    length = seq + len(addition.sealed)
    heard = {"news": True, "waits": "reply", "erases": None} if addition.news else {}
    changed = {"entries": length, **heard}
    mine = (tips.c.id == tip, tips.c.unit_id == unit, tips.c.entries == seq, is_there())
    if connection.execute(update(tips).where(*mine).values(changed)).rowcount != 1:
        raise Conflict
    row = {"tip": tip, "unit_id": unit}
    connection.execute(insert(entries), [{**row, "seq": n, "sealed": s} for n, s in enumerate(addition.sealed, seq)])
    if addition.blobs:
        connection.execute(insert(tip_blobs), [{**row, "name": b.name, "size": b.size} for b in addition.blobs])
    return length


def mailbox(connection: Connection, lookup: bytes) -> StoredMailbox | None:
    """What lies behind a receipt's lookup id. The only way from outside to a tip's entries."""
    row = connection.execute(_MAILBOX, {"the_lookup": lookup}).first()
    if row is None:
        return None
    thread = connection.execute(_ENTRIES, {"the_tip": row.tip}).all()
    sealed, holders = tuple(entry.sealed for entry in thread), frozenset(entry.unit_id for entry in thread)
    lies_with = row.lies_with or row.unit_id
    former = formerkeys.of_reporter(connection, row.tip)
    return StoredMailbox(row.tip, row.unit_id, row.sealed, sealed, row.visible_from or 0, lies_with, holders, former)


def blob_size(connection: Connection, unit: str, name: str) -> int | None:
    """The size of an attachment, if it belongs to a tip of the unit: the check before an officer is given it."""
    statement = scoped(unit, tip_blobs.c.size).join(tip_blobs, tip_blobs.c.tip == tips.c.id)
    size = connection.execute(statement.where(tip_blobs.c.name == name)).scalar()
    return None if size is None else int(size)
