"""The first sheet of an XLSX, read without working anything out, and such a file written.

Owns what is refused of a workbook: one that unpacks to more than is reasonable, and cells with formulas: what they
showed last is not what they say.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.service.tables.faults import refused
from bot.service.tables.reading import Cell, Unreadable

MOST_PARTS = 200
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""How spreadsheets pack."""
BROKEN = (
    zipfile.BadZipFile, InvalidFileException, SyntaxError, zlib.error,
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OverflowError, RuntimeError, OSError,
)  # fmt: skip
"""What openpyxl raises for a file that is no workbook, or a broken one; a `SyntaxError` is its parser's word."""

warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")  # of styles and checks it leaves out


def cells_of(body: bytes, *, rows: int, columns: int, unpacked: int) -> Iterator[list[Cell]]:
    """The first sheet's cells, row by row, an empty row as none; of a row at most so many `columns`.

    Raises:
        RowsRefused: it is no workbook, it says it unpacks to more than `unpacked` bytes (and none unpacks to more than
            it says), or something stands below so many `rows`.
    """
    _check(body, unpacked)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        lines = book.worksheets[0].iter_rows(max_row=rows + 1, max_col=columns)
        for number, line in enumerate(lines, start=1):
            if number > rows:
                raise refused("row-file-long", most=rows)
            holds = any(cell.value is not None for cell in line)
            yield [_cell(cell.value, cell.data_type) for cell in line] if holds else []
    except BROKEN as error:
        raise refused("row-book-broken") from error


def workbook(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook of one sheet whose cells are all text: a number of a telephone keeps its noughts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (header, *rows):
        sheet.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _check(body: bytes, unpacked: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
    except BROKEN as error:
        raise refused("row-book-broken") from error
    if any(part.compress_type not in PACKINGS for part in parts):
        raise refused("row-book-broken")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > unpacked:
        raise refused("row-book-large")


def _cell(value: object, kind: str) -> Cell:
    if kind == "f":
        return Unreadable("row-formula")
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case str() if kind == "e":
            return Unreadable("row-error")
        case str() | int() | float():
            return str(value)
        case _:
            return Unreadable("row-neither")
