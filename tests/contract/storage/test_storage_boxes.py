"""Boxes many at a time, and hamlets with what they were."""

from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.repositories import boxes, editions, hamlets, hotlines, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.hotlines import StoredHotline
from storage.repositories.units import Box

BOX = Box("b1", "p1", "Tổ 1", "Group 1", "Nhà văn hóa", hamlet="h1", contact_role="Tổ trưởng", contact_reach="loa")
GROUP = Hamlet("h1", 100, "p1", "Tổ 1", "Group 1", board="2026-11-22")


async def test_boxes_are_written_many_at_a_time(database: Database):
    second, third = replace(BOX, code="b2"), replace(BOX, code="a1", unit="p2")
    await database.run(lambda c: boxes.write(c, new=(BOX, second, third), changed=()))
    before = await database.read(editions.edition)
    closed = [replace(box, closed=True, successor="b1") for box in (second, third)]
    await database.run(lambda c: boxes.write(c, new=(), changed=closed))
    assert await database.read(boxes.every) == (BOX, *closed)
    assert await database.read(lambda c: boxes.every(c, "p2")) == (closed[1],)
    after = await database.read(editions.edition)
    await database.run(lambda c: boxes.write(c, new=(), changed=()))
    assert before != after == await database.read(editions.edition)


async def test_a_code_typed_in_capitals_is_found(database: Database):
    await database.run(lambda c: boxes.write(c, new=(BOX, replace(BOX, code="B2")), changed=()))
    for typed, found in (("B1", "b1"), ("b1", "b1"), ("B2", "B2"), ("b2", None)):
        box = await database.read(lambda c, typed=typed: units.find_box(c, typed))
        assert (box.code if box else None) == found


async def test_hamlets_are_found_as_they_are_and_were(database: Database):
    now = replace(GROUP, valid_from=200, name_vi="Tổ Một", board=None)
    await database.run(lambda c: hamlets.write(c, new=(GROUP, replace(GROUP, code="h2", unit="p2")), changed=()))
    await database.run(lambda c: hamlets.write(c, new=(now,), changed=(replace(GROUP, valid_to=200, successor="h2"),)))
    assert await database.read(lambda c: hamlets.history(c, "h1")) == (
        replace(GROUP, valid_to=200, successor="h2"), now,
    )  # fmt: skip
    assert await database.read(lambda c: hamlets.find(c, "h1")) == now
    assert await database.read(lambda c: hamlets.find(c, "h9")) is None
    assert [one.code for one in await database.read(hamlets.present)] == ["h1", "h2"]
    assert [one.code for one in await database.read(lambda c: hamlets.present(c, "p2"))] == ["h2"]
    assert await database.read(hamlets.codes) == {"h1", "h2"}


async def test_numbers_are_counted_by_unit(database: Database):
    lines = [
        StoredHotline(bytes([n]) * 16, unit, "a", "b", "1", "", "", n) for n, unit in enumerate(["p1", "p1", None])
    ]
    await database.run(lambda c: [hotlines.put(c, line) for line in lines])
    assert await database.read(hotlines.counted) == {"p1": 2}
