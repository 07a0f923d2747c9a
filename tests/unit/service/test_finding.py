"""What `hopthu unit find` tells: the country's units, the installation's own, and those near a place."""

from __future__ import annotations

import pytest

from bot.service.finding import FoundUnit, OwnUnit, find, own
from storage.repositories import units
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NHL = FoundUnit("18118", "phường Nam Hồng Lĩnh", "Hà Tĩnh")
NEW = OwnUnit("42999", "phường Mới", "tỉnh Hà Tĩnh")


def test_a_unit_is_told_with_its_province_and_what_it_was() -> None:
    assert find("nam hong linh")[0] == NHL
    found = find("dau lieu hong linh")[0]
    assert found == FoundUnit(NHL.code, NHL.name, NHL.province, "phường Đậu Liêu, thị xã Hồng Lĩnh, tỉnh Hà Tĩnh")


def test_parts_of_a_divided_unit_say_so() -> None:
    found = find("son lu")
    assert [(unit.code, unit.split) for unit in found] == [("15016", True), ("15019", True)]
    assert {unit.was for unit in found} == {"thị trấn Sơn Lư, huyện Quan Sơn, tỉnh Thanh Hóa"}


def test_a_province_stands_for_itself() -> None:
    assert find("tinh ha tinh")[0] == FoundUnit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh")


def test_units_of_the_installation_alone_come_first() -> None:
    mine = [NEW, OwnUnit("18118", "phường Nam Hồng Lĩnh", "tỉnh Hà Tĩnh")]
    assert find("phuong moi", mine)[0] == FoundUnit("42999", "phường Mới", "tỉnh Hà Tĩnh")
    assert [unit.code for unit in find("nam hong linh", mine)].count("18118") == 1
    assert find("", mine) == []


@pytest.mark.parametrize("place", ["18.5286,105.7064", " 18.5286, 105.7064 ", "18.5286 105.7064"])
def test_a_place_is_told_the_units_near_it(place: str) -> None:
    found = find(place)
    assert len(found) == 5
    assert {unit.province for unit in found} <= {"Hà Tĩnh", "Nghệ An"}
    assert find("48.85,2.35") == []


def test_the_units_here_now_are_the_installations_own() -> None:
    engine = sqlite_engine("sqlite://")
    with engine.begin() as store:
        metadata.create_all(store)
        units.put_unit(store, Unit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0))
        units.put_unit(store, Unit("42999", "phường Mới", "Mới ward", "42", 0))
        units.put_unit(store, Unit("42998", "phường Cũ", "Cũ ward", "42", 0, valid_to=5, successor="42999"))
        assert own(store, 10) == [OwnUnit("42", "tỉnh Hà Tĩnh", ""), NEW]
    engine.dispose()
