"""Reminders that climb, told as what the officers' phones show: who is called when, and what they say to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from installation import UNIT, Installation, Officer, Page, sheet_of
from postgres_server import BOTH
from prometheus_client import REGISTRY
from unit.service.organisation_world import OTHER, PROVINCE, Country, open_country

from bot.service.desk import calls, clocks, staffing
from bot.service.desk.calls import Counts
from bot.service.desk.ladder import BATCH
from crypto.acts import Act
from crypto.sheets import sign_sheet
from storage.errors import Busy
from storage.repositories import rosters, rungs, sheets, tips, units
from storage.repositories.rosters import StoredDuty

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
ZONE = timezone(timedelta(hours=7))
ALL = 1_000


def at(text: str) -> int:
    """A moment of November 2026 in Vietnam, "23 07:30"."""
    return int(datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=ZONE).timestamp())


@dataclass
class Phones:
    """What the officers' phones show, and what they answer."""

    country: Country

    @property
    def box(self) -> Installation:
        return self.country.box

    def serial(self, account: str) -> str:
        return self.country[account].officer.me.officer.serial

    async def at(self, text: str) -> list[str]:
        """The time comes, the job looks: accounts whose phones show a notice, with * for what is urgent."""
        self.box.clock.now = at(text) + 3
        await self.box.reminding.look()
        return [one for one in await self.shown() if one[0] != "="]

    async def shown(self) -> list[str]:
        """What waits is sent: notices by account, digests with = and their counts."""
        now = int(self.box.clock())
        accounts = {self.serial(name): name for name in self.country.people}
        waiting = await self.box.ground.database.read(lambda c: calls.pending(c, now, ALL))
        for one in waiting:
            await self.box.run(partial(calls.done, serial=one.serial, due=one.due, kind=one.kind))
        return sorted(
            f"={accounts[one.serial]} {one.counts}" if one.counts else accounts[one.serial] + "*" * one.urgent
            for one in waiting
        )

    async def says(self, account: str, *, taken: bool) -> int:
        """He presses "Đã nhận", or that he is busy; how many tips that was about."""
        ladders, serial, now = self.box.reminding._ladders, self.serial(account), int(self.box.clock())
        say = ladders.acknowledge if taken else ladders.pass_on
        return await self.box.run(lambda c: say(c, serial, now))


@pytest.fixture
async def phones(tmp_path: Path, url: str | None) -> AsyncIterator[Phones]:
    async with open_country(tmp_path, url) as country:
        await country.box.run(lambda c: rosters.put_week(c, UNIT, [StoredDuty(day, 0, "truc", 24) for day in range(7)]))
        await under_the_province(country.box)
        yield Phones(country)


async def under_the_province(box: Installation) -> None:
    """The authority signs that the ward is under it."""
    sheet, authority = await sheet_of(box), box.ground.keys.authority
    assert authority is not None
    signed = sign_sheet(replace(sheet, n=sheet.n + 1, parent=PROVINCE), authority)
    await box.run(lambda c: sheets.add(c, sheets.StoredSheet(UNIT, sheet.n + 1, signed)))


async def filed(phones: Phones, when: str, *, urgent: bool = False) -> bytes:
    """A tip is sent at this moment; its id."""
    phones.box.clock.now = at(when) + 7
    before = {tip for (tip,) in await phones.box.rows("SELECT id FROM tips")}
    page = Page(phones.box)
    await page.open()
    await page.file_tip(WORDS, urgent=urgent)
    ((tip,),) = [row for row in await phones.box.rows("SELECT id FROM tips") if row[0] not in before]
    return bytes(tip)


async def test_an_urgent_tip_at_night_calls_the_duty_the_chief_and_the_province(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    assert await phones.at("23 02:14") == ["truc*"]
    assert await phones.at("23 02:23") == []
    assert await phones.at("23 02:24") == ["truc*"], "the sheet has no other duty officer, no roster names one"
    assert await phones.at("23 02:34") == ["truong*"]
    assert await phones.at("23 02:44") == ["tinh*"]
    assert await phones.at("23 02:59") == []
    assert await phones.at("23 03:14") == ["tinh*"], "and every half-hour until somebody opens it"


async def test_another_one_waits_for_its_quarter_its_shift_and_the_day(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    assert await phones.at("23 10:14") == []
    assert await phones.at("23 10:15") == ["truc"]
    assert await phones.at("23 16:00") == ["truc"]
    assert await phones.at("23 18:00") == ["truong"]
    assert await phones.at("23 22:00") == []
    assert await phones.at("24 06:59") == []
    assert await phones.at("24 07:00") == ["tinh"]


async def test_a_deputy_is_another_who_is_no_chief(phones: Phones) -> None:
    await phones.country.staff("truc2", "duty")
    await filed(phones, "23 02:14", urgent=True)
    assert await phones.at("23 02:14") == ["truc*"]
    assert await phones.at("23 02:24") == ["truc2*"]


async def test_a_burst_is_one_notice_for_an_officer(phones: Phones) -> None:
    for minute in range(3):
        await filed(phones, f"23 10:0{minute}")
    assert await phones.at("23 10:15") == ["truc"]
    assert await phones.at("23 10:16") == []
    assert await phones.at("23 16:00") == ["truc"]


async def test_whoever_opens_it_ends_the_ladder_of_opening_and_begins_the_next(phones: Phones) -> None:
    tip = await filed(phones, "23 10:07")
    assert await phones.at("23 10:15") == ["truc"]
    await (await back(phones, "truc")).open(tip)
    assert await phones.at("23 16:00") == []
    rung = await phones.box.ground.database.read(lambda c: rungs.find(c, tip))
    assert rung is not None
    assert rung.clock == "report", "twelve hours after it came the province is to be told"
    assert await phones.at("23 20:00") == ["truc"], "two hours before"
    assert await phones.at("24 07:00") == ["truc"], "it is over in the night, the morning after is the deputy's turn"


async def test_taken_it_is_left_in_peace_for_a_shift_and_no_longer(phones: Phones) -> None:
    await filed(phones, "23 08:07")
    assert await phones.at("23 08:15") == ["truc"]
    assert await phones.says("truc", taken=True) == 1
    assert await phones.at("23 14:00") == []
    assert await phones.says("truc", taken=True) == 0, "nobody called him since"
    assert await phones.at("23 16:14") == []
    assert await phones.at("23 16:15") == ["truc"]
    assert await phones.at("23 18:00") == ["truong"]


async def test_busy_the_next_is_called_as_soon_as_may_be(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    assert await phones.at("23 02:14") == ["truc*"]
    assert await phones.at("23 02:24") == ["truc*"]
    phones.box.clock.now = at("23 02:26")
    assert await phones.says("truc", taken=False) == 1
    assert await phones.at("23 02:26") == ["truong*"]


async def test_busy_at_night_with_what_is_not_urgent_the_next_is_called_in_the_morning(phones: Phones) -> None:
    await filed(phones, "23 20:35")
    assert await phones.at("23 20:45") == ["truc"]
    phones.box.clock.now = at("23 21:10")
    assert await phones.says("truc", taken=False) == 1
    assert await phones.at("23 22:00") == []
    assert await phones.at("24 07:00") == ["truong"], "never to the same man again"


async def test_busy_at_the_top_another_chief_above_is_called_and_the_only_one_again(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    for when in ("02:14", "02:24", "02:34"):
        await phones.at(f"23 {when}")
    assert await phones.at("23 02:44") == ["tinh*"]
    phones.box.clock.now = at("23 02:50")
    assert await phones.says("tinh", taken=False) == 1
    assert await phones.at("23 02:50") == ["tinh*"], "who else"


async def test_busy_after_the_next_was_called_nobody_is_called_twice(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    for when, who in (("02:14", "truc*"), ("02:24", "truc*"), ("02:34", "truong*")):
        assert await phones.at(f"23 {when}") == [who]
    assert await phones.says("truc", taken=False) == 1
    assert await phones.at("23 02:35") == []
    assert await phones.at("23 02:44") == ["tinh*"]


async def test_what_he_was_not_told_of_yet_he_says_nothing_of(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    assert await phones.at("23 02:14") == ["truc*"]
    await filed(phones, "23 02:16", urgent=True)
    phones.box.clock.now = at("23 02:16") + 3
    await phones.box.reminding.look()
    assert await phones.says("truc", taken=True) == 1, "his phone showed one"
    assert await phones.shown() == ["truc*"]
    assert await phones.at("23 02:26") == ["truc*"], "the other one goes on climbing"


async def test_who_is_shut_out_is_on_no_ladder_though_his_sheet_still_names_him(phones: Phones) -> None:
    await phones.country.staff("truc2", "duty")
    await filed(phones, "23 02:14", urgent=True)
    gone = phones.serial("truc2")
    await phones.box.run(lambda c: staffing.shut_out(c, gone, seen=lambda *_: None))
    assert await phones.at("23 02:14") == ["truc*"]
    assert await phones.at("23 02:24") == ["truc*"]
    phones.box.clock.now = at("23 07:30")
    await phones.box.reminding.look()
    assert gone not in {who for (who,) in await phones.box.rows("SELECT serial FROM calls")}


async def test_where_nobody_of_the_unit_is_let_in_the_province_is_called_at_once(phones: Phones) -> None:
    await filed(phones, "23 02:14", urgent=True)
    for name in ("truc", "truong"):
        serial = phones.serial(name)
        await phones.box.run(partial(staffing.shut_out, serial=serial, seen=lambda *_: None, tips=9))
    assert await phones.at("23 02:14") == ["tinh*"]
    assert await phones.box.rows("SELECT unit_id FROM calls") == [(PROVINCE,)]


async def test_of_a_call_that_was_told_only_the_hour_stays(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    await filed(phones, "23 10:20", urgent=True)
    assert await phones.at("23 10:15") == ["truc"]
    assert await phones.at("23 10:20") == ["truc*"]
    await phones.box.housekeeping.expire()
    assert await phones.box.rows("SELECT due FROM calls ORDER BY due") == [(at("23 10:15"),), (at("23 10:20"),)]
    phones.box.clock.now = at("23 10:25")
    await phones.box.housekeeping.expire()
    assert await phones.box.rows("SELECT due FROM calls ORDER BY due") == [(at("23 10:00"),), (at("23 10:20"),)]


async def back(phones: Phones, account: str) -> Officer:
    """He logs in anew: a session does not last that long."""
    arranger = phones.country[account]
    phones.country.people[account] = replace(arranger, officer=await arranger.officer.again())
    return phones.country[account].officer


async def acts(phones: Phones, account: str) -> list[Act]:
    return [act for act in await phones.country[account].acts() if act.act in ("acknowledged", "passed-duty")]


async def test_what_he_says_is_in_the_units_chain_as_seen_by_the_hour_without_a_tip(phones: Phones) -> None:
    for minute in range(2):
        await filed(phones, f"23 10:0{minute}")
    await phones.at("23 10:15")
    await phones.says("truc", taken=True)
    for when in ("23 18:30", "24 07:00"):
        await phones.at(when)
    await phones.says("truong", taken=False)
    await back(phones, "truong")
    found = [(one.kind, one.act, one.officer, one.detail, one.tip) for one in await acts(phones, "truong")]
    assert sorted(found) == [
        ("observed", "acknowledged", "truc", (("count", 2),), None),
        ("observed", "passed-duty", "truong", (("count", 2),), None),
    ]
    assert {one.hour % 3600 for one in await acts(phones, "truong")} == {0}


async def test_a_stranger_and_somebody_who_was_not_called_say_nothing(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    await phones.at("23 10:15")
    assert await phones.says("truong2", taken=True) == 0
    assert await phones.box.run(lambda c: phones.box.reminding._ladders.acknowledge(c, "nobody", 0)) == 0
    assert await phones.at("23 16:00") == ["truc"]


async def test_nobody_who_cannot_open_the_tip_is_called_to_it(phones: Phones) -> None:
    """Enrolled after it came, he has no key to it."""
    await filed(phones, "23 02:14", urgent=True)
    await phones.country.staff("moi", "duty")
    await phones.country.staff("truong3", "chief")
    rung = [name for when in ("02:14", "02:24", "02:34", "02:44", "03:14") for name in await phones.at(f"23 {when}")]
    assert rung == ["truc*", "truc*", "truong*", "tinh*", "tinh*"]


async def test_a_ward_that_was_passed_over_is_on_no_ladder(phones: Phones) -> None:
    """Sent to the province past the ward, and passed on to a unit under that ward: above it the province is next."""
    tip, below = await filed(phones, "23 02:14", urgent=True), "99999"
    await phones.box.run(
        lambda c: units.put_unit(c, units.Unit(below, "Tổ công tác", "Task force", UNIT, 0, contact="113"))
    )
    moved = "UPDATE {} SET unit_id = ? WHERE {} = ?"
    await phones.box.forge(moved.format("entries", "tip"), PROVINCE, tip)
    for table, key in (("tips", "id"), ("grants", "tip"), ("rungs", "tip")):
        await phones.box.forge(moved.format(table, key), below, tip)
    called = [name for minute in range(14, 59) for name in await phones.at(f"23 02:{minute}")]
    assert called == ["tinh*"] * 4, "nobody reads in the task force, and its ward is passed by"
    assert set(await phones.box.rows("SELECT unit_id FROM notices")) <= {(below,), (UNIT,)}
    assert (OTHER,) not in await phones.box.rows("SELECT unit_id FROM calls")


async def test_passed_on_its_ladder_begins_anew_there(phones: Phones) -> None:
    tip = await filed(phones, "23 10:07")
    await phones.at("23 10:15")
    await phones.at("23 16:00")
    ward = await back(phones, "truc")
    await ward.forward(tip, await ward.sealed_to(tip, OTHER))
    assert await phones.at("23 16:14") == []
    assert await phones.at("23 16:15") == ["truong2"]
    assert await phones.says("truc", taken=True) == 0, "it is his no more"


async def test_the_bell_of_the_unit_rings_with_every_step_but_the_one_that_it_rang_for_already(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    for when in ("23 10:15", "23 16:00", "23 18:00", "24 07:00"):
        await phones.at(when)
    found = await phones.box.rows("SELECT unit_id, kind, due FROM notices ORDER BY due")
    moments = [at(when) for when in ("23 10:15", "23 16:00", "23 18:00", "24 07:00")]
    assert found == [(UNIT, "tip", moment) for moment in moments]


async def test_in_the_morning_everybody_gets_a_digest_once_that_counts_what_he_may_know(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    tip = await filed(phones, "23 20:07")
    phones.box.clock.now = at("24 07:29")
    await phones.box.reminding.look()
    await phones.shown()
    await (await back(phones, "truc")).open(tip)
    await filed(phones, "24 07:29")
    phones.box.clock.now = at("24 07:30")
    for _ in range(2):
        await phones.box.reminding.look()
    digests = [one for one in await phones.shown() if one[0] == "="]
    here, none = Counts(unread=2, open=3, soon=2, late=1), Counts(0, 0, 0, 0)
    assert digests == [f"=tinh {none}", f"=truc {here}", f"=truong {here}", f"=truong2 {none}"]
    assert [one for one in await phones.shown() if one[0] == "="] == []
    phones.box.clock.now = at("24 11:00")
    await phones.box.reminding.look()
    assert [one for one in await phones.shown() if one[0] == "="] == []


async def test_a_digest_counts_nothing_whose_notice_is_not_due(phones: Phones) -> None:
    phones.box.clock.now = at("23 07:30")
    await phones.box.reminding.look()
    await filed(phones, "23 07:31")
    now = int(phones.box.clock())
    found = await phones.box.ground.database.read(lambda c: calls.pending(c, now, ALL))
    assert {one.counts for one in found} == {Counts(0, 0, 0, 0)}


async def test_missed_in_the_night_a_digest_comes_when_the_machine_is_back_by_day_and_not_in_the_evening(
    phones: Phones,
) -> None:
    for when, number in (("23 12:00", 4), ("24 21:30", 0), ("25 07:30", 4)):
        phones.box.clock.now = at(when)
        await phones.box.reminding.look()
        assert len([one for one in await phones.shown() if one[0] == "="]) == number


async def test_down_for_two_days_one_step_is_made_up_for_and_the_rest_follow(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    assert await phones.at("25 09:10") == ["truc"]
    assert await phones.at("25 09:11") == []
    assert await phones.at("25 10:00") == ["truc"]
    assert await phones.at("25 11:00") == ["truong"]


async def test_two_schedulers_take_each_step_once(phones: Phones) -> None:
    for minute in range(6):
        await filed(phones, f"23 10:0{minute}")
    phones.box.clock.now = at("23 10:15")
    await asyncio.gather(*(phones.box.reminding.look() for _ in range(4)))
    assert [step for (step,) in await phones.box.rows("SELECT step FROM rungs")] == [1] * 6
    phones.box.clock.now = at("23 16:00")
    await asyncio.gather(*(phones.box.reminding.look() for _ in range(4)))
    assert [step for (step,) in await phones.box.rows("SELECT step FROM rungs")] == [2] * 6
    assert len(await phones.box.rows("SELECT id FROM notices WHERE due = ?", at("23 16:00"))) == 6


async def test_a_clock_that_ran_a_year_ahead_and_was_put_right_silences_nobody(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    await phones.at("23 10:15")
    phones.box.clock.now = at("23 10:15") + 365 * 86_400
    await phones.box.reminding.look()
    ((stuck,),) = await phones.box.rows("SELECT at FROM rungs")
    assert stuck > at("30 00:00")
    assert await phones.at("23 12:00") == []
    assert await phones.at("23 12:15") == ["truc"]
    ((waits,),) = await phones.box.rows("SELECT at FROM rungs")
    assert waits <= at("23 18:00")


async def test_a_ladder_whose_tip_is_no_more_goes(phones: Phones) -> None:
    await filed(phones, "23 10:07")
    await phones.box.forge("DELETE FROM tips")
    assert await phones.at("23 10:15") == []
    assert await phones.box.rows("SELECT tip FROM rungs") == []


async def test_where_nothing_is_due_of_a_tip_it_has_no_ladder(phones: Phones) -> None:
    tip = await filed(phones, "23 10:07")
    await phones.at("23 10:15")
    await phones.box.run(lambda c: tips.set_due(c, UNIT, tip, due=None, clock=None))
    assert await phones.box.rows("SELECT tip FROM rungs") == []
    assert await phones.box.rows("SELECT tip FROM calls") == []
    await phones.box.run(lambda c: clocks.set_clock(c, UNIT, tip))
    assert len(await phones.box.rows("SELECT tip FROM rungs WHERE at = 0")) == 1


async def test_more_than_one_transaction_holds_climb_at_one_look(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute in range(5):
        await filed(phones, f"23 10:0{minute}")
    assert BATCH > 5
    monkeypatch.setattr("bot.service.desk.ladder.BATCH", 2)
    monkeypatch.setattr("bot.service.reminding.BATCH", 2)
    assert await phones.at("23 10:15") == ["truc"]
    assert [step for (step,) in await phones.box.rows("SELECT step FROM rungs")] == [1] * 5


async def test_a_store_that_is_away_is_tried_later(
    phones: Phones, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def away(_work: object) -> None:
        raise Busy

    monkeypatch.setattr(phones.box.ground.database, "run", away)
    await phones.box.reminding.look()
    assert "ladder_postponed" in capsys.readouterr().out


async def test_what_is_counted_for_the_operator_names_a_rung_and_nobody(phones: Phones) -> None:
    def counted() -> dict[tuple[tuple[str, str], ...], float]:
        found = [metric for metric in REGISTRY.collect() if metric.name.startswith("hopthu_ladder")]
        samples = [one for metric in found for one in metric.samples if one.name.endswith("_total")]
        return {tuple(one.labels.items()): one.value for one in samples}

    before = counted()
    await filed(phones, "23 10:07")
    assert await phones.at("23 10:15") == ["truc"]
    after, duty = counted(), (("rung", "duty"),)
    assert after[duty] == before.get(duty, 0) + 1
    assert {name for labels in after for name, _ in labels} == {"rung"}


async def test_who_does_not_lead_does_nothing(phones: Phones, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> bool:
        return False

    await filed(phones, "23 10:07")
    monkeypatch.setattr(phones.box.reminding._leading, "leads", never)
    assert await phones.at("23 10:15") == []
