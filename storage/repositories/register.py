"""Register books of units, a number for each tip they opened, and counters by unit and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select, update

from handlers.values import Clock, Status
from storage.repositories.tips import Reader, is_there, may_see
from storage.tables import figures, tips
from storage.tables import register as table


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a unit's book of a year. Times are UTC seconds; all but number, officer and `gone` None once gone.

    Of a tip that was erased `gone` is None too.
    """

    n: int
    officer: str | None
    gone: str | None
    received: int | None
    urgent: bool | None
    status: Status | None
    due: int | None
    clock: Clock | None
    ended: int | None


def enter(connection: Connection, unit: str, tip: bytes, *, year: int, officer: str | None) -> int:
    """Give the unit's tip the next number of its book of this year; the number.

    A `Conflict` where another process took the same one meanwhile: the work is repeated.
    """
    last = select(func.max(table.c.n)).where(table.c.unit_id == unit, table.c.year == year)
    n = (connection.execute(last).scalar() or 0) + 1
    row = {"unit_id": unit, "year": year, "n": n, "tip": tip, "officer": officer, "gone": None}
    connection.execute(insert(table), row)
    mine = (tips.c.id == tip, tips.c.unit_id == unit)
    connection.execute(update(tips).where(*mine).values(register=n, year=year))
    return n


def leave(connection: Connection, unit: str, tip: bytes, to: str) -> None:
    """The tip has gone to another unit: its line stays, and it has no number there yet."""
    line = (table.c.tip == tip, table.c.unit_id == unit, table.c.gone.is_(None))
    connection.execute(update(table).where(*line).values(gone=to))
    connection.execute(update(tips).where(tips.c.id == tip).values(register=None, year=None))


def numbered(connection: Connection, units: Sequence[str]) -> tuple[tuple[str, bytes, str | None], ...]:
    """Tips that have a number in the books of these units and lie there, in order: unit, tip, who opened it."""
    here = (table.c.unit_id.in_(list(units)), table.c.gone.is_(None))
    order = (table.c.unit_id, table.c.year, table.c.n)
    lying = select(table.c.unit_id, table.c.tip, table.c.officer).join(tips, tips.c.id == table.c.tip)
    found = connection.execute(lying.where(*here).order_by(*order))
    return tuple((unit, tip, officer) for unit, tip, officer in found)


def book(connection: Connection, unit: str, year: int, reader: Reader | None = None) -> tuple[Line, ...]:
    """A unit's book of a year by number; for an officer without tips that he may not know of."""
    here = (tips.c.id == table.c.tip) & (tips.c.unit_id == table.c.unit_id) & table.c.gone.is_(None)
    columns = (tips.c.received, tips.c.urgent, tips.c.status, tips.c.due, tips.c.clock, tips.c.ended)
    statement = (
        select(table.c.n, table.c.officer, table.c.gone, *columns)
        .select_from(table)
        .outerjoin(tips, here)
        .where(table.c.unit_id == unit, table.c.year == year)
        .order_by(table.c.n)
    )
    if reader is not None and reader.keyed:
        statement = statement.where(table.c.gone.is_not(None) | may_see(reader))
    return tuple(Line(*row) for row in connection.execute(statement))


def count(connection: Connection, unit: str, month: str, kind: str) -> None:
    """One more of this kind in the unit this month ("2026-11")."""
    mine = (figures.c.unit_id == unit, figures.c.month == month, figures.c.kind == kind)
    if connection.execute(update(figures).where(*mine).values(count=figures.c.count + 1)).rowcount == 0:
        connection.execute(insert(figures), {"unit_id": unit, "month": month, "kind": kind, "count": 1})


def lying(connection: Connection, unit: str, first: int, until: int) -> tuple[tuple[int, Status], ...]:
    """When each of a unit's tips came that came from `first` on and before `until` (UTC seconds), and how it stands."""
    came = (tips.c.unit_id == unit, tips.c.received >= first, tips.c.received < until, is_there())
    return tuple(
        (received, status)
        for received, status in connection.execute(select(tips.c.received, tips.c.status).where(*came))
    )


def counted(connection: Connection, unit: str, month: str) -> dict[str, int]:
    """How many of each kind the unit had in a month."""
    mine = (figures.c.unit_id == unit, figures.c.month == month)
    found = connection.execute(select(figures.c.kind, figures.c.count).where(*mine).order_by(figures.c.kind))
    return {row[0]: row[1] for row in found}
