"""A unit's tips as the list of an officer: what is to be done next first, page by page; and what nobody has opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from handlers.values import SLOW
from storage.repositories import formerkeys
from storage.repositories.tips import Reader, StoredTip, few, may_see, scoped
from storage.tables import entries, grants, notices, tips

AT_ONCE = 500
"""Tips asked about in one statement: databases bound how many values it may name."""
LATEST = 2**52
"""A second after every deadline."""


@dataclass(frozen=True, slots=True)
class ListedTip:
    """A tip in an officer's list: his own grant, if any, and the sealed opening entry.

    `opened`: by himself. `unopened`: by nobody of the unit. `former`: grants that his came in place of, the newest
    first, until he has written under it.
    """

    tip: StoredTip
    grant: bytes | None
    opened: bool
    opening: bytes
    unopened: bool
    former: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some tips of a list, how many the whole list has, and how many open ones of the unit nobody has opened."""

    total: int
    tips: tuple[ListedTip, ...]
    unopened: int


Only = Literal["all", "urgent", "late", "soon", "mine", "erasing"]
"""Which tips of a list: every one, urgent ones, those overdue, those that will be soon, those one is answerable for,
those that officers are warned will be erased."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is due at this UTC second or before is overdue (`late`), or will be soon.

    That is later for an `urgent` opening than for what goes by `hours`, and for these than for what goes by `days`.
    """

    late: int
    urgent: int
    hours: int
    days: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What list is asked for. `bounds` says what is late and what soon is.

    `quiet_at`: it is shown unasked at this second: tips with a notice that is due later are left out.
    """

    bounds: Bounds
    state: Literal["open", "all"] = "open"
    only: Only = "all"
    offset: int = 0
    limit: int = 50
    quiet_at: int | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A tip received at this UTC second: a walk from the newest goes on behind it."""

    received: int
    tip: bytes


@dataclass(frozen=True, slots=True)
class Walk:
    """Some of the tips a reader has opened, from the newest, or behind one. What has a notice due later is left out.

    `news`: those alone whose reporter wrote since somebody last read them.
    """

    now: int
    limit: int
    behind: Behind | None = None
    news: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Open tips of a unit: those nobody has opened, all of them, those due before some second, and those overdue."""

    unread: int
    open: int
    soon: int
    late: int


def page(connection: Connection, reader: Reader, wanted: Wanted) -> Page:
    """A unit's tips for an officer, what is to be done next first.

    Urgent ones he has not read, then those overdue, those soon to be, those with news, the rest, closed ones, and last
    what he holds no key to; within each by what is due first, then from the oldest on. A closed tip of which something
    is due, or to which its reporter added something that nobody has read, stands with the open ones; one that will be
    erased is in the list of these too.
    """
    fits = _fits(reader, wanted)
    age = func.coalesce(tips.c.due, case((tips.c.state == "closed", LATEST - tips.c.received), else_=LATEST))
    order = (
        scoped(reader.unit, tips.c.id, func.count().over())
        .where(*fits)
        .order_by(_rank(reader, wanted.bounds), age, tips.c.received, tips.c.id)
        .offset(wanted.offset)
        .limit(wanted.limit)
    )
    found = connection.execute(order).all()  # ids alone: what is sealed is too large to be sorted
    ids = [tip for tip, _ in found]
    listed = {one.tip.id: one for one in _listed(connection, reader, _listing(reader, ids))}
    total = found[0][1] if found else _count(connection, reader, fits)
    return Page(total, tuple(listed[tip] for tip in ids), _count_unopened(connection, reader, wanted))


def seen_by(connection: Connection, reader: Reader, ids: Iterable[bytes]) -> frozenset[bytes]:
    """Those of these tips that the reader may know of, however many they are."""
    asked, known = [*ids], set[bytes]()
    for at in range(0, len(asked), AT_ONCE):
        statement = few(reader.unit, asked[at : at + AT_ONCE], tips.c.id).where(may_see(reader))
        known.update(connection.execute(statement).scalars())
    return frozenset(known)


def _count(connection: Connection, reader: Reader, fits: list[ColumnElement[bool]]) -> int:
    """How many there are behind which a page is empty."""
    return int(connection.execute(scoped(reader.unit, func.count()).where(*fits)).scalar_one())


def _count_unopened(connection: Connection, reader: Reader, wanted: Wanted) -> int:
    waiting = scoped(reader.unit, func.count()).where(tips.c.state != "closed", _held_unopened(reader))
    return int(connection.execute(waiting.where(_may_show(reader, wanted))).scalar_one())


def _granted(reader: Reader) -> Select[bytes]:
    """Tips the reader holds a key to. Read from an index: grants are too wide to be looked up one by one."""
    return select(grants.c.tip).where(grants.c.unit_id == reader.unit, grants.c.recipient == reader.serial)


def _unopened(unit: str) -> ColumnElement[bool]:
    """Nobody of the unit has opened the tip; read from the same index."""
    return tips.c.id.not_in(select(grants.c.tip).where(grants.c.unit_id == unit, grants.c.opened))


def _unread(reader: Reader) -> ColumnElement[bool]:
    """The reader holds a key and has not opened the tip."""
    return tips.c.id.in_(_granted(reader).where(not_(grants.c.opened)))


def _held_unopened(reader: Reader) -> ColumnElement[bool]:
    """The reader holds a key and nobody has opened the tip: he has not, which few tips have to be asked further for."""
    return and_(_unread(reader), _unopened(reader.unit))


def _mine(reader: Reader) -> ColumnElement[bool]:
    return and_(grants.c.tip == tips.c.id, grants.c.recipient == reader.serial)


def _late(bounds: Bounds) -> ColumnElement[bool]:
    return tips.c.due <= bounds.late


def _soon(bounds: Bounds) -> ColumnElement[bool]:
    """Overdue or soon to be."""
    opening = and_(tips.c.clock == "open", tips.c.urgent)
    return tips.c.due <= case((opening, bounds.urgent), (tips.c.clock.in_(SLOW), bounds.days), else_=bounds.hours)


def _fits(reader: Reader, wanted: Wanted) -> list[ColumnElement[bool]]:
    only: dict[Only, ColumnElement[bool]] = {
        "all": true(),
        "urgent": tips.c.urgent,
        "late": _late(wanted.bounds),
        "soon": and_(_soon(wanted.bounds), not_(_late(wanted.bounds))),
        "mine": tips.c.answerable == reader.serial,
        "erasing": tips.c.erases.is_not(None),
    }
    fits = [only[wanted.only], may_see(reader), _may_show(reader, wanted)]
    return (
        fits
        if wanted.state == "all"
        else [*fits, or_(tips.c.state != "closed", tips.c.news, _is_due(), tips.c.erases.is_not(None))]
    )


def _is_due() -> ColumnElement[bool]:
    return tips.c.due.is_not(None)


def _may_show(reader: Reader, wanted: Wanted) -> ColumnElement[bool]:
    if wanted.quiet_at is None:
        return true()
    return tips.c.id.not_in(_waiting(reader, wanted.quiet_at))


def _waiting(reader: Reader, now: int) -> Select[bytes]:
    """Tips with a notice that is due later."""
    return select(notices.c.tip).where(notices.c.unit_id == reader.unit, notices.c.due > now)


def _rank(reader: Reader, bounds: Bounds) -> ColumnElement[int]:
    """`web/src/desk/inbox/order.ts` ranks the rows of a page in the same way."""
    is_open = tips.c.state != "closed"
    return case(
        (tips.c.id.not_in(_granted(reader)), 6),
        (and_(tips.c.urgent, is_open, or_(_unread(reader), tips.c.news)), 0),
        (_late(bounds), 1),
        (_soon(bounds), 2),
        (tips.c.news, 3),
        (or_(is_open, _is_due()), 4),
        else_=5,
    )


def one(connection: Connection, reader: Reader, tip: bytes) -> ListedTip | None:
    """A single tip as `page` lists it."""
    return next(iter(_listed(connection, reader, _listing(reader, [tip]))), None)


def _listing(reader: Reader, ids: Sequence[bytes]) -> Select[*tuple[Any, ...]]:
    by_anybody = grants.alias()
    unopened = ~exists().where(by_anybody.c.tip == tips.c.id, by_anybody.c.opened)
    return (
        few(reader.unit, ids, *tips.c, grants.c.sealed, grants.c.opened, entries.c.sealed, unopened)
        .join(entries, and_(entries.c.tip == tips.c.id, entries.c.seq == 0))
        .outerjoin(grants, _mine(reader))
        .where(may_see(reader))
    )


def opened_by(connection: Connection, reader: Reader, walk: Walk) -> tuple[ListedTip, ...]:
    """Tips the reader has opened before, newest first; those of one hour in the order of their random ids."""
    wanted: list[ColumnElement[bool]] = [
        tips.c.id.in_(_opened_by(reader)),
        tips.c.id.not_in(_waiting(reader, walk.now)),
    ]
    if walk.news:
        wanted.append(tips.c.news)
    if walk.behind:
        received, tip = walk.behind.received, walk.behind.tip
        wanted += [tips.c.received <= received, or_(tips.c.received < received, tips.c.id > tip)]
    order = (tips.c.received.desc(), tips.c.id)
    ids = connection.execute(scoped(reader.unit, tips.c.id).where(*wanted).order_by(*order).limit(walk.limit))
    return _listed(connection, reader, _listing(reader, ids.scalars().all()).order_by(*order))


def count_opened_by(connection: Connection, reader: Reader) -> int:
    """How many tips the reader has opened before."""
    return int(connection.execute(select(func.count()).select_from(_opened_by(reader).subquery())).scalar_one())


def _opened_by(reader: Reader) -> Select[bytes]:
    return _granted(reader).where(grants.c.opened)


def _listed(connection: Connection, reader: Reader, listing: Select[*tuple[Any, ...]]) -> tuple[ListedTip, ...]:
    rows = connection.execute(listing).all()
    former = formerkeys.of(connection, reader.unit, reader.serial, [row[0] for row in rows])
    return tuple(_listed_tip(row, former.get(row[0], ())) for row in rows)


def _listed_tip(row: Row[*tuple[Any, ...]], former: tuple[bytes, ...]) -> ListedTip:
    *facts, grant, opened, opening, nobody = row
    return ListedTip(StoredTip(*facts), grant, bool(opened), opening, bool(nobody), former)


def counts(connection: Connection, reader: Reader, now: int, *, soon: int) -> Counts:
    """What the reader may know of, told him at this second; `soon`: what is due up to that second."""
    waiting = and_(tips.c.due >= now, tips.c.due < soon)
    found = [_unopened(reader.unit), true(), waiting, tips.c.due < now]
    sums = [func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in found]
    shown = (tips.c.state != "closed", may_see(reader), tips.c.id.not_in(_waiting(reader, now)))
    return Counts(*map(int, connection.execute(scoped(reader.unit, *sums).where(*shown)).one()))
