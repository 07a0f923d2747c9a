"""A sheet that goes on for other units is taken in: their officers, tips, notices and rosters are its unit's."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.authority.merging import Merger, merged
from bot.service.desk.audit import Ledger
from bot.service.desk.observing import opened_note
from bot.service.desk.retention import term_of
from bot.service.desk.sheetbatches import Need, Taken
from bot.service.endings import endings
from bot.service.errors import NotAccepted
from bot.service.site import find_desk
from crypto.acts import read_record
from crypto.sheets import LIFETIME, Sheet, draft_sheet
from crypto.signing import Signer
from storage.repositories import audit, changes, notices, officers, rosters, routes, sessions, sheets, tips, units
from storage.repositories.notices import Notice
from storage.repositories.rosters import StoredDuty, StoredHoliday, StoredSwap
from storage.repositories.routes import StoredRoute
from storage.repositories.tips import NewTip
from storage.repositories.units import Box, Unit

OTHER, NEW, PROVINCE = "18121", "18200", "42"
DAY = 24 * 3600
T = TypeVar("T")


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    """Two wards with an officer each under one province, and a third that has none yet."""
    found = await make_machine(tmp_path)
    for code in (PROVINCE, OTHER, NEW):
        unit = Unit(code, f"xã {code}", f"{code} commune", None if code == PROVINCE else PROVINCE, 0)
        await found.database.run(partial(units.put_unit, unit=unit))
    await found.let_in("truc1")
    await found.let_in("truc2", unit=OTHER)
    found.clock.advance(60)
    yield found
    await found.database.close()


async def run(machine: Machine, work: Callable[[Connection], T]) -> T:
    return await machine.database.run(work)


def signed(machine: Machine, *olds: str, into: str = NEW, **changes: object) -> bytes:
    """The sheet that goes on for them, made on the authority's machine; or one with something else on it."""
    office = machine.office()
    name = f"xã {into}" if into == NEW else None
    sheet = merged(office, Merger(olds or (UNIT, OTHER), into, name, top=True), None)
    return office.sign(replace(sheet, **changes)).body  # type: ignore[arg-type] # changes of a test


def newest(machine: Machine, unit: str) -> Sheet:
    """The newest sheet that the authority signed for a unit."""
    kept = machine.office().newest(machine.site.id, unit)
    assert kept is not None
    return kept.sheet


async def take_in(machine: Machine, body: bytes) -> Taken:
    (told,) = await machine.operator.take_in_many([("sheet", body)])
    return told


async def refusal(machine: Machine, body: bytes) -> str:
    told = await take_in(machine, body)
    assert told.status == "refused"
    return told.why


def tip_of(unit: str, grants: dict[str, bytes] | None = None) -> NewTip:
    tip = os.urandom(16)
    notice = Notice(os.urandom(16), unit, tip, "tip", 10)
    return NewTip(
        id=tip, unit=unit, urgent=False, received=3600, entries=[b"opening"], grants=grants or {},
        lookup=os.urandom(32), mailbox=b"for the reporter", answerable=next(iter(grants or {}), None), notices=[notice],
    )  # fmt: skip


async def people(machine: Machine) -> dict[str, tuple[str, str]]:
    return {one.account: (one.unit, one.status) for one in await run(machine, officers.every)}


async def test_officers_come_over_and_log_in_again(machine: Machine) -> None:
    await machine.applied("truc3", unit=OTHER)
    (first,) = await run(machine, lambda connection: officers.of_unit(connection, UNIT))
    await run(machine, lambda connection: sessions.create(connection, b"t" * 32, first.serial, 2**40))
    told = await take_in(machine, signed(machine))
    assert (told.status, told.unit, told.officers, told.ended, told.shut_out) == ("taken", NEW, 2, (UNIT, OTHER), ())
    assert await people(machine) == {
        "truc1": (NEW, "active"),
        "truc2": (NEW, "active"),
        "truc3": (NEW, "requested"),
    }
    assert await run(machine, lambda connection: sessions.find(connection, b"t" * 32, 0)) is None
    asked = await machine.operator.requests(Need())
    assert [(one.unit, one.new) for one in asked if one.body] == [(NEW, ("truc3",))]


async def test_who_left_or_is_left_out_is_not_let_in(machine: Machine) -> None:
    await machine.let_in("truc3")
    (one,) = [one for one in await machine.operator.officers() if one.account == "truc1"]
    await machine.operator.remove(one.serial)
    machine.clock.advance(60)
    assert f"shorten {NEW} --without {one.serial}" in await refusal(machine, signed(machine))
    office = machine.office()
    sheet = newest(machine, NEW)
    staying = tuple(line for line in sheet.officers if line.officer == "truc3")
    told = await take_in(machine, office.sign(replace(sheet, n=2, officers=staying)).body)
    assert told.shut_out == ("truc2",)
    assert await people(machine) == {
        "truc1": (UNIT, "removed"),
        "truc2": (NEW, "removed"),
        "truc3": (NEW, "active"),
    }


async def test_tips_and_notices_come_over_and_the_reporters_way_in_stays(machine: Machine) -> None:
    new = [tip_of(unit, {"s": b"key"}) for unit in (UNIT, OTHER, PROVINCE)]
    await run(machine, lambda connection: [tips.file(connection, tip) for tip in new])
    await take_in(machine, signed(machine))

    def look(connection: Connection) -> tuple[list[bool], list[str | None], set[bytes]]:
        found = [tips.find(connection, NEW, tip.id) for tip in new]
        due = {notice.tip for notice in notices.due(connection, NEW, 100)}
        return [one is not None for one in found], [one.answerable if one else None for one in found], due

    assert await run(machine, look) == ([True, True, False], ["s", "s", None], {new[0].id, new[1].id})
    ways = await run(machine, lambda c: c.exec_driver_sql("SELECT unit_id FROM mailboxes ORDER BY unit_id").all())
    assert [row[0] for row in ways] == [UNIT, OTHER, PROVINCE]


async def test_links_lead_on_and_the_old_sheets_count_no_more(machine: Machine) -> None:
    box = Box("tdp9", OTHER, "Tổ 9", "Group 9")
    await run(machine, lambda connection: units.put_box(connection, box))
    await take_in(machine, signed(machine))
    now = int(machine.clock())
    desk = await run(machine, lambda connection: find_desk(connection, machine.book, now, box="tdp9", unit=None))
    assert (desk.unit, desk.receiver, desk.staffed) == (NEW, NEW, True)
    for code in (UNIT, OTHER):
        found = await run(machine, partial(units.find_unit, code=code))
        assert found is not None
        assert (found.valid_to, found.successor) == (now, NEW)
        assert await run(machine, partial(machine.book.newest, unit=code, now=now)) is None
        with pytest.raises(NotAccepted, match="another unit goes on for this one"):
            await machine.operator.request(code)
    machine.clock.advance(LIFETIME - DAY)
    late = await run(machine, lambda c: endings(c, book=machine.book, now=int(machine.clock())))
    assert [one.unit for one in late] == [NEW]


async def test_a_sheet_of_a_unit_that_was_gone_on_for_is_refused_though_signed(machine: Machine) -> None:
    old = machine.signed(await machine.operator.request(UNIT))
    machine.clock.advance(60)
    await take_in(machine, signed(machine))
    assert "another unit goes on for this one" in await refusal(machine, old)


async def test_who_is_on_duty_stays_so(machine: Machine) -> None:
    def write(connection: Connection) -> None:
        rosters.put_week(connection, NEW, [StoredDuty(0, 7, "truong", 12)])
        rosters.put_week(connection, UNIT, [StoredDuty(0, 7, "truc1", 12), StoredDuty(1, 7, "truc1", 12)])
        rosters.put_week(connection, OTHER, [StoredDuty(0, 7, "truc2", 12)])
        rosters.put_swap(connection, OTHER, StoredSwap("2026-12-01", "truc2", "truc1"))
        rosters.put_holiday(connection, StoredHoliday(UNIT, "2027-02-05", "Tết"))

    await run(machine, write)
    await take_in(machine, signed(machine))

    def look(connection: Connection) -> tuple[object, ...]:
        week = [(one.day, one.officer) for one in rosters.week(connection, NEW)]
        left = [*rosters.week(connection, UNIT), *rosters.week(connection, OTHER), *rosters.swaps(connection, OTHER)]
        return week, left, rosters.swaps(connection, NEW), rosters.holidays_of(connection, [NEW, UNIT])

    assert await run(machine, look) == (
        [(0, "truong"), (0, "truc1"), (1, "truc1"), (0, "truc2")],
        [],
        (StoredSwap("2026-12-01", "truc2", "truc1"),),
        (StoredHoliday(NEW, "2027-02-05", "Tết"),),
    )


async def test_nobody_leaves_tips_to_nobody_unless_their_number_is_said(
    machine: Machine,
) -> None:
    one, other = await machine.let_in("truc3"), await machine.let_in("truc4")
    new = [tip_of(UNIT, {one.serial: b"key"}), tip_of(UNIT, {one.serial: b"key", other.serial: b"key"})]
    await run(machine, lambda connection: [tips.file(connection, tip) for tip in new])
    with pytest.raises(NotAccepted, match=r"^1 open tip.*--tips 1$"):
        await machine.operator.remove(one.serial)
    await machine.operator.remove(other.serial)
    with pytest.raises(NotAccepted, match=r"^2 open tip.*--tips 2$"):
        await machine.operator.remove(one.serial, tips=1)
    assert (await people(machine))["truc3"] == (UNIT, "active")
    await machine.operator.remove(one.serial, tips=2)
    assert (await people(machine))["truc3"] == (UNIT, "removed")
    machine.clock.advance(60)
    await machine.operator.take_in(machine.signed(await machine.operator.request(UNIT)))  # they were given up before


async def test_a_merger_that_leaves_them_to_nobody_wants_their_number_said(machine: Machine) -> None:
    (one,) = await run(machine, lambda connection: officers.of_unit(connection, UNIT))
    await run(machine, lambda connection: tips.file(connection, tip_of(UNIT, {one.serial: b"key"})))
    assert signed(machine)
    sheet = newest(machine, NEW)
    staying = tuple(line for line in sheet.officers if line.officer == "truc2")
    without = machine.office().sign(replace(sheet, n=9, officers=staying))
    assert f"1 open tip(s) of unit {NEW} could be opened by nobody" in await refusal(machine, without.body)
    assert (await people(machine))["truc1"] == (UNIT, "active")
    (told,) = await machine.operator.take_in_many([("sheet", without.body)], tips=1)
    assert (told.status, told.shut_out) == ("taken", ("truc1",))


async def test_where_kinds_of_matters_go_is_carried_over_and_told(machine: Machine) -> None:
    said = [
        StoredRoute(NEW, "drugs", PROVINCE),
        StoredRoute(UNIT, "drugs", OTHER),
        StoredRoute(UNIT, "staff", PROVINCE),
        StoredRoute(UNIT, "fraud", UNIT),
        StoredRoute(OTHER, "staff", UNIT),
        StoredRoute(OTHER, "child", NEW),
        StoredRoute(PROVINCE, "child", PROVINCE),
    ]
    await run(machine, lambda connection: [routes.put(connection, one) for one in said])
    await take_in(machine, signed(machine))
    assert await run(machine, routes.every) == (
        StoredRoute(NEW, "drugs", PROVINCE),
        StoredRoute(NEW, "fraud", NEW),
        StoredRoute(NEW, "staff", PROVINCE),
        StoredRoute(PROVINCE, "child", PROVINCE),
    )
    now = int(machine.clock())

    def told(connection: Connection) -> dict[str, bool]:
        keys = (f"{UNIT}/staff", f"{NEW}/staff", f"{OTHER}/child", UNIT)
        past = {key: changes.of(connection, "units", key) for key in keys}
        assert {one.hour for rows in past.values() for one in rows} == {now // 3600 * 3600}
        return {key: rows[0].cells is not None for key, rows in past.items()}

    assert await run(machine, told) == {
        f"{UNIT}/staff": False,
        f"{NEW}/staff": True,
        f"{OTHER}/child": False,
        UNIT: True,
    }


async def test_the_log_of_the_old_unit_says_what_became_of_it(machine: Machine) -> None:
    await take_in(machine, signed(machine))
    server = Signer.generate()
    ledger = Ledger(site=machine.site, book=machine.book, signer=server, keys=(server.verify_key,), notes=b"n" * 32)
    (note,) = [
        act
        for one in await run(machine, lambda connection: audit.waiting(connection, UNIT))
        if (act := opened_note(one.note, b"n" * 32)) and act.act == "merge"
    ]
    assert note.detail == (("into", NEW),)
    await run(machine, lambda connection: ledger.catch_up(connection, NEW, now=int(machine.clock())))
    records = await run(machine, lambda connection: audit.every(connection, UNIT))
    assert [read_record(body).act.act for body in records].count("merge") == 1
    assert await run(machine, lambda connection: audit.waiting(connection, UNIT)) == ()


async def test_the_same_sheet_twice_does_no_harm_and_nothing_is_said_twice(machine: Machine) -> None:
    body = signed(machine)
    assert [(await take_in(machine, body)).status for _ in range(2)] == ["taken", "already"]
    noted = await run(machine, lambda connection: audit.waiting(connection, UNIT))
    assert sum(1 for one in noted if b'"merge"' in one.note) == 1
    machine.clock.advance(DAY)
    again = machine.signed(await machine.operator.request(NEW))
    assert (await take_in(machine, again)).ended == ()
    assert len(await run(machine, lambda connection: audit.waiting(connection, UNIT))) == len(noted)


async def test_the_floors_are_raised_though_a_run_broke_off_before(machine: Machine) -> None:
    body = signed(machine)
    stored = sheets.StoredSheet(NEW, 1, body)
    await run(machine, lambda connection: sheets.add(connection, stored))
    assert (await take_in(machine, body)).status == "already"
    assert machine.book.is_over(UNIT)


async def test_what_is_kept_for_an_inspection_is_kept_where_it_goes_on(machine: Machine) -> None:
    held = await run(machine, partial(units.find_unit, code=OTHER))
    assert held is not None
    await run(machine, lambda c: units.put_unit(c, replace(held, hold=True)))
    assert not (await run(machine, partial(term_of, unit=NEW))).hold
    await take_in(machine, signed(machine))
    assert (await run(machine, partial(term_of, unit=NEW))).hold


async def test_units_that_merged_merge_again(machine: Machine) -> None:
    await take_in(machine, signed(machine, UNIT, into=OTHER))
    assert (await people(machine))["truc1"] == (OTHER, "active")
    machine.clock.advance(60)
    await take_in(machine, signed(machine, OTHER))
    assert await people(machine) == {"truc1": (NEW, "active"), "truc2": (NEW, "active")}
    for code in (UNIT, OTHER):
        assert await run(machine, partial(machine.book.heir, unit=code)) == NEW


async def test_a_unit_that_was_to_end_later_ends_with_the_sheet(machine: Machine) -> None:
    now = int(machine.clock())

    def plan(connection: Connection) -> None:
        unit = units.find_unit(connection, UNIT)
        assert unit is not None
        units.put_unit(connection, replace(unit, valid_to=now + 9 * DAY, successor=NEW))

    await run(machine, plan)
    await take_in(machine, signed(machine))
    found = await run(machine, lambda connection: units.find_unit(connection, UNIT))
    assert found is not None
    assert (found.valid_to, found.successor) == (now, NEW)


async def test_what_no_such_sheet_may_say_here_changes_nothing(machine: Machine) -> None:
    before = await people(machine)

    def elsewhere(connection: Connection) -> None:
        unit = units.find_unit(connection, UNIT)
        assert unit is not None
        units.put_unit(connection, replace(unit, valid_to=5, successor=PROVINCE))

    assert "no such unit here: 99999" in await refusal(machine, signed(machine, goes_on_for=(UNIT, "99999")))
    await run(machine, elsewhere)
    machine.clock.advance(60)
    office = machine.office()
    again = replace(newest(machine, NEW), n=9, goes_on_for=(UNIT,))
    assert "here unit 42 goes on for unit 18118" in await refusal(machine, office.sign(again).body)
    assert await people(machine) == before
    assert machine.book.floor(NEW) == 0


async def test_a_later_sheet_forgets_nobody_it_went_on_for(machine: Machine) -> None:
    await take_in(machine, signed(machine))
    sheet = newest(machine, NEW)
    fewer = replace(sheet, n=2, goes_on_for=(UNIT,))
    assert "leaves out that it goes on for unit 18121" in await refusal(machine, machine.office().sign(fewer).body)


async def test_of_several_all_or_none_come_over(machine: Machine) -> None:
    told = await machine.operator.take_in_many([("good", signed(machine)), ("bad", b"x")], whole=True)
    assert [one.status for one in told] == ["held", "refused"]
    assert (await people(machine))["truc1"] == (UNIT, "active")
    assert not machine.book.is_over(UNIT)


async def test_a_request_says_for_whom_its_unit_goes_on_and_no_other(machine: Machine) -> None:
    await take_in(machine, signed(machine))
    machine.clock.advance(DAY)
    asked = await machine.operator.request(NEW)
    assert machine.signed(asked)
    machine.clock.advance(DAY)
    forged = replace(newest(machine, NEW), n=9, goes_on_for=(PROVINCE,))
    with pytest.raises(NotAccepted, match="only hopthu authority merge says so"):
        machine.signed(draft_sheet(forged))
