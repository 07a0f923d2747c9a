"""Which kinds of matters go to another unit as a table: brought by the file, all rows or none, and taken along.

A row says where one kind goes from one unit; what no row names stays as it is, and is taken back one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.service.boxes.rows import Taken
from bot.service.naming import meant
from bot.service.routing import CATEGORIES
from bot.service.site import STAFF
from bot.service.tables import Column, Fault, Row, read_table, refuse
from handlers.folding import fold
from storage.repositories import routes, units
from storage.repositories.routes import StoredRoute

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị"), needed=True),
    Column("category", ("loại việc", "loại", "kind"), needed=True),
    Column("target", ("chuyển đến", "đơn vị nhận", "to"), needed=True),
)
"""In the order in which they are written."""
CALLED: Mapping[str, str] = {
    "drug": "ma túy",
    "theft": "trộm cắp, cướp giật",
    "gambling": "cờ bạc, lô đề",
    "loan": "cho vay nặng lãi",
    "scam": "lừa đảo qua mạng",
    "home": "bạo lực gia đình",
    "child": "xâm hại trẻ em",
    "traffic": "mua bán người",
    "fight": "gây rối, đánh nhau",
    "other": "việc khác",
    STAFF: "về cán bộ của đơn vị",
}
"""What a table may call a kind besides its code: as it is called on screen in Vietnamese."""
_KINDS = {**{fold(name): code for code, name in CALLED.items()}, **{code: code for code in CATEGORIES}}


@dataclass(slots=True)
class _Reading:
    """A table while it is read: the units here and whether they are there now, and what the rows say."""

    units: Mapping[str, bool]
    found: dict[tuple[str, str], StoredRoute] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: its route as it will be."""
        unit, target = self._unit(row, "unit"), self._unit(row, "target")
        kind = _KINDS.get(fold(row["category"]))
        if row["category"] and kind is None:
            self.faults.append(Fault(row.number, "row-route-kind", "category"))
        if unit is None or target is None or kind is None:
            return
        if (unit, kind) in self.found:
            self.faults.append(Fault(row.number, "row-twice", args={"other": str(self.lines[unit, kind])}))
        self.found[unit, kind], self.lines[unit, kind] = StoredRoute(unit, kind, target), row.number

    def _unit(self, row: Row, column: str) -> str | None:
        if not row[column]:
            return None  # the reader of tables tells it
        code = meant(row[column], self.units)
        if code is None or not self.units[code]:
            self.faults.append(Fault(row.number, "row-no-unit" if code is None else "row-unit-ended", column))
            return None
        return code


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write every route of the table; those that it does not name stay as they are.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    reading = _Reading({unit.code: bool(unit.there) for unit in units.names(connection, now)})
    for row in read_table(body, COLUMNS):
        reading.take(row)
    refuse(reading.faults)
    known = {(one.unit, one.category): one for one in routes.every(connection)}
    new = [one for key, one in reading.found.items() if key not in known]
    turned = [one for key, one in reading.found.items() if known.get(key, one) != one]
    for one in (*new, *turned):
        routes.put(connection, one)
    return Taken(len(new), len(turned), len(reading.found) - len(new) - len(turned))


def cells(one: StoredRoute) -> Mapping[str, str]:
    """A route as its table writes it."""
    return {"unit": one.unit, "category": one.category, "target": one.target}


def words(line: Mapping[str, str], names: Mapping[str, Collection[str]]) -> str:
    """What a route can be found by beside its codes: what its kind and its units are called."""
    return " ".join((CALLED.get(line["category"], ""), *names.get(line["unit"], ()), *names.get(line["target"], ())))
