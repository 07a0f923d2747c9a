"""Swaps and holidays as lists at the console: what they show, take in, keep of their history, and refuse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from installation import UNIT
from unit.service.organisation_world import (
    OTHER,
    PROVINCE,
    Arranger,
    Country,
    faults,
    open_country,
    operator_of,
    refusal,
)

from bot.service.calendars import COUNTRY
from bot.service.organisation import history
from bot.service.organisation.acts import Exchange, Feast
from bot.service.organisation.lists import Name
from bot.service.rosters import acts as roster_acts
from crypto.wire import encode_raw
from handlers.roster import day_of

WEEK = "unit,day,from,to,officer"


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data") as found:
        yield found


async def past(who: Arranger, name: Name, key: str) -> tuple[history.Past, ...]:
    return await who.desk.history(who.officer.me, name, key)


async def changes_kept(country: Country) -> int:
    return len(await country.box.rows("SELECT * FROM changes"))


async def test_a_duty_is_swapped_on_a_day_and_taken_back(country: Country) -> None:
    chief, duty, day = country["truong"], country["truc"], day_of(int(country.box.clock())) + timedelta(days=2)
    await chief.brings(
        "roster", WEEK, f"{UNIT},{['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'][day.weekday()]},0,24,truc"
    )
    await chief.does(Exchange(UNIT, day, "truc", "truong"))
    ((line, beside),) = (await duty.sees("swaps", unit=UNIT, text="đ/c truong")).rows
    assert (line.cells["day"], beside) == (
        day.isoformat(),
        {"names": {"truc": "Đ/c truc", "truong": "Đ/c truong"}},
    )
    week = await duty.desk.week(duty.officer.me, UNIT, day)
    assert week[0].shifts[0].officers == ("Đ/c truong",)
    (one,) = await past(chief, "swaps", f"{UNIT}/{day.isoformat()}/truc")
    assert (one.by, one.cells and one.cells["instead"]) == ("Đ/c truong", "truong")
    await chief.does(Exchange(UNIT, day, "truc", None))
    assert (await chief.sees("swaps", unit=UNIT)).rows == ()
    assert (await past(chief, "swaps", f"{UNIT}/{day.isoformat()}/truc"))[0].cells is None


@pytest.mark.parametrize(
    ("officer", "instead", "after", "why"),
    [
        ("truc", "truc", 1, "desk-rows"),
        ("truc", "nobody", 1, "desk-rows"),
        ("truc", "quantri", 1, "desk-rows"),
        ("truc", "truong", -1, "desk-rows"),
        ("truc", None, 1, "org-bad-swap"),
    ],
)
async def test_a_swap_that_cannot_be(country: Country, officer: str, instead: str | None, after: int, why: str) -> None:
    chief, day = country["truong"], day_of(int(country.box.clock())) + timedelta(days=after)
    before = await changes_kept(country)
    assert await refusal(chief.does(Exchange(UNIT, day, officer, instead))) == (why, 422)
    assert await refusal(chief.does(Exchange(OTHER, day, officer, instead))) == ("desk-refused", 403)
    assert await changes_kept(country) == before


async def feasts(ward: Arranger, *, past: bool = False) -> list[tuple[str, str, str, object]]:
    """The ward's holidays as its page has them: day, whose, what it is called, from where."""
    shown = await ward.sees("holidays", unit=UNIT, past=past)
    return [(line.cells["day"], line.unit, line.cells["name"], more["inherited_from"]) for line, more in shown.rows]


async def test_the_countrys_holidays_stand_beside_a_wards_and_worked_days_are_told_apart(country: Country) -> None:
    """What is the country's every chain with officers tells, and every officer reads what became of it."""
    operator, ward, other = operator_of(country.box), country["truong"], country["truong2"]
    first = day_of(int(country.box.clock())) + timedelta(days=9)
    second = first + timedelta(days=1)
    await operator.act(lambda c, now: roster_acts.holiday(c, COUNTRY, (first, first), "Tết", now=now))
    await operator.act(lambda c, now: roster_acts.holiday(c, COUNTRY, (second, second), "bù", now=now, working=True))
    await ward.does(Feast(UNIT, second, second, "Hội làng"))
    assert await feasts(ward) == [
        (first.isoformat(), COUNTRY, "Tết", COUNTRY),
        (second.isoformat(), UNIT, "Hội làng", None),
        (second.isoformat(), COUNTRY, "bù", COUNTRY),
    ]
    week = await ward.desk.week(ward.officer.me, UNIT, first)
    assert [(day.feast, day.working) for day in week[:3]] == [("Tết", False), ("Hội làng", False), (None, False)]
    (_, worked, *_) = await other.desk.week(other.officer.me, OTHER, first)
    assert (worked.feast, worked.working) == ("bù", True)
    for one in (ward, other):
        (change,) = await past(one, "holidays", f"{COUNTRY}/{first.isoformat()}")
        told = [dict(act.detail)["change"] for act in await one.acts() if act.act == "arrange"]
        assert change.change in map(encode_raw, told)


async def test_days_that_are_over_are_shown_once_asked_for(country: Country) -> None:
    ward, day = country["truong"], day_of(int(country.box.clock())) + timedelta(days=1)
    await ward.does(Feast(UNIT, day, day, "Tết"))
    country.box.clock.now += 2 * 86_400
    assert len(await feasts(ward)) == 1
    country.box.clock.now += 86_400
    assert (await feasts(ward), len(await feasts(ward, past=True))) == ([], 1)
    found = await ward.sees("holidays", unit=UNIT, text=day.strftime("%d/%m/%Y"), past=True)
    assert found.total == 1


async def test_single_days_come_as_tables_of_his_units_alone(country: Country) -> None:
    ward, day = country["truong"], day_of(int(country.box.clock())) + timedelta(days=1)
    header = "unit,day,name,working"
    took = await ward.brings("holidays", header, f"{UNIT},{day},Tết,")
    assert (took.new, took.changed, took.same) == (1, 0, 0)
    for unit in (OTHER, COUNTRY, ""):
        assert await faults(ward.brings("holidays", header, f"{unit},{day},Tết,")) == [(2, "row-scope", "unit")]
    await ward.brings("swaps", "unit,day,officer,instead", f"{UNIT},{day},truc,truong")
    assert await ward.keys("swaps") == [f"{UNIT}/{day}/truc"]
    file = await ward.desk.file(ward.officer.me, "swaps", "csv", UNIT)
    assert f"{UNIT},{day},truc,truong" in file.decode()


async def test_holidays_hold_for_the_units_below_and_are_taken_off_where_they_were_said(country: Country) -> None:
    province, ward, day = country["tinh"], country["truong"], day_of(int(country.box.clock())) + timedelta(days=9)
    await province.does(Feast(PROVINCE, day, day + timedelta(days=1), "Tết"))
    assert await feasts(ward) == [
        (day.isoformat(), PROVINCE, "Tết", "tỉnh Hà Tĩnh"),
        ((day + timedelta(days=1)).isoformat(), PROVINCE, "Tết", "tỉnh Hà Tĩnh"),
    ]
    assert await refusal(ward.does(Feast(UNIT, day, day, None))) == ("org-bad-holiday", 422)
    assert await refusal(ward.does(Feast(PROVINCE, day, day, None))) == ("desk-refused", 403)
    await province.does(Feast(PROVINCE, day, day, None))
    assert len(await feasts(ward)) == 1
    assert await refusal(ward.does(Feast(UNIT, day, day + timedelta(days=40), "x"))) == ("org-bad-holiday", 422)
