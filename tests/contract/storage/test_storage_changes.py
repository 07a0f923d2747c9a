"""The history of a row: every change behind the one before, whatever else is written, on every database."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from storage.database import Database
from storage.repositories import changes
from storage.repositories.changes import StoredChange

MADE = StoredChange("boxes", "tdp4", "p1", 7_200, "s1", '{"code": "tdp4"}', 12, b"c" * 32)
GONE = replace(MADE, hour=7_200, serial=None, cells=None, record=None, change=None)


async def test_a_rows_changes_stand_in_their_order_within_an_hour_too(database: Database):
    for some in ([MADE], [GONE, replace(MADE, key="tdp5")], [replace(MADE, cells="{}")]):
        await database.run(lambda c, some=some: changes.add(c, some))
    assert await database.read(lambda c: changes.of(c, "boxes", "tdp4")) == (replace(MADE, cells="{}"), GONE, MADE)
    assert await database.read(lambda c: changes.of(c, "boxes", "tdp5")) == (replace(MADE, key="tdp5"),)


async def test_a_key_of_another_list_has_a_history_of_its_own(database: Database):
    await database.run(lambda c: changes.add(c, [MADE, replace(MADE, list="hamlets")]))
    assert await database.read(lambda c: changes.of(c, "hamlets", "tdp4")) == (replace(MADE, list="hamlets"),)
    assert await database.read(lambda c: changes.of(c, "units", "tdp4")) == ()
    await database.run(lambda c: changes.add(c, []))


async def test_a_table_of_many_rows_is_noted_at_once(database: Database):
    many = [replace(MADE, key=f"b{n}") for n in range(1_203)]
    for _ in range(2):
        await database.run(lambda c: changes.add(c, many))
    assert len(await database.read(lambda c: changes.of(c, "boxes", "b1202"))) == 2


async def test_of_several_at_once_none_is_lost(database: Database):
    await asyncio.gather(*(database.run(lambda c: changes.add(c, [MADE])) for _ in range(4)))
    assert await database.read(lambda c: changes.of(c, "boxes", "tdp4")) == (MADE,) * 4


async def test_a_lists_changes_go_by_their_hour_and_the_others_stay(database: Database):
    later, other = replace(MADE, hour=10_800), replace(MADE, list="hamlets")
    await database.run(lambda c: changes.add(c, [MADE, other]))
    await database.run(lambda c: changes.add(c, [later]))
    await database.run(lambda c: changes.expire(c, "boxes", 10_800))
    assert await database.read(lambda c: changes.of(c, "boxes", "tdp4")) == (later,)
    assert await database.read(lambda c: changes.of(c, "hamlets", "tdp4")) == (other,)
    await database.run(lambda c: changes.add(c, [GONE]))
    assert await database.read(lambda c: changes.of(c, "boxes", "tdp4")) == (GONE, later)
