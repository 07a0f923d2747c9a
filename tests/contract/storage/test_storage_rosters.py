"""Rosters and routes: a week is put whole, swaps, holidays and routes one by one; each change is a new edition."""

from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.repositories import editions, rosters, routes
from storage.repositories.rosters import StoredDuty, StoredHoliday, StoredSwap
from storage.repositories.routes import StoredRoute

DAY, NIGHT = StoredDuty(0, 7, "a", 12), StoredDuty(0, 19, "b", 12)
SWAP = StoredSwap("2026-11-23", "a", "b")
FEAST = StoredHoliday("t1", "2027-01-01", "Tết Dương lịch")
CHILD = StoredRoute("p1", "child", "t1")


async def test_a_week_is_put_whole_and_in_order(database: Database):
    await database.run(lambda c: rosters.put_week(c, "p1", (NIGHT, DAY)))
    await database.run(lambda c: rosters.put_week(c, "p2", (DAY,)))
    assert await database.read(lambda c: rosters.week(c, "p1")) == (NIGHT, replace(DAY, position=1))
    assert await database.read(rosters.units_with_week) == ("p1", "p2")
    await database.run(lambda c: rosters.put_week(c, "p1", ()))
    assert await database.read(lambda c: rosters.week(c, "p1")) == ()
    assert await database.read(lambda c: rosters.week(c, "p2")) == (DAY,)


async def test_a_swap_is_put_replaced_and_taken_back(database: Database):
    await database.run(lambda c: rosters.put_swap(c, "p1", SWAP))
    await database.run(lambda c: rosters.put_swap(c, "p1", replace(SWAP, instead="c")))
    assert await database.read(lambda c: rosters.swaps(c, "p1", SWAP.day)) == (replace(SWAP, instead="c"),)
    assert await database.read(lambda c: rosters.swaps(c, "p1", "2026-11-24")) == ()
    assert await database.read(lambda c: rosters.swaps(c, "p2")) == ()
    assert await database.run(lambda c: rosters.remove_swap(c, "p1", SWAP.day, "a"))
    assert not await database.run(lambda c: rosters.remove_swap(c, "p1", SWAP.day, "a"))


async def test_holidays_are_asked_for_over_several_units(database: Database):
    own = StoredHoliday("p1", "2027-02-06")
    for holiday in (own, FEAST, replace(FEAST, unit="p2"), replace(FEAST, name="Tết")):
        await database.run(lambda c, holiday=holiday: rosters.put_holiday(c, holiday))
    found = await database.read(lambda c: rosters.holidays_of(c, ("p1", "t1")))
    assert found == (replace(FEAST, name="Tết"), own)
    assert await database.read(lambda c: rosters.holidays_of(c, ("p1", "t1"), "2027-02-01")) == (own,)
    assert await database.run(lambda c: rosters.remove_holiday(c, "p1", own.day))
    assert not await database.run(lambda c: rosters.remove_holiday(c, "p1", own.day))


async def test_routes_are_put_replaced_and_taken_back(database: Database):
    for route in (CHILD, replace(CHILD, target="t2"), replace(CHILD, unit="t1", target="t1")):
        await database.run(lambda c, route=route: routes.put(c, route))
    assert await database.read(lambda c: routes.of_unit(c, "p1")) == (replace(CHILD, target="t2"),)
    assert len(await database.read(routes.every)) == 2
    assert await database.run(lambda c: routes.remove(c, "p1", "child"))
    assert not await database.run(lambda c: routes.remove(c, "p1", "child"))


async def test_every_change_is_a_new_edition(database: Database):
    seen = [await database.read(editions.edition)]
    for change in (
        lambda c: rosters.put_week(c, "p1", (DAY,)),
        lambda c: rosters.put_swap(c, "p1", SWAP),
        lambda c: rosters.remove_swap(c, "p1", SWAP.day, "a"),
        lambda c: rosters.put_holiday(c, FEAST),
        lambda c: rosters.remove_holiday(c, "t1", FEAST.day),
        lambda c: routes.put(c, CHILD),
        lambda c: routes.remove(c, "p1", "child"),
    ):
        await database.run(change)
        seen.append(await database.read(editions.edition))
    assert len(set(seen)) == len(seen)


async def test_rosters_of_units_that_end_stand_behind_the_one_that_goes_on(database: Database):
    first, own, more = replace(DAY, officer="a"), replace(DAY, officer="b"), replace(DAY, officer="c")
    await database.run(lambda c: rosters.put_week(c, "p2", (own,)))
    await database.run(lambda c: rosters.put_week(c, "p1", (first, own)))
    await database.run(lambda c: rosters.put_week(c, "p3", (more,)))
    for change in (
        lambda c: rosters.put_swap(c, "p1", SWAP),
        lambda c: rosters.put_swap(c, "p2", SWAP),
        lambda c: rosters.put_holiday(c, replace(FEAST, unit="p1")),
    ):
        await database.run(change)
    await database.run(lambda c: rosters.join(c, ["p1", "p3"], "p2"))
    week = await database.read(lambda c: rosters.week(c, "p2"))
    assert [(one.officer, one.position) for one in week] == [("b", 0), ("a", 1), ("c", 2)]
    assert await database.read(rosters.units_with_week) == ("p2",)
    assert await database.read(lambda c: rosters.swaps(c, "p2")) == (SWAP,)
    assert await database.read(lambda c: rosters.swaps(c, "p1")) == ()
    assert await database.read(lambda c: rosters.holidays_of(c, ["p1", "p2"])) == (replace(FEAST, unit="p2"),)
