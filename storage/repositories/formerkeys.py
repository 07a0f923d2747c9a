"""Sealed copies of a tip's key that newer ones came in place of, kept until those have proved to open something.

Owns how long: a reader's until he writes under the newer one, the reporter's until something is added under it, those
of a unit that passed the tip on until somebody where it went writes. Whoever is cut off keeps none. Opens nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, literal, select, update

from storage.tables import former_keys, grants, mailboxes

REPORTER = "reporter"
"""The recipient of a mailbox's copy; no officer's serial is so."""
AT_ONCE = 500
"""Tips asked about in one statement."""


def keep(connection: Connection, unit: str, tip: bytes, *, seq: int, recipients: Collection[str]) -> None:
    """Keep what the grants of these recipients are, before the entry `seq` changes them."""
    theirs = select(grants.c.tip, grants.c.recipient, literal(seq), literal(unit), grants.c.sealed)
    found = theirs.where(grants.c.tip == tip, grants.c.unit_id == unit, grants.c.recipient.in_(list(recipients)))
    connection.execute(insert(former_keys).from_select(["tip", "recipient", "seq", "unit_id", "sealed"], found))


def keep_mailbox(connection: Connection, unit: str, tip: bytes, seq: int) -> None:
    """Keep the reporter's grant as it is, before the entry `seq` changes it."""
    his = select(mailboxes.c.tip, literal(REPORTER), literal(seq), literal(unit), mailboxes.c.sealed)
    found = his.where(mailboxes.c.tip == tip)
    connection.execute(insert(former_keys).from_select(["tip", "recipient", "seq", "unit_id", "sealed"], found))


def of(connection: Connection, unit: str, recipient: str, ids: Sequence[bytes]) -> dict[bytes, tuple[bytes, ...]]:
    """A reader's copies of these tips of the unit, the newest first, by tip."""
    found: dict[bytes, tuple[bytes, ...]] = {}
    columns = select(former_keys.c.tip, former_keys.c.sealed).where(
        former_keys.c.unit_id == unit, former_keys.c.recipient == recipient
    )
    for at in range(0, len(ids), AT_ONCE):
        some = columns.where(former_keys.c.tip.in_(list(ids[at : at + AT_ONCE])))
        for tip, sealed in connection.execute(some.order_by(former_keys.c.tip, former_keys.c.seq.desc())):
            found[tip] = (*found.get(tip, ()), sealed)
    return found


def of_reporter(connection: Connection, tip: bytes) -> tuple[bytes, ...]:
    """Copies of the reporter's grant, the newest first."""
    his = select(former_keys.c.sealed).where(former_keys.c.tip == tip, former_keys.c.recipient == REPORTER)
    return tuple(connection.execute(his.order_by(former_keys.c.seq.desc())).scalars())


def proven(connection: Connection, unit: str, tip: bytes, reader: str) -> None:
    """A reader of the unit wrote under the newest key: his copies go, and those of units that passed the tip on."""
    others = (former_keys.c.unit_id != unit) & (former_keys.c.recipient != REPORTER)
    _erase(connection, former_keys.c.tip == tip, (former_keys.c.recipient == reader) | others)


def proven_by_reporter(connection: Connection, tip: bytes) -> None:
    """The reporter added something under the newest key."""
    forget(connection, tip, REPORTER)


def forget(connection: Connection, tip: bytes, recipient: str) -> None:
    """Erase whatever is kept for him of a tip."""
    _erase(connection, former_keys.c.tip == tip, former_keys.c.recipient == recipient)


def forget_all(connection: Connection, unit: str, recipients: Collection[str]) -> None:
    """Erase whatever is kept for these readers of a unit."""
    _erase(connection, former_keys.c.unit_id == unit, former_keys.c.recipient.in_(list(recipients)))


def _erase(connection: Connection, *which: ColumnElement[bool]) -> None:
    connection.execute(delete(former_keys).where(*which))


def move(connection: Connection, olds: Collection[str], into: str) -> None:
    """What these units keep is another's from now on."""
    mine = former_keys.c.unit_id.in_(list(olds))
    connection.execute(update(former_keys).where(mine).values(unit_id=into))
