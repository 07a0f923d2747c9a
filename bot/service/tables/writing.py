"""Rows written as CSV or XLSX so that a spreadsheet shows them and works nothing out.

A cell that begins as a formula does is written behind an apostrophe; reading takes it off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Literal

from bot.service.errors import NotAccepted
from bot.service.tables.reading import ACTIVE, GUARD, Column

Kind = Literal["csv", "xlsx"]


def kind_of(name: str) -> Kind:
    """Which kind of table a file of this name is.

    Raises:
        NotAccepted: its name ends otherwise.
    """
    match name.lower().rpartition(".")[2]:
        case "csv":
            return "csv"
        case "xlsx":
            return "xlsx"
        case _:
            raise NotAccepted("the file's name must end with .csv or .xlsx")


def write_table(kind: Kind, columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The rows under a header, in this order; a CSV begins with the mark by which spreadsheets know UTF-8."""
    header = [column.name for column in columns]
    cells = [[harmless(row.get(name, "")) for name in header] for row in rows]
    if kind == "xlsx":
        from bot.service.tables.workbooks import workbook

        return workbook(header, cells)
    kept = io.StringIO(newline="")
    csv.writer(kept).writerows([header, *cells])
    return kept.getvalue().encode("utf-8-sig")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return GUARD + text if text.lstrip(GUARD).startswith(ACTIVE) else text
