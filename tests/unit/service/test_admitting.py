"""The road onto a signed sheet over the console: digits, requests, sheets; and at each step what does not go."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from installation import UNIT, OfficerKeys
from unit.service.organisation_world import OTHER, PROVINCE, Arranger, Country, open_country, operator_of, refusal
from unit.service.test_mergers import tip_of

from bot.service.bundles import read_bundle
from bot.service.desk import enrolment, staffing
from bot.service.desk.enrolment import LINK_LIVES
from bot.service.desk.sheetbatches import Need
from bot.service.errors import NotAccepted
from bot.service.organisation.admitting import Brought, Heard
from bot.service.organisation.history import history
from bot.service.tables import RowsRefused
from crypto.sheets import Sheet, draft_sheet, read_draft, sign_sheet
from storage.repositories import officers, tips
from storage.repositories.enrolments import Enrolment
from storage.repositories.officers import Officer

SPACED = str.maketrans({" ": " . "})


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[Country]:
    async with open_country(tmp_path / "data") as found:
        yield found


async def applied(country: Country, account: str, unit: str = UNIT) -> Officer:
    """Somebody used his link, and nobody has signed anything."""
    token, ends, now = os.urandom(32).hex(), int(country.box.clock()) + LINK_LIVES, int(country.box.clock())
    await country.box.run(lambda c: enrolment.invite(c, token, Enrolment(unit, "duty", f"Đ/c {account}", ends)))
    keys, serial = OfficerKeys(), os.urandom(6).hex()
    return await country.box.run(lambda c: enrolment.apply(c, token, keys.application(account), serial=serial, now=now))


def digits(country: Country, one: Officer) -> str:
    return staffing.digits_of(staffing.waiting_as(one, country.box.ground.keys.site.id))


async def hears(who: Arranger, serial: str, said: str) -> None:
    """He types what he heard."""
    what = json.dumps({"serial": serial, "digits": said}).encode()
    await who.desk.admission.approve(who.officer.me, Heard(serial, said), await who.sent("officers", what))


async def asks(who: Arranger, tmp_path: Path, unit: str, *, only: bool = False) -> dict[str, Sheet]:
    """The requests in the archive that he carries to the authority, by unit."""
    file = tmp_path / "requests.zip"
    file.write_bytes(await who.desk.admission.requests(who.officer.me, unit, only=only))
    found = [read_draft(body) for _, body in read_bundle(file, ".json")]
    return {one.unit: one for one in found}


def signed(country: Country, sheet: Sheet) -> bytes:
    authority = country.box.ground.keys.authority
    assert authority is not None
    return sign_sheet(sheet, authority)


async def brings(who: Arranger, body: bytes, tips: int = 0) -> str:
    """He brings a signed sheet; how it stands."""
    sent = await who.sent("officers", json.dumps({"sheet": body.decode(), "tips": tips}).encode())
    return (await who.desk.admission.take_in(who.officer.me, Brought(body, tips), sent)).status


async def why_not(attempt: object) -> tuple[str, object]:
    with pytest.raises(RowsRefused) as told:
        await attempt  # type: ignore[misc] # an awaitable
    (fault,) = told.value.faults
    return fault.key, fault.args.get("tips")


async def status(country: Country, serial: str) -> str:
    found = await country.box.ground.database.read(lambda c: officers.by_serial(c, serial))
    assert found is not None
    return found.status


async def test_digits_that_fit_are_noted_and_signed_and_put_one_into_the_request(
    country: Country, tmp_path: Path
) -> None:
    chief, new = country["truong"], await applied(country, "moi")
    (row,) = [more for line, more in (await chief.sees("officers")).rows if line.key == new.serial]
    assert (row["status"], row["digits"]) == ("requested", digits(country, new))
    assert await refusal(chief.desk.admission.requests(chief.officer.me, UNIT, only=False)) == ("org-no-requests", 404)
    await hears(chief, new.serial, digits(country, new).translate(SPACED))
    page = await chief.sees("officers")
    assert (page.summary["waiting"], page.summary["approved"]) == (0, 1)
    assert {line.cells["status"] for line, _ in page.rows if line.key == new.serial} == {"approved"}
    (past,) = await chief.desk.history(chief.officer.me, "officers", new.serial)
    assert (past.by, past.cells and past.cells["status"]) == ("Đ/c truong", "approved")
    act = (await chief.acts())[-1]
    assert (act.act, act.officer, dict(act.detail)["list"], past.record) == ("arrange", "truong", "officers", act.n)
    sheet = (await asks(chief, tmp_path, UNIT))[UNIT]
    assert [line.officer for line in sheet.officers][-1] == "moi"
    assert await status(country, new.serial) == "requested", "only the authority lets anybody in"


async def test_digits_that_differ_or_are_nobodys_change_nothing(country: Country) -> None:
    chief, new = country["truong"], await applied(country, "moi")
    right, before = digits(country, new), len(await chief.acts())
    wrong = f"{'1' if right[0] != '1' else '2'}{right[1:]}"
    assert await refusal(hears(chief, new.serial, wrong)) == ("org-other-digits", 422)
    assert await refusal(hears(chief, new.serial, right[:-1])) == ("org-other-digits", 422)
    assert await refusal(hears(chief, "nobody", right)) == ("org-no-row", 404)
    active = chief.officer.me.officer.serial
    assert await refusal(hears(country["quantri"], active, right)) == ("org-no-row", 404)
    assert (await chief.sees("officers")).summary["approved"] == 0
    assert len(await chief.acts()) == before


async def test_who_may_approve_whom(country: Country) -> None:
    here, there = await applied(country, "moi"), await applied(country, "moi2", OTHER)
    assert await refusal(hears(country["truc"], here.serial, digits(country, here))) == ("desk-refused", 403)
    assert await refusal(hears(country["truong"], there.serial, digits(country, there))) == ("org-no-row", 404)
    await hears(country["tinh"], there.serial, digits(country, there))
    acts = await country["truong2"].acts()
    assert (acts[-1].kind, acts[-1].act, acts[-1].officer) == ("observed", "arrange", "tinh")
    await hears(country["quantri"], here.serial, digits(country, here))


async def test_who_moves_to_another_unit_is_compared_again(country: Country) -> None:
    """His digits name his unit."""
    new = await applied(country, "moi")
    await hears(country["truong"], new.serial, digits(country, new))
    await country.box.run(lambda c: officers.move(c, new.serial, OTHER))
    assert (await country["truong2"].sees("officers")).summary == {"waiting": 1, "approved": 0, "locked": 0}
    stale = staffing.waiting_as(new, country.box.ground.keys.site.id)
    with pytest.raises(NotAccepted, match="no request"):
        await country.box.run(lambda c: staffing.approve(c, new.serial, stale))


async def test_the_command_notes_the_same(country: Country) -> None:
    operator, new = operator_of(country.box), await applied(country, "moi")
    with pytest.raises(NotAccepted, match="not the digits"):
        await operator.approve(new.serial, heard="0" * 20)
    await operator.approve(new.serial)
    assert [one.approved for one in await operator.officers(waiting=True)] == [False], "nobody said that they fit"
    assert await operator.requests(Need(approved=True)) == []
    approval = await operator.approve(new.serial, heard=digits(country, new).replace(" ", ""))
    assert [one.approved for one in await operator.officers(waiting=True)] == [True]
    (asked,) = await operator.requests(Need(approved=True))
    assert (asked.new, asked.body) == (("moi",), approval.request)
    (past,) = await country.box.ground.database.read(lambda c: history(c, "officers", new.serial))
    assert (past.by, past.cells and past.cells["status"]) == (None, "approved")


async def test_a_province_asks_for_every_unit_that_needs_it_and_for_one(country: Country, tmp_path: Path) -> None:
    here, there, province = await applied(country, "moi"), await applied(country, "moi2", OTHER), country["tinh"]
    for one in (here, there):
        await hears(province, one.serial, digits(country, one))
    assert (await province.sees("sheets")).summary == {"asking": 2}
    assert set(await asks(province, tmp_path, PROVINCE)) == {UNIT, OTHER}
    assert set(await asks(province, tmp_path, PROVINCE, only=True)) == {PROVINCE}, "one may be asked for at any time"
    assert set(await asks(country["truong"], tmp_path, UNIT)) == {UNIT}
    chief, duty = country["truong"], country["truc"]
    for who, unit in ((chief, PROVINCE), (chief, OTHER), (duty, UNIT)):
        refused = who.desk.admission.requests(who.officer.me, unit, only=True)
        assert await refusal(refused) == ("desk-refused", 403)


async def test_how_a_sheet_stands_and_what_is_proposed_against_it(country: Country) -> None:
    chief = country["truong"]
    await hears(chief, (new := await applied(country, "moi")).serial, digits(country, new))
    await applied(country, "cho")
    await chief.removes(country["truc"].officer.me.officer.serial)
    ((line, more),) = (await chief.sees("sheets")).rows
    assert (line.key, line.cells["n"], line.cells["officers"]) == (UNIT, "4", "3")
    assert (line.cells["new"], line.cells["leaving"]) == ("moi", "truc")
    assert more == {
        "sheet_days": 90, "missing": False, "asks": True, "new": [{"account": "moi", "role": "duty"}],
        "leaving": ["truc"], "uncompared": 1,
    }  # fmt: skip
    assert await chief.keys("sheets", text="hong linh") == [UNIT]
    assert await chief.keys("sheets", text="khong co") == []
    body = await chief.desk.file(chief.officer.me, "sheets", "csv", UNIT)
    assert body.decode("utf-8-sig").splitlines()[0] == "unit,name,n,until,officers,new,leaving"
    assert await refusal(country["truc"].sees("sheets")) in {("desk-refused", 403), ("login-again", 401)}
    past = await chief.desk.admission.past(chief.officer.me, UNIT)
    assert [(one.n, one.came, one.left) for one in past] == [
        (4, ("quantri",), ()), (3, ("truong",), ()), (2, ("truc",), ()), (1, (), ()),
    ]  # fmt: skip
    assert await refusal(chief.desk.admission.past(chief.officer.me, OTHER)) == ("desk-refused", 403)


async def test_days_run_out_and_the_newest_sheet_may_be_missing(country: Country) -> None:
    country.box.clock.advance(61 * 24 * 3600)
    province = country["tinh"]
    rows = {line.key: more for line, more in (await province.sees("sheets")).rows}
    assert {code: (more["sheet_days"], more["asks"]) for code, more in rows.items()} == dict.fromkeys(rows, (29, True))
    await country.box.forge("DELETE FROM sheets WHERE n = 4")
    ((_, more),) = [row for row in (await province.sees("sheets")).rows if row[0].key == UNIT]
    assert (more["missing"], more["sheet_days"]) == (True, None)


async def test_a_signed_sheet_lets_in_and_is_told_in_every_chain(country: Country, tmp_path: Path) -> None:
    province, new = country["tinh"], await applied(country, "moi2", OTHER)
    await hears(province, new.serial, digits(country, new))
    body = signed(country, (await asks(province, tmp_path, OTHER, only=True))[OTHER])
    assert await brings(province, body) == "taken"
    assert await status(country, new.serial) == "active"
    told = [(act.kind, act.act) for act in await country["truong2"].acts()][-2:]
    assert sorted(told) == [("observed", "arrange"), ("observed", "sheet")]
    act = (await province.acts())[-1]
    assert (act.kind, act.act, dict(act.detail)["list"]) == ("officer", "arrange", "officers")
    newest, _ = await province.desk.history(province.officer.me, "officers", new.serial)
    assert (newest.by, newest.cells and newest.cells["status"]) == ("Đ/c tinh", "active")
    assert await brings(province, body) == "already"
    assert country.box.ground.book.floor(OTHER) == 2, "nothing older counts from now on"


async def test_sheets_that_are_not_taken_in(country: Country, tmp_path: Path) -> None:
    chief = country["truong"]
    sheet = (await asks(chief, tmp_path, UNIT, only=True))[UNIT]
    good, before = signed(country, sheet), await country.box.rows("SELECT * FROM sheets")
    forged = sign_sheet(sheet, chief.officer.keys.signer)
    mine = chief.officer.me.officer.serial
    without = replace(sheet, officers=tuple(one for one in sheet.officers if one.serial != mine))
    for wrong, key in (
        (forged, "row-sheet-none"),
        (draft_sheet(sheet), "row-sheet-none"),
        (b"words", "row-sheet-none"),
        (signed(country, replace(sheet, site="ffffffff")), "row-sheet-elsewhere"),
        (signed(country, replace(sheet, n=sheet.n - 2)), "row-sheet-old"),
        (signed(country, without), "row-sheet-self"),
        (signed(country, replace(sheet, issued=sheet.issued - 100, expires=sheet.issued - 1)), "row-sheet-expired"),
    ):
        assert (await why_not(brings(chief, wrong)))[0] == key
    other = (await asks(country["tinh"], tmp_path, OTHER, only=True))[OTHER]
    assert await refusal(brings(chief, signed(country, other))) == ("desk-refused", 403)
    assert await refusal(brings(country["truc"], good)) == ("desk-refused", 403)
    assert await country.box.rows("SELECT * FROM sheets") == before
    assert await brings(chief, good) == "taken"


async def test_tips_are_left_to_nobody_by_their_number_alone(country: Country, tmp_path: Path) -> None:
    chief, duty = country["truong"], country["truc"].officer.me.officer.serial
    await country.box.run(lambda c: tips.file(c, tip_of(UNIT, {duty: b"key"})))
    sheet = (await asks(chief, tmp_path, UNIT, only=True))[UNIT]
    without = signed(country, replace(sheet, officers=tuple(one for one in sheet.officers if one.serial != duty)))
    assert await why_not(brings(chief, without)) == ("row-sheet-locks", 1)
    assert await status(country, duty) == "active"
    assert await brings(chief, without, tips=1) == "taken"
    assert await status(country, duty) == "removed"
    assert await country.box.rows("SELECT serial FROM sessions WHERE serial = ?", duty) == []


async def test_a_merger_that_is_signed_is_taken_in_by_whoever_keeps_both(country: Country, tmp_path: Path) -> None:
    province = country["tinh"]
    asked = await asks(province, tmp_path, UNIT, only=True)
    other = (await asks(province, tmp_path, OTHER, only=True))[OTHER]
    merged = replace(asked[UNIT], officers=(*asked[UNIT].officers, *other.officers), goes_on_for=(OTHER,))
    assert await refusal(brings(country["truong"], signed(country, merged))) == ("desk-refused", 403)
    assert await brings(province, signed(country, merged)) == "taken"
    told = [(act.kind, act.act) for act in await country["truong"].acts()]
    assert ("observed", "sheet") in told
    past = await province.desk.history(province.officer.me, "units", OTHER)
    assert (past[0].by, past[0].cells and past[0].cells["successor"]) == ("Đ/c tinh", UNIT)
    kept = await country.box.rows("SELECT unit_id, record, change FROM changes WHERE list = 'units' AND key = ?", OTHER)
    assert all(record is not None and change for _, record, change in kept[-1:])
    assert await country.box.run(lambda c: officers.of_unit(c, OTHER)) == ()
