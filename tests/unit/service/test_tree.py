"""Units put in from the country's file and merged: nothing is lost, every link leads to a unit that receives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.service.errors import NotAccepted
from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from bot.service.tree import Sketch, add, every, merge
from bot.service.wards import Finder
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from storage.repositories import sheets, units
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW, DAY = 1_795_000_000, 86_400
AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=True, authority=AUTHORITY.verify_key)
OFFICER = Officer("s1", "a", "duty", Identity.generate().recipient, Signer.generate().verify_key, 0, None)
WARDS = ("18115", "18118", "18073", "18100")


def engine() -> Engine:
    made = sqlite_engine("sqlite://")
    with made.begin() as connection:
        metadata.create_all(connection)
    return made


@pytest.fixture
def store() -> Iterator[Connection]:
    made = engine()
    with made.begin() as connection:
        yield connection
    made.dispose()


def book() -> SheetBook:
    return SheetBook(SITE, MemoryFloors())


def staffed(store: Connection, *codes: str) -> None:
    """Sheets with an officer for these units, which are here."""
    for code in codes:
        unit = units.find_unit(store, code)
        assert unit is not None
        sheet = Sheet("site", True, code, unit.name_vi, unit.parent, 1, NOW - 10, NOW + 80 * DAY, (OFFICER,), None)
        sheets.add(store, sheets.StoredSheet(code, 1, sign_sheet(sheet, AUTHORITY)))


def province(store: Connection) -> None:
    add(store, Sketch("42"), NOW, with_wards=True)
    staffed(store, "42", *WARDS)


def test_a_ward_comes_with_the_province_above_it(store: Connection) -> None:
    found = add(store, Sketch("18118"), NOW)
    assert [(unit.code, unit.name_vi, unit.name_en, unit.parent) for unit in found.units] == [
        ("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None),
        ("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", "42"),
    ]
    assert add(store, Sketch("18118"), NOW).known == 2


def test_a_province_comes_with_all_its_wards_and_keeps_what_was_here(store: Connection) -> None:
    units.put_unit(store, Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", None, 0, contact="0239 000 0000"))
    found = add(store, Sketch("42"), NOW, with_wards=True)
    kept = units.find_unit(store, "18118")
    assert kept is not None
    assert (kept.contact, kept.parent, kept.valid_from) == ("0239 000 0000", "42", 0)
    assert (len(found.units), found.known, len(every(store, NOW, past=False))) == (69, 1, 70)


def test_a_unit_of_no_file_is_put_in_under_its_names(store: Connection) -> None:
    add(store, Sketch("42"), NOW)
    (unit,) = add(store, Sketch("42999", "phường Mới", "Mới ward", "42"), NOW).units
    assert (unit.name_vi, unit.name_en, unit.parent) == ("phường Mới", "Mới ward", "42")


@pytest.mark.parametrize(
    ("sketch", "with_wards", "said"),
    [
        (Sketch("00000"), False, "in no file of the country"),
        (Sketch("18118"), True, "wants a province's code"),
        (Sketch("18118", parent="77"), False, "put it in first"),
        (Sketch("1/1", "x"), False, "letters and digits"),
        (Sketch("11", "x" * 201), False, "at most 200"),
        (Sketch("99", " "), False, "at most 200"),
    ],
)
def test_what_is_no_unit_is_refused(store: Connection, sketch: Sketch, with_wards: bool, said: str) -> None:
    with pytest.raises(NotAccepted, match=said):
        add(store, sketch, NOW, with_wards=with_wards)
    assert units.every_unit(store) == ()


def test_no_unit_comes_to_stand_under_itself(store: Connection) -> None:
    for code, parent in (("1", None), ("2", "1"), ("3", "2")):
        add(store, Sketch(code, f"đơn vị {code}", f"Unit {code}", parent), NOW)
    before = units.every_unit(store)
    for above in ("1", "2", "3"):
        with pytest.raises(NotAccepted, match=f"unit {above} stands under unit 1"):
            add(store, Sketch("1", "đơn vị 1", "Unit 1", above), NOW)
    assert units.every_unit(store) == before


def test_a_province_comes_not_above_a_ward_that_stands_above_it(store: Connection) -> None:
    units.put_unit(store, Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", None, 0))
    add(store, Sketch("42", parent="18118"), NOW)
    with pytest.raises(NotAccepted, match="unit 42 stands under unit 18118"):
        add(store, Sketch("42"), NOW, with_wards=True)
    assert [(unit.code, unit.parent) for unit in units.every_unit(store)] == [("18118", None), ("42", "18118")]


def test_a_way_up_that_is_a_circle_already_ends(store: Connection) -> None:
    for code, parent in (("1", "2"), ("2", "1"), ("3", None)):
        units.put_unit(store, Unit(code, f"đơn vị {code}", f"Unit {code}", parent, 0))
    add(store, Sketch("3", "đơn vị 3", "Unit 3", "1"), NOW)
    found = units.find_unit(store, "3")
    assert found is not None
    assert found.parent == "1"


def test_from_its_day_on_a_merged_ward_is_the_one_that_goes_on(store: Connection) -> None:
    province(store)
    units.put_box(store, Box("tdp4", "18115", "Tổ 4", "Group 4"))
    merge(store, book(), ["18115"], into="18118", now=NOW, when=NOW + DAY)

    def leads(now: int, *, box: str | None, unit: str | None) -> tuple[str, str, bool]:
        desk = find_desk(store, book(), now, box=box, unit=unit)
        return desk.unit, desk.receiver, desk.staffed

    for box, unit in (("tdp4", None), (None, "18115")):
        assert leads(NOW + DAY - 1, box=box, unit=unit) == ("18115", "18115", True)
        assert leads(NOW + DAY, box=box, unit=unit) == ("18118", "18118", True)
    (place,) = Finder(store, book(), NOW + DAY).find("bac hong linh").places
    assert (place.unit, place.was and place.was.vi) == ("18118", "Phường Bắc Hồng Lĩnh")


def test_what_became_of_a_unit_stays_in_its_history(store: Connection) -> None:
    province(store)
    merge(store, book(), ["18115", "18073"], into="18118", now=NOW, when=NOW)
    gone = {unit.code: (unit.valid_to, unit.successor) for unit in every(store, NOW, past=True) if unit.valid_to}
    assert gone == {"18115": (NOW, "18118"), "18073": (NOW, "18118")}
    assert not {"18115", "18073"} & {unit.code for unit in every(store, NOW, past=False)}


def test_who_could_read_their_tips_still_can(store: Connection) -> None:
    province(store)
    merge(store, book(), ["18115"], into="18118", now=NOW, when=NOW)
    left = book().newest(store, "18115", NOW + 1)
    assert left is not None
    assert left.readers(NOW + 1)


@pytest.mark.parametrize(
    ("olds", "into", "said"),
    [
        (["18115"], "18115", "another one that goes on"),
        (["18115", "18115"], "18118", "each unit that ends once"),
        ([], "18118", "each unit that ends once"),
        (["18115"], "00000", "no such unit here: 00000"),
        (["00000"], "18118", "no such unit here: 00000"),
    ],
)
def test_a_merger_that_makes_no_sense_changes_nothing(store: Connection, olds: list[str], into: str, said: str) -> None:
    province(store)
    before = units.every_unit(store)
    with pytest.raises(NotAccepted, match=said):
        merge(store, book(), olds, into=into, now=NOW, when=NOW)
    assert units.every_unit(store) == before


def test_units_under_one_that_ends_stand_under_the_one_that_goes_on(store: Connection) -> None:
    province(store)
    add(store, Sketch("44"), NOW)
    staffed(store, "44")
    merge(store, book(), ["42"], into="44", now=NOW, when=NOW)
    here = every(store, NOW, past=False)
    assert {unit.parent for unit in here} == {None, "44"}
    assert sum(1 for unit in here if unit.parent == "44") == 69


def test_one_that_goes_on_for_the_one_above_it_stands_where_that_stood(store: Connection) -> None:
    province(store)
    units.put_unit(store, Unit("42001", "cụm", "cluster", "42", 0))
    deep = units.find_unit(store, "18118")
    assert deep is not None
    units.put_unit(store, replace(deep, parent="42001"))
    merge(store, book(), ["42"], into="18118", now=NOW, when=NOW)
    parents = {unit.code: unit.parent for unit in every(store, NOW, past=False)}
    assert (parents["18118"], parents["42001"], parents["18115"]) == ("42001", None, "18118")


def test_units_under_one_do_not_move_before_its_day(store: Connection) -> None:
    province(store)
    before = units.every_unit(store)
    with pytest.raises(NotAccepted, match="unit 42 has units under it: merge it on the day itself"):
        merge(store, book(), ["42"], into="18118", now=NOW, when=NOW + DAY)
    assert units.every_unit(store) == before


def test_no_ward_ends_twice_and_none_goes_on_that_has_ended(store: Connection) -> None:
    province(store)
    merge(store, book(), ["18115"], into="18118", now=NOW, when=NOW)
    for olds, into in ((["18115"], "18073"), (["18073"], "18115")):
        with pytest.raises(NotAccepted, match="ends already, and 18118 goes on"):
            merge(store, book(), olds, into=into, now=NOW, when=NOW)


def test_no_tip_is_led_where_nobody_reads(store: Connection) -> None:
    province(store)
    add(store, Sketch("30001", "phường Lẻ", "Lẻ ward"), NOW)
    with pytest.raises(NotAccepted, match="nobody could read what is sent to unit 30001"):
        merge(store, book(), ["18115"], into="30001", now=NOW, when=NOW)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from(WARDS), min_size=1, max_size=3), st.sampled_from(WARDS)), max_size=6))
def test_after_any_mergers_every_link_leads_to_a_ward_that_is_there(mergers: list[tuple[set[str], str]]) -> None:
    made = engine()
    with made.begin() as store:
        province(store)
        for code in WARDS:
            units.put_box(store, Box(f"box{code}", code, "Tổ 1", "Group 1"))
        for n, (olds, into) in enumerate(mergers):
            try:
                merge(store, book(), sorted(olds), into=into, now=NOW, when=NOW + n)
            except NotAccepted:
                continue
        there = {unit.code for unit in every(store, NOW + 10, past=False)}
        for code in WARDS:
            for desk in (
                find_desk(store, book(), NOW + 10, box=f"box{code}", unit=None),
                find_desk(store, book(), NOW + 10, box=None, unit=code),
            ):
                assert desk.unit in there
                assert desk.staffed
    made.dispose()
