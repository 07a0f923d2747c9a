"""Boxes and hamlets as tables: all or nothing, the same again changes nothing, every fault by its row."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection
from unit.service.test_boxes import BOX, ELSEWHERE, GROUP, NOW, store

from bot.service.boxes import rows as box_rows
from bot.service.boxes.acts import every
from bot.service.boxes.rows import Taken
from bot.service.hamlets import rows as hamlet_rows
from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from bot.service.tables import RowsRefused
from storage.repositories import hamlets, units
from storage.repositories.units import Box, Unit

__all__ = ["store"]


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def faults(store: Connection, body: bytes) -> list[str]:
    with pytest.raises(RowsRefused) as told:
        box_rows.take_in(store, body, NOW)
    return [str(fault) for fault in told.value.faults]


def test_a_table_with_vietnamese_headings_is_taken_in(store: Connection) -> None:
    body = csv("Mã;Đơn vị;Tên hòm thư;Thôn;Nơi treo", ";18118;Tổ 7;Tổ dân phố 4;Cổng chợ", "b8;18121;Tổ 8;to-1;")
    assert box_rows.take_in(store, body, NOW) == Taken(2, 0, 0)
    assert every(store) == (
        BOX,
        Box("to-7-18118", "18118", "Tổ 7", "Tổ 7", "Cổng chợ", hamlet="to-4"),
        Box("b8", "18121", "Tổ 8", "Tổ 8", hamlet="to-1"),
    )
    assert box_rows.take_in(store, body, NOW) == Taken(0, 0, 2)
    again = body.replace("Cổng chợ".encode(), "Nhà văn hóa".encode())
    assert box_rows.take_in(store, again, NOW) == Taken(0, 1, 1)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_along_changes_nothing_when_it_is_brought_back(store: Connection, kind: str) -> None:
    body = csv("code,unit,label_vi,closed,successor", "a,18118,=1+1,yes,b", "b,18118,@b,,", "c,18121,C,có,")
    assert box_rows.take_in(store, body, NOW) == Taken(3, 0, 0)
    before = every(store, closed=True)
    assert box_rows.take_in(store, box_rows.take_along(store, kind), NOW) == Taken(0, 0, 4)  # type: ignore[arg-type] # a parameter
    assert every(store, closed=True) == before
    assert box_rows.take_in(store, box_rows.take_along(store, "csv", "18121"), NOW) == Taken(0, 0, 1)


def test_every_fault_is_named_by_its_row_and_nothing_is_written(store: Connection) -> None:
    body = csv(
        "code,unit,label_vi,hamlet,closed,successor",
        "good,18118,Tốt,,,",
        "a b,99999,A,,,",
        "c,18118,C,to-1,perhaps,",
        "Good,18118,Tốt,,,",
        "e,18118,E,,no,tdp4",
        "tdp4,18121,Tổ dân phố 4,,,",
        "x,18118,X,,yes,y",
        "y,18118,Y,,yes,x",
        "z,18118,Z,,yes,nowhere",
    )
    assert faults(store, body) == [
        "row 3, code: a code is 1 to 64 letters without marks, digits, _ and -",
        "row 3, unit: there is no such unit here",
        "row 4, closed: says neither yes nor no",
        "row 4, hamlet: there is no such hamlet in the unit",
        "row 5, code: row 2 is the same box",
        "row 6, successor: only a closed box has one after it",
        "row 7, unit: a box stays with its unit, whose officers know it: replace it by one of the other unit",
        "row 8, successor: closed boxes would lead in a circle",
        "row 9, successor: closed boxes would lead in a circle",
        "row 10, successor: there is no such box",
    ]
    assert every(store, closed=True) == (BOX,)


def test_noughts_that_a_spreadsheet_took_off_a_unit_are_put_back(store: Connection) -> None:
    units.put_unit(store, Unit("02671", "phường Cam Đường", "Cam Đường ward", None, 0))
    box_rows.take_in(store, csv("unit,label_vi", "2671,Tổ 8"), NOW)
    hamlet_rows.take_in(store, csv("unit,name_vi", "2671,Tổ 8"), NOW)
    assert [box.code for box in every(store, "02671")] == ["to-8-02671"]
    assert [one.code for one in hamlets.present(store, "02671")] == ["to-8-02671"]


def test_every_link_of_a_province_leads_to_its_unit(store: Connection) -> None:
    """Eighty communes of fifteen boxes each, out of one table; every third box is closed onto the one before it."""
    communes = [f"{n:05}" for n in range(80)]
    for code in communes:
        units.put_unit(store, Unit(code, f"xã {code}", f"Commune {code}", None, 0))
    boxes = [(code, n) for code in communes for n in range(15)]
    after = [f"yes,b-{code}-{n - 1}" if n % 3 == 2 else "," for code, n in boxes]
    lines = [f"b-{code}-{n},{code},Tổ {n},{end}" for (code, n), end in zip(boxes, after, strict=True)]
    body = csv("code,unit,label_vi,closed,successor", *lines)
    assert box_rows.take_in(store, body, NOW) == Taken(1_200, 0, 0)
    assert box_rows.take_in(store, body, NOW) == Taken(0, 0, 1_200)
    book = SheetBook(Site("ab12cd34", b"s" * 16, demo=False, authority=b"a" * 32), MemoryFloors())
    for code, n in boxes:
        desk = find_desk(store, book, NOW, box=f"b-{code}-{n}", unit=None)
        assert (desk.unit, desk.box, desk.moved) == (code, f"b-{code}-{n - (n % 3 == 2)}", n % 3 == 2)


def test_hamlets_are_taken_in_and_along(store: Connection) -> None:
    body = csv(
        "Mã,Đơn vị,Tên thôn,Tên tiếng Anh,Bảng số", ",18118,Tổ dân phố 9,Group 9,2026-11-02", "to-4,18118,Tổ 4,,"
    )
    assert hamlet_rows.take_in(store, body, NOW) == Taken(1, 1, 0)
    assert hamlet_rows.take_in(store, body, NOW + 9) == Taken(0, 0, 2)
    assert hamlet_rows.take_in(store, hamlet_rows.take_along(store, "xlsx"), NOW + 9) == Taken(0, 0, 3)
    assert [(one.name_vi, one.valid_to) for one in hamlets.history(store, "to-4")] == [
        (GROUP.name_vi, NOW), ("Tổ 4", None),
    ]  # fmt: skip
    found = hamlets.find(store, "to-dan-pho-9-18118")
    assert found is not None
    assert (found.name_en, found.board) == ("Group 9", "2026-11-02")


def test_rows_of_hamlets_that_cannot_be_are_named(store: Connection) -> None:
    hamlets.write(store, new=(), changed=(hamlets.Hamlet("to-1", 0, "18121", "T", "T", valid_to=5),))
    body = csv(
        "code,unit,name_vi,board", "a,99999,A,", "b,18118,B,hôm qua", "b,18118,B,", "to-1,18121,T,", "to-4,18121,T,"
    )
    with pytest.raises(RowsRefused) as told:
        hamlet_rows.take_in(store, body, NOW)
    assert [str(fault) for fault in told.value.faults] == [
        "row 2, unit: there is no such unit here",
        "row 3, board: a day is written as 2026-11-22",
        "row 4, code: a row above is the same hamlet",
        "row 5, code: this hamlet is no more",
        "row 6, unit: a hamlet stays with its unit: end it, and make one there",
    ]
    assert {one.code for one in hamlets.present(store)} == {GROUP.code}
    assert ELSEWHERE.code in hamlets.codes(store)
