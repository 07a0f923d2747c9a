"""Hamlets as a table: brought by the file, all or nothing, and taken along in a form that can be brought again."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.service.boxes.rows import Taken
from bot.service.hamlets.acts import reasons, write
from bot.service.naming import code_of, padded, tidy
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from storage.repositories import hamlets, units
from storage.repositories.hamlets import Hamlet

COLUMNS = (
    Column("code", ("mã", "mã thôn", "mã tổ")),
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("name_vi", ("tên", "tên thôn", "tên tổ", "name"), needed=True),
    Column("name_en", ("tên tiếng Anh",)),
    Column("board", ("bảng số", "ngày thấy bảng số")),
)
"""In the order in which they are written. A row without a code gets that of its name."""


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write every hamlet of the table; hamlets that it does not name stay as they are.

    Raises:
        NotAccepted: the file is no such table.
        RowsRefused: rows are wrong; nothing was written.
    """
    there = {unit.code: bool(unit.there) for unit in units.names(connection, now)}
    known = {one.code: one for one in hamlets.present(connection)}
    over = hamlets.codes(connection) - known.keys()
    found: dict[str, Hamlet] = {}
    faults: list[Fault] = []
    for row in read_table(body, COLUMNS):
        one = _hamlet(row, there, now)
        before = known.get(one.code)
        faults += [Fault(row.number, why, column) for column, why in reasons(one, there) if not _same(before, one)]
        if one.code in found:
            faults.append(Fault(row.number, "a row above is the same hamlet", "code"))
        if one.code in over:
            faults.append(Fault(row.number, "this hamlet is no more", "code"))
        if before is not None and before.unit != one.unit:
            faults.append(Fault(row.number, "a hamlet stays with its unit: end it, and make one there", "unit"))
        found[one.code] = one
    refuse(faults)
    new = [one for code, one in found.items() if code not in known]
    turned = [(known[code], one) for code, one in found.items() if code in known and not _same(known[code], one)]
    hamlets.write(connection, new=new, changed=())
    write(connection, [(old, _after(old, new_)) for old, new_ in turned], now)
    return Taken(len(new), len(turned), len(found) - len(new) - len(turned))


def take_along(connection: Connection, kind: Kind, unit: str | None = None) -> bytes:
    """Every hamlet there is now as a table; those of one unit if it is named."""
    rows = [
        {"code": one.code, "unit": one.unit, "name_vi": one.name_vi, "name_en": one.name_en, "board": one.board or ""}
        for one in hamlets.present(connection, unit)
    ]
    return write_table(kind, COLUMNS, rows)


def _hamlet(row: Row, there: dict[str, bool], now: int) -> Hamlet:
    said, name = tidy(row["unit"]), tidy(row["name_vi"])
    unit = said if said in there else next((code for code in padded(said) if code in there), said)
    return Hamlet(
        code=tidy(row["code"]) or code_of(name, unit),
        valid_from=now,
        unit=unit,
        name_vi=name,
        name_en=tidy(row["name_en"]) or name,
        board=tidy(row["board"]) or None,
    )


def _same(before: Hamlet | None, after: Hamlet) -> bool:
    return before is not None and _after(before, after) == before


def _after(before: Hamlet, said: Hamlet) -> Hamlet:
    """What a row says of a hamlet that is there; its unit is not among it."""
    return Hamlet(before.code, before.valid_from, before.unit, said.name_vi, said.name_en, board=said.board)
