"""Calls to officers: to which tips somebody was called and has not said anything, and what his messenger has of it.

However many tips he was called to, what waits to be sent to him is one notice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, Integer, and_, bindparam, delete, func, insert, select, true, update

from storage.statements import Statement
from storage.tables import calls as table

HOUR: Final = 3600
DIGEST: Final = bytes(16)
"""The tip of a daily digest, which is about none."""
_ADD = Statement(insert(table))
_AGAIN = Statement(
    update(table)
    .where(table.c.serial == bindparam("who"), table.c.tip == bindparam("what"))
    .values({name: bindparam(f"its_{name}") for name in ("unit_id", "urgent", "due", "sent")})
)
_SENT = Statement(
    select(table.c.tip)
    .where(table.c.serial == bindparam("who"), table.c.due == bindparam("at"))
    .where(table.c.tip != bindparam("none"), table.c.sent)
)


_MINE = (table.c.serial == bindparam("who"), table.c.due <= bindparam("at"))
_TOLD = Statement(update(table).where(*_MINE, table.c.tip != bindparam("none")).values(sent=true()))
_DIGEST_OVER = Statement(delete(table).where(*_MINE, table.c.tip == bindparam("none")))
_OVER = Statement(delete(table).where(table.c.tip == bindparam("what")))


def _waiting() -> Statement:
    digest, urgent = (table.c.tip == bindparam("none")).label("digest"), func.max(table.c.urgent.cast(Integer))
    due = func.max(table.c.due)
    statement = (
        select(table.c.serial, table.c.unit_id, digest, urgent, due)
        .where(table.c.sent.is_(False), table.c.due <= bindparam("now"))
        .group_by(table.c.serial, table.c.unit_id, digest)
        .order_by(urgent.desc(), due, table.c.serial, digest)
        .limit(bindparam("most"))
    )
    return Statement(statement)


_WAITING = _waiting()


@dataclass(frozen=True, slots=True)
class StoredCall:
    """The officer of this serial and unit is called to a tip at `due` (UTC seconds); of a digest see `DIGEST`."""

    serial: str
    tip: bytes
    unit: str
    urgent: bool
    due: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits to be sent to one officer: a digest, or a notice of whatever he was called to up to `due`."""

    serial: str
    unit: str
    digest: bool
    urgent: bool
    due: int


def add(connection: Connection, found: Sequence[StoredCall]) -> None:
    """Call officers. One who was called to the same tip before is called again.

    Whose messenger has a notice of the same moment needs no other, unless it is urgent: they are of one burst.
    """
    for one in found:
        told = one.tip != DIGEST and not one.urgent and _has_one_of(connection, one.serial, one.due)
        values = {"unit_id": one.unit, "urgent": one.urgent, "due": one.due, "sent": told}
        here = {f"its_{name}": value for name, value in values.items()}
        if _AGAIN.run(connection, {"who": one.serial, "what": one.tip, **here}) == 0:
            _ADD.run(connection, {"serial": one.serial, "tip": one.tip, **values})


def _has_one_of(connection: Connection, serial: str, due: int) -> bool:
    return _SENT.first(connection, {"who": serial, "at": due, "none": DIGEST}) is not None


def waiting(connection: Connection, now: int, limit: int) -> tuple[Waiting, ...]:
    """Notices and digests that wait, at most one of each for an officer, urgent ones first, then the oldest."""
    found = _WAITING.all(connection, {"now": now, "most": limit, "none": DIGEST})
    return tuple(Waiting(who, unit, bool(of), bool(soon), at) for who, unit, of, soon, at in found)


def sent(connection: Connection, serial: str, due: int, *, digest: bool) -> None:
    """An officer's messenger has what was due up to this second; a digest is over with that."""
    (_DIGEST_OVER if digest else _TOLD).run(connection, {"who": serial, "at": due, "none": DIGEST})


def to(connection: Connection, serial: str) -> tuple[bytes, ...]:
    """The tips that an officer was told he is called to and has said nothing of."""
    mine = select(table.c.tip).where(*_told(serial)).order_by(table.c.tip)
    return tuple(connection.execute(mine).scalars())


def with_others(connection: Connection, serial: str) -> frozenset[bytes]:
    """The tips of his calls to which somebody else was called after him, and has said nothing either."""
    later = table.alias()
    after_him = and_(later.c.tip == table.c.tip, later.c.serial != serial, later.c.due > table.c.due)
    statement = select(table.c.tip).join(later, after_him).where(*_told(serial))
    return frozenset(connection.execute(statement).scalars())


def answered(connection: Connection, serial: str, tips: Collection[bytes]) -> None:
    """He has said something of these, which he was told of; of one told at this moment he has not."""
    connection.execute(delete(table).where(*_told(serial), table.c.tip.in_(tips)))


def _told(serial: str) -> tuple[ColumnElement[bool], ...]:
    """What his messenger has."""
    return table.c.serial == serial, table.c.tip != DIGEST, table.c.sent


def blur(connection: Connection, before: int) -> None:
    """Of calls that were told and were due before this second only the hour stays, but of urgent ones."""
    told = (table.c.sent, table.c.urgent.is_(False), table.c.due < before, table.c.due % HOUR != 0)
    connection.execute(update(table).where(*told).values(due=table.c.due - table.c.due % HOUR))


def over(connection: Connection, tip: bytes) -> None:
    """Nobody needs to say anything of this tip any more."""
    _OVER.run(connection, {"what": tip})
