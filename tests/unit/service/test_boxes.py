"""Boxes are made, named, moved, closed and replaced; whatever becomes of one, its link leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from unit.service import wrong_rows

from bot.service.boxes import acts
from bot.service.boxes.acts import Sketch
from bot.service.boxes.addresses import Addresses, qr_svg, typed
from bot.service.boxes.rules import circles
from bot.service.errors import NotAccepted
from bot.service.site import LONGEST_CHAIN, MemoryFloors, SheetBook, Site, find_desk
from storage.repositories import hamlets, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
WARD = Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", None, 0)
BESIDE = Unit("18121", "phường Bắc Hồng Lĩnh", "Bắc Hồng Lĩnh ward", None, 0)
GONE = Unit("18100", "phường Cũ", "Old ward", None, 0, valid_to=NOW - 1, successor="18118")
BOX = Box("tdp4", "18118", "Tổ dân phố 4", "Group 4", "Nhà văn hóa tổ dân phố 4")
GROUP = Hamlet("to-4", 0, "18118", "Tổ dân phố 4", "Group 4")
ELSEWHERE = Hamlet("to-1", 0, "18121", "Tổ dân phố 1", "Group 1")
LINKS = Addresses("https://hopthu.example", "hopthu_bot")


@pytest.fixture
def store() -> Iterator[Connection]:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as found:
        metadata.create_all(found)
        for unit in (WARD, BESIDE, GONE):
            units.put_unit(found, unit)
        units.put_box(found, BOX)
        hamlets.write(found, new=(GROUP, ELSEWHERE), changed=())
        yield found
    engine.dispose()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(NotAccepted) as told:
        act()
    return wrong_rows.said(told.value)


def lands(store: Connection, code: str) -> tuple[str, str | None, bool]:
    """The unit and box that a link leads to in a conversation, and whether that says it has moved."""
    book = SheetBook(Site("ab12cd34", b"s" * 16, demo=False, authority=b"a" * 32), MemoryFloors())
    desk = find_desk(store, book, NOW, box=code, unit=None)
    return desk.unit, desk.box, desk.moved


def test_a_box_is_made_with_a_code_that_is_easily_typed(store: Connection) -> None:
    box = acts.add(store, Sketch("18118", label_vi="  Tổ dân phố  Đồng 5 ", hamlet="tổ dân phố 4"), NOW)
    assert box == Box("to-dan-pho-dong-5-18118", "18118", "Tổ dân phố Đồng 5", "Tổ dân phố Đồng 5", hamlet="to-4")
    assert lands(store, box.code) == ("18118", box.code, False)
    assert lands(store, "TO-DAN-PHO-DONG-5-18118") == ("18118", box.code, False)


WRONG = (
    (Sketch("99999", "a", "A"), "there is no such unit here"),
    (Sketch("18100", "a", "A"), "this unit is not there now"),
    (Sketch("18118", "a b", "A"), "a code is 1 to 64 letters"),
    (Sketch("18118", "x" * 65, "A"), "a code is 1 to 64 letters"),
    (Sketch("18118", "tdp4", "A"), "a box of this code already"),
    (Sketch("18118", "TDP4", "A"), "differs from it by capital letters alone"),
    (Sketch("18118", "a", " "), "label_vi is empty"),
    (Sketch("18118", "a", "A" * 201), "label_vi is longer than 200"),
    (Sketch("18118", "a", "A", place="p" * 401), "place is longer than 400"),
    (Sketch("18118", "a", "A", hamlet="to-1"), "no such hamlet in the unit"),
    (Sketch("18118", "a", "A", hamlet="Tổ 9"), "no such hamlet in the unit"),
)


@pytest.mark.parametrize(("sketch", "said"), WRONG)
def test_a_box_that_cannot_be_is_refused_and_not_written(store: Connection, sketch: Sketch, said: str) -> None:
    assert said in refused(lambda: acts.add(store, sketch, NOW))
    assert acts.every(store) == (BOX,)


def test_what_is_changed_keeps_its_link(store: Connection) -> None:
    named = acts.change(store, "tdp4", Sketch(label_vi="Tổ 4", contact_role="Tổ trưởng", contact_reach="loa xóm"), NOW)
    moved = acts.change(store, "tdp4", Sketch(place="Cổng chợ", hamlet="to-4"), NOW)
    assert (named.label_vi, named.label_en, named.contact_role) == ("Tổ 4", "Group 4", "Tổ trưởng")
    assert (moved.label_vi, moved.place, moved.hamlet) == ("Tổ 4", "Cổng chợ", "to-4")
    assert acts.change(store, "tdp4", Sketch(hamlet=""), NOW).hamlet is None
    assert lands(store, "tdp4") == ("18118", "tdp4", False)
    assert "no such box" in refused(lambda: acts.change(store, "nowhere", Sketch(place="x"), NOW))


def test_a_closed_box_leads_to_its_unit_or_to_the_one_after_it(store: Connection) -> None:
    acts.close(store, "tdp4", None, NOW)
    assert lands(store, "tdp4") == ("18118", None, True)
    assert "is closed" in refused(lambda: acts.change(store, "tdp4", Sketch(place="x"), NOW))
    acts.add(store, Sketch("18121", "tdp1", "Tổ 1"), NOW)
    acts.close(store, "tdp4", "tdp1", NOW)
    assert lands(store, "tdp4") == ("18121", "tdp1", True)
    assert "there is no such box" in refused(lambda: acts.close(store, "tdp1", "nowhere", NOW))


def test_a_link_holds_over_a_chain_of_closed_boxes(store: Connection) -> None:
    last = "tdp4"
    for n in range(LONGEST_CHAIN):
        last = acts.replace(store, last, Sketch(code=f"b{n}"), NOW).code
    assert lands(store, "tdp4") == ("18118", last, True)
    found = acts.every(store, closed=True)
    assert (after := acts.leads_to("tdp4", found)) is not None
    assert after.code == last
    acts.add(store, Sketch("18118", "end", "Hết"), NOW)
    assert "closed boxes would lead one to the other" in refused(
        lambda: acts.replace(store, last, Sketch(code="b"), NOW)
    )


def test_no_circle_of_closed_boxes_is_written(store: Connection) -> None:
    assert "circle" in refused(lambda: acts.close(store, "tdp4", "tdp4", NOW))
    acts.replace(store, "tdp4", Sketch(code="b1"), NOW)
    acts.replace(store, "b1", Sketch(code="b2"), NOW)
    assert "circle" in refused(lambda: acts.close(store, "b2", "tdp4", NOW))
    assert lands(store, "tdp4") == ("18118", "b2", True)


def test_a_box_that_takes_the_place_of_another_is_called_as_it_was(store: Connection) -> None:
    acts.change(store, "tdp4", Sketch(hamlet="to-4", contact_role="Tổ trưởng"), NOW)
    assert acts.replace(store, "tdp4", Sketch(code="new"), NOW) == Box(
        "new", "18118", "Tổ dân phố 4", "Group 4", BOX.place, hamlet="to-4", contact_role="Tổ trưởng"
    )
    there = acts.replace(store, "new", Sketch(unit="18121", code="there", hamlet="Tổ dân phố 1"), NOW)
    assert (there.unit, there.hamlet, there.contact_role) == ("18121", "to-1", "")
    assert lands(store, "tdp4") == ("18121", "there", True)
    for sketch, said in ((Sketch(), "a code of its own"), (Sketch(code="there"), "a box of this code already")):
        assert said in refused(lambda sketch=sketch: acts.replace(store, "there", sketch, NOW))
    assert "is closed" in refused(lambda: acts.replace(store, "tdp4", Sketch(code="x"), NOW))


codes = st.integers(0, 11).map(str)


@settings(max_examples=200)
@given(st.dictionaries(codes, st.none() | codes))
def test_closed_boxes_lead_on_unless_they_are_refused(successors: dict[str, str | None]) -> None:
    """Over any boxes: where nothing is refused, every link ends at an open box or at a unit."""
    found = {
        code: Box(code, "18118", code, code, closed=after is not None, successor=after)
        for code, after in successors.items()
    }
    wrong = circles(found)
    for code in found:
        path = [code]
        while (after := successors.get(path[-1])) is not None and after not in path:
            path.append(after)
        ends = after is None and path[-1] in found
        assert ends or wrong.keys() & {*path}


def test_addresses_are_those_that_are_set_up() -> None:
    assert LINKS.page("tdp4") == "https://hopthu.example/h/tdp4"
    assert LINKS.chat("tdp4") == "https://t.me/hopthu_bot?start=tdp4"
    assert Addresses("https://hopthu.example").chat("tdp4") is None
    assert LINKS.account("tdp4") is None
    zalo = Addresses("https://hopthu.example", zalo="579745863508352884")
    assert zalo.account("tdp4") == "https://zalo.me/579745863508352884"
    assert [zalo.account(code) for code in ("12345", "cho")] == [None, None], "nobody could type these"
    assert typed("https://hopthu.example/h/tdp4") == "hopthu.example/h/tdp4"
    assert typed("http://127.0.0.1:8080/h/tdp4") == "127.0.0.1:8080/h/tdp4"


def test_a_qr_code_is_a_picture_of_the_kind_its_file_says(store: Connection) -> None:
    assert acts.picture(store, "tdp4", LINKS, name="a.svg", chat=False) == qr_svg(LINKS.page("tdp4"))
    assert acts.picture(store, "tdp4", LINKS, name="a.PNG", chat=True).startswith(b"\x89PNG")
    none = Addresses("https://hopthu.example")
    assert "no bot is set up" in refused(lambda: acts.picture(store, "tdp4", none, name="a.svg", chat=True))
    assert "must end with" in refused(lambda: acts.picture(store, "tdp4", LINKS, name="a.gif", chat=False))
