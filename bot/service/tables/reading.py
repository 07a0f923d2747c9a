"""Rows of a table that an operator brings, by the names of their columns.

Owns what holds for any table: its size, its header, and which cells must be filled. What a cell means is its reader's.
Must not import openpyxl: a CSV needs none, and nor does whoever only serves pages.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.service.tables.faults import Fault, refuse, refused
from handlers.folding import clean, fold

LARGEST = 4 << 20
"""Bytes of a file: far more than all boxes and numbers of a province."""
UNPACKED = 32 << 20
"""Bytes that a workbook may unpack to: reading it takes up to thirty times as many, and some seconds."""
MOST_ROWS = 20_000
"""Rows below the header that hold something."""
MOST_LINES = 100_000
"""Rows of a workbook among which those are looked for: people leave others empty between them."""
LONGEST = 1_000
"""Characters of a cell."""
MOST_COLUMNS = 40
"""Cells of a row that are looked at."""
_WORKBOOK = b"PK\x03\x04"
GUARD = "'"
"""Stands before a written cell that a spreadsheet would take for a formula, and before one that looks guarded."""
ACTIVE = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings of a cell that a spreadsheet would work out."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its name in the header, and by other names it may have there; `needed`: no row is without it."""

    name: str
    also: tuple[str, ...] = ()
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's number as a spreadsheet counts, and its cell in every column of the header, empty ones too."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, empty where there is none."""
        return self.cells.get(column, "")

    def said(self, column: str) -> str | None:
        """The cell; None where the table has no such column, so that it says nothing of it."""
        return self.cells.get(column)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no text or number, and the text that says why."""

    key: str


Cell = str | Unreadable


def read_table(body: bytes, columns: Sequence[Column], *, unpacked: int = UNPACKED) -> tuple[Row, ...]:
    """The rows of a CSV (UTF-8, by comma, semicolon or tab) or of an XLSX's first sheet; empty rows are left out.

    Raises:
        RowsRefused: the file as a whole is not what it should be, or rows of it are not.
    """
    if len(body) > LARGEST:
        raise refused("row-file-large", megabytes=LARGEST >> 20)
    if body.startswith(_WORKBOOK):
        from bot.service.tables.workbooks import cells_of

        raw = cells_of(body, rows=MOST_LINES, columns=MOST_COLUMNS, unpacked=unpacked)
    else:
        raw = _csv_cells(body, columns)
    return _rows(raw, columns)


def _csv_cells(body: bytes, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused("row-file-text") from error
    head = text.partition("\n")[0]
    known = _known(columns)

    def fitting(mark: str) -> int:
        return sum(_plain(cell) in known for cell in head.split(mark))

    mark = max(",;\t", key=fitting)
    try:
        yield from (list[Cell](row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise refused("row-file-csv") from error


def _rows(raw: Iterable[Sequence[Cell]], columns: Sequence[Column]) -> tuple[Row, ...]:
    lines = enumerate(raw, start=1)
    header = _header(next(lines, (1, ()))[1], columns)
    found: list[Row] = []
    faults: list[Fault] = []
    for number, cells in lines:
        row = _row(number, cells, header, faults)
        if any(row.cells.values()):
            faults += [Fault(number, "row-empty", one.name) for one in columns if one.needed and not row[one.name]]
            found.append(row)
        if len(found) > MOST_ROWS:
            raise refused("row-file-many", most=MOST_ROWS)
    refuse(faults)
    return tuple(found)


def _header(cells: Sequence[Cell], columns: Sequence[Column]) -> list[str]:
    """The column of each cell by place; empty where the header is."""
    known = _known(columns)
    asked = [_plain(cell) if isinstance(cell, str) else None for cell in cells]
    names = ", ".join(column.name for column in columns)
    header = []
    for place, name in enumerate(asked, start=1):
        if name is None or (name and name not in known):
            raise refused("row-header", place=place, names=names)
        header.append(known[name] if name else "")
    named = [name for name in header if name]
    lacking = [column.name for column in columns if column.needed and column.name not in named]
    if lacking or len(set(named)) != len(named):
        raise refused("row-header-lacks", names=", ".join(lacking) or names)
    return header


def _row(number: int, cells: Sequence[Cell], header: Sequence[str], faults: list[Fault]) -> Row:
    taken = {name: "" for name in header if name}
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else ""
        text = "?" if isinstance(cell, Unreadable) else " ".join(clean(cell).split())
        if not text:
            continue
        if not name:
            faults.append(Fault(number, "row-unnamed", args={"place": place + 1}))
        elif isinstance(cell, Unreadable):
            faults.append(Fault(number, cell.key, name))
        elif len(text) > LONGEST:
            faults.append(Fault(number, "row-long", name, {"most": LONGEST}))
        taken[name] = text.removeprefix(GUARD) if text.lstrip(GUARD).startswith(ACTIVE) else text
    return Row(number, taken)


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {_plain(name): column.name for column in columns for name in (column.name, *column.also)}


def _plain(name: str) -> str:
    """A column's name as it is compared: without marks, case and what stands between words."""
    return " ".join(fold(name.strip('"').replace("_", " ").replace("-", " ")).split())
