"""Which kinds of matters go to another unit: said for a unit and those under it, and where that leads now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection
from unit.service.test_site_book import AUTHORITY, BOX, NOW, PROVINCE, SITE, WARD, sheet_of

from bot.service import routing
from bot.service.desk import casework
from bot.service.errors import NotAccepted
from bot.service.routing import Listed
from bot.service.site import MemoryFloors, SheetBook, find_desk
from crypto.sheets import sign_sheet
from handlers.values import Name
from storage.repositories import sheets, units
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

OFFICE = Unit("pc", "phòng Bảo vệ trẻ em", "Child protection office", "42", 0)
INSPECTORATE = Unit("tt", "Thanh tra Công an tỉnh Hà Tĩnh", "Hà Tĩnh police inspectorate", "42", 0)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """A ward, its province and an office of the province's, each with an officer."""
    engine = sqlite_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for unit in (PROVINCE, WARD, OFFICE):
            units.put_unit(connection, unit)
        units.put_box(connection, BOX)
        for sheet in (sheet_of("42"), sheet_of("18118"), sheet_of("pc", name=OFFICE.name_vi, parent="42")):
            sheets.add(connection, sheets.StoredSheet(sheet.unit, 1, sign_sheet(sheet, AUTHORITY)))
        yield connection
    engine.dispose()


@pytest.fixture
def book() -> SheetBook:
    return SheetBook(SITE, MemoryFloors())


def goes(connection: Connection, book: SheetBook, unit: str = "18118") -> dict[str, str]:
    """Where kinds of matters of a unit go now."""
    desk = find_desk(connection, book, NOW, box=None, unit=unit)
    return {category: door.unit for category, door in desk.elsewhere}


def test_a_province_says_it_for_its_wards(connection: Connection, book: SheetBook) -> None:
    assert goes(connection, book) == {}
    routing.put(connection, "42", "child", "pc")
    assert goes(connection, book) == {"child": "pc"}
    assert goes(connection, book, "42") == {"child": "pc"}
    assert routing.listed(connection, book, "18118", NOW) == (Listed("child", "42", "pc", "pc"),)


def test_what_a_ward_says_itself_counts_before(connection: Connection, book: SheetBook) -> None:
    routing.put(connection, "42", "child", "pc")
    routing.put(connection, "18118", "child", "18118")
    routing.put(connection, "18118", "drug", "42")
    assert goes(connection, book) == {"drug": "42"}
    assert routing.listed(connection, book, "18118", NOW) == (
        Listed("drug", "18118", "42", "42"),
        Listed("child", "18118", "18118", ""),
    )
    routing.take_back(connection, "18118", "child")
    assert goes(connection, book) == {"drug": "42", "child": "pc"}


def test_an_office_without_officers_leads_to_the_unit_above_it(connection: Connection, book: SheetBook) -> None:
    routing.put(connection, "18118", "child", "pc")
    empty = sheet_of("pc", 2, officers=(), parent="42", name=OFFICE.name_vi)
    sheets.add(connection, sheets.StoredSheet("pc", 2, sign_sheet(empty, AUTHORITY)))
    assert goes(connection, book) == {"child": "42"}


def test_an_office_that_ended_leads_to_the_one_after_it(connection: Connection, book: SheetBook) -> None:
    routing.put(connection, "18118", "child", "pc")
    units.put_unit(connection, replace(OFFICE, valid_to=NOW, successor="42"))
    assert goes(connection, book) == {"child": "42"}


def test_where_nobody_could_read_it_stays(connection: Connection, book: SheetBook) -> None:
    units.put_unit(connection, Unit("far", "đồn", "post", None, 0))
    routing.put(connection, "18118", "traffic", "far")
    assert goes(connection, book) == {}
    assert routing.listed(connection, book, "18118", NOW) == (Listed("traffic", "18118", "far", ""),)


def test_the_office_knows_the_boxes_of_those_who_send_to_it(connection: Connection) -> None:
    assert casework.boxes(connection, "pc") == ()
    routing.put(connection, "42", "child", "pc")
    assert [box.label_vi for box in casework.boxes(connection, "pc")] == ["Tổ 4 · phường Nam Hồng Lĩnh"]
    assert [box.label_vi for box in casework.boxes(connection, "18118")] == ["Tổ 4"]


@pytest.mark.parametrize(
    ("unit", "kind", "target", "why"),
    [("x", "child", "pc", "no such unit"), ("42", "child", "x", "no such unit"), ("42", "fun", "pc", "must be one of")],
)
def test_what_is_refused_says_why(connection: Connection, unit: str, kind: str, target: str, why: str) -> None:
    with pytest.raises(NotAccepted, match=why):
        routing.put(connection, unit, kind, target)


def test_nothing_is_taken_back_where_nothing_was_said(connection: Connection) -> None:
    with pytest.raises(NotAccepted, match="a unit above"):
        routing.take_back(connection, "18118", "child")


def inspected(connection: Connection, **changes: object) -> None:
    """The province has an inspectorate with an officer, named for what is about the wards' own people."""
    units.put_unit(connection, INSPECTORATE)
    sheet = sheet_of("tt", name=INSPECTORATE.name_vi, parent="42", **changes)
    sheets.add(connection, sheets.StoredSheet("tt", 1, sign_sheet(sheet, AUTHORITY)))
    routing.put(connection, "42", "staff", "tt")


def beside(connection: Connection, book: SheetBook, unit: str = "18118") -> str | None:
    door = find_desk(connection, book, NOW, box=None, unit=unit).inspectorate
    return door and door.unit


def test_an_inspectorate_is_offered_beside_the_unit_above(connection: Connection, book: SheetBook) -> None:
    assert beside(connection, book) is None
    inspected(connection)
    desk = find_desk(connection, book, NOW, box=None, unit="18118")
    assert (desk.above and desk.above.unit, desk.inspectorate and desk.inspectorate.name.vi) == (
        "42", INSPECTORATE.name_vi,
    )  # fmt: skip
    assert desk.elsewhere == ()
    assert routing.listed(connection, book, "18118", NOW) == (Listed("staff", "42", "tt", "tt"),)
    there = find_desk(connection, book, NOW, box=None, unit="tt")
    assert (there.receiver, there.receiver_name, there.inspectorate) == (
        "tt", Name(INSPECTORATE.name_vi, INSPECTORATE.name_vi), None,
    )  # fmt: skip


def test_nobody_under_a_unit_hears_what_is_about_its_own_people(connection: Connection, book: SheetBook) -> None:
    units.put_unit(connection, Unit("post", "Trạm", "Post", "18118", 0))
    sheets.add(connection, sheets.StoredSheet("post", 1, sign_sheet(sheet_of("post", parent="18118"), AUTHORITY)))
    routing.put(connection, "18118", "staff", "post")
    assert beside(connection, book) is None
    assert routing.listed(connection, book, "18118", NOW) == (Listed("staff", "18118", "post", ""),)


def test_an_inspectorate_that_nobody_reads_at_is_the_unit_above_itself(connection: Connection, book: SheetBook) -> None:
    inspected(connection, officers=())
    assert beside(connection, book) is None


def test_an_inspectorate_that_became_part_of_the_ward_is_not_offered(connection: Connection, book: SheetBook) -> None:
    inspected(connection)
    units.put_unit(connection, replace(INSPECTORATE, valid_to=NOW, successor="18118"))
    assert beside(connection, book) is None
    routing.put(connection, "18118", "staff", "18118")
    assert beside(connection, book) is None
