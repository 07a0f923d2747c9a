"""Which kinds of matters go to another unit, as a unit said for itself and those under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, insert, select

from storage.repositories import editions
from storage.tables import routes


@dataclass(frozen=True, slots=True)
class StoredRoute:
    """Matters of this kind for `unit`, or one under it, go to `target`; the unit itself: they stay."""

    unit: str
    category: str
    target: str


def of_unit(connection: Connection, unit: str) -> tuple[StoredRoute, ...]:
    """What a unit said itself, by kind."""
    statement = select(routes).where(routes.c.unit_id == unit).order_by(routes.c.category)
    return tuple(StoredRoute(*row) for row in connection.execute(statement))


def every(connection: Connection) -> tuple[StoredRoute, ...]:
    """All of them, by unit and kind."""
    statement = select(routes).order_by(routes.c.unit_id, routes.c.category)
    return tuple(StoredRoute(*row) for row in connection.execute(statement))


def put(connection: Connection, route: StoredRoute) -> None:
    """Store one, replacing the unit's own of the same kind."""
    remove(connection, route.unit, route.category)
    row = {"unit_id": route.unit, "category": route.category, "target": route.target}
    connection.execute(insert(routes), row)


def join(connection: Connection, olds: Sequence[str], into: str) -> None:
    """What these units said is another's word from now on, where it said nothing of that kind itself; the first counts.

    What they sent to that very unit, or to one another, is theirs together now and stays.
    """
    own = {route.category for route in of_unit(connection, into)}
    for old in olds:
        for route in of_unit(connection, old):
            remove(connection, old, route.category)
            if route.category not in own and (route.target == old or route.target not in (into, *olds)):
                own.add(route.category)
                put(connection, replace(route, unit=into, target=into if route.target == old else route.target))


def remove(connection: Connection, unit: str, category: str) -> bool:
    """Take one back; False if the unit said nothing of this kind."""
    editions.renew(connection)
    mine = routes.c.unit_id == unit, routes.c.category == category
    return connection.execute(delete(routes).where(*mine)).rowcount > 0
