"""Who holds a tip's key: giving it to one more, taking it back, and the whole change of a key. Never what opens it.

Whoever holds it reads on; a tip whose key went to somebody who reads it no more is noted in `stale_keys`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from storage.repositories import formerkeys
from storage.repositories.tips import RECOVERY, scoped
from storage.tables import entries, grants, mailboxes, stale_keys, tips


@dataclass(frozen=True, slots=True)
class Held:
    """A tip that an officer holds a key to: his own grant and the sealed opening entry."""

    tip: bytes
    grant: bytes
    opening: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """Two readers of a unit: one who holds keys, and one who is to hold them too, of tips `without` these."""

    unit: str
    holder: str
    reader: str
    without: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """Where a walk over tips goes on: behind this one (None: from the beginning), so many of them."""

    after: bytes | None
    limit: int


@dataclass(frozen=True, slots=True)
class NewKey:
    """A tip's new key for everybody who reads on (serials and "recovery"), for its reporter, and the entry `seq`."""

    seq: int
    grants: Mapping[str, bytes]
    reporter: bytes


def _has(recipient: str) -> ColumnElement[bool]:
    """The recipient holds a key to the tip."""
    one = grants.alias()
    return exists().where(one.c.tip == tips.c.id, one.c.recipient == recipient)


def _lacks(pair: Pair, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The unit's tips that the one has a key to and the other has none."""
    wanted = scoped(pair.unit, *columns).where(_has(pair.holder), ~_has(pair.reader))
    return wanted.where(tips.c.id.not_in(list(pair.without))) if pair.without else wanted


def lacking(connection: Connection, pair: Pair, page: Page) -> tuple[Held, ...]:
    """Those of them by their random ids, with what is needed to hand them over."""
    found = (
        _lacks(pair, tips.c.id, grants.c.sealed, entries.c.sealed)
        .join(grants, and_(grants.c.tip == tips.c.id, grants.c.recipient == pair.holder))
        .join(entries, and_(entries.c.tip == tips.c.id, entries.c.seq == 0))
    )
    if page.after is not None:
        found = found.where(tips.c.id > page.after)
    return tuple(Held(*row) for row in connection.execute(found.order_by(tips.c.id).limit(page.limit)))


def count_lacking(connection: Connection, pair: Pair) -> int:
    """How many there are."""
    return int(connection.execute(_lacks(pair, func.count())).scalar_one())


def those_lacking(connection: Connection, pair: Pair, ids: Sequence[bytes]) -> frozenset[bytes]:
    """Those of these tips that are of this kind."""
    found = _lacks(pair, tips.c.id).where(tips.c.id.in_(list(ids)))
    return frozenset(connection.execute(found).scalars())


def give(connection: Connection, unit: str, reader: str, sealed: Mapping[bytes, bytes]) -> None:
    """One more reader of these tips of the unit. A grant that is there already is a `Conflict`."""
    rows = [
        {"tip": tip, "recipient": reader, "unit_id": unit, "sealed": one, "opened": False}
        for tip, one in sealed.items()
    ]
    connection.execute(insert(grants), rows)


def take_back(connection: Connection, unit: str, tip: bytes, reader: str) -> bool:
    """The reader holds no key to a tip of the unit any more, nor answers for it. False if he held none."""
    mine = (grants.c.tip == tip, grants.c.unit_id == unit, grants.c.recipient == reader)
    if connection.execute(delete(grants).where(*mine)).rowcount != 1:
        return False
    formerkeys.forget(connection, tip, reader)
    answers = (tips.c.id == tip, tips.c.unit_id == unit, tips.c.answerable == reader)
    connection.execute(update(tips).where(*answers).values(answerable=None))
    _note_stale(connection, unit, select(tips.c.id).where(tips.c.id == tip))
    return True


def _note_stale(connection: Connection, unit: str, ids: Select[bytes]) -> None:
    """Note these tips of the unit as ones that need a new key."""
    noted = select(stale_keys.c.tip)
    wanted = select(tips.c.id, literal(unit)).where(tips.c.id.in_(ids), tips.c.id.not_in(noted))
    connection.execute(insert(stale_keys).from_select(["tip", "unit_id"], wanted))


def note_stale(connection: Connection, unit: str, ids: Collection[bytes]) -> None:
    """These tips of the unit need a new key."""
    for tip in ids:
        _note_stale(connection, unit, select(tips.c.id).where(tips.c.id == tip, tips.c.unit_id == unit))


def is_stale(connection: Connection, unit: str, tip: bytes) -> bool:
    """True where a tip of the unit needs a new key."""
    found = select(stale_keys.c.tip).where(stale_keys.c.tip == tip, stale_keys.c.unit_id == unit)
    return connection.execute(found).first() is not None


def strip(connection: Connection, unit: str, staying: Collection[str]) -> None:
    """Take the keys of everybody but these from the unit's tips, where one of these reads on.

    Where nobody would, they stay: whoever they are for may be on a sheet again, or the recovery identity be used.
    """
    theirs = and_(grants.c.unit_id == unit, grants.c.recipient.not_like(f"{RECOVERY}%"))
    every = connection.execute(select(grants.c.recipient).where(theirs).distinct()).scalars()
    gone = [one for one in every if one not in staying]
    if not gone:
        return
    read_on = select(grants.c.tip).where(grants.c.unit_id == unit, grants.c.recipient.in_(list(staying)))
    leaving = and_(theirs, grants.c.recipient.in_(gone), grants.c.tip.in_(read_on))
    _note_stale(connection, unit, select(grants.c.tip).where(leaving))
    answers = and_(tips.c.unit_id == unit, tips.c.answerable.in_(gone), tips.c.id.in_(read_on))
    connection.execute(update(tips).where(answers).values(answerable=None))
    connection.execute(delete(grants).where(leaving))
    formerkeys.forget_all(connection, unit, gone)


def rekey(connection: Connection, unit: str, tip: bytes, new: NewKey) -> None:
    """A unit's tip goes on under a new key: nobody but these holds one, and the reporter's receipt opens it too.

    The old ones of these, the reporter's and the recovery identity's are kept beside: should the new ones open nothing,
    what was before is not lost.
    """
    whose = and_(grants.c.tip == tip, grants.c.unit_id == unit)
    opened = set(connection.execute(select(grants.c.recipient).where(whose, grants.c.opened)).scalars())
    kept = update(grants).where(whose, grants.c.recipient == RECOVERY)
    connection.execute(kept.values(recipient=f"{RECOVERY}-{new.seq}"))
    formerkeys.keep(connection, unit, tip, seq=new.seq, recipients=new.grants.keys() - {RECOVERY})
    formerkeys.keep_mailbox(connection, unit, tip, new.seq)
    connection.execute(delete(grants).where(whose, grants.c.recipient.not_like(f"{RECOVERY}-%")))
    rows = [
        {"tip": tip, "recipient": to, "unit_id": unit, "sealed": one, "opened": to in opened}
        for to, one in new.grants.items()
    ]
    connection.execute(insert(grants), rows)
    connection.execute(update(mailboxes).where(mailboxes.c.tip == tip).values(sealed=new.reporter))
    connection.execute(delete(stale_keys).where(stale_keys.c.tip == tip))


def _stale(unit: str, reader: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Tips in use that need a new key and that the reader can give one."""
    joined = scoped(unit, *columns).join(stale_keys, stale_keys.c.tip == tips.c.id)
    return joined.where(stale_keys.c.unit_id == unit, or_(tips.c.state != "closed", tips.c.news), _has(reader))


def stale(connection: Connection, unit: str, reader: str, page: Page) -> tuple[bytes, ...]:
    """Some of them, by their random ids."""
    found = _stale(unit, reader, tips.c.id)
    if page.after is not None:
        found = found.where(tips.c.id > page.after)
    return tuple(connection.execute(found.order_by(tips.c.id).limit(page.limit)).scalars())


def count_stale(connection: Connection, unit: str, reader: str) -> int:
    """How many there are."""
    return int(connection.execute(_stale(unit, reader, func.count())).scalar_one())
