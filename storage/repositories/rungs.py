"""The ladder of each tip that has one. Who climbs next is found by one index, whatever number of tips is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select, update

from storage.repositories import calls
from storage.statements import Statement, placed, places
from storage.tables import entries, grants, tips
from storage.tables import rungs as table

_ADD = Statement(insert(table))
_PUT = Statement(
    update(table)
    .where(table.c.tip == bindparam("the_tip"))
    .values({name: bindparam(f"its_{name}") for name in ("unit_id", "clock", "due", "step", "at")})
)
_COLUMNS = (table.c.tip, table.c.unit_id, table.c.clock, table.c.due, table.c.step, table.c.at)
_CLAIM = Statement(
    select(*_COLUMNS)
    .where(table.c.at <= bindparam("now"))
    .order_by(table.c.at, table.c.tip)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_EARLIEST = Statement(select(func.min(table.c.at)))
_REMOVE = Statement(delete(table).where(table.c.tip == bindparam("the_tip")))
_FIND = Statement(select(*_COLUMNS).where(table.c.tip == bindparam("the_tip")))

NEW: Final = 0
"""When the next step of a ladder is due that nobody has looked at yet: whoever does says when."""


@dataclass(frozen=True, slots=True)
class StoredRung:
    """The tip's ladder: for which clock, by when that is due; the next step from 0, and when that is. UTC seconds."""

    tip: bytes
    unit: str
    clock: str
    due: int
    step: int
    at: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a tip says whom its ladder leads to. `first`: the unit that it came to, which may have passed it on.

    `recipients`: whose keys open it, serials and "recovery".
    """

    unit: str
    urgent: bool
    answerable: str | None
    first: str
    recipients: frozenset[str]


def claim(connection: Connection, now: int, limit: int) -> tuple[StoredRung, ...]:
    """Up to `limit` ladders whose next step is due, the longest waiting first, for this transaction alone.

    What somebody else is climbing at this moment is passed over.
    """
    return tuple(StoredRung(*row) for row in _CLAIM.all(connection, {"now": now, "most": limit}))


def earliest(connection: Connection) -> int | None:
    """When the next step of all is due; None where there is no ladder."""
    found = _EARLIEST.first(connection, {})
    return None if found is None else found[0]


def find(connection: Connection, tip: bytes) -> StoredRung | None:
    """A tip's ladder, if it has one."""
    row = _FIND.first(connection, {"the_tip": tip})
    return StoredRung(*row) if row else None


def several(connection: Connection, tip_ids: Sequence[bytes]) -> tuple[StoredRung, ...]:
    """The ladders of these tips, for this transaction alone."""
    wanted = select(*_COLUMNS).where(table.c.tip.in_(list(tip_ids))).order_by(table.c.tip)
    return tuple(StoredRung(*row) for row in connection.execute(wanted.with_for_update()))


def add(connection: Connection, rung: StoredRung) -> None:
    """Store a new tip's ladder."""
    _ADD.run(connection, _values(rung))


def _values(rung: StoredRung) -> dict[str, object]:
    values = asdict(rung)
    values["unit_id"] = values.pop("unit")
    return values


def put(connection: Connection, rung: StoredRung) -> None:
    """Store a tip's ladder, instead of the one it had."""
    values = _values(rung)
    here = {f"its_{name}": value for name, value in values.items() if name != "tip"}
    if _PUT.run(connection, {"the_tip": rung.tip, **here}) == 0:
        _ADD.run(connection, values)


def stand(connection: Connection, tip: bytes, unit: str, *, clock: str | None, due: int | None) -> None:
    """The tip's ladder for what is due of it next; none where nothing is, and nobody needs to say anything of it.

    One that stands for the same in the same unit goes on; any other is over, with whoever was called to it.
    """
    found = find(connection, tip)
    if found is not None and (found.unit, found.clock, found.due) == (unit, clock, due):
        return
    calls.over(connection, tip)
    if clock is None or due is None:
        remove(connection, tip)
    else:
        put(connection, StoredRung(tip, unit, clock, due, 0, NEW))


def remove(connection: Connection, tip: bytes) -> None:
    """A tip has no ladder any more."""
    _REMOVE.run(connection, {"the_tip": tip})


def waiting_beyond(connection: Connection, now: int, wait: int) -> tuple[StoredRung, ...]:
    """Ladders whose next step is due more than `wait` seconds from now and from their deadline."""
    beyond = select(*_COLUMNS).where(table.c.at > now + wait, table.c.at > table.c.due + wait).order_by(table.c.tip)
    return tuple(StoredRung(*row) for row in connection.execute(beyond.with_for_update(skip_locked=True)))


@lru_cache(maxsize=256)
def _standing(count: int) -> tuple[Statement, Statement]:
    """Who holds keys to so many tips, and how these stand."""
    came = func.coalesce(entries.c.unit_id, tips.c.unit_id)
    facts = (
        select(tips.c.id, tips.c.unit_id, tips.c.urgent, tips.c.answerable, came)
        .outerjoin(entries, and_(entries.c.tip == tips.c.id, entries.c.seq == 0))
        .where(tips.c.id.in_(places(count)))
    )
    keys = select(grants.c.tip, grants.c.recipient).where(grants.c.tip.in_(places(count)))
    return Statement(keys), Statement(facts)


def standing_of(connection: Connection, tip_ids: Sequence[bytes]) -> dict[bytes, Standing]:
    """What says whom the ladders of these tips lead to."""
    if not tip_ids:
        return {}
    held, facts = _standing(len(tip_ids))
    keys: dict[bytes, set[str]] = {}
    for tip, recipient in held.all(connection, placed(tip_ids)):
        keys.setdefault(tip, set()).add(recipient)
    return {
        tip: Standing(unit, bool(urgent), answerable, first, frozenset(keys.get(tip, ())))
        for tip, unit, urgent, answerable, first in facts.all(connection, placed(tip_ids))
    }
