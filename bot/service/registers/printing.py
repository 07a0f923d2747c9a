"""A register book written: as a workbook whose cells are text, or as a document laid out by `register.typ`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from bot.service.errors import NotAccepted, OurFault
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
    import fontpkg_be_vietnam_pro as fonts  # noqa: PLC0415 - what prints is loaded when something is printed
    import typst  # noqa: PLC0415 - as above

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts.ROOT / "files"])
    compiler = typst.Compiler(LAYOUT, font_paths=found, ignore_system_fonts=True)
    content = {"title": book.title, "unit": book.unit, "header": book.header, "rows": book.rows}
    try:
        made = compiler.compile(sys_inputs={"content": json.dumps(content, ensure_ascii=False)}, format="pdf")
    except typst.TypstError as error:
        raise OurFault("the layout of the register does not take what stands in it") from error
    return made[0] if isinstance(made, list) else made or b""
