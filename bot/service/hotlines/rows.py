"""Numbers as a table: brought by the file, all or nothing, and taken along in a form that can be brought again."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from bot.service.boards import today
from bot.service.days import read_day
from bot.service.hotlines.rules import NATIONAL, Sketch, blank, digits, drawn, reasons
from bot.service.hotlines.words import KINDS
from bot.service.naming import meanings, meant
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from handlers.folding import fold
from storage.repositories import hotlines, units
from storage.repositories.hotlines import StoredHotline

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("number", ("số", "số máy", "số điện thoại", "điện thoại"), needed=True),
    Column("role_vi", ("ai nghe", "chức danh", "vai trò", "role"), needed=True),
    Column("role_en", ("tiếng Anh", "chức danh tiếng Anh")),
    Column("hours_vi", ("giờ", "giờ trực", "hours")),
    Column("hours_en", ("giờ tiếng Anh",)),
    Column("kind", ("loại",)),
    Column("checked", ("ngày kiểm tra", "kiểm tra")),
)
"""In the order in which they are written. A table without a column leaves what its numbers have there; an empty cell
says that there are no hours, and leaves the rest as it is or as it follows."""
WAS = Column("was", ("số cũ", "thay số"))
"""The number in whose place this one comes; never written. With "-" as the number it only goes."""
READ = (*COLUMNS, WAS)
GONE = "-"
_SKETCHED = ("number", "role_vi", "role_en", "hours_vi", "hours_en")

Board = dict[str, StoredHotline]
"""A unit's numbers by their digits, in order."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many numbers of a table were new, changed something, or said what was known; how many went."""

    new: int
    changed: int
    same: int
    removed: int


@dataclass(slots=True)
class _Reading:
    """A table while it is read: numbers by unit as they were and as they will be, and what is wrong."""

    units: frozenset[str]
    before: dict[str | None, Board]
    day: date
    entropy: Callable[[int], bytes]
    named: bool
    after: dict[str | None, Board] = field(default_factory=lambda: defaultdict(dict))
    gone: dict[str | None, Board] = field(default_factory=lambda: defaultdict(dict))
    lines: dict[tuple[str | None, str], int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: its number comes next among those of its unit."""
        national = fold(row["unit"]) == NATIONAL
        unit = None if national else meant(row["unit"], self.units)
        if unit is None and not national:
            self.faults.append(Fault(row.number, "row-no-unit", "unit"))
            return
        asked, board = digits(row["number"]), self.after[unit]
        if row["was"] and not self._replaces(row, unit, asked):
            return
        first = self.lines.setdefault((unit, asked), row.number)
        if first != row.number:
            self.faults.append(Fault(row.number, "row-twice", "number", {"other": str(first)}))
            return
        sketch = self._sketch(row)
        old = self.before.get(unit, {}).get(asked) or blank(self.entropy(16), unit, 0)
        board[asked] = drawn(old, sketch)
        self.faults += [why.at(row.number) for why in reasons(sketch, old, board[asked], self.day)]

    def _replaces(self, row: Row, unit: str | None, asked: str) -> bool:
        """Let the number come in the place of another; False where it does not, or only goes."""
        was, there = digits(row["was"]), self.before[unit]
        if was == asked:
            return True
        if was not in there or there[was].source is not None:
            self.faults.append(Fault(row.number, "row-no-number", "was"))
        elif (unit, was) in self.lines:
            self.faults.append(Fault(row.number, "row-twice", "was", {"other": str(self.lines[unit, was])}))
        elif row["number"] == GONE:
            self.gone[unit][was], self.lines[unit, was] = there[was], row.number
        elif asked in there:
            self.faults.append(Fault(row.number, "row-number-there", "number"))
        else:
            self.lines[unit, was] = row.number
            self.before[unit] = {asked if known == was else known: one for known, one in there.items()}
            return True
        return False

    def _sketch(self, row: Row) -> Sketch:
        kind, checked = KINDS.get(fold(row["kind"])), read_day(row["checked"])
        if row["kind"] and kind is None:
            self.faults.append(Fault(row.number, "row-kind", "kind"))
        if row["checked"] and checked is None:
            self.faults.append(Fault(row.number, "row-day", "checked"))
        said = {name: row.said(name) for name in _SKETCHED}
        return Sketch(**said, kind=kind, checked=checked, named=self.named)


def take_in(
    connection: Connection,
    body: bytes,
    now: int,
    *,
    whole: bool = False,
    named: bool = False,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> Taken:
    """Write every number of the table, in its order (see `_placed`); those it does not name stay where they are.

    `whole`: units that it names have these numbers and no other; built-in ones stay all the same. `named`: roles may
    name persons who have agreed.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, READ)
    codes = units.known(connection, (code for row in rows for code in meanings(row["unit"])))
    before: dict[str | None, Board] = defaultdict(dict)
    for one in hotlines.board(connection, *sorted(codes)):
        before[one.unit][digits(one.number)] = one
    reading = _Reading(codes, before, today(now), entropy, named)
    for row in rows:
        reading.take(row)
    refuse(reading.faults)
    for unit, board in reading.gone.items():
        for asked, one in board.items():
            hotlines.remove(connection, one.id)
            before[unit].pop(asked, None)
    counts = [_settle(connection, before[unit], board, whole=whole) for unit, board in reading.after.items()]
    counts.append((0, 0, 0, sum(map(len, reading.gone.values()))))
    return Taken(*(sum(column) for column in zip(*counts, strict=True)))


def _settle(connection: Connection, before: Board, after: Board, *, whole: bool) -> tuple[int, int, int, int]:
    """Write one unit's board; how many numbers are new, changed, the same, gone."""
    gone = [one for asked, one in before.items() if whole and asked not in after and one.source is None]
    kept = {asked: one for asked, one in before.items() if one not in gone}
    placed = _placed(kept, after)
    hotlines.add_all(connection, [one for asked, one in placed.items() if asked not in before])
    for asked, one in placed.items():
        if asked in before and before[asked] != one:
            hotlines.put(connection, one)
    for one in gone:
        hotlines.remove(connection, one.id)
    new = sum(asked not in before for asked in after)
    changed = sum(asked in before and before[asked] != placed[asked] for asked in after)
    return new, changed, len(after) - new - changed, len(gone)


def _placed(before: Board, after: Board) -> Board:
    """A board with what a table says of it, in order, each number at its position.

    Numbers that the table names take, in its order, the places that they had among the others. A new one stands behind
    the number above it in the table; where there is none, before the first that was there; where none was, last.
    """
    known = iter([asked for asked in after if asked in before])
    first = next((asked for asked in after if asked in before), None)
    behind: dict[str | None, list[str]] = defaultdict(list)
    above: str | None = None
    for asked in after:
        above = asked if asked in before else above
        if asked not in before:
            behind[above].append(asked)
    order: list[str] = []
    for place in before:
        asked = next(known) if place in after else place
        order += [*(behind.pop(None, []) if asked == first else []), asked, *behind[asked]]
    placed: Board = {}
    position = -1
    for asked in (*order, *behind[None]):
        position = max(position + 1, before[asked].position if asked in before else 0)
        placed[asked] = replace(after.get(asked) or before[asked], position=position)
    return placed


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The numbers of these units, or of all and of the country, as a table of this kind."""
    found = (one for one in hotlines.every(connection) if not only or (one.unit or NATIONAL) in only)
    return write_table(kind, COLUMNS, [cells(one) for one in found])


def cells(one: StoredHotline) -> Mapping[str, str]:
    """A number as its table writes it."""
    return {
        "unit": one.unit or NATIONAL,
        "number": one.number,
        "role_vi": one.role_vi,
        "role_en": one.role_en,
        "hours_vi": one.hours_vi,
        "hours_en": one.hours_en,
        "kind": one.kind,
        "checked": one.checked or "",
    }
