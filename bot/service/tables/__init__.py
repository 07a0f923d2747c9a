"""Tables that operators bring and take along as CSV or XLSX: read with faults named by row, written harmless."""

from bot.service.tables.reading import Column, Fault, Row, RowsRefused, read_table, refuse
from bot.service.tables.writing import Kind, kind_of, write_table

__all__ = ["Column", "Fault", "Kind", "Row", "RowsRefused", "kind_of", "read_table", "refuse", "write_table"]
