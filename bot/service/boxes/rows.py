"""Boxes as a table: brought by the file, all or nothing, and taken along in a form that can be brought again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.boxes.rules import Around, Sketch, around, circles, drawn, reasons
from bot.service.naming import code_of, tidy
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from storage.repositories import boxes
from storage.repositories.units import Box

COLUMNS = (
    Column("code", ("mã", "mã hòm thư", "link code")),
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("hamlet", ("thôn", "tổ", "tổ dân phố", "thôn tổ")),
    Column("label_vi", ("tên", "tên hòm thư", "nhãn", "label")),
    Column("label_en", ("tên tiếng Anh", "nhãn tiếng Anh")),
    Column("place", ("nơi treo", "địa điểm")),
    Column("contact_role", ("người phụ trách", "chức danh")),
    Column("contact_reach", ("cách liên hệ", "liên hệ")),
    Column("closed", ("đã đóng", "đóng")),
    Column("successor", ("hòm thư thay thế", "thay bằng")),
)
"""In the order in which they are written. A row without a code gets that of its label; a table without a column leaves
what its boxes have there."""
YES, NO = frozenset({"yes", "có", "x", "1", "true", "rồi"}), frozenset({"", "no", "không", "0", "false", "chưa"})
_SKETCHED = ("label_vi", "label_en", "place", "hamlet", "contact_role", "contact_reach")


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows of a table were new, changed something, or said what was known."""

    new: int
    changed: int
    same: int


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write every box of the table; boxes that it does not name stay as they are.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, COLUMNS)
    there = around(connection, now)
    found, faults = _boxes(rows, there)
    for row, box in found.items():
        if there.boxes.get(box.code) != box:
            faults += [why.at(row) for why in reasons(box, there)]
    lines = {box.code: row for row, box in found.items()}
    wrong = circles({**there.boxes, **{box.code: box for box in found.values()}})
    faults += [why.at(lines[code]) for code, why in wrong.items() if code in lines]
    refuse(faults)
    new = [box for box in found.values() if box.code not in there.boxes]
    changed = [box for box in found.values() if box.code in there.boxes and there.boxes[box.code] != box]
    boxes.write(connection, new=new, changed=changed)
    return Taken(len(new), len(changed), len(found) - len(new) - len(changed))


def take_along(connection: Connection, kind: Kind, unit: str | None = None) -> bytes:
    """Every box, closed ones too, as a table; those of one unit if it is named."""
    return write_table(kind, COLUMNS, [cells(box) for box in boxes.every(connection, unit)])


def _boxes(rows: tuple[Row, ...], there: Around) -> tuple[dict[int, Box], list[Fault]]:
    """The box of each row by its number, and what is wrong with rows by themselves."""
    found: dict[int, Box] = {}
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for row in rows:
        box = _box(row, there, faults)
        first = seen.setdefault(box.code.lower(), row.number)
        if first != row.number:
            faults.append(Fault(row.number, "row-twice", "code", {"other": str(first)}))
        found[row.number] = box
    return found, faults


def _box(row: Row, there: Around, faults: list[Fault]) -> Box:
    unit, label, said = there.unit(row["unit"]), tidy(row["label_vi"]), row.said("closed")
    if not (label or row["code"]):
        faults.append(Fault(row.number, "row-empty", "label_vi"))
    code = tidy(row["code"]) or code_of(label, unit)
    before = there.boxes.get(code) or Box(code, unit, label, label)
    if said is not None and said.casefold() not in YES | NO:
        faults.append(Fault(row.number, "row-yes-no", "closed"))
    closed = before.closed if said is None else said.casefold() in YES
    after = row.said("successor")
    if after is None:
        after = before.successor if closed else None
    box = drawn(replace(before, unit=unit), Sketch(**{name: row.said(name) for name in _SKETCHED}), there)
    return replace(box, closed=closed, successor=tidy(after or "") or None)


def cells(box: Box) -> Mapping[str, str]:
    """A box as its table writes it."""
    return {
        "code": box.code,
        "unit": box.unit,
        "hamlet": box.hamlet or "",
        "label_vi": box.label_vi,
        "label_en": box.label_en,
        "place": box.place,
        "contact_role": box.contact_role,
        "contact_reach": box.contact_reach,
        "closed": "yes" if box.closed else "",
        "successor": box.successor or "",
    }
