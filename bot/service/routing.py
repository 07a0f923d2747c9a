"""Which kinds of matters go to another unit: said by a unit for itself and those under it, shown and changed.

Where a tip goes is decided from this in memory, as it is sent (`handlers.routing`); its kind is stored nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from bot.service.site import STAFF, SheetBook, find_desk
from handlers.values import Category
from storage.repositories import routes, units
from storage.repositories.routes import StoredRoute

CATEGORIES: tuple[str, ...] = (*get_args(Category), STAFF)
"""What a reporter may say it is about, and what is about the ward's own people."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A kind that goes elsewhere: which unit said so, to whom, and who receives it now ("": it stays, nobody can)."""

    category: str
    said_by: str
    target: str
    receiver: str


def listed(connection: Connection, book: SheetBook, unit: str, now: int) -> tuple[Listed, ...]:
    """What holds for a unit, its own sayings before those of the units above it.

    Raises:
        NotAccepted: no such unit.
    """
    _require(connection, unit)
    desk = find_desk(connection, book, now, box=None, unit=unit)
    goes: dict[str, str] = {category: door.unit for category, door in desk.elsewhere}
    if desk.inspectorate is not None:
        goes[STAFF] = desk.inspectorate.unit
    found: dict[str, StoredRoute] = {}
    for code in book.upwards(connection, unit):
        for route in routes.of_unit(connection, code):
            found.setdefault(route.category, route)
    return tuple(
        Listed(category, found[category].unit, found[category].target, goes.get(category, ""))
        for category in CATEGORIES
        if category in found
    )


def put(connection: Connection, unit: str, category: str, target: str) -> None:
    """Matters of this kind go to `target` from now on; to the unit itself: they stay, whatever is said above.

    Raises:
        NotAccepted: no such unit or kind.
    """
    for code in (unit, target):
        _require(connection, code)
    _require_kind(category)
    routes.put(connection, StoredRoute(unit, category, target))


def take_back(connection: Connection, unit: str, category: str) -> None:
    """Of this kind the unit says nothing any more.

    Raises:
        NotAccepted: it said nothing, or there is no such unit or kind.
    """
    _require(connection, unit)
    _require_kind(category)
    if not routes.remove(connection, unit, category):
        raise NotAccepted("this unit itself says nothing of this kind; what a unit above says is taken back there")


def _require(connection: Connection, unit: str) -> None:
    if units.find_unit(connection, unit) is None:
        raise NotAccepted("there is no such unit here")


def _require_kind(category: str) -> None:
    if category not in CATEGORIES:
        raise NotAccepted(f"the kind must be one of {', '.join(CATEGORIES)}")
