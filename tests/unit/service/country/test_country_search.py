"""What people type leads to the unit they mean: two lists of queries, one of them written when the search was done.

Both are made up by us, the way people type: nobody's were collected.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.service.country.atlas import Province, Ward
from bot.service.country.search import MOST, Answer, search

LISTS: dict[str, list[dict[str, list[str]]]] = json.loads(Path(__file__).with_name("queries.json").read_text("utf-8"))
LEAST = 0.97


def codes(text: str) -> list[str]:
    return [answer.unit.code for answer in search(text)]


def first(text: str) -> Answer:
    return search(text)[0]


@pytest.mark.parametrize("name", LISTS)
def test_the_right_unit_is_among_the_first_three(name: str) -> None:
    missed = [one for one in LISTS[name] if not set(codes(str(one["query"]))[:3]) & set(one["codes"])]
    assert len(missed) <= (1 - LEAST) * len(LISTS[name]), missed


def test_the_lists_are_long_and_come_from_every_province() -> None:
    found = [search(str(one["query"])) for every in LISTS.values() for one in every]
    provinces = {answers[0].unit.province.code for answers in found if isinstance(answers[0].unit, Ward)}
    assert len(LISTS["written_before"]) >= 300
    assert len(LISTS["held_out"]) >= 100
    assert len(provinces) == 34


@pytest.mark.parametrize(
    "typed",
    [
        "Đậu Liêu", "dau lieu", "DAU LIEU", "phuong dau lieu", "P. Đậu Liêu", "p.dau lieu,tx.hong linh",
        "phuwowngf ddaauj lieeu", "d9a65u lie6u", "dau liu", "daulieu", "Dau Lieu ward, Hong Linh",
        "tổ 3 đậu liêu hồng lĩnh hà tĩnh", unicodedata.normalize("NFD", "Đậu Liêu"), "đậu liêu (cũ)", "đau lieu",
    ],
)  # fmt: skip
def test_an_old_name_however_typed_leads_to_the_unit_of_today(typed: str) -> None:
    answer = first(typed)
    assert answer.unit.code == "18118"
    assert answer.was is not None
    assert (answer.was.name, answer.was.district.name) == ("Phường Đậu Liêu", "Thị xã Hồng Lĩnh")
    assert not answer.split


def test_a_name_that_still_is_has_no_former_one() -> None:
    assert (first("nam hong linh").unit.code, first("nam hong linh").was) == ("18118", None)


def test_the_town_and_the_province_tell_two_of_one_name_apart() -> None:
    assert codes("tổ 8 nam cuong lao cai")[0] == "02671"
    assert codes("nam cuong yen bai")[0] == "04273"
    assert codes("nam cuong nam truc")[0] == "13966"


def test_of_a_name_that_many_have_all_are_told() -> None:
    found = search("xa tan tien")
    assert len(found) == MOST
    assert len({answer.unit.code for answer in found}) == MOST
    assert {answer.sure for answer in found} == {"named"}


def test_a_divided_unit_is_told_with_all_its_parts() -> None:
    found = search("thi tran son lu")
    assert {(answer.unit.code, answer.split) for answer in found[:2]} == {("15016", True), ("15019", True)}


def test_marks_settle_what_is_alike_without() -> None:
    assert codes("xã Cẩm Giàng, Hải Phòng")[0] == "10903"
    assert codes("xã Cẩm Giang, Hải Phòng")[0] == "10888"
    assert set(codes("cam giang hai phong")[:2]) == {"10903", "10888"}


def test_numbered_wards_are_found_by_number_and_district() -> None:
    named = first("p.5 q. gò vấp").was
    assert named is not None
    assert (named.name, named.district.name) == ("Phường 05", "Quận Gò Vấp")
    assert search("5") == []


def test_provinces_are_found_by_their_names_and_districts_by_their_wards() -> None:
    assert isinstance(first("tỉnh Hà Tĩnh").unit, Province)
    assert first("tphcm").unit.name == "Thành phố Hồ Chí Minh"
    assert {"12280", "12322", "12313"} <= set(codes("huyện Kim Động"))


@pytest.mark.parametrize("text", [
    "", "   ", "?", "12", "abcxyz", "ma túy", "quan nuoc dau xom chieu nao cung ghi lo de",
    "hom qua toi thay mot nhom thanh nien la mat tu tap hut chich o dau xom",
])  # fmt: skip
def test_words_that_name_nothing_find_nothing(text: str) -> None:
    assert search(text) == []


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=300) | st.lists(st.sampled_from(["tan", "phu", "p", "quan", "1", "xa", "ha", "x"])).map(" ".join)
)
def test_whatever_is_typed_is_answered(text: str) -> None:
    found = search(text)
    assert len(found) <= MOST
    assert len({answer.unit.code for answer in found}) == len(found)
    assert found == search(text)
