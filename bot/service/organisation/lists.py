"""The lists of an organisation as rows of cells: what a table of each holds, whose each row is, and what names it.

Reads the store, changes nothing. What the cells of a table mean is the business of the list's own rows.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from sqlalchemy import Connection

from bot.service import routerows, unitrows
from bot.service.boxes import rows as box_rows
from bot.service.hamlets import rows as hamlet_rows
from bot.service.hotlines import rows as hotline_rows
from bot.service.hotlines.rules import NATIONAL, digits
from bot.service.rosters import holidays as holiday_rows
from bot.service.rosters import rows as roster_rows
from bot.service.rosters import swaps as swap_rows
from bot.service.tables import Column, Kind, write_table
from storage.repositories import boxes, hamlets, hotlines, officers, rosters, routes, units
from storage.repositories.hotlines import StoredHotline
from storage.repositories.officers import Officer
from storage.repositories.routes import StoredRoute

Name = Literal["units", "hamlets", "boxes", "hotlines", "roster", "swaps", "holidays", "officers"]
"""A list, as the audit chain names it too."""
NAMES: tuple[Name, ...] = get_args(Name)
View = Name | Literal["routes", "sheets"]
"""A list as it is shown: what the chain tells of with the units or the officers has lists of its own here."""


def told_as(view: View) -> Name:
    """As which list the chain and the history tell of what is shown here."""
    match view:
        case "routes":
            return "units"
        case "sheets":
            return "officers"
        case _:
            return view


_OFFICER = tuple(map(Column, ("unit", "name", "role", "account", "status")))
COLUMNS: Mapping[View, tuple[Column, ...]] = {
    "units": unitrows.COLUMNS,
    "hamlets": hamlet_rows.COLUMNS,
    "boxes": box_rows.COLUMNS,
    "hotlines": hotline_rows.COLUMNS,
    "roster": roster_rows.COLUMNS,
    "swaps": swap_rows.COLUMNS,
    "holidays": holiday_rows.COLUMNS,
    "officers": _OFFICER,
    "routes": routerows.COLUMNS,
    "sheets": tuple(map(Column, ("unit", "name", "n", "until", "officers", "new", "leaving"))),
}
"""The columns of each list's table, in the order in which they are written. Of sheets: the newest one's number and last
day, how many are on it; accounts that the next one would have as well, or not any more."""

READ: Mapping[View, tuple[Column, ...]] = {**COLUMNS, "hotlines": hotline_rows.READ}
"""The columns that a table which is brought may have."""


APPROVED = "approved"
"""How somebody stands who waits for the authority, once his digits were compared here."""
WAITING = frozenset({"requested", APPROVED})
"""How somebody stands who waits for the authority."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what names it in its list, the unit it belongs to, and its cells by column.

    `into`: whose the box is that a closed box leads to. `place`: among its unit's rows, from 1 on, where their order
    counts; 0 elsewhere. It makes no row another one: whether rows were moved is seen by all of them together.
    """

    key: str
    unit: str
    cells: Mapping[str, str]
    into: str | None = None
    place: int = field(default=0, compare=False)


def lines(connection: Connection, name: View) -> tuple[Line, ...]:
    """Every row of a list as it is now, in the order of its table. Of sheets `sheetlist` knows, who can check them."""
    return tuple(_LINES[name](connection))


def standing(connection: Connection, name: View, unit: str) -> tuple[Line, ...]:
    """A unit's own rows of a list whose order counts, in that order."""
    return tuple(_STANDING[name](connection, unit)) if name in _STANDING else ()


def mark(found: Iterable[Line]) -> str:
    """What names rows as they stand here, in this order: whoever saw others has seen another list."""
    return digest([[line.key, line.cells] for line in found]).hex()


def digest(rows: list[list[object]]) -> bytes:
    """SHA-256 of rows as one line of JSON without spaces (see FORMAT.md)."""
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def unlisted(connection: Connection, name: Name) -> Iterator[Line]:
    """What is said beside a list and stands in no table: routes and terms beside units."""
    if name == "units":
        for one in routes.every(connection):
            yield Line(f"{one.unit}/{one.category}", one.unit, {"category": one.category, "target": one.target})
        for ward in units.every_unit(connection):
            if ward.profile != "ordinary":
                yield Line(f"{ward.code}/profile", ward.code, {"profile": ward.profile})


def table(kind: Kind, name: View, found: Iterable[Line]) -> bytes:
    """These rows as the list's table."""
    return write_table(kind, COLUMNS[name], [line.cells for line in found])


def route_line(one: StoredRoute) -> Line:
    """A route's row."""
    return Line(f"{one.unit}/{one.category}", one.unit, routerows.cells(one))


def _routes(connection: Connection) -> Iterator[Line]:
    return map(route_line, routes.every(connection))


def _units(connection: Connection) -> Iterator[Line]:
    for unit in units.every_unit(connection):
        yield Line(unit.code, unit.code, unitrows.cells(unit))


def _hamlets(connection: Connection) -> Iterator[Line]:
    for one in hamlets.present(connection):
        yield Line(one.code, one.unit, hamlet_rows.cells(one))


def _boxes(connection: Connection) -> Iterator[Line]:
    every = boxes.every(connection)
    homes = {box.code: box.unit for box in every}
    for box in every:
        yield Line(box.code, box.unit, box_rows.cells(box), homes.get(box.successor or ""))


def _hotlines(connection: Connection) -> Iterator[Line]:
    return _placed(map(line_of, hotlines.every(connection)))


def _board(connection: Connection, unit: str) -> Iterator[Line]:
    return _placed(map(line_of, hotlines.own(connection, None if unit == NATIONAL else unit)))


def _placed(found: Iterable[Line]) -> Iterator[Line]:
    """Rows with their places among those of their unit."""
    last: defaultdict[str, int] = defaultdict(int)
    for line in found:
        last[line.unit] += 1
        yield replace(line, place=last[line.unit])


def line_of(number: StoredHotline) -> Line:
    """A number's row."""
    cells = hotline_rows.cells(number)
    return Line(f"{cells['unit']}/{digits(number.number)}", cells["unit"], cells)


def _roster(connection: Connection) -> Iterator[Line]:
    for unit in rosters.units_with_week(connection):
        yield from _week(connection, unit)


def _week(connection: Connection, unit: str) -> Iterator[Line]:
    for place, duty in enumerate(rosters.week(connection, unit), start=1):
        cells = roster_rows.cells(unit, duty)
        yield Line("/".join((unit, cells["day"], cells["from"], duty.officer)), unit, cells, place=place)


def _swaps(connection: Connection) -> Iterator[Line]:
    for unit, swap in rosters.every_swap(connection):
        yield Line(f"{unit}/{swap.day}/{swap.officer}", unit, swap_rows.cells(unit, swap))


def _holidays(connection: Connection) -> Iterator[Line]:
    return map(holiday_line, rosters.every_holiday(connection))


def holiday_line(one: rosters.StoredHoliday) -> Line:
    """A holiday's row."""
    return Line(f"{one.unit}/{one.day}", one.unit, holiday_rows.cells(one))


def _officers(connection: Connection) -> Iterator[Line]:
    for one in officers.every(connection):
        yield Line(one.serial, one.unit, _officer_cells(one))


def _officer_cells(one: Officer) -> Mapping[str, str]:
    status = APPROVED if one.status == "requested" and one.approved else one.status
    return {"unit": one.unit, "name": one.name, "role": one.role, "account": one.account, "status": status}


_LINES: Mapping[View, Callable[[Connection], Iterator[Line]]] = {
    "units": _units,
    "hamlets": _hamlets,
    "boxes": _boxes,
    "hotlines": _hotlines,
    "roster": _roster,
    "swaps": _swaps,
    "holidays": _holidays,
    "officers": _officers,
    "routes": _routes,
}
_STANDING: Mapping[View, Callable[[Connection, str], Iterator[Line]]] = {"hotlines": _board, "roster": _week}
ORDERED = frozenset(_STANDING)
"""Lists in which the order of a unit's rows counts: who answers first, what a board begins with."""
DATED: frozenset[Name] = frozenset({"swaps", "holidays"})
"""Lists of single days."""
