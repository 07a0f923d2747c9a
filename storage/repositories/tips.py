"""Tips as they are filed and changed. Every officer's query, here and in `worklists`, starts from `scoped`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, delete, exists, insert, or_, select, true, update

from handlers.values import Clock, Status, TipState, Wait
from storage.repositories import formerkeys, notices, rungs
from storage.statements import Statement
from storage.tables import calls as calls_table
from storage.tables import entries, grants, mailboxes, stale_keys, tip_blobs, tips, units
from storage.tables import notices as notices_table
from storage.tables import rungs as rungs_table

RECOVERY = "recovery"
"""The recipient of a grant that is no officer: of the unit that has the tip. Of one that had it `recovery-<seq>`."""
ERASING = 0
"""From when on a tip may be erased whose keys are gone already: the rest of it goes as soon as it can."""
_CASE = ("status", "since", "reported", "notified", "complex", "extended", "ended", "held", "waits")
_ADD, _ADD_ENTRIES, _ADD_GRANTS = insert(tips), insert(entries), insert(grants)
_ADD_MAILBOX, _ADD_BLOBS = insert(mailboxes), insert(tip_blobs)
_SET_DUE = Statement(
    update(tips)
    .where(tips.c.id == bindparam("the_tip"), tips.c.unit_id == bindparam("unit"))
    .values(due=bindparam("its_due"), clock=bindparam("its_clock"))
)
_OPENED = Statement(
    select(grants.c.tip)
    .where(grants.c.tip == bindparam("the_tip"), grants.c.unit_id == bindparam("unit"), grants.c.opened)
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class StoredBlob:
    """A sealed attachment: its name in the blob store and its padded size in bytes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class NewTip:
    """Everything that is written when a tip is filed.

    `received` is cut to the hour (the minute if urgent) by the caller. `grants` go by officer's serial or "recovery",
    `mailbox` is the reporter's own grant under its lookup id, `answerable` the serial of the officer who is, `due` the
    second by which somebody must open it.
    """

    id: bytes
    unit: str
    urgent: bool
    received: int
    entries: Sequence[bytes]
    grants: Mapping[str, bytes]
    lookup: bytes
    mailbox: bytes
    answerable: str | None = None
    blobs: Sequence[StoredBlob] = ()
    notices: Sequence[notices.Notice] = field(default=())
    due: int | None = None


@dataclass(frozen=True, slots=True)
class StoredTip:
    """The clear facts of a tip. Times in UTC seconds."""

    id: bytes
    unit: str
    urgent: bool
    state: TipState
    received: int
    answerable: str | None
    news: bool
    entries: int
    visible_from: int
    register: int | None
    year: int | None
    status: Status
    since: int | None
    reported: bool
    notified: bool
    complex: bool
    extended: bool
    ended: int | None
    due: int | None
    clock: Clock | None
    held: bool = False
    waits: Wait | None = None
    erases: int | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """The officer who asks: his unit bounds what he sees, his serial names his grants.

    `keyed`: of the unit's tips he sees those alone that he holds a key to, or no officer does. So it is where units
    merged: what one of them received, perhaps past the other, does not show to whoever sat in the other.
    """

    unit: str
    serial: str
    keyed: bool = False


def file(connection: Connection, tip: NewTip) -> None:
    """Write a new tip with everything that belongs to it. An id already taken is a `Conflict`."""
    mine = {"tip": tip.id, "unit_id": tip.unit}
    connection.execute(_ADD, _clear_facts(tip))
    connection.execute(_ADD_ENTRIES, [{**mine, "seq": n, "sealed": sealed} for n, sealed in enumerate(tip.entries)])
    if tip.grants:
        rows = [{**mine, "recipient": to, "sealed": grant, "opened": False} for to, grant in tip.grants.items()]
        connection.execute(_ADD_GRANTS, rows)
    connection.execute(_ADD_MAILBOX, {**mine, "lookup": tip.lookup, "sealed": tip.mailbox})
    if tip.blobs:
        connection.execute(_ADD_BLOBS, [{**mine, "name": b.name, "size": b.size} for b in tip.blobs])
    for notice in tip.notices:
        notices.add(connection, notice)
    if tip.due is not None:
        at = min((notice.due for notice in tip.notices), default=rungs.NEW)
        rungs.add(connection, rungs.StoredRung(tip.id, tip.unit, "open", tip.due, 0, at))


def _clear_facts(tip: NewTip) -> dict[str, object]:
    return {
        "id": tip.id,
        "unit_id": tip.unit,
        "urgent": tip.urgent,
        "state": "received",
        "received": tip.received,
        "answerable": tip.answerable,
        "news": False,
        "entries": len(tip.entries),
        "visible_from": tip.received,
        "register": None,
        "year": None,
        "status": "received",
        "since": tip.received,
        "reported": False,
        "notified": False,
        "complex": False,
        "extended": False,
        "ended": None,
        "due": tip.due,
        "clock": None if tip.due is None else "open",
        "held": False,
        "waits": None,
        "erases": None,
    }


def is_there() -> ColumnElement[bool]:
    """The tip is not being erased."""
    return tips.c.erases.is_distinct_from(ERASING)


def scoped(unit: str, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The tips of one unit: what every officer's query starts from. One that is being erased is not there any more."""
    return select(*(columns or tips.c)).select_from(tips).where(tips.c.unit_id == unit, is_there())


def may_see(reader: Reader) -> ColumnElement[bool]:
    """See `Reader.keyed`."""
    if not reader.keyed:
        return true()
    held = grants.alias()
    some = select(held.c.tip).where(held.c.unit_id == reader.unit)
    own, anybodys = some.where(held.c.recipient == reader.serial), some.where(held.c.recipient.not_like(f"{RECOVERY}%"))
    return or_(tips.c.id.in_(own), tips.c.id.not_in(anybodys))


def few(unit: str, ids: Sequence[bytes], *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """As `scoped`, for tips known by their ids: each is looked up, and no index over the whole unit is walked."""
    mine = tips.c.unit_id.concat("") == unit  # an expression, so that the index over units does not fit
    return select(*columns).select_from(tips).where(mine, tips.c.id.in_(list(ids)), is_there())


def find(connection: Connection, unit: str, tip: bytes) -> StoredTip | None:
    """A tip of the unit; one of another unit is as unknown as none."""
    row = connection.execute(scoped(unit).where(tips.c.id == tip)).first()
    return StoredTip(*row) if row else None


def find_alone(connection: Connection, unit: str, tip: bytes) -> StoredTip | None:
    """As `find`, for this transaction alone: whoever changes it at this moment is waited for, and seen."""
    row = connection.execute(scoped(unit).where(tips.c.id == tip).with_for_update()).first()
    return StoredTip(*row) if row else None


def mark_opened(connection: Connection, reader: Reader, tip: bytes, *, entries: int) -> bool:
    """Note that an officer was handed the first `entries` entries: his grant is opened, and news up to there is read.

    What the reporter wrote meanwhile stays news. False if the tip is not the unit's.
    """
    mine = (tips.c.id == tip, tips.c.unit_id == reader.unit)
    if connection.execute(scoped(reader.unit, tips.c.id).where(tips.c.id == tip)).first() is None:
        return False
    connection.execute(update(tips).where(*mine, tips.c.entries == entries).values(news=False))
    own = (grants.c.tip == tip, grants.c.recipient == reader.serial)
    connection.execute(update(grants).where(*own).values(opened=True))
    return True


def take(connection: Connection, reader: Reader, tip: bytes) -> bool:
    """Make the reader answerable for a tip. False if it is not the unit's."""
    mine = (tips.c.id == tip, tips.c.unit_id == reader.unit)
    return connection.execute(update(tips).where(*mine).values(answerable=reader.serial)).rowcount == 1


def set_case(connection: Connection, tip: StoredTip) -> bool:
    """Store how the desk stands with a tip: its status and what its deadlines follow from. False if not the unit's.

    If its officers were warned that it would be erased, that begins anew: somebody has done something with it.
    """
    facts = {name: getattr(tip, name) for name in _CASE} | {"erases": None}
    mine = (tips.c.id == tip.id, tips.c.unit_id == tip.unit)
    return connection.execute(update(tips).where(*mine).values(facts)).rowcount == 1


def set_due(connection: Connection, unit: str, tip: bytes, *, due: int | None, clock: Clock | None) -> None:
    """Store what of a tip is due next and by when (UTC seconds); its ladder is for that from now on."""
    if _SET_DUE.run(connection, {"the_tip": tip, "unit": unit, "its_due": due, "its_clock": clock}):
        rungs.stand(connection, tip, unit, clock=clock, due=due)


def set_waits(connection: Connection, unit: str, tip: bytes, waits: Wait | None) -> None:
    """Store what was said last and is not answered; whoever was warned that it would be erased is warned anew."""
    mine = (tips.c.id == tip, tips.c.unit_id == unit)
    connection.execute(update(tips).where(*mine).values(waits=waits, erases=None))


def is_opened(connection: Connection, unit: str, tip: bytes) -> bool:
    """True where somebody of the unit has opened the tip."""
    return _OPENED.first(connection, {"the_tip": tip, "unit": unit}) is not None


def batch(connection: Connection, after: bytes, limit: int) -> tuple[tuple[bytes, str], ...]:
    """Ids behind `after` of tips whose clocks may run, each with its unit."""
    may_run = or_(tips.c.state != "closed", tips.c.due.is_not(None))
    statement = select(tips.c.id, tips.c.unit_id).where(tips.c.id > after, may_run).order_by(tips.c.id).limit(limit)
    return tuple((tip, unit) for tip, unit in connection.execute(statement))


def set_state(connection: Connection, unit: str, tip: bytes, *, state: TipState, visible_from: int) -> bool:
    """Change a tip's state; the reporter may see it from `visible_from` (UTC seconds). False if not the unit's."""
    mine = (tips.c.id == tip, tips.c.unit_id == unit)
    statement = update(tips).where(*mine).values(state=state, visible_from=visible_from)
    return connection.execute(statement).rowcount == 1


@dataclass(frozen=True, slots=True)
class HandOver:
    """A tip goes to the unit `to` with its entry `seq`: who can open it there, and what its officers are told by.

    From `since` on (UTC seconds) its clocks run anew.
    """

    to: str
    seq: int
    grants: Mapping[str, bytes]
    notice: notices.Notice
    since: int


def hand_over(connection: Connection, unit: str, tip: bytes, handing: HandOver) -> bool:
    """Give a unit's tip to another one, which nobody of it has opened or answers for yet. False if not the unit's.

    Officers of the unit that had it have no key here any more. Theirs are kept aside, and its recovery identity's:
    should those made for the other unit open nothing, the tip is not lost. Entries, attachments and the reporter's
    grant stay under the unit that had the tip when they were filed.
    """
    mine = (tips.c.id == tip, tips.c.unit_id == unit)
    anew = {"since": handing.since, "reported": False, "notified": False, "due": None, "clock": None}
    gone = update(tips).where(*mine).values(unit_id=handing.to, answerable=None, news=False, **anew)
    if connection.execute(gone).rowcount != 1:
        return False
    kept = update(grants).where(grants.c.tip == tip, grants.c.recipient == RECOVERY)
    connection.execute(kept.values(recipient=f"{RECOVERY}-{handing.seq}"))
    leaving = (grants.c.tip == tip, grants.c.recipient.not_like(f"{RECOVERY}-%"))
    holders = connection.execute(select(grants.c.recipient).where(*leaving)).scalars().all()
    formerkeys.keep(connection, unit, tip, seq=handing.seq, recipients=holders)
    connection.execute(delete(grants).where(*leaving))
    connection.execute(update(stale_keys).where(stale_keys.c.tip == tip).values(unit_id=handing.to))
    notices.forget(connection, unit, tip)
    whose = {"tip": tip, "unit_id": handing.to}
    rows = [{**whose, "recipient": name, "sealed": one, "opened": False} for name, one in handing.grants.items()]
    connection.execute(_ADD_GRANTS, rows)
    notices.add(connection, handing.notice)
    return True


def over(connection: Connection, tip_ids: Sequence[bytes], before: int) -> frozenset[bytes]:
    """Those of these tips whose closing became public before `before` (UTC seconds), and those that are no more."""
    if not tip_ids:
        return frozenset()
    going = or_(tips.c.state != "closed", tips.c.visible_from >= before)
    statement = select(tips.c.id).where(tips.c.id.in_(list(tip_ids)), going)
    return frozenset(tip_ids) - frozenset(connection.execute(statement).scalars())


def move(connection: Connection, olds: Sequence[str], into: str) -> None:
    """Every tip of these units is another's from now on, with its grants, notices and ladder.

    Entries, attachments and the reporter's grant stay under the unit that had the tip when they were filed.
    """
    for table in (tips, grants, stale_keys, notices_table, rungs_table, calls_table):
        connection.execute(update(table).where(table.c.unit_id.in_(list(olds))).values(unit_id=into))
    formerkeys.move(connection, olds, into)


def origins(connection: Connection, unit: str) -> frozenset[str]:
    """Codes of the units that the unit's tips were filed for."""
    statement = scoped(unit, mailboxes.c.unit_id).join(mailboxes, mailboxes.c.tip == tips.c.id).distinct()
    return frozenset(connection.execute(statement).scalars())


def left_behind(connection: Connection) -> tuple[str, ...]:
    """Codes of units that have a successor and still have a tip."""
    theirs = exists().where(tips.c.unit_id == units.c.code)
    statement = select(units.c.code).where(units.c.successor.is_not(None), theirs).order_by(units.c.code)
    return tuple(connection.execute(statement).scalars())


def has_open(connection: Connection, unit: str) -> bool:
    """True while a tip of the unit is open."""
    return connection.execute(scoped(unit, tips.c.id).where(tips.c.state != "closed").limit(1)).first() is not None
