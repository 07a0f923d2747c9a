"""Units as a table: all or nothing, the same again changes nothing, and no table ends a unit that is here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from bot.service import unitrows
from bot.service.boxes.rows import Taken
from bot.service.country.atlas import atlas
from bot.service.country.kinds import english, small
from bot.service.tables import RowsRefused
from bot.service.tree import is_there
from storage.repositories import units
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW, DAY = 1_795_000_000, 86_400
PROVINCE = Unit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0, contact="0239")
WARD = Unit("18118", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", "42", 0)


@pytest.fixture
def store() -> Iterator[Connection]:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        for unit in (PROVINCE, WARD):
            units.put_unit(connection, unit)
        yield connection
    engine.dispose()


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def faults(store: Connection, body: bytes) -> list[tuple[int, str, str]]:
    before = units.every_unit(store)
    with pytest.raises(RowsRefused) as told:
        unitrows.take_in(store, body, NOW)
    assert units.every_unit(store) == before
    return [(fault.row, fault.column, fault.key) for fault in told.value.faults]


def found(store: Connection, code: str) -> Unit:
    unit = units.find_unit(store, code)
    assert unit is not None
    return unit


def test_units_of_the_country_need_their_code_alone(store: Connection) -> None:
    assert unitrows.take_in(store, csv("Mã", "18115", "18118"), NOW) == Taken(1, 0, 1)
    official = atlas().wards["18115"].name
    assert found(store, "18115") == Unit("18115", small(official), english(official), "42", NOW)
    assert found(store, "18118") == WARD


def test_other_units_say_what_they_are(store: Connection) -> None:
    body = csv(
        "Mã;Đơn vị cấp trên;Tên;Tên tiếng Anh;Liên hệ;Từ ngày;Đến ngày;Thay bằng",
        "42tt;42;Thanh tra Công an tỉnh Hà Tĩnh;Hà Tĩnh police inspectorate;0239 1;;;",
        "42old;42;phường Cũ;;;01/01/2010;2025-07-01;18118",
        "42new;42old;xã Mới;;;;;",
    )
    assert unitrows.take_in(store, body, NOW) == Taken(3, 0, 0)
    body_of = found(store, "42tt")
    assert (body_of.name_en, body_of.contact, body_of.valid_from) == ("Hà Tĩnh police inspectorate", "0239 1", NOW)
    old = found(store, "42old")
    assert (old.name_en, old.successor, is_there(old, NOW)) == ("phường Cũ", "18118", False)
    assert found(store, "42new").parent == "42old"
    assert unitrows.take_in(store, body, NOW + 9) == Taken(0, 0, 3)


def test_a_column_that_is_not_there_leaves_what_is(store: Connection) -> None:
    assert unitrows.take_in(store, csv("code,name_vi", "42,tỉnh Hà Tĩnh"), NOW) == Taken(0, 0, 1)
    assert unitrows.take_in(store, csv("code,contact", "18118,0239 9"), NOW) == Taken(0, 1, 0)
    assert found(store, "18118") == replace(WARD, contact="0239 9")
    assert unitrows.take_in(store, csv("code,name_vi", "18118,phường Nam Hồng"), NOW) == Taken(0, 1, 0)
    assert found(store, "18118").name_en == WARD.name_en, "a form that sends one name leaves the other"
    assert unitrows.take_in(store, csv("code,parent", "18118,"), NOW) == Taken(0, 1, 0)
    assert found(store, "18118").parent is None


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_along_changes_nothing_when_it_is_brought_back(store: Connection, kind: str) -> None:
    units.put_unit(store, Unit("18100", "xã Cũ", "Old commune", "42", NOW - 5 * DAY, NOW - DAY + 77, "18118"))
    before = units.every_unit(store)
    assert unitrows.take_in(store, unitrows.take_along(store, kind), NOW) == Taken(0, 0, 3)  # type: ignore[arg-type] # a parameter
    assert units.every_unit(store) == before


def test_of_one_unit_it_and_those_under_it_are_taken_along(store: Connection) -> None:
    units.put_unit(store, Unit("15", "tỉnh Lào Cai", "Lào Cai province", None, 0))
    assert len(unitrows.take_along(store, "csv", "42").splitlines()) == 3
    assert len(unitrows.take_along(store, "csv", "18118").splitlines()) == 2


def test_noughts_that_a_spreadsheet_took_off_are_put_back(store: Connection) -> None:
    unitrows.take_in(store, csv("code,parent", "01,", "00004,01"), NOW)
    assert unitrows.take_in(store, csv("code,parent", "4,1"), NOW) == Taken(0, 0, 1)
    assert found(store, "00004").parent == "01"


def test_every_fault_is_named_by_its_row_and_nothing_is_written(store: Connection) -> None:
    body = csv(
        "code,parent,name_vi,valid_from,valid_to,successor",
        "18115,,,,,",
        "a b,42,xã A,,,",
        "x1,nowhere,xã X,,,",
        "x2,42,,,,",
        "x3,x4,xã X,,,",
        "x4,x3,xã X,,,",
        "x5,42,xã X,,,18118",
        "x6,42,xã X,soon,,",
        "x7,42,xã X,2025-07-02,2025-07-01,18118",
        "18118,42,,,2027-01-01,42",
        "x2,42,xã Y,,,",
        "x8,42,xã X,2010-01-01,2011-01-01,x8",
    )
    assert faults(store, body) == [
        (3, "code", "row-unit-code"),
        (4, "parent", "row-no-unit"),
        (6, "parent", "row-unit-circle"),
        (7, "parent", "row-unit-circle"),
        (8, "successor", "row-unit-open"),
        (9, "valid_from", "row-day"),
        (10, "valid_to", "row-unit-days"),
        (11, "valid_to", "row-unit-life"),
        (11, "successor", "row-unit-life"),
        (12, "code", "row-twice"),
        (13, "successor", "row-unit-circle"),
    ]


def test_a_unit_without_a_name_anywhere_is_refused(store: Connection) -> None:
    assert faults(store, csv("code,name_vi", "x2,")) == [(2, "name_vi", "row-empty")]


def test_a_ward_whose_province_is_not_here_is_refused(store: Connection) -> None:
    assert faults(store, csv("code", "00004")) == [(2, "parent", "row-no-unit")]
