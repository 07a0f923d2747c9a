"""Tables that operators bring and take along as CSV or XLSX: read with faults named by row, written harmless."""

from bot.service.tables.faults import Fault, RowsRefused, Say, line, refuse, told
from bot.service.tables.reading import Column, Row, read_table
from bot.service.tables.writing import Kind, kind_of, write_table

__all__ = [
    "Column", "Fault", "Kind", "Row", "RowsRefused", "Say", "kind_of", "line", "read_table", "refuse", "told",
    "write_table",
]  # fmt: skip
