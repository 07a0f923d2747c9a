"""Hamlets and groups of units: how they are now, and how they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from storage.repositories import editions
from storage.tables import hamlets as table


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A hamlet from `valid_from` (UTC seconds) on; `valid_to` None: as it is now.

    A change ends one of these and begins the next under the same code; a hamlet that is no more may name the one that
    came after it. `board` is the day ("2026-11-22") its board of numbers was last seen hanging there.
    """

    code: str
    valid_from: int
    unit: str
    name_vi: str
    name_en: str
    valid_to: int | None = None
    successor: str | None = None
    board: str | None = None


def present(connection: Connection, unit: str | None = None) -> tuple[Hamlet, ...]:
    """The hamlets there are now, by unit and code; those of one unit if it is named."""
    statement = select(table).where(table.c.valid_to.is_(None)).order_by(table.c.unit_id, table.c.code)
    if unit is not None:
        statement = statement.where(table.c.unit_id == unit)
    return tuple(Hamlet(*row) for row in connection.execute(statement))


def find(connection: Connection, code: str) -> Hamlet | None:
    """The hamlet of this code as it is now; None for one that is no more."""
    row = connection.execute(select(table).where(table.c.code == code, table.c.valid_to.is_(None))).first()
    return Hamlet(*row) if row else None


def history(connection: Connection, code: str) -> tuple[Hamlet, ...]:
    """How the hamlet of this code was, oldest first."""
    statement = select(table).where(table.c.code == code).order_by(table.c.valid_from)
    return tuple(Hamlet(*row) for row in connection.execute(statement))


def codes(connection: Connection) -> frozenset[str]:
    """Every code that was ever given."""
    return frozenset(row.code for row in connection.execute(select(table.c.code).distinct()))


def write(connection: Connection, *, new: Sequence[Hamlet], changed: Sequence[Hamlet]) -> None:
    """Store hamlets: `new` ones begin at a moment at which none of their code did, `changed` ones are there."""
    if new or changed:
        editions.renew(connection)
    if changed:
        begun = (table.c.code == bindparam("this")) & (table.c.valid_from == bindparam("since"))
        rows = [{"this": one.code, "since": one.valid_from, **_values(one)} for one in changed]
        connection.execute(update(table).where(begun), rows)
    if new:
        connection.execute(insert(table), [_values(one) for one in new])


def _values(hamlet: Hamlet) -> dict[str, Any]:
    values = asdict(hamlet)
    values["unit_id"] = values.pop("unit")
    return values
