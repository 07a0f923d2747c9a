"""Which kinds of matters go elsewhere, at the console: said, changed by table, taken back; and whose word that is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from installation import UNIT
from unit.service.organisation_world import OTHER, PROVINCE, Arranger, Country, open_country, refusal

from bot.service.organisation.acts import RouteEnd
from bot.service.routerows import CALLED
from bot.service.routing import CATEGORIES
from bot.service.tables import RowsRefused
from handlers.folding import fold
from storage.repositories import routes

HEAD = "unit,category,target"
LOCALE = Path(__file__).parents[3] / "locales" / "vi.ftl"


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data") as found:
        yield found


async def said(country: Country) -> set[tuple[str, str, str]]:
    found = await country.box.ground.database.read(routes.every)
    return {(one.unit, one.category, one.target) for one in found}


async def faults(attempt: object) -> list[tuple[int, str, str]]:
    with pytest.raises(RowsRefused) as told:
        await attempt  # type: ignore[misc] # an awaitable
    return [(one.row, one.column, one.key) for one in told.value.faults]


def test_kinds_are_called_as_on_screen() -> None:
    texts = LOCALE.read_text("utf-8").splitlines()
    on_screen = {code: f"cat-{code} = " for code in CATEGORIES if code != "staff"} | {"staff": "org-route-staff = "}
    for code, key in on_screen.items():
        (text,) = [line.removeprefix(key) for line in texts if line.startswith(key)]
        assert fold(CALLED[code]) == fold(text)
    assert CALLED.keys() == set(CATEGORIES)


async def test_a_table_says_where_kinds_go_and_the_history_who_said_so(country: Country) -> None:
    chief = country["truong"]
    taken = await chief.brings("routes", HEAD, f"{UNIT},Ma tuý,{PROVINCE}", f"{UNIT},child,{PROVINCE}")
    assert (taken.new, taken.changed, taken.same) == (2, 0, 0)
    taken = await chief.brings("routes", HEAD, f"{UNIT},drug,{UNIT}", f"{UNIT},child,{PROVINCE}")
    assert (taken.new, taken.changed, taken.same) == (0, 1, 1)
    assert await said(country) == {(UNIT, "drug", UNIT), (UNIT, "child", PROVINCE)}
    newest, oldest = await chief.desk.history(chief.officer.me, "routes", f"{UNIT}/drug")
    assert [one.cells and one.cells["target"] for one in (newest, oldest)] == [UNIT, PROVINCE]
    act = (await chief.acts())[-1]
    assert (newest.by, dict(act.detail)["list"], newest.record) == ("Đ/c truong", "units", act.n)
    body = (await chief.desk.file(chief.officer.me, "routes", "csv", UNIT)).decode("utf-8-sig")
    assert body.splitlines() == [HEAD, f"{UNIT},child,{PROVINCE}", f"{UNIT},drug,{UNIT}"]


async def test_who_receives_is_said_beside_it_and_what_holds_from_above_too(country: Country) -> None:
    province, chief = country["tinh"], country["truong2"]
    await province.brings("routes", HEAD, f"{PROVINCE},child,{UNIT}", f"{PROVINCE},drug,{UNIT}")
    await chief.brings("routes", HEAD, f"{OTHER},drug,{PROVINCE}")
    rows = {line.key: more for line, more in (await chief.sees("routes", unit=OTHER)).rows}
    assert rows.keys() == {f"{OTHER}/drug", f"{PROVINCE}/child"}, "what is said nearer holds"
    own, above = rows[f"{OTHER}/drug"], rows[f"{PROVINCE}/child"]
    assert (own["receiver"], own["inherited_from"]) == (PROVINCE, None)
    assert (above["receiver"], above["inherited_from"]) == (UNIT, "tỉnh Hà Tĩnh")
    assert await chief.keys("routes", unit=OTHER, text="xam hai") == [f"{PROVINCE}/child"]
    assert await chief.keys("routes", unit=OTHER, text="khong co") == []
    assert [one.code for one in await chief.desk.targets(chief.officer.me)] == [OTHER, PROVINCE]
    assert {one.code for one in await province.desk.targets(province.officer.me)} >= {UNIT, OTHER}


async def test_wrong_rows_are_named_and_none_is_written(country: Country) -> None:
    chief = country["truong"]
    wrong = chief.brings(
        "routes", HEAD, f"{UNIT},child,{PROVINCE}", f"{UNIT},mua xuân,{PROVINCE}", f"{UNIT},drug,99999",
        f"{UNIT},xâm hại trẻ em,{UNIT}",
    )  # fmt: skip
    told = [(3, "category", "row-route-kind"), (4, "target", "row-no-unit"), (5, "", "row-twice")]
    assert sorted(await faults(wrong)) == told
    assert await faults(chief.brings("routes", HEAD, f"{UNIT},theft,")) == [(2, "target", "row-empty")]
    assert await faults(chief.brings("routes", HEAD, f"{OTHER},child,{PROVINCE}")) == [(2, "unit", "row-scope")]
    assert await said(country) == set()


async def test_nobody_sends_beyond_his_units_and_those_above(country: Country) -> None:
    chief: Arranger = country["truong"]
    assert await refusal(chief.brings("routes", HEAD, f"{UNIT},child,{OTHER}")) == ("desk-refused", 403)
    assert await refusal(country["truc"].brings("routes", HEAD, f"{UNIT},child,{PROVINCE}")) == ("desk-refused", 403)
    assert await said(country) == set()
    await country["tinh"].brings("routes", HEAD, f"{UNIT},child,{OTHER}")
    assert await said(country) == {(UNIT, "child", OTHER)}


async def test_what_is_about_a_units_own_people_is_said_above_it(country: Country) -> None:
    province, chief = country["tinh"], country["truong"]
    await province.brings("routes", HEAD, f"{UNIT},staff,{OTHER}", f"{PROVINCE},staff,{OTHER}")
    for row in (f"{UNIT},staff,{PROVINCE}", f"{UNIT},staff,{UNIT}"):
        assert await refusal(chief.brings("routes", HEAD, row)) == ("desk-refused", 403)
    assert await refusal(chief.does(RouteEnd(UNIT, "staff"))) == ("desk-refused", 403)
    assert await said(country) == {(UNIT, "staff", OTHER), (PROVINCE, "staff", OTHER)}
    await province.does(RouteEnd(UNIT, "staff"))
    assert await said(country) == {(PROVINCE, "staff", OTHER)}


async def test_a_kind_is_taken_back_once(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("routes", HEAD, f"{UNIT},child,{PROVINCE}")
    await chief.does(RouteEnd(UNIT, "child"))
    (gone, _) = await chief.desk.history(chief.officer.me, "routes", f"{UNIT}/child")
    assert gone.cells is None
    assert await refusal(chief.does(RouteEnd(UNIT, "child"))) == ("org-no-row", 422)
    assert await refusal(chief.does(RouteEnd(OTHER, "child"))) == ("desk-refused", 403)
