"""Who may see and change which list, what goes with a change, and what is kept of it."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from acts import arranged
from installation import UNIT, Installation
from postgres_server import BOTH
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
from unit.service.test_mergers import tip_of

from bot.service import routing
from bot.service.boxes import acts as box_acts
from bot.service.boxes import rows as box_rows
from bot.service.boxes.acts import Sketch
from bot.service.boxes.addresses import qr_svg
from bot.service.desk.audit import NewerAct
from bot.service.errors import NotAccepted
from bot.service.hotlines import rows as hotline_rows
from bot.service.organisation.arranging import arrange
from bot.service.organisation.desk import Sent
from bot.service.organisation.history import told
from bot.service.organisation.lists import NAMES, Name
from bot.service.organisation.printing import Printing
from bot.service.posters.sizes import Size
from bot.service.rosters import acts as roster_acts
from bot.service.rosters import rows as roster_rows
from crypto.acts import HOUR, LISTS, read_record, sign_act
from crypto.signing import Signer
from handlers.roster import Swap, day_of
from storage.repositories import boxes, changes, sheets, tips

STORES = BOTH
BOXES = "unit,label_vi,code,place,contact_role,contact_reach"


@pytest.fixture
async def country(tmp_path: Path, url: str | None) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data", url) as found:
        yield found


async def everything(box: Installation) -> dict[str, list[tuple[object, ...]]]:
    """What a refused change must leave as it was."""
    tables = ("units", "boxes", "hamlets", "hotlines", "duties", "officers", "enrolments", "changes", "audit")
    return {name: sorted(await box.rows(f"SELECT * FROM {name}"), key=repr) for name in tables}


def test_the_chain_knows_the_lists_there_are() -> None:
    assert NAMES == LISTS


async def test_a_chief_brings_a_table_of_his_ward(country: Country) -> None:
    chief = country["truong"]
    took = await chief.brings("boxes", BOXES, f"{UNIT},Tổ 9,to-9,Cổng chợ,Tổ trưởng,0900", f"{UNIT},Tổ 8,to-8,,,")
    assert (took.new, took.changed, took.same) == (2, 0, 0)
    took = await chief.brings("boxes", "unit,label_vi,code,place", f"{UNIT},Tổ 9,to-9,Đình", f"{UNIT},Tổ 8,to-8,")
    assert (took.new, took.changed, took.same) == (0, 1, 1)
    assert await chief.keys("boxes") == ["tdp4-nhl", "to-8", "to-9"]
    *_, first, second = await chief.acts()
    assert {(act.kind, act.act, act.officer, act.tip) for act in (first, second)} == {
        ("officer", "arrange", "truong", None)
    }
    assert dict(second.detail)["list"] == "boxes"


async def test_a_workbook_says_what_its_csv_says(country: Country) -> None:
    chief = country["truong"]
    body = await chief.desk.file(chief.officer.me, "boxes", "xlsx", UNIT)
    took = await chief.desk.take_in(chief.officer.me, "boxes", await chief.sent("boxes", body))
    assert (took.new, took.changed, took.same) == (0, 0, 1)


async def test_wrong_rows_are_named_as_a_spreadsheet_counts_and_nothing_is_written(country: Country) -> None:
    chief, before = country["truong"], await everything(country.box)
    wrong = chief.brings("boxes", "unit,label_vi,code", "", f"{UNIT},Tổ 9,a b", f"{OTHER},Tổ 1,to-1", "18118,,x")
    found = await faults(wrong)
    assert found == [(4, "row-scope", "unit")]
    assert await faults(chief.brings("boxes", "unit,label_vi,code", "", f"{UNIT},,x")) == [(3, "row-empty", "label_vi")]
    found = await faults(chief.brings("boxes", "unit,label_vi,code", "", f"{UNIT},Tổ 9,a b", f"{UNIT},Tổ 8,to-8"))
    assert found == [(3, "row-code", "code")]
    assert await refusal(chief.brings("boxes", "nothing")) == ("desk-rows", 422)
    assert await everything(country.box) == before


FOREIGN = {
    "boxes": ("unit,label_vi,code", "{unit},Tổ 1,to-1"),
    "hamlets": ("unit,name_vi", "{unit},Tổ 1"),
    "hotlines": ("unit,number,role_vi", "{unit},0239 000 0009,Trực ban"),
    "roster": ("unit,day,from,to,officer", "{unit},mon,7,19,truong2"),
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("unit", [OTHER, PROVINCE, "national", "99999"])
async def test_a_chief_changes_nothing_of_another_unit(country: Country, name: str, unit: str) -> None:
    """Not even whether its row would be right is said."""
    header, row = FOREIGN[name]
    before = await everything(country.box)
    found = await faults(country["truong"].brings(name, header, row.format(unit=unit)))  # type: ignore[arg-type] # a name
    assert found == [(2, "row-scope", "unit")]
    assert await everything(country.box) == before


async def test_another_units_row_is_not_reached_by_its_key(country: Country) -> None:
    await country["truong2"].brings("boxes", "unit,label_vi,code", f"{OTHER},Tổ 1,cua-ho")
    before = await everything(country.box)
    found = await faults(country["truong"].brings("boxes", "unit,label_vi,code", f"{UNIT},Của tôi,cua-ho"))
    assert [key for _, key, _ in found] == ["row-box-unit"]
    assert await everything(country.box) == before


async def test_whatever_an_act_changed_beyond_his_units_undoes_it(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a list's own rows ever reach further than they say."""

    def reaching(connection: object, body: bytes, now: int) -> box_rows.Taken:
        box_acts.add(connection, Sketch(OTHER, "xa", "Xa"), now)  # type: ignore[arg-type] # a connection
        return box_rows.Taken(1, 0, 0)

    monkeypatch.setattr("bot.service.organisation.desk.TAKE_IN", {"boxes": reaching})
    before = await everything(country.box)
    told = await refusal(country["truong"].brings("boxes", "unit,label_vi", f"{UNIT},Tổ 9"))
    assert told == ("desk-refused", 403)
    assert await everything(country.box) == before


async def test_a_duty_officer_reads_his_unit_and_changes_nothing(country: Country) -> None:
    duty, before = country["truc"], await everything(country.box)
    for name, (header, row) in FOREIGN.items():
        shown = await duty.sees(name)  # type: ignore[arg-type] # a name
        assert not shown.may_change
        attempt = duty.brings(name, header, row.format(unit=UNIT))  # type: ignore[arg-type] # a name
        assert await refusal(attempt) == ("desk-refused", 403)
        assert await refusal(duty.sees(name, unit=OTHER)) == ("desk-refused", 403)  # type: ignore[arg-type] # a name
    assert await refusal(duty.sees("officers")) == ("desk-refused", 403)
    assert await refusal(duty.desk.history(duty.officer.me, "officers", "x")) == ("desk-refused", 403)
    assert await refusal(duty.desk.file(duty.officer.me, "officers", "csv", None)) == ("desk-refused", 403)
    assert await refusal(duty.invites(UNIT)) == ("desk-refused", 403)
    assert await refusal(duty.removes(country["truong"].officer.me.officer.serial)) == ("desk-refused", 403)
    assert await refusal(duty.merges(UNIT, into=OTHER)) == ("desk-refused", 403)
    assert await everything(country.box) == before


async def test_a_row_of_the_database_makes_nobody_a_chief(country: Country) -> None:
    duty = country["truc"]
    await country.box.forge("UPDATE officers SET role = 'chief' WHERE account = 'truc'")
    me = duty.officer.me
    forged = Arranger(duty.officer, duty.desk)
    forged.officer.me = replace(me, officer=replace(me.officer, role="chief"))
    assert not (await forged.sees("boxes")).may_change
    assert await refusal(forged.brings("boxes", "unit,label_vi", f"{UNIT},Tổ 9")) == ("desk-refused", 403)


async def test_on_a_sheet_that_is_over_nobody_arranges(country: Country) -> None:
    chief = country["truong"]
    assert (await chief.sees("boxes")).may_change
    country.box.clock.advance(91 * 24 * 3600)
    assert not (await chief.sees("boxes")).may_change
    assert await refusal(chief.brings("boxes", "unit,label_vi", f"{UNIT},Tổ 9")) == ("desk-refused", 403)


async def test_an_operator_arranges_as_a_chief_does_and_holds_no_grant(country: Country) -> None:
    operator = country["quantri"]
    assert (await operator.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9")).new == 1
    assert not operator.officer.me.reads
    found = await country.box.run(lambda c: sheets.newest(c, UNIT))
    assert found is not None
    sheet = country.box.ground.book.verified(found.body)
    assert sheet is not None
    assert {line.officer for line in sheet.officers} - {
        line.officer for line in sheet.readers(int(country.box.clock()))
    } == {"quantri"}
    wrong = await faults(operator.brings("roster", "unit,day,from,to,officer", f"{UNIT},mon,7,19,quantri"))
    assert wrong == [(2, "row-no-account", "officer")], "he answers for no tip"


async def test_a_change_goes_with_its_own_record_or_not_at_all(country: Country) -> None:
    chief, other, box = country["truong"], country["truc"], country.box
    what = csv("unit,label_vi,code", f"{UNIT},Tổ 9,to-9")
    good = read_record((await chief.sent("boxes", what)).record).act
    key, forger = chief.officer.keys.signer, Signer.generate()
    tip = replace(good, act="open", tip=bytes(16), detail=())
    wrong = {
        "nothing": b"",
        "another table": (await chief.sent("boxes", what + b"\n")).record,
        "another list": (await chief.sent("hamlets", what)).record,
        "an act on a tip": sign_act(tip, key),
        "a colleague's": await other.officer.sign("arrange", None, arranged("boxes", what)),
        "another key": sign_act(good, forger),
        "another unit": sign_act(replace(good, unit=OTHER), key),
        "an observed one": sign_act(replace(good, kind="observed", own=None), key),
    }
    before = await everything(box)
    for why, record in wrong.items():
        attempt = chief.desk.take_in(chief.officer.me, "boxes", Sent(what, record))
        assert await refusal(attempt) == ("desk-act-unfit", 422), why
    for hours in (-2, 2):
        late = sign_act(replace(good, hour=good.hour + hours * HOUR), key)
        assert await refusal(chief.desk.take_in(chief.officer.me, "boxes", Sent(what, late))) == ("desk-clock", 422)
    assert await everything(box) == before
    await box.counter.login("truc", other.officer.keys.proof())
    with pytest.raises(NewerAct):
        await chief.desk.take_in(chief.officer.me, "boxes", Sent(what, sign_act(good, key)))
    assert "to-9" not in await chief.keys("boxes")


async def test_the_province_changes_a_ward_and_both_chains_tell(country: Country) -> None:
    province, ward = country["tinh"], country["truong"]
    what = csv("unit,label_vi,code", f"{UNIT},Tổ 9,to-9", f"{OTHER},Tổ 1,to-1")
    await province.desk.take_in(province.officer.me, "boxes", await province.sent("boxes", what))
    signed = (await province.acts())[-1]
    assert (signed.kind, signed.unit, signed.detail) == ("officer", PROVINCE, arranged("boxes", what))
    for one in (ward, country["truong2"]):
        seen = (await one.acts())[-1]
        assert (seen.kind, seen.act, seen.officer, seen.detail) == ("observed", "arrange", "tinh", signed.detail)
    assert [past.by for past in await ward.desk.history(ward.officer.me, "boxes", "to-9")] == ["Đ/c tinh"]
    assert await ward.desk.history(ward.officer.me, "boxes", "to-1") == ()


async def test_the_history_of_a_row_in_its_order(country: Country) -> None:
    chief, hour = country["truong"], int(country.box.clock()) // HOUR * HOUR
    await chief.brings("boxes", BOXES, f"{UNIT},Tổ 9,to-9,Cổng chợ,Tổ trưởng,0900 111 222")
    await chief.brings("boxes", "unit,label_vi,code,contact_reach", f"{UNIT},Tổ 9,to-9,0900 333 444")
    country.box.clock.advance(2 * HOUR)
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ Chín,to-9")
    found = await chief.desk.history(chief.officer.me, "boxes", "to-9")
    assert [(past.hour, past.by) for past in found] == [(hour + 2 * HOUR, "Đ/c truong"), *[(hour, "Đ/c truong")] * 2]
    assert [past.cells and past.cells["label_vi"] for past in found] == ["Tổ Chín", "Tổ 9", "Tổ 9"]
    kept = await country.box.run(lambda c: changes.of(c, "boxes", "to-9"))
    assert "0900" not in repr(kept), "how to reach somebody is forgotten when it is taken off"


async def test_numbers_and_duties_that_go_leave_their_history(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},mon,7,19,truc", f"{UNIT},tue,7,19,truc")
    took = await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},tue,7,19,truc")
    assert (took.new, took.changed, took.same) == (0, 1, 1)
    first, second = await chief.desk.history(chief.officer.me, "roster", f"{UNIT}/mon/7/truc")
    assert (first.cells, second.cells and second.cells["to"]) == (None, "19")
    await chief.brings("hotlines", "unit,number,role_vi", f"{UNIT},0239 000 0000,Trực ban đêm")
    (past,) = await chief.desk.history(chief.officer.me, "hotlines", f"{UNIT}/02390000000")
    assert past.cells is not None
    assert past.cells["role_vi"] == "Trực ban đêm"


async def test_a_command_leaves_history_and_a_record_that_anybody_can_recompute(country: Country) -> None:
    chief, box = country["truong"], country.box
    operator = operator_of(box)
    await operator.act(lambda c, now: box_acts.add(c, Sketch(UNIT, "to-9", "Tổ 9"), now))
    await operator.act(lambda c, now: box_acts.change(c, "to-9", Sketch(label_vi="Tổ Chín"), now))
    *_, first, second = await chief.acts()
    assert {(act.kind, act.act, act.officer) for act in (first, second)} == {("observed", "arrange", None)}
    found = await chief.desk.history(chief.officer.me, "boxes", "to-9")
    assert [past.by for past in found] == [None, None]
    lines = [json.dumps([["to-9", past.cells]], ensure_ascii=False, separators=(",", ":")) for past in found]
    digests = {hashlib.sha256(line.encode()).digest() for line in lines}
    assert {dict(act.detail)["change"] for act in (first, second)} == digests, "within an hour notes have no order"
    assert await operator.look(lambda c, _: told(c, "boxes", "to-9")) == found
    with pytest.raises(NotAccepted, match="no change of it"):
        await operator.look(lambda c, _: told(c, "boxes", "nowhere"))


async def test_a_command_that_changes_nothing_leaves_nothing(country: Country) -> None:
    before = await everything(country.box)
    await operator_of(country.box).act(lambda c, _: box_acts.every(c))
    assert await everything(country.box) == before
    assert await country.box.rows("SELECT * FROM audit_waiting") == []


async def test_a_command_that_shuts_somebody_out_leaves_its_history(country: Country) -> None:
    serial = country["truc"].officer.me.officer.serial
    await operator_of(country.box).remove(serial)
    chief = country["truong"]
    past, _let_in = await chief.desk.history(chief.officer.me, "officers", serial)
    assert (past.by, past.cells and past.cells["status"]) == (None, "removed")
    assert {act.act for act in (await chief.acts())[-2:]} == {"remove", "arrange"}


async def test_pages_filters_and_what_is_past(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("boxes", "unit,label_vi,code", *(f"{UNIT},Tổ dân phố {n},b-{n:03}" for n in range(60)))
    first = await chief.sees("boxes")
    rest = await chief.sees("boxes", offset=50)
    assert (first.total, len(first.rows), len(rest.rows)) == (61, 50, 11)
    assert await chief.keys("boxes", text="to dan pho 7") == ["b-007", "b-017", "b-027", "b-037", "b-047", "b-057"]
    assert await chief.keys("boxes", text="PHỐ 59") == ["b-059"]
    assert await chief.keys("boxes", text="phường khác") == []
    assert await chief.keys("hotlines", text="02390000001") == [f"{UNIT}/02390000001"]
    await chief.brings("boxes", "unit,label_vi,code,closed,successor", f"{UNIT},Tổ dân phố 59,b-059,yes,b-001")
    assert await chief.keys("boxes", text="pho 59") == []
    ((line, more),) = (await chief.sees("boxes", text="pho 59", past=True)).rows
    assert (line.key, more["leads_to"]) == ("b-059", "b-001")


async def test_a_unit_above_sees_the_lists_of_all_under_it_and_each_its_own(country: Country) -> None:
    province, ward = country["tinh"], country["truong"]
    await country["truong2"].brings("boxes", "unit,label_vi,code", f"{OTHER},Tổ 1,to-1")
    assert await province.keys("boxes") == ["to-1", "tdp4-nhl"]
    assert await province.keys("boxes", unit=OTHER) == ["to-1"]
    assert await ward.keys("boxes") == ["tdp4-nhl"]
    assert await ward.keys("units") == [UNIT]
    assert await province.keys("units") == [OTHER, UNIT, PROVINCE]
    assert [one.code for one in await province.desk.tree(province.officer.me)] == [OTHER, UNIT, PROVINCE]
    accounts = [line.cells["account"] for line, _ in (await ward.sees("officers")).rows]
    assert sorted(accounts) == ["quantri", "truc", "truong"]
    for path in (
        ward.desk.coverage(ward.officer.me, OTHER),
        ward.desk.week(ward.officer.me, OTHER, date(2026, 11, 23)),
    ):
        assert await refusal(path) == ("desk-refused", 403)
    assert await refusal(ward.desk.file(ward.officer.me, "boxes", "csv", OTHER)) == ("desk-refused", 403)
    assert await refusal(ward.desk.code_of(ward.officer.me, "to-1")) == ("org-no-row", 404)


async def test_what_stands_beside_rows(country: Country) -> None:
    chief = country["truong"]
    ((_, beside),) = (await chief.sees("boxes")).rows
    assert str(beside["web"]).endswith("/h/tdp4-nhl")
    assert (beside["telegram"], beside["leads_to"]) == (None, "tdp4-nhl")
    ((unit, more),) = (await chief.sees("units")).rows
    assert unit.cells["parent"] == PROVINCE
    assert (more["staffed"], more["sheet_days"], more["parents"]) == (True, 90, [PROVINCE])
    numbers = await chief.sees("hotlines")
    origins = {line.unit: more["inherited_from"] for line, more in numbers.rows}
    assert origins == {UNIT: None, "national": "national"}
    assert numbers.summary == {"stale": 3}
    assert {more["tel"] for line, more in numbers.rows if line.unit == UNIT} >= {"tel:+842390000000"}


async def test_who_waits_is_shown_with_his_digits(country: Country) -> None:
    chief = country["truong"]
    await country.box.forge("UPDATE officers SET status = 'requested' WHERE account = 'truc'")
    shown = await chief.sees("officers")
    (asked,) = await operator_of(country.box).officers(unit=UNIT, waiting=True)
    digits = {line.cells["account"]: more["digits"] for line, more in shown.rows}
    assert digits == {"quantri": None, "truong": None, "truc": asked.digits}
    assert shown.summary == {"waiting": 1, "approved": 0, "locked": 0}


async def test_files_are_what_the_commands_write(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},mon-fri,7,19,truc")
    written = {
        "boxes": lambda c: box_rows.take_along(c, "csv", UNIT),
        "hotlines": lambda c: hotline_rows.taken_along(c, "csv", [UNIT]),
        "roster": lambda c: roster_rows.taken_along(c, "csv", [UNIT]),
    }
    for name, write in written.items():
        body = await chief.desk.file(chief.officer.me, name, "csv", UNIT)  # type: ignore[arg-type] # a name
        assert body == await country.box.run(write)


async def test_what_hangs_and_what_lacks(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("hamlets", "unit,name_vi,code,board", f"{UNIT},Tổ 4,to-4,2026-11-20", f"{UNIT},Tổ 9,to-9,")
    await chief.brings("boxes", "unit,label_vi,code,hamlet", f"{UNIT},Tổ dân phố 4,tdp4-nhl,to-4")
    (found,) = await chief.desk.coverage(chief.officer.me, UNIT)
    assert [(one.code, one.box, one.board) for one in found.lacking] == [("to-9", True, True)]
    assert (await chief.sees("boxes")).summary == {
        "hamlets": 2,
        "with_box": 1,
        "with_board": 1,
        "bare": 0,
    }


async def test_a_week_with_its_gaps_and_who_answers_in_them(country: Country) -> None:
    chief, monday = country["truong"], date(2026, 11, 23)
    assert day_of(int(country.box.clock())) < monday
    await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},mon,7,19,truc", f"{UNIT},mon,19,7,truong")
    days = await chief.desk.week(chief.officer.me, UNIT, monday)
    assert [day.day.isoformat() for day in days][::6] == ["2026-11-23", "2026-11-29"]
    assert [(one.start, one.end, one.officers) for one in days[0].shifts] == [
        (7, 19, ("Đ/c truc",)),
        (19, 24, ("Đ/c truong",)),
    ]
    assert [(one.start, one.end, one.goes_to) for one in days[0].gaps] == [(0, 7, "Đ/c truong")]
    assert [(one.start, one.end) for one in days[1].gaps] == [(7, 24)]


async def test_where_kinds_of_matters_go_swaps_and_holidays_are_told_too(country: Country) -> None:
    """What is about the ward's own people, who answers on one day: whoever changes it by command is seen to."""
    chief, box = country["truong"], country.box
    operator, day = operator_of(box), date(2026, 11, 25)
    acts: list[tuple[Name, str, dict[str, str] | None, Callable[[Connection, int], object]]] = [
        ("units", "staff", {"category": "staff", "target": PROVINCE},
         lambda c, _: routing.put(c, UNIT, "staff", PROVINCE)),
        ("units", "staff", None, lambda c, _: routing.take_back(c, UNIT, "staff")),
        ("swaps", "2026-11-25/truc", {"unit": UNIT, "day": "2026-11-25", "officer": "truc", "instead": "truong"},
         lambda c, now: roster_acts.swap(c, UNIT, Swap(day, "truc", "truong"), now=now)),
        ("holidays", "2026-11-25", {"unit": UNIT, "day": "2026-11-25", "name": "Lễ", "working": ""},
         lambda c, now: roster_acts.holiday(c, UNIT, (day, day), "Lễ", now=now)),
    ]  # fmt: skip
    for name, key, cells, act in acts:
        await operator.act(act)
        told_ = (await chief.acts())[-1]
        line = json.dumps([[f"{UNIT}/{key}", cells]], ensure_ascii=False, separators=(",", ":")).encode()
        assert dict(told_.detail) == {"list": name, "change": hashlib.sha256(line).digest()}
        assert (await chief.desk.history(chief.officer.me, name, f"{UNIT}/{key}"))[0].cells == cells


async def test_a_week_may_end_and_a_number_be_another_or_go(country: Country) -> None:
    chief = country["truong"]
    await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},mon,7,19,truc")
    took = await chief.brings("roster", "unit,day,from,to,officer", f"{UNIT},-,-,-,-")
    assert (took.changed, await chief.keys("roster")) == (1, [])
    header = "unit,number,role_vi,was"
    await chief.brings("hotlines", header, f"{UNIT},0239 000 0008,Trực ban,", f"{UNIT},0239 000 0007,Tổ trưởng,")
    before = await chief.keys("hotlines")
    took = await chief.brings("hotlines", header, f"{UNIT},0239 000 0009,Trực ban,02390000008")
    mended = [key.replace("0008", "0009") for key in before]
    assert (await chief.keys("hotlines"), took.same) == (mended, 0)
    wrong = await faults(chief.brings("hotlines", header, f"{UNIT},0239 000 0009,Trực ban,0239 000 0008"))
    assert wrong == [(2, "row-no-number", "was")]
    wrong = await faults(chief.brings("hotlines", header, f"{UNIT},0239 000 0009,Trực ban,0239 000 0007"))
    assert wrong == [(2, "row-number-there", "number")]
    await chief.brings("hotlines", header, f"{UNIT},-,-,02390000009")
    assert await chief.keys("hotlines") == [key for key in mended if not key.endswith("0009")]
    (gone, *_) = await chief.desk.history(chief.officer.me, "hotlines", f"{UNIT}/02390000009")
    assert gone.cells is None


async def test_what_another_commits_meanwhile_is_no_change_of_this_act(country: Country) -> None:
    """Each of two acts at one moment reads what it was and what it became, and nothing of the other's."""

    def adding(unit: str, code: str, reads: int) -> Callable[[Connection], list[str]]:
        def act(connection: Connection) -> None:
            for _ in range(reads):
                boxes.every(connection)
            box_acts.add(connection, Sketch(unit, code, "Tổ"), int(country.box.clock()))

        return lambda c: [one.key for one in arrange(c, ("boxes",), lambda: act(c)).changed]

    work = adding(UNIT, "to-1", 100), adding(OTHER, "to-2", 0)
    assert await asyncio.gather(*map(country.box.run, work)) == [["to-1"], ["to-2"]]


LEADING = "unit,label_vi,code,closed,successor"


async def test_no_box_is_led_out_of_what_is_his(country: Country) -> None:
    """What people bring to it would be read elsewhere. Where one above him led it, it stays."""
    chief, province = country["truong"], country["tinh"]
    await country["truong2"].brings("boxes", "unit,label_vi,code", f"{OTHER},Tổ 1,cua-ho", f"{OTHER},Tổ 2,cua-ho-2")
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9", f"{UNIT},Tổ 8,to-8")
    before = await everything(country.box)
    for code in ("to-9", "moi"):
        led = chief.brings("boxes", LEADING, f"{UNIT},Tổ 9,{code},yes,cua-ho")
        assert await refusal(led) == ("desk-refused", 403)
    assert await everything(country.box) == before
    await chief.brings("boxes", LEADING, f"{UNIT},Tổ 9,to-9,yes,to-8")
    await province.brings("boxes", LEADING, f"{UNIT},Tổ 9,to-9,yes,cua-ho")
    await chief.brings("boxes", LEADING, f"{UNIT},Tổ Chín,to-9,yes,cua-ho")
    assert await refusal(chief.brings("boxes", LEADING, f"{UNIT},Tổ 9,to-9,yes,cua-ho-2")) == ("desk-refused", 403)


async def test_whoever_alone_opens_reports_is_shut_out_by_their_number_alone(country: Country) -> None:
    duty = country["truc"].officer.me.officer.serial
    await country.box.run(lambda connection: tips.file(connection, tip_of(UNIT, {duty: b"key"})))
    page = await country["tinh"].sees("officers")
    assert {row.key: more["sole"] for row, more in page.rows if more["sole"]} == {duty: 1}
    assert page.summary["locked"] == 0
    assert await refusal(country["tinh"].removes(duty)) == ("org-last-key", 409)
    await country["tinh"].removes(duty, tips=1)
    assert (await country["tinh"].sees("officers")).summary["locked"] == 1


async def test_a_unit_keeps_somebody_who_reads_what_is_sealed_to_it(country: Country) -> None:
    """The signed sheet goes on naming whoever is shut out, so reports would go on to nobody."""
    duty, chief, province = (country[name].officer.me.officer.serial for name in ("truc", "truong", "tinh"))
    other, before = country["truong2"].officer.me.officer.serial, await everything(country.box)
    for serial in (duty, chief):
        assert await refusal(country["quantri"].removes(serial)) == ("desk-refused", 403)
    assert await refusal(country["tinh"].removes(other)) == ("org-last-reader", 422)
    assert await refusal(country["tinh"].removes(province)) == ("desk-refused", 403)
    assert await everything(country.box) == before
    await country["tinh"].removes(duty)
    assert await refusal(country["tinh"].removes(chief)) == ("org-last-reader", 422)
    await country["truong"].removes(country["quantri"].officer.me.officer.serial)


async def test_an_operator_shuts_out_operators_and_those_below(country: Country) -> None:
    above = await country.staff("quantri-tinh", "operator", PROVINCE)
    second = await country.staff("quantri2", "operator")
    await above.removes(country["truc"].officer.me.officer.serial)
    await country["quantri"].removes(second.officer.me.officer.serial)


async def test_officers_are_invited_and_shut_out(country: Country) -> None:
    chief, duty = country["truong"], country["truc"]
    made = await chief.invites(UNIT, "operator")
    token = made.link.rpartition("=")[2]
    assert (await country.box.counter.look(token)).role == "operator"
    assert await refusal(chief.invites(OTHER)) == ("desk-refused", 403)
    assert await refusal(chief.invites(UNIT, "king")) == ("org-bad-invite", 422)
    await chief.removes(duty.officer.me.officer.serial)
    assert await refusal(country.box.counter.who(duty.officer.me.token)) == ("login-again", 401)
    assert await refusal(chief.removes(duty.officer.me.officer.serial)) == ("org-no-row", 422)
    stranger = country["truong2"].officer.me.officer.serial
    assert await refusal(chief.removes(stranger)) == ("org-no-row", 404)
    assert await refusal(chief.removes(chief.officer.me.officer.serial)) == ("desk-refused", 403)
    told_ = [(act.kind, act.act, act.officer) for act in await chief.acts()][-4:]
    assert told_ == [
        ("officer", "arrange", "truong"),
        ("observed", "invite", None),
        ("officer", "arrange", "truong"),
        ("observed", "remove", "truc"),
    ]


async def test_the_province_merges_wards_and_no_ward_does(country: Country) -> None:
    ward, province = country["truong"], country["tinh"]
    for attempt in (ward.merges(OTHER, into=UNIT), ward.merges(UNIT, into=OTHER), province.merges(PROVINCE, into=UNIT)):
        assert (await refusal(attempt))[1] in {403, 422}
    assert await refusal(province.merges(UNIT, into="99999")) == ("desk-refused", 403)
    await country["truong2"].brings("boxes", "unit,label_vi,code", f"{OTHER},Tổ 1,to-1")
    assert await province.keys("units") == [OTHER, UNIT, PROVINCE]
    await province.merges(OTHER, into=UNIT)
    assert await province.keys("units") == [UNIT, PROVINCE]
    (past,) = await province.desk.history(province.officer.me, "units", OTHER)
    assert (past.by, past.cells and past.cells["successor"]) == ("Đ/c tinh", UNIT)
    assert await ward.keys("boxes") == ["to-1", "tdp4-nhl"], "what was theirs is his who goes on for them"
    assert (await country["truong2"].acts())[-1].act == "arrange"


async def test_units_by_table_under_ones_own_alone(country: Country) -> None:
    ward, province = country["truong"], country["tinh"]
    assert (await province.brings("units", "code,name_vi,parent", f"XM1,xã Mới,{PROVINCE}")).new == 1
    assert "XM1" in await province.keys("units")
    assert (await ward.brings("units", "code,name_vi", f"{UNIT},phường Nam Hồng")).changed == 1
    before = await everything(country.box)
    for row, column in ((f"{OTHER},phường Khác,{UNIT}", "code"), (f"XM2,xã Mới,{PROVINCE}", "parent")):
        assert await faults(ward.brings("units", "code,name_vi,parent", row)) == [(2, "row-scope", column)]
    for row in (f"{UNIT},phường Nam Hồng,", f"18073,phường Của Ai,{UNIT}", "18073,,"):
        told_ = await refusal(ward.brings("units", "code,name_vi,parent", row))
        assert told_ == ("desk-refused", 403), row
    assert await everything(country.box) == before
    body = await ward.desk.file(ward.officer.me, "units", "csv", UNIT)
    took = await ward.desk.take_in(ward.officer.me, "units", await ward.sent("units", body))
    assert (took.new, took.changed, took.same) == (0, 0, 1)


async def test_posters_and_codes(country: Country) -> None:

    chief = country["truong"]
    await chief.brings("boxes", "unit,label_vi,code", f"{UNIT},Tổ 9,to-9")
    web = country.box.config.web
    assert await chief.desk.code_of(chief.officer.me, "to-9") == qr_svg(f"{web}/h/to-9")
    for box, pages in ((None, 2), ("to-9", 1)):
        body = await chief.desk.posters(chief.officer.me, Printing(UNIT, box, Size.A5, bilingual=False))
        with pikepdf.open(io.BytesIO(body)) as found:
            assert len(found.pages) == pages
    await chief.brings("boxes", "unit,label_vi,code,closed", f"{UNIT},Tổ 9,to-9,yes")
    wanted = Printing(UNIT, "to-9", Size.A5, bilingual=False)
    assert await refusal(chief.desk.posters(chief.officer.me, wanted)) == ("org-bad-posters", 422)
