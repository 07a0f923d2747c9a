"""Numbers as a table: brought by the file, all or nothing, and taken along in a form that can be brought again."""

from __future__ import annotations

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from bot.service.boards import today
from bot.service.hotlines.rules import NATIONAL, Sketch, blank, digits, drawn, reasons
from bot.service.hotlines.words import KINDS
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
"""In the order in which they are written. An empty cell leaves what is known as it is."""
_CODES = (5, 2)
"""Digits of a ward's and a province's official code: a spreadsheet takes the noughts before it off."""

_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d\d?)[/-](?P<month>\d\d?)[/-](?P<year>\d{4})"),
)

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
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: its number comes next on its unit's board."""
        unit = self._unit(row["unit"])
        if unit == "":
            self.faults.append(Fault(row.number, "there is no such unit here", "unit"))
            return
        asked, board = digits(row["number"]), self.after[unit]
        if asked in board:
            self.faults.append(Fault(row.number, "stands here twice", "number"))
            return
        sketch = self._sketch(row)
        old = self.before.get(unit, {}).get(asked)
        wanted = drawn(old or blank(self.entropy(16), unit, 0), sketch)
        self.faults += [Fault(row.number, why, column) for column, why in reasons(sketch, wanted, self.day)]
        board[asked] = wanted

    def _unit(self, said: str) -> str | None:
        """The code that is meant, None for the country, empty if there is none such."""
        if fold(said) == NATIONAL:
            return None
        meant = (said, *(said.zfill(length) for length in _CODES if said.isdigit()))
        return next((code for code in meant if code in self.units), "")

    def _sketch(self, row: Row) -> Sketch:
        kind, checked = KINDS.get(fold(row["kind"])), _day(row["checked"])
        if row["kind"] and kind is None:
            self.faults.append(Fault(row.number, "is none of police, leaders, other", "kind"))
        if row["checked"] and checked is None:
            self.faults.append(Fault(row.number, "is no day: write 2026-05-02 or 02/05/2026", "checked"))
        said = {name: row[name] or None for name in ("number", "role_vi", "role_en", "hours_vi", "hours_en")}
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
    """Write every number of the table, in its order; those it does not name stay behind them.

    `whole`: units that it names have these numbers and no other; built-in ones stay all the same. `named`: roles may
    name persons who have agreed.

    Raises:
        NotAccepted: the file is no such table.
        RowsRefused: rows are wrong; nothing was written.
    """
    before: dict[str | None, Board] = defaultdict(dict)
    for one in hotlines.every(connection):
        before[one.unit][digits(one.number)] = one
    codes = frozenset(unit.code for unit in units.every_unit(connection))
    reading = _Reading(codes, before, today(now), entropy, named)
    for row in read_table(body, COLUMNS):
        reading.take(row)
    refuse(reading.faults)
    counts = [_settle(connection, before[unit], board, whole=whole) for unit, board in reading.after.items()]
    return Taken(*(sum(column) for column in zip(*counts, strict=True))) if counts else Taken(0, 0, 0, 0)


def _settle(connection: Connection, before: Board, after: Board, *, whole: bool) -> tuple[int, int, int, int]:
    """Write one unit's board; how many numbers are new, changed, the same, gone."""
    rest = [one for asked, one in before.items() if asked not in after]
    gone = [one for one in rest if whole and one.source is None]
    kept = [one for one in rest if one not in gone]
    placed = [replace(one, position=place) for place, one in enumerate((*after.values(), *kept))]
    known = {one.id: one for one in before.values()}
    hotlines.add_all(connection, [one for one in placed if one.id not in known])
    for one in placed:
        if one.id in known and known[one.id] != one:
            hotlines.put(connection, one)
    for one in gone:
        hotlines.remove(connection, one.id)
    listed = placed[: len(after)]
    new = sum(one.id not in known for one in listed)
    changed = sum(one.id in known and known[one.id] != one for one in listed)
    return new, changed, len(listed) - new - changed, len(gone)


def taken_along(connection: Connection, kind: Kind, only: Sequence[str] = ()) -> bytes:
    """The numbers of these units, or of all and of the country, as a table of this kind."""
    found = (one for one in hotlines.every(connection) if not only or (one.unit or NATIONAL) in only)
    return write_table(kind, COLUMNS, list(_cells(found)))


def _cells(found: Iterable[StoredHotline]) -> Iterator[dict[str, str]]:
    for one in found:
        yield {
            "unit": one.unit or NATIONAL,
            "number": one.number,
            "role_vi": one.role_vi,
            "role_en": one.role_en,
            "hours_vi": one.hours_vi,
            "hours_en": one.hours_en,
            "kind": one.kind,
            "checked": one.checked or "",
        }


def _day(said: str) -> date | None:
    found = next(filter(None, (form.fullmatch(said) for form in _DAYS)), None)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
