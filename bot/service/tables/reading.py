"""Rows of a table that an operator brings, by the names of their columns.

Owns what holds for any table: its size, its header, which cells must be filled, and how a fault is told: by the row's
number as a spreadsheet counts (the header is row 1) and the column's name, never by what stands in the cell. What a
cell means is its reader's. Must not import openpyxl: a CSV needs none, and nor does whoever only serves pages.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.service.errors import NotAccepted
from handlers.folding import clean, fold

LARGEST = 4 << 20
"""Bytes of a file: far more than all boxes and numbers of a province."""
MOST_ROWS = 20_000
"""Rows below the header."""
LONGEST = 1_000
"""Characters of a cell."""
MOST_COLUMNS = 40
"""Cells of a row that are looked at."""
_WORKBOOK = b"PK\x03\x04"
_TOLD = 20
"""Faults told at once: whoever mends those sees the rest next time."""
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
    """A row's number as a spreadsheet counts, and its cells by column; a column that is not there is empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell, empty where there is none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no text or number, and why, in plain words."""

    reason: str


Cell = str | Unreadable


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell, or (`column` empty) with a row. `reason` is fixed: never what stands there."""

    row: int
    reason: str
    column: str = ""

    def __str__(self) -> str:
        """One line in plain words."""
        return f"row {self.row}{f', {self.column}' if self.column else ''}: {self.reason}"


class RowsRefused(NotAccepted):
    """Rows are wrong, so that nothing of the table was taken: a line for each fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        rows = len({fault.row for fault in faults})
        more = [f"… and {len(faults) - _TOLD} more"] if len(faults) > _TOLD else []
        head = f"{rows} row(s) are wrong, nothing was taken in:"
        super().__init__("\n".join([head, *(f"  {fault}" for fault in faults[:_TOLD]), *more]))
        self.faults = tuple(faults)


def refuse(faults: Sequence[Fault]) -> None:
    """Let a table without faults pass.

    Raises:
        RowsRefused: there are any.
    """
    if faults:
        raise RowsRefused(sorted(faults, key=lambda fault: fault.row))


def read_table(body: bytes, columns: Sequence[Column]) -> tuple[Row, ...]:
    """The rows of a CSV (UTF-8, by comma, semicolon or tab) or of an XLSX's first sheet; empty rows are left out.

    Raises:
        NotAccepted: the file as a whole is not what it should be.
        RowsRefused: rows of it are not.
    """
    if len(body) > LARGEST:
        raise NotAccepted(f"the file is larger than {LARGEST >> 20} MB")
    if body.startswith(_WORKBOOK):
        from bot.service.tables.workbooks import cells_of

        raw = cells_of(body, rows=MOST_ROWS + 2, columns=MOST_COLUMNS)
    else:
        raw = _csv_cells(body, columns)
    return _rows(raw, columns)


def _csv_cells(body: bytes, columns: Sequence[Column]) -> Iterator[list[Cell]]:
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAccepted("this is no UTF-8 text: in the spreadsheet choose “CSV UTF-8” or XLSX") from error
    head = text.partition("\n")[0]
    known = _known(columns)

    def fitting(mark: str) -> int:
        return sum(_plain(cell) in known for cell in head.split(mark))

    mark = max(",;\t", key=fitting)
    try:
        yield from (list[Cell](row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise NotAccepted("this is no CSV: a cell is too long, or a quotation mark is not closed") from error


def _rows(raw: Iterable[Sequence[Cell]], columns: Sequence[Column]) -> tuple[Row, ...]:
    lines = enumerate(raw, start=1)
    header = _header(next(lines, (1, ()))[1], columns)
    found: list[Row] = []
    faults: list[Fault] = []
    for number, cells in lines:
        row = _row(number, cells, header, faults)
        if row.cells:
            faults += [Fault(number, "is empty", one.name) for one in columns if one.needed and not row[one.name]]
            found.append(row)
        if len(found) > MOST_ROWS:
            raise NotAccepted(f"there are more than {MOST_ROWS} rows")
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
            raise NotAccepted(f"row 1 must name the columns; column {place} is none of: {names}")
        header.append(known[name] if name else "")
    named = [name for name in header if name]
    lacking = [column.name for column in columns if column.needed and column.name not in named]
    if lacking or len(set(named)) != len(named):
        raise NotAccepted(f"row 1 must name the columns, each once: {', '.join(lacking) or names}")
    return header


def _row(number: int, cells: Sequence[Cell], header: Sequence[str], faults: list[Fault]) -> Row:
    taken: dict[str, str] = {}
    for place, cell in enumerate(cells):
        name = header[place] if place < len(header) else ""
        if isinstance(cell, Unreadable):
            faults.append(Fault(number, cell.reason, name))
            taken[name] = "?"
            continue
        text = " ".join(clean(cell).split())
        if text and not name:
            faults.append(Fault(number, f"cell {place + 1} stands in no named column"))
        elif len(text) > LONGEST:
            faults.append(Fault(number, f"is longer than {LONGEST} characters", name))
        if text:
            taken[name] = text.removeprefix(GUARD) if text.lstrip(GUARD).startswith(ACTIVE) else text
    return Row(number, taken)


def _known(columns: Sequence[Column]) -> dict[str, str]:
    return {_plain(name): column.name for column in columns for name in (column.name, *column.also)}


def _plain(name: str) -> str:
    """A column's name as it is compared: without marks, case and what stands between words."""
    return " ".join(fold(name.strip('"').replace("_", " ").replace("-", " ")).split())
