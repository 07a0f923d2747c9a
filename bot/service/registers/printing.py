"""A register book written: as a workbook whose cells are text, or as a document laid out by `register.typ`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from bot.service.documents import laid_out
from bot.service.errors import NotAccepted
from bot.service.registers.book import Book

LAYOUT = Path(__file__).with_name("register.typ")
Shape = Literal["xlsx", "pdf"]


def form_of(name: str) -> Shape:
    """Which form a file of this name has.

    Raises:
        NotAccepted: its name ends otherwise.
    """
    match name.lower().rpartition(".")[2]:
        case "xlsx":
            return "xlsx"
        case "pdf":
            return "pdf"
        case _:
            raise NotAccepted("the file's name must end with .xlsx or .pdf")


def written(book: Book, form: Shape) -> bytes:
    """The book in this form.

    Raises:
        OurFault: the layout cannot take it.
    """
    return _workbook(book) if form == "xlsx" else _document(book)


def _workbook(book: Book) -> bytes:
    from bot.service.tables.workbooks import workbook  # noqa: PLC0415 - loaded when a book is written
    from bot.service.tables.writing import harmless  # noqa: PLC0415 - as above

    return workbook(book.header, [[harmless(cell) for cell in row] for row in book.rows])


def _document(book: Book) -> bytes:
    return laid_out(LAYOUT, {"title": book.title, "unit": book.unit, "header": book.header, "rows": book.rows})
