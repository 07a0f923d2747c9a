"""Order, ended hamlets and whole tables of invitations: what a change of them leaves, and refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from installation import UNIT
from sqlalchemy import Connection
from unit.service.organisation_world import (
    OTHER,
    PROVINCE,
    Arranger,
    Country,
    csv,
    faults,
    open_country,
    operator_of,
    refusal,
)

from bot.service.boxes import acts as box_acts
from bot.service.desk.staffing import Invited
from bot.service.organisation import desk, history
from bot.service.organisation.acts import Exchange, Feast, HamletEnd, Removal
from bot.service.organisation.desk import MOST_INVITED, Link
from bot.service.organisation.lists import DATED
from bot.service.tables import RowsRefused
from crypto.acts import HOUR, Act
from crypto.wire import encode_raw
from handlers.roster import day_of
from handlers.timeline import DAY
from storage.repositories import changes, hamlets, rosters

WEEK = "unit,day,from,to,officer"
FIRST, SECOND = f"{UNIT},mon,7,19,truc", f"{UNIT},mon,7,19,truong"
MONDAY, SAME = f"{UNIT}/mon/7/truc", f"{UNIT}/mon/7/truong"


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data") as found:
        yield found


async def past(who: Arranger, name: str, key: str) -> tuple[history.Past, ...]:
    return await who.desk.history(who.officer.me, name, key)  # type: ignore[arg-type] # a test's name of a list


async def changes_kept(country: Country) -> int:
    return len(await country.box.rows("SELECT * FROM changes"))


async def test_an_order_is_a_change_of_the_rows_that_moved(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("roster", WEEK, FIRST, SECOND, f"{UNIT},tue,7,19,truc")
    before = await changes_kept(country)
    took = await chief.brings("roster", WEEK, SECOND, FIRST, f"{UNIT},tue,7,19,truc")
    assert (took.new, took.changed, took.same) == (0, 2, 1)
    assert await changes_kept(country) == before + 2, "who answers first is told of those two alone"
    newest, oldest = await past(chief, "roster", MONDAY)
    assert [one.cells and one.cells["order"] for one in (newest, oldest)] == ["2", "1"]
    await chief.brings("roster", WEEK, FIRST, f"{UNIT},tue,7,19,truc")
    assert len(await past(chief, "roster", MONDAY)) == 2, "whoever moves up because another went was not moved"


async def test_the_order_of_a_board_is_one_too(country: Country) -> None:
    chief = country["truong"]
    keys = [key for key in await chief.keys("hotlines") if key.startswith(UNIT)]
    rows = {line.key: line.cells for line, _ in (await chief.sees("hotlines")).rows}
    swapped = [f"{UNIT},{rows[key]['number']},{rows[key]['role_vi']}" for key in (keys[1], keys[0])]
    took = await chief.brings("hotlines", "unit,number,role_vi", *swapped)
    assert (took.new, took.changed) == (0, 2)
    assert [key for key in await chief.keys("hotlines") if key.startswith(UNIT)] == [keys[1], keys[0], *keys[2:]]
    assert [one.by for one in await past(chief, "hotlines", keys[0])] == ["Đ/c truong"]


async def test_another_units_order_is_not_his_to_change(country: Country, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a list's own rows ever reach further than they say."""
    ward, province = country["truong2"], country["truong"]
    await ward.brings("roster", WEEK, f"{OTHER},mon,7,19,truong2", f"{OTHER},tue,7,19,truong2")

    def turning(connection: Connection, _body: bytes, _now: int) -> None:
        rosters.put_week(connection, OTHER, rosters.week(connection, OTHER)[::-1])

    monkeypatch.setattr("bot.service.organisation.desk.TAKE_IN", {"roster": turning})
    before = await changes_kept(country)
    assert await refusal(province.brings("roster", WEEK, FIRST)) == ("desk-refused", 403)
    assert await changes_kept(country) == before


async def test_of_two_who_edit_one_week_the_later_is_told(country: Country) -> None:
    chief, operator = country["truong"], country["quantri"]
    seen = (await chief.sees("roster")).seen
    assert seen.keys() == {UNIT}
    await operator.brings("roster", WEEK, FIRST)
    mine = replace(await chief.sent("roster", csv(WEEK, SECOND)), seen=seen)
    assert await refusal(chief.desk.take_in(chief.officer.me, "roster", mine)) == ("desk-changed", 409)
    assert await chief.keys("roster") == [MONDAY]
    again = replace(await chief.sent("roster", csv(WEEK, SECOND)), seen=(await chief.sees("roster")).seen)
    assert (await chief.desk.take_in(chief.officer.me, "roster", again)).new == 1


async def test_a_board_that_was_only_ordered_anew_is_another_one(country: Country) -> None:
    chief, operator = country["truong"], country["quantri"]
    shown = await chief.sees("hotlines")
    first, second, *_ = [line.cells for line, _ in shown.rows if line.unit == UNIT]
    rows = [f"{UNIT},{one['number']},{one['role_vi']}" for one in (second, first)]
    await operator.brings("hotlines", "unit,number,role_vi", *rows)
    sent = await chief.sent("hotlines", csv("unit,number,role_vi", rows[0]))
    for seen, said in ((shown.seen, ("desk-changed", 409)), ({OTHER: ""}, ("desk-refused", 403))):
        assert await refusal(chief.desk.take_in(chief.officer.me, "hotlines", replace(sent, seen=seen))) == said


async def test_a_page_says_the_mark_of_every_unit_on_it(country: Country) -> None:
    province = country["tinh"]
    await country["truong2"].brings("roster", WEEK, f"{OTHER},mon,7,19,truong2")
    assert (await province.sees("roster")).seen.keys() == {PROVINCE, OTHER}
    assert (await province.sees("boxes")).seen == {}, "where no order counts a row is changed by itself"


def told(acts: list[Act], one: history.Past) -> bool:
    """Whether the chain tells of this change, as a console looks."""
    said = [(act.n, dict(act.detail)["change"]) for act in acts if act.act == "arrange" and act.serial == one.serial]
    fitting = [n for n, change in said if isinstance(change, bytes) and encode_raw(change) == one.change]
    return bool(fitting) and one.record in (None, *fitting)


async def test_every_change_names_its_record_of_the_chain(country: Country) -> None:
    province, ward, other = country["tinh"], country["truong"], country["truong2"]
    await province.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9", f"{OTHER},Tổ 1,to-1")
    for who, key in ((ward, "to-9"), (other, "to-1")):
        (one,) = await past(who, "boxes", key)
        acts = await who.acts()
        assert (one.unit, one.record) == (acts[-1].unit, acts[-1].n)
        assert told(acts, one)
        assert not told(acts, replace(one, change="A" * 43))
        assert not told(acts, replace(one, record=1))
        assert not told(acts, replace(one, serial=ward.officer.me.officer.serial))


async def test_a_change_by_command_names_what_the_chain_says(country: Country) -> None:
    chief, box = country["truong"], country.box
    await operator_of(box).act(lambda c, now: box_acts.add(c, box_acts.Sketch(UNIT, "to-9", "Tổ 9"), now))
    (one,) = await past(chief, "boxes", "to-9")
    assert one.record is None, "the desk chains it at its next look"
    assert told(await chief.acts(), one)


async def test_changes_go_when_their_term_is_over_those_that_name_persons_first(country: Country) -> None:
    chief, clock = country["truong"], country.box.clock
    await chief.brings("roster", WEEK, FIRST)
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9")
    for days, kept in ((729, {"boxes", "officers", "roster"}), (2, {"boxes"}), (1093, {"boxes"}), (2, set())):
        clock.advance(days * DAY)
        await country.box.housekeeping.forget()
        assert {name for (name,) in await country.box.rows("SELECT list FROM changes")} == kept
    await country.box.run(lambda c: changes.add(c, [changes.StoredChange("boxes", "to-9", UNIT, HOUR, None, None)]))


async def test_whoever_says_which_rows_he_saw_changes_no_others(country: Country) -> None:
    province, numbers = country["tinh"], "unit,number,role_vi"
    await province.brings("hotlines", numbers, f"{UNIT},0239 000 0007,Trực ban")
    seen = {UNIT: (await province.sees("hotlines", unit=UNIT)).seen[UNIT]}
    mine, hers = f"{UNIT},0239 000 0007,Tổ trưởng", f"{OTHER},0239 000 0008,Trực ban"
    for lines, refused in (((mine, hers), True), ((mine,), False)):
        sent = replace(await province.sent("hotlines", csv(numbers, *lines)), seen=seen)
        taking = province.desk.take_in(province.officer.me, "hotlines", sent)
        if refused:
            assert await refusal(taking) == ("desk-changed", 409)
        else:
            assert (await taking).changed == 1


async def test_whoever_is_on_duty_alone_does_none_of_it(country: Country) -> None:
    duty, day = country["truc"], day_of(int(country.box.clock())) + timedelta(days=1)
    acts = (
        Exchange(UNIT, day, "truc", "truong"), Feast(UNIT, day, day, "Tết"), HamletEnd("to-7", None), Removal("x"),
    )  # fmt: skip
    for act in acts:
        assert await refusal(duty.does(act)) == ("desk-refused", 403)
    for name in DATED:
        assert await refusal(duty.sees(name, unit=OTHER)) == ("desk-refused", 403)
    assert await refusal(invited(duty, "unit,name", f"{UNIT},Đ/c B")) == ("desk-refused", 403)


async def test_a_hamlet_ends_and_its_boxes_go_with_it(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("hamlets", "unit,name_vi,code", f"{UNIT},Tổ 7,to-7", f"{UNIT},Tổ 8,to-8")
    await chief.brings("boxes", "unit,hamlet,label_vi,code", f"{UNIT},to-7,Tổ 7,hom-7")
    await country["truong2"].brings("hamlets", "unit,name_vi,code", f"{OTHER},Tổ 1,to-1")
    for code, into, said in (
        ("to-1", None, "org-no-row"), ("to-7", "to-1", "org-no-row"), ("nowhere", None, "org-no-row"),
        ("to-7", "to-7", "org-bad-hamlet-end"),
    ):  # fmt: skip
        assert (await refusal(chief.does(HamletEnd(code, into))))[0] == said
    await chief.does(HamletEnd("to-7", "to-8"))
    assert await chief.keys("hamlets") == ["to-8"]
    ((box, _),) = (await chief.sees("boxes", text="hom-7")).rows
    assert box.cells["hamlet"] == "to-8"
    assert [one.cells is None for one in await past(chief, "hamlets", "to-7")] == [True, False]
    assert (await past(chief, "boxes", "hom-7"))[0].cells == {
        name: cell for name, cell in box.cells.items() if name != "contact_reach"
    }
    over = await country.box.run(lambda c: hamlets.history(c, "to-7"))
    assert over[-1].successor == "to-8"


async def invited(who: Arranger, *lines: str) -> tuple[Link, ...]:
    return await who.desk.invite_all(who.officer.me, await who.sent("officers", csv(*lines)))


async def test_a_table_invites_everybody_in_it_or_nobody(country: Country) -> None:
    province, before = country["tinh"], await country.box.rows("SELECT * FROM enrolments")
    with pytest.raises(RowsRefused) as refused:
        await invited(province, "unit,name,role", f"{UNIT},Đ/c B,chief", f"{OTHER},Đ/c C,king", "99,Đ/c D,")
    assert [(one.row, one.key) for one in refused.value.faults] == [(4, "row-scope")]
    with pytest.raises(RowsRefused) as refused:
        await invited(province, "unit,name,role", f"{UNIT},Đ/c B,chief", f"{OTHER},Đ/c C,king", f"{UNIT},Đ/c B,chief")
    assert [(one.row, one.key) for one in refused.value.faults] == [(3, "row-role"), (4, "row-twice")]
    assert await country.box.rows("SELECT * FROM enrolments") == before
    made = await invited(province, "unit,name,role", f"{UNIT},Đ/c B,chỉ huy", f"{OTHER},Đ/c C,")
    assert [one.invited for one in made] == [Invited(UNIT, "Đ/c B", "chief"), Invited(OTHER, "Đ/c C", "duty")]
    for one in made:
        assert (await country.box.counter.look(one.link.rpartition("=")[2])).name == one.invited.name
    for who in (country["truong"], country["truong2"]):
        assert [act.act for act in (await who.acts())[-2:]] == ["arrange", "invite"]


async def test_a_table_of_another_units_people_or_of_too_many_invites_nobody(country: Country) -> None:
    chief = country["truong"]
    for lines, fault in (
        ([f"{OTHER},Đ/c B"], (2, "row-scope")),
        ([f"{UNIT},Đ/c {n}" for n in range(MOST_INVITED + 1)], (0, "row-file-many")),
    ):
        with pytest.raises(RowsRefused) as refused:
            await invited(chief, "unit,name", *lines)
        assert [(one.row, one.key) for one in refused.value.faults] == [fault]


async def test_who_was_shut_out_and_stands_on_the_signed_sheet_is_said_to(country: Country) -> None:
    chief, duty = country["truong"], country["truc"].officer.me.officer.serial
    operator = country["quantri"]
    beside = {line.key: more for line, more in (await operator.sees("officers")).rows}
    assert {more["role"]: more["removable"] for more in beside.values()} == {
        "duty": False, "chief": False, "operator": True,
    }, "an operator is offered nobody of his own unit who reads"  # fmt: skip
    await chief.removes(duty)
    gone = {line.key: more for line, more in (await chief.sees("officers", past=True)).rows}[duty]
    assert (gone["status"], gone["listed"], gone["removable"]) == ("removed", True, True)


async def test_what_is_his_is_looked_at_once_nobody_else_changes_it(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    hold, scope_of = desk.editions.hold, desk.scope_of
    monkeypatch.setattr(desk.editions, "hold", lambda c: (order.append("hold"), hold(c))[1])
    monkeypatch.setattr(desk, "scope_of", lambda *args: (order.append("scope"), scope_of(*args))[1])
    chief = country["truong"]
    await chief.does(Feast(UNIT, *[day_of(int(country.box.clock()))] * 2, "Tết"))
    assert order[:2] == ["hold", "scope"]


async def test_a_table_of_what_was_changed_leaves_the_rest_as_others_left_it(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("boxes", "unit,label_vi,label_en,code,place", f"{UNIT},Tổ 9,Group 9,to-9,Chợ")
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ Chín,to-9")
    await chief.brings("boxes", "unit,code,place", f"{UNIT},to-9,Đình")
    (box,) = [line.cells for line, _ in (await chief.sees("boxes")).rows if line.key == "to-9"]
    assert [box[name] for name in ("label_vi", "label_en", "place")] == ["Tổ Chín", "Group 9", "Đình"]
    await chief.brings("hamlets", "unit,name_vi,name_en,code", f"{UNIT},Thôn 1,Hamlet 1,t1")
    await chief.brings("hamlets", "unit,code,board", f"{UNIT},t1,2026-05-02")
    ((hamlet, _),) = (await chief.sees("hamlets", text="thôn")).rows
    assert (hamlet.cells["name_vi"], hamlet.cells["name_en"]) == ("Thôn 1", "Hamlet 1")
    await chief.brings("units", "code,name_vi,name_en", f"{UNIT},phường Cũ,Old ward")
    await chief.brings("units", "code,name_vi", f"{UNIT},phường Mới")
    (unit,) = [line.cells for line, _ in (await chief.sees("units")).rows if line.key == UNIT]
    assert (unit["name_vi"], unit["name_en"]) == ("phường Mới", "Old ward")
    assert (2, "row-empty", "label_vi") in await faults(chief.brings("boxes", "unit,place", f"{UNIT},Chợ"))
    assert (2, "row-empty", "name_vi") in await faults(chief.brings("hamlets", "unit,board", f"{UNIT},2026-05-02"))
