"""Hamlets as a table: brought by the file, all or nothing, and taken along in a form that can be brought again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from bot.service.boxes.rows import Taken
from bot.service.days import read_day
from bot.service.hamlets.acts import reasons, write
from bot.service.naming import code_of, meant, tidy
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from storage.repositories import hamlets, units
from storage.repositories.hamlets import Hamlet

COLUMNS = (
    Column("code", ("mã", "mã thôn", "mã tổ")),
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("name_vi", ("tên", "tên thôn", "tên tổ", "name")),
    Column("name_en", ("tên tiếng Anh",)),
    Column("board", ("bảng số", "ngày thấy bảng số")),
)
"""In the order in which they are written. A row without a code gets that of its name; a table without a column leaves
what its hamlets have there."""


@dataclass(slots=True)
class _Reading:
    """A table while it is read: the units and hamlets there are, codes that were ended, and what the rows say."""

    units: Mapping[str, bool]
    known: Mapping[str, Hamlet]
    over: frozenset[str]
    now: int
    found: dict[str, Hamlet] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: its hamlet as it will be."""
        unit = meant(row["unit"], self.units) or row["unit"]
        if not (row["code"] or row["name_vi"]):
            self.faults.append(Fault(row.number, "row-empty", "name_vi"))
        code = tidy(row["code"]) or code_of(tidy(row["name_vi"]), unit)
        before = self.known.get(code)
        one = self._hamlet(row, before or Hamlet(code, self.now, unit, "", ""))
        if before != one:
            self.faults += [why.at(row.number) for why in reasons(one, self.units)]
        if code in self.found:
            self.faults.append(Fault(row.number, "row-twice", "code", {"other": str(self.lines[code])}))
        if code in self.over:
            self.faults.append(Fault(row.number, "row-hamlet-ended", "code"))
        if one.unit != unit:
            self.faults.append(Fault(row.number, "row-hamlet-unit", "unit"))
        self.found[code], self.lines[code] = one, row.number

    def _hamlet(self, row: Row, before: Hamlet) -> Hamlet:
        """The hamlet with what the row says otherwise; an English name that repeats the other goes with it."""
        named, english, said = row.said("name_vi"), row.said("name_en"), row.said("board")
        name = before.name_vi if named is None else tidy(named)
        if english is None and before.name_en != before.name_vi:
            english = before.name_en
        day = read_day(said) if said else None
        if said and day is None:
            self.faults.append(Fault(row.number, "row-day", "board"))
        board = before.board if said is None else day.isoformat() if day else None
        return replace(before, name_vi=name, name_en=tidy(english or "") or name, board=board)


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write every hamlet of the table; hamlets that it does not name stay as they are.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    there = {unit.code: bool(unit.there) for unit in units.names(connection, now)}
    known = {one.code: one for one in hamlets.present(connection)}
    reading = _Reading(there, known, hamlets.codes(connection) - known.keys(), now)
    for row in read_table(body, COLUMNS):
        reading.take(row)
    refuse(reading.faults)
    new = [one for code, one in reading.found.items() if code not in known]
    turned = [(known[code], one) for code, one in reading.found.items() if known.get(code, one) != one]
    hamlets.write(connection, new=new, changed=())
    write(connection, turned, now)
    return Taken(len(new), len(turned), len(reading.found) - len(new) - len(turned))


def take_along(connection: Connection, kind: Kind, unit: str | None = None) -> bytes:
    """Every hamlet there is now as a table; those of one unit if it is named."""
    return write_table(kind, COLUMNS, [cells(one) for one in hamlets.present(connection, unit)])


def cells(one: Hamlet) -> Mapping[str, str]:
    """A hamlet as its table writes it."""
    named = {"code": one.code, "unit": one.unit, "name_vi": one.name_vi, "name_en": one.name_en}
    return {**named, "board": one.board or ""}
