"""Who of those that are let in holds a key to open tips: whose tips nobody could open, and who alone opens which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select

from storage.tables import grants, officers, tips


def locked(connection: Connection, units: Collection[str] | None = None) -> Mapping[str, int]:
    """By unit how many open tips are there that no officer who is let in there holds a key to; others are left out.

    `units`: of these alone.
    """
    statement = select(tips.c.unit_id, func.count()).where(_open(units), ~exists().where(*_held()))
    rows = connection.execute(statement.group_by(tips.c.unit_id)).all()
    return {row[0]: row[1] for row in rows}


def sole(connection: Connection, units: Collection[str] | None = None) -> Mapping[str, int]:
    """By serial how many open tips this officer alone can open of those that are let in; who none is left out.

    `units`: officers and tips of these alone.
    """
    statement = select(func.max(grants.c.recipient)).where(_open(units), *_held()).group_by(tips.c.id)
    return Counter(connection.execute(statement.having(func.count() == 1)).scalars())


def _open(units: Collection[str] | None) -> ColumnElement[bool]:
    still = or_(tips.c.state != "closed", tips.c.news)
    return still if units is None else and_(tips.c.unit_id.in_(sorted(units)), still)


def _held() -> tuple[ColumnElement[bool], ...]:
    """A key of somebody who is let in where the tip lies."""
    his = (officers.c.serial == grants.c.recipient, officers.c.unit_id == tips.c.unit_id, officers.c.status == "active")
    return (grants.c.tip == tips.c.id, grants.c.unit_id == tips.c.unit_id, *his)
