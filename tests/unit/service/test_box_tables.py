"""Boxes and hamlets as tables: all or nothing, the same again changes nothing, every fault by its row."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from unit.service.test_boxes import BOX, ELSEWHERE, GROUP, NOW, lands, store
from unit.service.wrong_rows import lines

from bot.service.boxes import acts
from bot.service.boxes import rows as box_rows
from bot.service.boxes.acts import Sketch, every
from bot.service.boxes.rows import Taken
from bot.service.hamlets import rows as hamlet_rows
from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from bot.service.tables import RowsRefused
from storage.repositories import hamlets, units
from storage.repositories.units import Box, Unit

__all__ = ["store"]


def csv(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def faults(store: Connection, body: bytes) -> list[str]:
    with pytest.raises(RowsRefused) as told:
        box_rows.take_in(store, body, NOW)
    return lines(told.value)


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
        "Row 3: a code is 1 to 64 letters without marks, digits, _ and -",
        "Row 3: there is no such unit here",
        "Row 4: closed says neither yes nor no",
        "Row 4: there is no such hamlet in the unit",
        "Row 5: the same stands in row 2",
        "Row 6: only a closed box has one after it",
        "Row 7: a box stays with its unit, whose officers know it: replace it by one of the other unit",
        "Row 8: closed boxes would lead in a circle",
        "Row 9: closed boxes would lead in a circle",
        "Row 10: there is no such box to lead to",
    ]
    assert every(store, closed=True) == (BOX,)


def test_a_table_changes_only_the_columns_it_has(store: Connection) -> None:
    acts.change(store, "tdp4", Sketch(hamlet="to-4", contact_role="Tổ trưởng", contact_reach="loa xóm"), NOW)
    acts.close(store, "tdp4", None, NOW)
    (before,) = every(store, closed=True)
    assert box_rows.take_in(store, csv("code,unit,label_vi", "tdp4,18118,Tổ dân phố 4"), NOW) == Taken(0, 0, 1)
    assert box_rows.take_in(store, csv("code,unit,label_vi,place", "tdp4,18118,Tổ 4,Cổng chợ"), NOW) == Taken(0, 1, 0)
    assert every(store, closed=True) == (replace(before, label_vi="Tổ 4", place="Cổng chợ"),)
    emptied = csv("code,unit,label_vi,label_en,place,hamlet,contact_role,contact_reach", "tdp4,18118,Tổ 4,,,,,")
    box_rows.take_in(store, emptied, NOW)
    assert every(store, closed=True) == (Box("tdp4", "18118", "Tổ 4", "Tổ 4", closed=True),)


def test_a_box_is_opened_again_only_by_a_table_that_says_so(store: Connection) -> None:
    acts.replace(store, "tdp4", Sketch(code="new"), NOW)
    old, fresh = "tdp4,18118,Tổ dân phố 4", "new,18118,Tổ dân phố 4"
    assert box_rows.take_in(store, csv("code,unit,label_vi", old, fresh), NOW) == Taken(0, 0, 2)
    assert lands(store, "tdp4") == ("18118", "new", True)
    assert box_rows.take_in(store, csv("code,unit,label_vi,successor", f"{old},"), NOW) == Taken(0, 1, 0)
    assert lands(store, "tdp4") == ("18118", None, True)
    acts.close(store, "tdp4", "new", NOW)
    assert box_rows.take_in(store, csv("code,unit,label_vi,closed", f"{old},không"), NOW) == Taken(0, 1, 0)
    assert lands(store, "tdp4") == ("18118", "tdp4", False)


def test_a_new_box_of_a_short_table_has_what_a_new_box_has(store: Connection) -> None:
    assert box_rows.take_in(store, csv("unit,label_vi", "18118,Tổ 7"), NOW) == Taken(1, 0, 0)
    assert every(store)[-1] == Box("to-7-18118", "18118", "Tổ 7", "Tổ 7")


def test_an_english_label_that_repeats_the_other_goes_with_it(store: Connection) -> None:
    box_rows.take_in(store, csv("code,unit,label_vi", "b,18118,Tổ 7", "tdp4,18118,Tổ 4"), NOW)
    box_rows.take_in(store, csv("code,unit,label_vi", "b,18118,Tổ 8"), NOW)
    assert [(box.label_vi, box.label_en) for box in every(store)] == [("Tổ 8", "Tổ 8"), ("Tổ 4", "Group 4")]


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
    assert lines(told.value) == [
        "Row 2: there is no such unit here",
        "Row 3: board is no day: write 2026-05-02 or 02/05/2026",
        "Row 4: the same stands in row 3",
        "Row 5: this hamlet is no more",
        "Row 6: a hamlet stays with its unit: end it, and make one there",
    ]
    assert {one.code for one in hamlets.present(store)} == {GROUP.code}
    assert ELSEWHERE.code in hamlets.codes(store)


def test_a_table_of_hamlets_changes_only_the_columns_it_has(store: Connection) -> None:
    hamlet_rows.take_in(store, csv("code,unit,name_vi,board", "to-4,18118,Tổ dân phố 4,2/11/2026"), NOW)
    noted = replace(GROUP, board="2026-11-02")
    assert hamlets.find(store, "to-4") == noted
    assert hamlet_rows.take_in(store, csv("code,unit,name_vi", "to-4,18118,Tổ dân phố 4"), NOW) == Taken(0, 0, 1)
    assert hamlet_rows.take_in(store, csv("code,unit,name_vi", "to-4,18118,Tổ 4"), NOW) == Taken(0, 1, 0)
    assert hamlets.find(store, "to-4") == replace(noted, valid_from=NOW, name_vi="Tổ 4")
    hamlet_rows.take_in(store, csv("code,unit,name_vi,name_en,board", "to-4,18118,Tổ 4,,"), NOW)
    assert hamlets.find(store, "to-4") == replace(GROUP, valid_from=NOW, name_vi="Tổ 4", name_en="Tổ 4")
    hamlet_rows.take_in(store, csv("code,unit,name_vi", "to-4,18118,Tổ Bốn"), NOW)
    assert hamlets.find(store, "to-4") == replace(GROUP, valid_from=NOW, name_vi="Tổ Bốn", name_en="Tổ Bốn")
