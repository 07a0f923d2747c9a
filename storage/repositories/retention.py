"""Tips that were kept long enough: which of them rest, whom they were warned of, and how they are erased.

Owns in what order: keys in one transaction, all else in the next, so that whoever looks between finds nothing to open.
Whether the time has come is decided by whoever calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, not_, select, update

from handlers.values import Status
from storage.repositories.tips import ERASING
from storage.tables import (
    calls,
    entries,
    former_keys,
    grants,
    mailboxes,
    news,
    notices,
    rungs,
    stale_keys,
    tip_blobs,
    tips,
)

KEYS: Final = (grants, former_keys, stale_keys)
"""What can open a tip, beside its mailbox: gone first."""
REST: Final = (entries, tip_blobs, grants, former_keys, stale_keys, news, notices, rungs, calls)
"""What else is of one tip."""
STAYS: Final = frozenset({"mailboxes", "register"})
"""What names a tip and stays: a lookup id that says it is erased, its number in its unit's book."""


@dataclass(frozen=True, slots=True)
class Resting:
    """A tip that was decided at `ended`, on which nothing is due, asked or unread. Times are UTC seconds."""

    tip: bytes
    unit: str
    ended: int
    erases: int | None


@dataclass(frozen=True, slots=True)
class Gone:
    """What is counted of a tip that is erased."""

    tip: bytes
    unit: str
    received: int
    status: Status
    entries: int


def _rests() -> ColumnElement[bool]:
    """Decided, and nobody waits for anything."""
    answered = and_(not_(tips.c.news), tips.c.waits.is_(None), tips.c.due.is_(None))
    return and_(tips.c.state == "closed", tips.c.ended.is_not(None), not_(tips.c.held), answered)


def _warned() -> ColumnElement[bool]:
    return tips.c.erases > ERASING


def units_with(connection: Connection, ended: int) -> tuple[str, ...]:
    """Units with a tip that rests, was decided by then (UTC seconds), and of which nobody is warned."""
    found = select(tips.c.unit_id).where(tips.c.ended <= ended, tips.c.erases.is_(None), _rests()).distinct()
    return tuple(connection.execute(found.order_by(tips.c.unit_id)).scalars())


def unwarned(connection: Connection, unit: str, ended: int, *, after: bytes, limit: int) -> tuple[Resting, ...]:
    """Some of a unit's tips behind `after`, by id, that rest, were decided by then, and of which nobody is warned."""
    wanted = (tips.c.unit_id == unit, tips.c.id > after, tips.c.ended <= ended, tips.c.erases.is_(None), _rests())
    found = select(tips.c.id, tips.c.unit_id, tips.c.ended, tips.c.erases).where(*wanted)
    return tuple(Resting(*row) for row in connection.execute(found.order_by(tips.c.id).limit(limit)))


def readers(connection: Connection, tip_ids: Sequence[bytes]) -> Mapping[bytes, frozenset[str]]:
    """Whose keys open these tips, by tip: serials, and the recovery identity's."""
    held: dict[bytes, set[str]] = {}
    for tip, recipient in connection.execute(
        select(grants.c.tip, grants.c.recipient).where(grants.c.tip.in_(list(tip_ids)))
    ):
        held.setdefault(tip, set()).add(recipient)
    return {tip: frozenset(recipients) for tip, recipients in held.items()}


def warn(connection: Connection, tip: bytes, erases: int) -> bool:
    """The tip may be erased from this UTC second on. False where it rests no more, or somebody was warned already."""
    statement = update(tips).where(tips.c.id == tip, tips.c.erases.is_(None), _rests()).values(erases=erases)
    return connection.execute(statement).rowcount == 1


def spare(connection: Connection) -> None:
    """Tips that rest no more are not erased: a warning given before counts no longer."""
    connection.execute(update(tips).where(_warned(), not_(_rests())).values(erases=None))


def put_off(connection: Connection, seconds: int) -> None:
    """Nobody could read a warning for so long: whatever somebody is warned of is kept for as long again."""
    connection.execute(update(tips).where(_warned()).values(erases=tips.c.erases + seconds))


def take_back(connection: Connection, after: int) -> None:
    """Warnings that say a moment after this UTC second were given by a clock that ran ahead: they count no longer."""
    connection.execute(update(tips).where(tips.c.erases > after).values(erases=None))


def warned(connection: Connection, after: bytes, limit: int) -> tuple[Resting, ...]:
    """Some tips behind `after`, by id, of which somebody is warned."""
    found = select(tips.c.id, tips.c.unit_id, tips.c.ended, tips.c.erases).where(tips.c.id > after, _warned())
    return tuple(Resting(*row) for row in connection.execute(found.order_by(tips.c.id).limit(limit)))


def earliest(connection: Connection) -> int | None:
    """The first second from which on a tip may be erased, `ERASING` where one is; None where nobody is warned."""
    return connection.execute(select(func.min(tips.c.erases))).scalar()


def keep(connection: Connection, tip_ids: Sequence[bytes]) -> None:
    """These are kept for now: a warning given before counts no longer."""
    connection.execute(update(tips).where(tips.c.id.in_(list(tip_ids)), _warned()).values(erases=None))


def over(connection: Connection, now: int, limit: int) -> tuple[Resting, ...]:
    """Some tips whose time has come, for this transaction alone; what somebody else has in hand is passed over."""
    found = select(tips.c.id, tips.c.unit_id, tips.c.ended, tips.c.erases).where(
        tips.c.erases <= now, _warned(), _rests()
    )
    claimed = found.order_by(tips.c.erases, tips.c.id).limit(limit).with_for_update(skip_locked=True)
    return tuple(Resting(*row) for row in connection.execute(claimed))


def shut(connection: Connection, tip: bytes, now: int, until: int) -> Gone | None:
    """Erase whatever opens a tip whose time has come, once; None where it has not, or another was first.

    Its receipt is told so until then (UTC seconds); the row that says it names no tip.
    """
    due = (tips.c.id == tip, tips.c.erases <= now, _warned(), _rests())
    if connection.execute(update(tips).where(*due).values(erases=ERASING)).rowcount != 1:
        return None
    for table in KEYS:
        connection.execute(delete(table).where(table.c.tip == tip))
    named = func.substr(mailboxes.c.lookup, 1, len(tip))
    connection.execute(update(mailboxes).where(mailboxes.c.tip == tip).values(sealed=b"", tip=named, until=until))
    facts = (tips.c.id, tips.c.unit_id, tips.c.received, tips.c.status, tips.c.entries)
    return Gone(*connection.execute(select(*facts).where(tips.c.id == tip)).one())


def shut_ones(connection: Connection, limit: int) -> tuple[bytes, ...]:
    """Some tips whose keys are gone and whose rest is not, for this transaction alone."""
    found = select(tips.c.id).where(tips.c.erases == ERASING).order_by(tips.c.id).limit(limit)
    return tuple(connection.execute(found.with_for_update(skip_locked=True)).scalars())


def bury(connection: Connection, tip_ids: Sequence[bytes]) -> tuple[str, ...]:
    """Erase all else of these tips, whose keys are gone; the names of their attachments, which no row has now."""
    ids = list(tip_ids)
    names = tuple(connection.execute(select(tip_blobs.c.name).where(tip_blobs.c.tip.in_(ids))).scalars())
    for table in REST:
        connection.execute(delete(table).where(table.c.tip.in_(ids)))
    connection.execute(delete(tips).where(tips.c.id.in_(ids), tips.c.erases == ERASING))
    return names


def forget(connection: Connection, now: int) -> None:
    """Lookup ids of erased tips go once they have said so for long enough."""
    connection.execute(delete(mailboxes).where(mailboxes.c.until <= now))
