"""Units and their boxes: who is where, and what came after whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from handlers.values import Profile
from storage.repositories import editions
from storage.statements import Statement
from storage.tables import boxes, sheets, units

_HOLD = Statement(select(units.c.successor).where(units.c.code == bindparam("unit")).with_for_update(read=True))
_FIND = Statement(select(units).where(units.c.code == bindparam("unit")))
_AT_ONCE = 500
"""Codes asked about in one statement."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; times in UTC seconds, `valid_to` None while it exists.

    `retention`: days for which its decided tips are kept, None: as the unit above says. `hold`: none is erased.
    """

    code: str
    name_vi: str
    name_en: str
    parent: str | None
    valid_from: int
    valid_to: int | None = None
    successor: str | None = None
    contact: str = ""
    profile: Profile = "ordinary"
    retention: int | None = None
    hold: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A tip box of a unit; `closed` ones name their successor, if any."""

    code: str
    unit: str
    label_vi: str
    label_en: str
    place: str = ""
    closed: bool = False
    successor: str | None = None
    hamlet: str | None = None
    contact_role: str = ""
    contact_reach: str = ""


class UnitName(NamedTuple):
    """What a unit is called and where it stands. `there`: it exists now; `own`: it ever had a sheet; each 1 or 0."""

    code: str
    name_vi: str
    name_en: str
    parent: str | None
    successor: str | None
    there: int
    own: int


def every_unit(connection: Connection) -> tuple[Unit, ...]:
    """All units by code, past ones included."""
    return tuple(Unit(*row) for row in connection.execute(select(units).order_by(units.c.code)))


def first_unit(connection: Connection) -> str | None:
    """The first unit by code, past ones included."""
    return connection.execute(select(func.min(units.c.code))).scalar()


def find_unit(connection: Connection, code: str) -> Unit | None:
    """The unit with this code."""
    row = _FIND.first(connection, {"unit": code})
    return Unit(*row) if row else None


def hold(connection: Connection, code: str) -> str | None:
    """The unit that comes after this one, if any; until this transaction ends no merger of this one is begun.

    What is written for a unit and read by its merger begins here; the merger begins with `hold_alone`.
    """
    found = _HOLD.first(connection, {"unit": code})
    return found[0] if found else None


def hold_alone(connection: Connection, codes: Sequence[str]) -> None:
    """Wait for everybody who holds one of these units, and let nobody hold one until this transaction ends."""
    mine = select(units.c.code).where(units.c.code.in_(list(codes))).order_by(units.c.code)
    connection.execute(mine.with_for_update()).all()


def known(connection: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Which of these are codes of units, past ones included."""
    asked, found = sorted(set(codes)), set[str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = select(units.c.code).where(units.c.code.in_(asked[start : start + _AT_ONCE]))
        found.update(connection.execute(some).scalars())
    return frozenset(found)


def names(connection: Connection, now: int) -> tuple[UnitName, ...]:
    """What every unit is called, past ones too, and what says where it stands: one query, for a search over all."""
    there, own = (
        case((_there(units, now), 1), else_=0),
        case((exists().where(sheets.c.unit_id == units.c.code), 1), else_=0),
    )
    columns = (units.c.code, units.c.name_vi, units.c.name_en, units.c.parent, units.c.successor, there, own)
    return tuple(map(UnitName._make, connection.execute(select(*columns)).all()))


def ended_into(connection: Connection, codes: Sequence[str], now: int) -> tuple[str, ...]:
    """Codes of the units that are no more and whose successor is one of these."""
    over = units.c.valid_to.is_not(None) & (units.c.valid_to <= now)
    statement = select(units.c.code).where(over, units.c.successor.in_(codes)).order_by(units.c.code)
    return tuple(connection.execute(statement).scalars())


def came_after(connection: Connection, code: str) -> bool:
    """True where some unit ends, or will, and this one goes on for it."""
    return connection.execute(select(units.c.code).where(units.c.successor == code).limit(1)).first() is not None


def next_change(connection: Connection, now: int) -> int | None:
    """The first moment after `now` at which a unit begins or ends; None if none does."""
    moments = (units.c.valid_from, units.c.valid_to)
    found = [connection.execute(select(func.min(moment)).where(moment > now)).scalar() for moment in moments]
    return min((moment for moment in found if moment is not None), default=None)


def several_wards(connection: Connection, now: int) -> bool:
    """True where more than one unit at or under one that ever had a sheet is there now and has none under it.

    The nearest are looked at first.
    """
    below = units.alias("below")
    child = exists().where(below.c.parent == units.c.code, _there(below, now))
    leaves = select(units.c.code).where(_there(units, now), ~child).limit(2)
    near = or_(sheets.c.unit_id == units.c.code, sheets.c.unit_id == units.c.parent)
    if len(connection.execute(leaves.where(exists().where(near))).all()) > 1:
        return True
    return len(connection.execute(leaves.where(units.c.code.in_(select(_under().c.code)))).all()) > 1


def tops(connection: Connection, now: int) -> tuple[str, ...]:
    """Codes of at most two of these units that are there now and have none of them above."""
    own = exists().where(sheets.c.unit_id == units.c.code)
    roots = select(units.c.code).where(_there(units, now), units.c.parent.is_(None), own)
    found = _two(connection, roots)
    if len(found) > 1:
        return found
    inside = select(_under().c.code)
    top = or_(units.c.parent.is_(None), units.c.parent.not_in(inside))
    return _two(connection, select(units.c.code).where(units.c.code.in_(inside), _there(units, now), top))


def receiving(connection: Connection, now: int) -> frozenset[str]:
    """Codes of the units that are there now and at or under one that ever had a sheet."""
    found = select(units.c.code).where(_there(units, now), units.c.code.in_(select(_under().c.code)))
    return frozenset(row.code for row in connection.execute(found))


def _two(connection: Connection, codes: Select[tuple[str]]) -> tuple[str, ...]:
    return tuple(row.code for row in connection.execute(codes.order_by(units.c.code).limit(2)))


def _under() -> CTE:
    """Codes of units with a sheet, and of all below them."""
    under = select(sheets.c.unit_id.label("code")).cte("under", recursive=True)
    return under.union(select(units.c.code).join(under, units.c.parent == under.c.code))


def _there(table: FromClause, now: int) -> ColumnElement[bool]:
    return (table.c.valid_from <= now) & or_(table.c.valid_to.is_(None), table.c.valid_to > now)


def put_unit(connection: Connection, unit: Unit) -> None:
    """Store a unit, replacing one of the same code."""
    editions.renew(connection)
    values = asdict(unit)
    kept = {name: value for name, value in values.items() if name != "profile"}
    if connection.execute(update(units).where(units.c.code == unit.code).values(kept)).rowcount == 0:
        connection.execute(insert(units), values)


def set_profile(connection: Connection, code: str, profile: Profile) -> None:
    """Say which legal terms a unit has."""
    editions.renew(connection)
    connection.execute(update(units).where(units.c.code == code).values(profile=profile))


def boxes_of(connection: Connection, unit: str) -> tuple[Box, ...]:
    """A unit's boxes by code, closed ones included."""
    statement = select(boxes).where(boxes.c.unit_id == unit).order_by(boxes.c.code)
    return tuple(Box(*row) for row in connection.execute(statement))


def find_box(connection: Connection, code: str) -> Box | None:
    """The box with this link code; one typed off a poster in capitals is looked for in small letters too."""
    for one in dict.fromkeys((code, code.lower())):
        row = connection.execute(select(boxes).where(boxes.c.code == one)).first()
        if row is not None:
            return Box(*row)
    return None


def put_box(connection: Connection, box: Box) -> None:
    """Store a box, replacing one of the same code."""
    editions.renew(connection)
    values = asdict(box)
    values["unit_id"] = values.pop("unit")
    if connection.execute(update(boxes).where(boxes.c.code == box.code).values(values)).rowcount == 0:
        connection.execute(insert(boxes), values)
