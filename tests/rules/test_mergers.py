"""A merger hands nobody a tip that passed him over, and what it carries over opens by the signed sheet alone."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from country import BESIDE, PROVINCE, SERIALS, WARD, Country
from installation import Installation, Officer, OfficerKeys, Page, open_installation, receipt_in, sheet_of, words_in
from postgres_server import until_one_waits
from sqlalchemy.ext.asyncio import AsyncConnection
from unit.service.test_casework import refused

from bot.run.foundation import notes_key
from bot.service.auditing import Trust, verify_export
from bot.service.desk import sheetwork
from bot.service.desk.audit import OF_TIPS
from bot.service.desk.casework import Asked
from bot.service.desk.observing import Notebook, Observed
from bot.service.desk.rooms import Told
from crypto.acts import read_record
from crypto.audit import read_withheld
from crypto.errors import SealError
from crypto.sheets import LIFETIME, Sheet, sign_sheet
from crypto.wire import encode_raw
from storage.postgres import postgres_engine
from storage.repositories import units
from storage.repositories.units import Unit

BRIBE = "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi"
WORDS = "Có người bán ma túy ở đầu xóm"
NEW = Unit("18200", "phường Mới", "Mới ward", None, 0)
WAYS = ("into the one above", "the one above into it", "both into a new one")


@dataclass
class Wards:
    """The ward's officer, and a reporter whose tip passed the ward over."""

    box: Installation
    officer: Officer
    reporter: Page
    receipt: str
    passed: bytes
    country: Country

    async def merge(self, way: str) -> Officer:
        """The units become one; the ward's officer logs in there."""
        await self.take_in(await self.sheet(way))
        return await self.officer.again()

    async def sheet(self, way: str) -> Sheet:
        """What the authority signs for it."""
        own, above = await sheet_of(self.box, WARD.code), await sheet_of(self.box, PROVINCE.code)
        into, olds = {
            "into the one above": (above, (own,)),
            "the one above into it": (own, (above,)),
            "both into a new one": (replace(above, unit=NEW.code, name=NEW.name_vi, n=0), (own, above)),
        }[way]
        return merged(into, olds, int(self.box.clock()))

    async def take_in(self, sheet: Sheet) -> None:
        authority, book = self.box.ground.keys.authority, self.box.ground.book
        assert authority is not None
        body, now = sign_sheet(sheet, authority), int(self.box.clock())
        await self.box.run(lambda connection: units.put_unit(connection, NEW))
        await self.box.run(lambda connection: sheetwork.take_in(connection, book, body, now))
        book.take_in(sheet)

    async def filed(self) -> tuple[Page, str, bytes]:
        """An ordinary tip to the ward: its reporter, the receipt, the tip."""
        page = Page(self.box)
        await page.open()
        receipt = await page.file_tip(WORDS)
        (tip,) = await self.officer.tips()
        await self.officer.write(tip, "question", "Lúc mấy giờ?")
        return page, receipt, tip


def sitting(box: Installation, like: Officer, unit: Unit, keys: OfficerKeys, first: Unit | None = None) -> Officer:
    """Another unit's officer at his desk: in the unit `first`, or in the one that it went into."""
    serial = SERIALS[(first or unit).code]
    account = replace(like.me.officer, unit=unit.code, serial=serial, account=f"cb{serial}")
    return Officer(box, keys, replace(like.me, officer=account))


def merged(into: Sheet, olds: tuple[Sheet, ...], now: int) -> Sheet:
    """What the authority signs for them."""
    people = {line.serial: line for sheet in (into, *olds) for line in sheet.officers}
    codes = tuple(old.unit for old in olds)
    return replace(
        into,
        parent=None if into.parent in codes else into.parent,
        n=into.n + 1,
        issued=now,
        expires=now + LIFETIME,
        officers=tuple(people.values()),
        goes_on_for=codes,
    )


@pytest.fixture
async def wards(tmp_path: Path, url: str | None) -> AsyncIterator[Wards]:
    async with open_installation(tmp_path / "data", url=url) as box:
        officer = await Officer.enrol(box)
        country, authority = Country(box.ground.keys.site.id), box.ground.keys.authority
        assert authority is not None
        await box.run(lambda connection: country.found(connection, authority, int(box.clock())))
        page = Page(box)
        await page.open()
        assert "có thể gửi thẳng lên trên" in words_in(await page.text(BRIBE))
        await page.text("1")
        await page.text("1")
        receipt = receipt_in(await page.text("1"))
        ((passed,),) = await box.rows("SELECT id FROM tips WHERE unit_id = ?", PROVINCE.code)
        box.clock.advance(60)
        yield Wards(box, officer, page, receipt, passed, country)


@pytest.mark.parametrize("way", WAYS)
async def test_a_tip_that_passed_the_ward_over_shows_it_nothing_after_any_merger(wards: Wards, way: str) -> None:
    box = wards.box
    officer = await wards.merge(way)
    await wards.reporter.code(wards.receipt)
    await wards.reporter.text("Tối qua lại thế")
    await wards.reporter.text("1")
    facts = await box.rows("SELECT unit_id, entries FROM tips")
    assert facts == [(officer.me.officer.unit, 3)]
    assert await officer.tips() == []
    found = await box.counter.quiet_inbox(officer.me, Asked(closed_too=True))
    assert (found.page.total, found.page.unopened, found.early) == (0, 0, ())
    assert await refused(box.counter.thread(officer.me, wards.passed)) == ("desk-no-tip", 404)
    assert await refused(box.counter.open_first(officer.me, wards.passed, b"")) == ("desk-no-tip", 404)
    box.clock.advance(1000)
    rung = await box.run(lambda connection: box.counter._due(connection, token=officer.me.token, after=0))
    assert rung == []


@pytest.mark.parametrize("way", WAYS)
async def test_nor_is_it_told_who_has_that_tip_open_or_changes_it(wards: Wards, way: str) -> None:
    own = (await wards.filed())[2]
    officer = await wards.merge(way)
    counter, unit = wards.box.counter, officer.me.officer.unit
    seat, colleague = counter.rooms.sit(unit, officer.me.officer.serial), counter.rooms.sit(unit, "another")
    counter.rooms.turn(colleague, wards.passed)
    counter.rooms.changed(unit, wards.passed, by="another")
    counter.rooms.changed(unit, own, by="another")
    telling = counter.told(officer.me, seat)
    assert await anext(telling) == Told({}, frozenset({own}))
    counter.rooms.turn(colleague, own)
    assert await anext(telling) == Told({own: ("another",)})


@pytest.mark.parametrize("way", WAYS)
async def test_nor_does_any_log_tell_it_what_was_done_with_that_tip(wards: Wards, way: str) -> None:
    """Neither the ward's own before, nor that of the unit it went into; which holds all the same."""
    box, own = wards.box, (await wards.filed())[2]
    reader = sitting(box, wards.officer, PROVINCE, wards.country.province)
    await reader.write(wards.passed, "question", "Ai chứng kiến?")
    asked = encode_raw(wards.passed).encode()
    assert not any(asked in one for one in await wards.officer.chain())
    assert await box.rows("SELECT n FROM audit WHERE unit_id = ?", WARD.code) != []
    officer = await wards.merge(way)
    reader = sitting(box, reader, Unit(officer.me.officer.unit, "", "", None, 0), wards.country.province, PROVINCE)
    await reader.write(wards.passed, "answer", "Cảm ơn bà con")
    await reader.forward(wards.passed, await reader.sealed_to(wards.passed, BESIDE.code))
    await officer.write(own, "answer", "Đã rõ")
    found, mine = await officer.chain(), await reader.chain()
    assert not any(asked in one for one in found)
    assert any(asked in one for one in mine)
    trust = Trust(box.ground.keys.site.authority, (await box.counter.audit(officer.me, 1)).keys)
    for who, records in ((officer, found), (reader, mine)):
        file = await box.counter.audit_file(who.me)
        finding = verify_export(file, trust)
        assert finding.holds
        assert finding.withheld == sum(read_withheld(one) is not None for one in records) > 0
        assert (asked in file) == (who is reader)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("act", sorted(OF_TIPS))
async def test_nor_of_how_many_tips_somebody_was_told(wards: Wards, way: str, act: str) -> None:
    """Who took his calls or was too busy says how many there were; he himself sees that he did, and the chain holds."""
    box, caller = wards.box, sitting(wards.box, wards.officer, PROVINCE, wards.country.province)
    notes = Notebook(box.ground.keys.site.id, notes_key(box.config), os.urandom)

    async def said(officer: Officer) -> None:
        seen = Observed(act, officer.me.officer, (("count", 3),))
        await box.run(lambda c: notes.leave(c, officer.me.officer.unit, seen, now=int(box.clock())))

    await said(wards.officer)
    officer = await wards.merge(way)
    unit = Unit(officer.me.officer.unit, "", "", None, 0)
    caller = sitting(box, caller, unit, wards.country.province, PROVINCE)
    await said(caller)
    await said(officer)
    for who in (officer, caller):
        acts = [read_record(one).act for one in await who.chain() if read_withheld(one) is None]
        assert {one.serial for one in acts if one.act == act} == {who.me.officer.serial}
    trust = Trust(box.ground.keys.site.authority, (await box.counter.audit(officer.me, 1)).keys)
    assert verify_export(await box.counter.audit_file(officer.me), trust).holds


async def test_nor_where_the_unit_above_had_ended_without_a_word_of_what_came_after(wards: Wards) -> None:
    now = int(wards.box.clock())
    await wards.box.run(lambda connection: units.put_unit(connection, replace(PROVINCE, valid_to=now)))
    officer = await wards.merge("the one above into it")
    assert await officer.tips() == []
    assert await refused(wards.box.counter.thread(officer.me, wards.passed)) == ("desk-no-tip", 404)


@pytest.mark.parametrize("way", WAYS)
async def test_whoever_it_was_sent_to_alone_keeps_a_key(wards: Wards, way: str) -> None:
    await wards.merge(way)
    grants = await wards.box.rows("SELECT recipient FROM grants WHERE tip = ?", wards.passed)
    assert grants == [(SERIALS[PROVINCE.code],)]


@pytest.mark.parametrize("way", WAYS)
async def test_a_tip_filed_before_opens_after_it_and_its_reporter_reads_the_answer(wards: Wards, way: str) -> None:
    box = wards.box
    page, receipt, tip = await wards.filed()
    officer = await wards.merge(way)
    assert await officer.tips() == [tip]
    opened = await officer.open(tip)
    assert [entry.text for entry in opened.thread.entries[1:]] == [WORDS, "Lúc mấy giờ?"]
    await officer.write(tip, "answer", "Chúng tôi đã đến xem.")
    assert "Chúng tôi đã đến xem." in words_in(await page.code(receipt))
    await page.text("Khoảng tám giờ tối")
    await page.text("1")
    assert (await officer.open(tip)).thread.entries[-1].text == "Khoảng tám giờ tối"
    for table in ("tips", "grants", "notices"):
        assert await box.rows(f"SELECT DISTINCT unit_id FROM {table}") == [(officer.me.officer.unit,)]


async def test_without_the_signed_word_a_row_that_was_moved_opens_for_nobody(wards: Wards) -> None:
    """Whoever writes to the database moves officer and tip to a unit whose sheet, signed, has the officer on it too."""
    box = wards.box
    page, receipt, tip = await wards.filed()
    own = await sheet_of(box, WARD.code)
    await wards.take_in(replace(own, unit=BESIDE.code, name=BESIDE.name_vi, n=2))
    for table in ("tips", "entries", "grants", "officers"):
        await box.forge(f"UPDATE {table} SET unit_id = ? WHERE unit_id = ?", BESIDE.code, WARD.code)
    moved = await wards.officer.again()
    assert await moved.tips() == [tip]
    with pytest.raises(SealError):
        await moved.open(tip)
    assert "Lúc mấy giờ?" not in words_in(await page.code(receipt))


@pytest.fixture
async def merging(wards: Wards, url: str | None) -> AsyncIterator[Callable[[Sheet], Awaitable[AsyncConnection]]]:
    """Another process takes a sheet in and has not committed it yet."""
    assert url is not None
    engine, (book, authority) = postgres_engine(url), (wards.box.ground.book, wards.box.ground.keys.authority)
    assert authority is not None
    async with engine.connect() as rival:

        async def begin(sheet: Sheet) -> AsyncConnection:
            body, now = sign_sheet(sheet, authority), int(wards.box.clock())
            await rival.run_sync(lambda connection: sheetwork.take_in(connection, book, body, now))
            return rival

        yield begin
    await engine.dispose()


APART = pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)


@APART
async def test_a_tip_filed_while_a_merger_commits_is_the_new_units(
    wards: Wards, merging: Callable[[Sheet], Awaitable[AsyncConnection]]
) -> None:
    box, page = wards.box, Page(wards.box)
    await page.open()
    await page.text(WORDS)
    await page.text("1")
    sheet = await wards.sheet("into the one above")
    rival = await merging(sheet)
    filing = asyncio.create_task(page.text("1"))
    await until_one_waits(box.ground.database)
    await rival.commit()
    box.ground.book.take_in(sheet)
    receipt = receipt_in(await filing)
    officer = await wards.officer.again()
    (tip,) = await officer.tips()
    assert (await officer.open(tip)).thread.entries[1].text == WORDS
    await officer.write(tip, "answer", "Chúng tôi đã đến xem.")
    assert "Chúng tôi đã đến xem." in words_in(await page.code(receipt))
    for table in ("tips", "grants", "notices"):
        assert await box.rows(f"SELECT DISTINCT unit_id FROM {table}") == [(PROVINCE.code,)]


@APART
async def test_a_tip_passed_on_while_a_merger_commits_stays_where_it_was(
    wards: Wards, merging: Callable[[Sheet], Awaitable[AsyncConnection]]
) -> None:
    box, own = wards.box, (await wards.filed())[2]
    sealed = await wards.officer.sealed_to(own, BESIDE.code)
    above, beside = await sheet_of(box, PROVINCE.code), await sheet_of(box, BESIDE.code)
    rival = await merging(merged(above, (beside,), int(box.clock())))
    passing = asyncio.create_task(refused(wards.officer.forward(own, sealed)))
    await until_one_waits(box.ground.database)
    await rival.commit()
    assert await passing == ("forward-nobody", 409)
    assert await wards.officer.tips() == [own]


async def test_what_an_older_merger_left_behind_comes_over(wards: Wards) -> None:
    box, (page, receipt, tip) = wards.box, await wards.filed()
    officer = await wards.merge("into the one above")
    for table, key in (("tips", "id"), ("grants", "tip"), ("notices", "tip")):
        await box.forge(f"UPDATE {table} SET unit_id = ? WHERE {key} = ?", WARD.code, tip)
    assert await officer.tips() == []
    await box.housekeeping.bring_over()
    assert await officer.tips() == [tip]
    assert (await officer.open(tip)).thread.entries[1].text == WORDS
    await officer.write(tip, "answer", "Chúng tôi đã đến xem.")
    assert "Chúng tôi đã đến xem." in words_in(await page.code(receipt))


async def test_a_successor_that_no_sheet_names_is_given_nothing(wards: Wards) -> None:
    """Whoever writes to the database makes another unit the successor."""
    box, (_, _, tip) = wards.box, await wards.filed()
    await box.forge("UPDATE units SET valid_to = 1, successor = ? WHERE code = ?", BESIDE.code, WARD.code)
    await box.housekeeping.bring_over()
    assert await wards.officer.tips() == [tip]


async def test_the_old_units_sheets_seal_nothing_any_more(wards: Wards) -> None:
    """Though whoever writes to the database makes it as if the ward had never ended."""
    await wards.merge("into the one above")
    await wards.box.forge("UPDATE units SET valid_to = NULL, successor = NULL WHERE code = ?", WARD.code)
    await wards.box.forge("DELETE FROM tips")
    page = Page(wards.box)
    await page.open()
    await page.file_tip(WORDS)
    assert await wards.box.rows("SELECT unit_id FROM tips") == [(PROVINCE.code,)]
