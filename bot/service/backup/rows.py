"""Rows of the database as lines of JSON, and pieces of a table as members of a backup."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from bot.service.backup.archive import DAMAGED
from bot.service.errors import NotAccepted
from storage.copies import Row

FULL = 1 << 20
"""Bytes after which a member of rows is closed and the next one begun."""
LARGEST = 64 << 20
"""Bytes of rows that one member may hold when read: far more than one row and `FULL`."""
NAME = re.compile(r"rows/([a-z_]+)/(\d{6})\.jsonl")


def row_members(table: str, rows: Iterable[Row]) -> Iterator[tuple[str, bytes, int]]:
    """A table as members: name, content, how many rows."""
    lines, size, part = [], 0, 0
    for row in rows:
        lines.append(encode_row(row))
        size += len(lines[-1])
        if size >= FULL:
            yield f"rows/{table}/{part:06}.jsonl", b"".join(lines), len(lines)
            lines, size, part = [], 0, part + 1
    yield f"rows/{table}/{part:06}.jsonl", b"".join(lines), len(lines)


def encode_row(row: Row) -> bytes:
    """One line; bytes are written as `{"b64": …}`."""
    plain = {name: _written(value) for name, value in row.items()}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def parse_rows(content: bytes) -> list[dict[str, Any]]:
    """The rows of a member.

    Raises:
        NotAccepted: they are not what `encode_row` writes.
    """
    try:
        return [_parsed(json.loads(line)) for line in content.splitlines()]
    except (ValueError, binascii.Error):
        raise NotAccepted(DAMAGED) from None


def _parsed(row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise NotAccepted(DAMAGED)
    return {name: _read(value) for name, value in row.items()}


def _written(value: object) -> object:
    return {"b64": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value


def _read(value: object) -> object:
    match value:
        case {"b64": str(text)}:
            return base64.b64decode(text, validate=True)
        case None | bool() | int() | str():
            return value
        case _:
            raise NotAccepted(DAMAGED)
