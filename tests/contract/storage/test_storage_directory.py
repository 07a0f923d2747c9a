"""Units, boxes, hotlines, sheets and settings: public facts that are put and found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import hotlines, settings, sheets, units
from storage.repositories.hotlines import StoredHotline
from storage.repositories.sheets import StoredSheet
from storage.repositories.units import Box, Unit

PROVINCE = Unit("t1", "Tỉnh Một", "Province One", None, 100)
WARD = Unit("p1", "Phường Một", "Ward One", "t1", 100, contact="0123")
BOX = Box("b1", "p1", "Tổ 1", "Group 1", "Nhà văn hóa")


def number(n: int, unit: str | None, position: int) -> StoredHotline:
    return StoredHotline(
        bytes([n]) * 16, unit, "Trực ban", "Duty desk", str(n), "24/24", "24/7", position, "2026-05-02"
    )


async def test_units_are_put_and_replaced(database: Database):
    await database.run(lambda c: [units.put_unit(c, unit) for unit in (PROVINCE, WARD)])
    ended = replace(WARD, valid_to=200, successor="p2")
    await database.run(lambda c: units.put_unit(c, ended))
    assert await database.read(units.every_unit) == (ended, PROVINCE)
    assert await database.read(lambda c: units.find_unit(c, "p1")) == ended
    assert await database.read(lambda c: units.find_unit(c, "p9")) is None
    assert await database.read(units.first_unit) == "p1"
    assert await database.read(sheets.first_unit) is None


async def test_boxes_belong_to_a_unit(database: Database):
    closed = replace(BOX, code="b0", closed=True, successor="b1")
    await database.run(lambda c: [units.put_box(c, box) for box in (BOX, closed, replace(BOX, code="b2", unit="p2"))])
    assert await database.read(lambda c: units.boxes_of(c, "p1")) == (closed, BOX)
    assert await database.read(lambda c: units.find_box(c, "b1")) == BOX
    assert await database.read(lambda c: units.find_box(c, "b9")) is None


async def test_a_board_has_its_own_numbers_before_the_national_ones(database: Database):
    national, second, first, other = number(1, None, 0), number(2, "p1", 2), number(3, "p1", 1), number(4, "p2", 0)
    await database.run(lambda c: [hotlines.put(c, line) for line in (national, second, first, other)])
    assert await database.read(lambda c: hotlines.board(c, "p1")) == (first, second, national)
    await database.run(lambda c: hotlines.put(c, replace(first, position=3)))
    await database.run(lambda c: hotlines.remove(c, national.id))
    assert await database.read(lambda c: hotlines.board(c, "p1")) == (second, replace(first, position=3))


async def test_numbers_are_read_by_units_in_their_order_by_one_and_all_together(database: Database):
    own, above, national = number(1, "p1", 5), replace(number(2, "t1", 0), kind="police"), number(3, None, 0)
    built_in = replace(number(4, None, 1), source="C04", checked=None)
    await database.run(lambda c: hotlines.add_all(c, (built_in, national, above, own)))
    await database.run(lambda c: hotlines.add_all(c, ()))
    assert await database.read(lambda c: hotlines.board(c, "p1", "t1")) == (own, above, national, built_in)
    assert await database.read(lambda c: hotlines.board(c, "t1", "p1")) == (above, own, national, built_in)
    assert await database.read(lambda c: hotlines.own(c, "p1")) == (own,)
    assert await database.read(lambda c: hotlines.own(c, None)) == (national, built_in)
    assert await database.read(hotlines.every) == (own, above, national, built_in)


async def test_a_sheet_must_be_newer_than_every_stored_one(database: Database):
    await database.run(lambda c: [sheets.add(c, StoredSheet("p1", n, b"body %d" % n)) for n in (1, 3)])
    for n in (2, 3):
        with pytest.raises(Conflict):
            await database.run(lambda c, n=n: sheets.add(c, StoredSheet("p1", n, b"late")))
    await database.run(lambda c: sheets.add(c, StoredSheet("t1", 1, b"other")))
    assert await database.read(lambda c: sheets.newest(c, "p1")) == StoredSheet("p1", 3, b"body 3")
    assert await database.read(lambda c: sheets.newest(c, "p9")) is None
    assert [s.n for s in await database.read(lambda c: sheets.every(c, "p1"))] == [3, 1]
    assert await database.read(sheets.first_unit) == "p1"


async def test_settings_are_put_and_replaced(database: Database):
    assert await database.read(lambda c: settings.get(c, "site")) is None
    await database.run(lambda c: settings.put(c, "site", b"one"))
    await database.run(lambda c: settings.put(c, "site", b"two"))
    assert await database.read(lambda c: settings.get(c, "site")) == b"two"
    assert await database.read(settings.every) == {"site": b"two"}


async def test_wards_are_counted_under_units_that_ever_had_a_sheet(database: Database):
    region, far = Unit("r1", "Miền", "Region", None, 0), Unit("x1", "Xã Xa", "Far", None, 0)
    deep = [Unit("t2", "Tỉnh Hai", "Two", "r1", 0), Unit("q1", "Quận", "District", "t2", 0)]
    await database.run(lambda c: [units.put_unit(c, unit) for unit in (PROVINCE, WARD, region, far, *deep)])

    async def several(now: int = 150) -> bool:
        return await database.read(lambda c: units.several_wards(c, now))

    async def tops(now: int = 150) -> tuple[str, ...]:
        return await database.read(lambda c: units.tops(c, now))

    assert (await several(), await tops()) == (False, ())
    await database.run(lambda c: sheets.add(c, StoredSheet("t1", 1, b"sheet")))
    assert (await several(), await tops()) == (False, ("t1",))
    await database.run(lambda c: units.put_unit(c, replace(WARD, code="p2")))
    assert (await several(), await tops()) == (True, ("t1",))
    await database.run(lambda c: units.put_unit(c, replace(WARD, code="p2", valid_to=150, successor="p1")))
    assert (await several(), await several(149)) == (False, True)
    await database.run(lambda c: sheets.add(c, StoredSheet("r1", 1, b"sheet")))
    assert (await several(), await tops(), await tops(50)) == (True, ("r1", "t1"), ("r1",))
    await database.run(lambda c: units.put_unit(c, replace(PROVINCE, parent="r1")))
    assert await tops() == ("r1",)


async def test_only_units_at_or_under_a_sheet_receive(database: Database):
    beside = replace(PROVINCE, code="t2")
    gone = replace(WARD, code="p2", valid_to=150, successor="p1")
    await database.run(lambda c: [units.put_unit(c, unit) for unit in (PROVINCE, WARD, beside, gone)])
    assert await database.read(lambda c: units.receiving(c, 150)) == frozenset()
    await database.run(lambda c: sheets.add(c, StoredSheet("t1", 1, b"sheet")))
    assert await database.read(lambda c: units.receiving(c, 149)) == {"t1", "p1", "p2"}
    assert await database.read(lambda c: units.receiving(c, 150)) == {"t1", "p1"}


async def test_names_say_where_units_stand(database: Database):
    ended = replace(WARD, code="p0", valid_to=150, successor="p1")
    await database.run(lambda c: [units.put_unit(c, unit) for unit in (PROVINCE, WARD, ended)])
    await database.run(lambda c: sheets.add(c, StoredSheet("p1", 1, b"sheet")))
    found = {unit.code: unit for unit in await database.read(lambda c: units.names(c, 150))}
    assert found["p1"] == units.UnitName("p1", "Phường Một", "Ward One", "t1", None, 1, 1)
    assert found["t1"] == units.UnitName("t1", "Tỉnh Một", "Province One", None, None, 1, 0)
    assert found["p0"] == units.UnitName("p0", "Phường Một", "Ward One", "t1", "p1", 0, 0)


async def test_whom_a_unit_came_after_is_known_before_its_day_too(database: Database):
    ends = replace(WARD, code="p0", valid_to=150, successor="p1")
    await database.run(lambda c: [units.put_unit(c, unit) for unit in (PROVINCE, WARD, ends)])
    found = [await database.read(lambda c, code=code: units.came_after(c, code)) for code in ("p0", "p1", "t1")]
    assert found == [False, True, False]
