"""Passing a tip on: the other unit reads it, this one no more, both chains tell of it, and races are lost in words."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace

import pytest
from acts import named
from country import BESIDE, PROVINCE, SERIALS, WARD, Country
from installation import BOX, Installation, Officer, OfficerKeys, Page, sheet_of, words_in
from postgres_server import BOTH
from unit.service.pictures import marked, written

from bot.service.desk.casework import NewEntry, Newer, Rereading, Taking, due
from bot.service.desk.rooms import Told
from bot.service.errors import NotAccepted
from crypto.acts import Act, read_record
from crypto.age import Identity
from crypto.audit import Checks, verify_chain
from crypto.entries import Entry, digest, seal_entry
from crypto.errors import SealError
from crypto.grants import RECOVERY, grants_digest
from crypto.sheets import sign_sheet, verify_sheet
from crypto.tips import next_place
from handlers.clocks import OPENING
from handlers.timeline import DAY
from storage.repositories import sheets, threads, tips, units
from storage.repositories.notices import Notice

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key, told.value.status


@pytest.fixture
async def country(box: Installation, officer: Officer) -> Country:
    """The ward's neighbour and the province, each with an officer; the ward's officer is enrolled."""
    made = Country(box.ground.keys.site.id)
    authority = box.ground.keys.authority
    assert authority is not None
    await box.run(lambda connection: made.found(connection, authority, int(box.clock())))
    return made


def sitting(box: Installation, officer: Officer, unit: units.Unit, keys: OfficerKeys) -> Officer:
    """The officer of another unit at its desk."""
    serial = SERIALS[unit.code]
    account = replace(officer.me.officer, unit=unit.code, serial=serial, account=f"cb{serial}")
    return Officer(box, keys, replace(officer.me, officer=account))


@pytest.fixture
def beside(box: Installation, officer: Officer, country: Country) -> Officer:
    return sitting(box, officer, BESIDE, country.beside)


@pytest.fixture
async def tip(officer: Officer, country: Country, page: Page) -> bytes:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.write(tip, "question", "Lúc mấy giờ?")
    return tip


async def test_the_other_units_officer_opens_it_with_every_check_made(
    officer: Officer, beside: Officer, tip: bytes
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code, "Ở bên kia cầu")
    await officer.forward(tip, sealed)
    found = (await beside.open(tip)).thread
    assert (found.opening.unit, found.entries[1].text) == (WARD.code, WORDS)
    assert [(one.kind, one.by, one.to, one.text) for one in found.entries[2:]] == [
        ("question", officer.me.officer.serial, None, "Lúc mấy giờ?"),
        ("forward", officer.me.officer.serial, BESIDE.code, "Ở bên kia cầu"),
    ]
    await beside.write(tip, "answer", "Cảm ơn bà con")
    assert [one.by for one in (await beside.open(tip)).thread.entries[4:]] == [SERIALS[BESIDE.code]]


async def test_nobody_answers_for_it_there_and_its_officers_are_told_in_the_quarter(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    box.clock.advance(5 * 3600)
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    there = await box.ground.database.read(lambda c: tips.find(c, BESIDE.code, tip))
    assert there is not None
    hour = int(box.clock()) // 3600 * 3600
    assert (there.since, there.due, there.clock) == (hour, hour + OPENING, "open")
    assert await box.rows("SELECT unit_id, answerable, entries, state FROM tips") == [
        (BESIDE.code, None, 4, "received")
    ]
    now = int(box.clock())
    assert await box.rows("SELECT unit_id, kind, due FROM notices") == [(BESIDE.code, "tip", (now // 900 + 1) * 900)]


async def test_an_urgent_one_rings_at_once(box: Installation, officer: Officer, country: Country, page: Page) -> None:
    await page.file_tip(WORDS, urgent=True)
    (tip,) = await officer.tips()
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    now = int(box.clock())
    assert await box.rows("SELECT unit_id, due FROM notices") == [(BESIDE.code, now - now % 60)]


async def chained(box: Installation, officer: Officer) -> list[Act]:
    """What a unit's whole chain says, which holds."""
    records = await officer.chain()
    stretch = await box.counter.audit(officer.me, 1)
    bodies = [body for _, body in await box.counter.sheets(officer.me.officer.unit)]
    lines = {one.serial: one for body in bodies for one in verify_sheet(body, box.ground.keys.site.authority).officers}
    checks = Checks(box.ground.keys.site.id, officer.me.officer.unit, lines.get, stretch.keys)
    assert verify_chain(records, checks).fault is None
    return [read_record(one).act for one in records]


async def test_both_chains_tell_of_it_by_the_digest_of_one_entry(
    box: Installation, officer: Officer, beside: Officer, tip: bytes
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    await officer.forward(tip, sealed)
    here, there = (await chained(box, officer))[-1], (await chained(box, beside))[-1]
    entry = (("seq", 3), ("entry", digest(sealed.entry.sealed)))
    assert (here.kind, here.act, here.tip, here.serial) == ("officer", "forward", tip, officer.me.officer.serial)
    assert here.detail == (*entry, ("to", BESIDE.code), ("grants", grants_digest(sealed.grants)))
    assert (there.kind, there.act, there.tip, there.serial) == ("observed", "forwarded", tip, here.serial)
    assert there.detail == (*entry, ("from", WARD.code))


async def test_it_goes_on_and_comes_back(
    box: Installation, officer: Officer, beside: Officer, country: Country, tip: bytes
) -> None:
    above = sitting(box, officer, PROVINCE, country.province)
    for holder, to in ((officer, BESIDE), (beside, PROVINCE), (above, WARD)):
        assert (await holder.open(tip)).thread.entries[1].text == WORDS
        await holder.forward(tip, await holder.sealed_to(tip, to.code))
    thread = (await officer.open(tip)).thread
    assert [one.to for one in thread.entries if one.kind == "forward"] == [BESIDE.code, PROVINCE.code, WARD.code]
    await officer.write(tip, "answer", "Tin đã về lại")
    assert [one.act for one in await chained(box, beside)] == ["forwarded", "open", "forward"]


async def test_the_reporter_sees_nothing_of_it_and_goes_on(
    box: Installation, officer: Officer, beside: Officer, page: Page, country: Country
) -> None:
    code = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    before = words_in(await opened(box, code))
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code, "lời dặn riêng của bên này"))
    after = await opened(box, code)
    assert words_in(after) == before
    assert BESIDE.name_vi not in words_in(after)
    person = Page(box)
    await person.open()
    await person.code(code)
    await person.text("Chiều nay lại thấy họ")
    await person.text("1")
    assert [one.text for one in (await beside.open(tip)).thread.entries][-1] == "Chiều nay lại thấy họ"
    await beside.write(tip, "question", "Biển số xe là gì?")
    assert "Biển số xe là gì?" in words_in(await opened(box, code))
    assert "lời dặn riêng" not in words_in(await opened(box, code))


async def test_whoever_had_it_before_is_not_believed_behind_its_passing_on(
    box: Installation, officer: Officer, beside: Officer, page: Page, country: Country
) -> None:
    code = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    found = await beside.open(tip)
    place, at = next_place(found.thread), int(box.clock()) // 60 * 60
    entry = Entry(place, "question", officer.me.officer.serial, at=at, text="Ra gặp tôi một mình nhé")
    sealed = seal_entry(entry, officer.keys.signer, found.identity.recipient)
    addition = threads.Addition(place.seq, [sealed])
    assert await box.run(lambda connection: threads.append(connection, BESIDE.code, tip, addition))
    with pytest.raises(SealError):
        await beside.open(tip)
    assert "Ra gặp tôi" not in words_in(await opened(box, code))


async def test_a_closed_tip_stays_where_it_is(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    await box.forge("UPDATE tips SET state = 'closed'")
    assert await refused(officer.forward(tip, sealed)) == ("forward-closed", 409)
    assert await box.rows("SELECT unit_id, entries FROM tips") == [(WARD.code, 3)]


async def test_a_sheet_with_the_same_names_and_other_keys_is_sealed_to_again(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    authority, old = box.ground.keys.authority, await sheet_of(box, BESIDE.code)
    assert authority is not None
    new = sign_sheet(
        replace(old, n=2, officers=(replace(old.officers[0], recipient=Identity.generate().recipient),)), authority
    )
    await box.run(lambda connection: sheets.add(connection, sheets.StoredSheet(BESIDE.code, 2, new)))
    assert await refused(officer.forward(tip, sealed)) == ("forward-sheet", 409)
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))


async def opened(box: Installation, code: str) -> list[object]:
    page = Page(box)
    await page.open()
    return await page.code(code)


async def test_where_it_was_no_route_gives_anything_of_it(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    colleague = await Officer.enrol(box, "trucban2")
    opened_before = await officer.open(tip)
    sealed = await officer.sealed_to(tip, BESIDE.code)
    await officer.forward(tip, sealed)
    box.clock.advance(900)
    for one in (officer, colleague):
        assert await one.tips() == []
        assert (await box.counter.reread(one.me, Rereading())).threads == ()
        for attempt in (
            box.counter.thread(one.me, tip),
            box.counter.open_first(one.me, tip, await one.sign("open", tip)),
            box.counter.add_entry(one.me, tip, NewEntry(4, b"sealed"), b""),
            box.counter.take(one.me, tip, Taking(NewEntry(4, b"sealed"), None), b""),
            box.counter.forward(one.me, tip, replace(sealed, to=PROVINCE.code), b""),
        ):
            assert await refused(attempt) == ("desk-no-tip", 404)
    mine = "SELECT count(*) FROM grants WHERE unit_id = ?"
    assert await box.rows(f"{mine} AND recipient NOT LIKE 'recovery%'", WARD.code) == [(0,)]
    assert opened_before.thread.entries[1].text == WORDS


async def test_where_it_was_its_attachments_are_given_to_nobody_any_more(
    box: Installation, officer: Officer, beside: Officer, page: Page
) -> None:
    await page.file_tip(WORDS, photo=written(marked(), "JPEG"))
    (tip,) = await officer.tips()
    ((name, size),) = await box.rows("SELECT name, size FROM tip_blobs")
    assert (await box.counter.blob(officer.me, name)).size == size
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    assert await refused(box.counter.blob(officer.me, name)) == ("desk-no-tip", 404)
    assert (await box.counter.blob(beside.me, name)).size == size


async def test_where_it_was_no_console_is_told_of_it_any_more(
    box: Installation, officer: Officer, beside: Officer, tip: bytes, page: Page
) -> None:
    """Neither who has it open or changes it, nor that its reporter wrote: the next word is about another tip."""
    serial, rooms = officer.me.officer.serial, box.counter.rooms
    seat, colleague = rooms.sit(WARD.code, serial), rooms.sit(WARD.code, "another")
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    box.clock.advance(901)
    assert [ring.kind for ring, _ in await rung(box, beside)] == ["tip"]
    await page.file_tip(WORDS)
    (other,) = await officer.tips()
    box.clock.advance(901)
    for one in (tip, other):
        rooms.turn(colleague, one)
        rooms.changed(WARD.code, one, by="another")
        telling = box.counter.told(officer.me, seat)
        if one is other:
            assert await anext(telling) == Told({other: ("another",)}, frozenset({other}))
    assert [ring.tip for ring, _ in await rung(box, officer)] == [other]


async def rung(box: Installation, officer: Officer) -> list[tuple[Notice, bool]]:
    """What is due for his unit now, as its bell looks."""
    now = int(box.clock())
    return await box.run(lambda connection: due(connection, officer.me.officer, now, 0))


async def test_boxes_and_units_of_whom_it_came_from_have_names_there(
    box: Installation, officer: Officer, beside: Officer, tip: bytes
) -> None:
    before = {one.code for one in await box.counter.boxes(beside.me)}
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    named = {one.code: one.label_vi for one in await box.counter.boxes(beside.me)}
    assert BOX not in before
    assert named[BOX].endswith(f" · {WARD.name_vi}")
    assert [(await box.counter.called(code))[0].vi for code in (WARD.code, "99999")] == [WARD.name_vi, "99999"]


async def test_only_to_who_reads_by_the_newest_sheet(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    one, *_ = sealed.grants
    for grants in ({}, {**sealed.grants, "s9": b"x"}, {"s9": sealed.grants[one]}, {**sealed.grants, RECOVERY: b"x"}):
        assert await refused(officer.forward(tip, replace(sealed, grants=grants))) == ("forward-sheet", 409)
    large = {name: bytes(20_000) for name in sealed.grants}
    assert await refused(officer.forward(tip, replace(sealed, grants=large))) == ("desk-refused", 413)
    for nowhere in (WARD.code, "99999"):
        assert await refused(officer.forward(tip, replace(sealed, to=nowhere))) == ("forward-nobody", 409)
    assert await box.rows("SELECT unit_id, entries FROM tips") == [(WARD.code, 3)]


async def test_whoever_came_onto_the_sheet_meanwhile_gets_a_key_too(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    authority = box.ground.keys.authority
    assert authority is not None
    newest = await box.run(lambda connection: sheets.newest(connection, BESIDE.code))
    assert newest is not None
    sheet = verify_sheet(newest.body, authority.verify_key)
    more = replace(sheet.officers[0], serial="000099", officer="moi")
    body = sign_sheet(replace(sheet, n=2, officers=(*sheet.officers, more)), authority)
    await box.run(lambda connection: sheets.add(connection, sheets.StoredSheet(BESIDE.code, 2, body)))
    assert await refused(officer.forward(tip, sealed)) == ("forward-sheet", 409)
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    recipients = await box.rows("SELECT recipient FROM grants WHERE unit_id = ? ORDER BY recipient", BESIDE.code)
    assert recipients == [("000021",), ("000099",)]


async def test_to_a_unit_that_is_no_more_or_not_yet_nothing_goes(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed, now = await officer.sealed_to(tip, BESIDE.code), int(box.clock())
    for changes in ({"valid_to": now}, {"valid_from": now + 1}):
        await box.run(lambda connection, changes=changes: units.put_unit(connection, replace(BESIDE, **changes)))
        assert await refused(officer.forward(tip, sealed)) == ("forward-nobody", 409)


async def test_an_act_that_says_something_else_passes_nothing_on(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    entry = named(sealed.entry.seq, sealed.entry.sealed)
    keys = grants_digest(sealed.grants)
    for detail in (
        (*entry, ("to", PROVINCE.code), ("grants", keys)),
        (*entry, ("to", BESIDE.code), ("grants", bytes(32))),
        (*named(4, sealed.entry.sealed), ("to", BESIDE.code), ("grants", keys)),
        (*named(3, b"other"), ("to", BESIDE.code), ("grants", keys)),
    ):
        record = await officer.sign("forward", tip, detail)
        assert await refused(box.counter.forward(officer.me, tip, sealed, record)) == ("desk-act-unfit", 422)
    record = await officer.sign("take", tip, entry)
    assert await refused(box.counter.forward(officer.me, tip, sealed, record)) == ("desk-act-unfit", 422)
    assert await box.rows("SELECT unit_id, entries FROM tips") == [(WARD.code, 3)]
    assert await box.rows("SELECT count(*) FROM audit WHERE unit_id = ?", BESIDE.code) == [(0,)]


async def test_who_holds_no_key_passes_nothing_on(box: Installation, officer: Officer, tip: bytes) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    late = await Officer.enrol(box, "trucban2")
    assert await refused(late.forward(tip, sealed)) == ("desk-badkey", 403)


async def test_a_colleagues_word_comes_first(officer: Officer, tip: bytes, country: Country) -> None:
    sealed = await officer.sealed_to(tip, BESIDE.code)
    await officer.write(tip, "answer", "Đã ghi nhận")
    with pytest.raises(Newer) as told:
        await officer.forward(tip, sealed)
    assert told.value.entries == 4
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))


async def test_twice_at_once_it_goes_to_one_alone(
    box: Installation, officer: Officer, tip: bytes, country: Country
) -> None:
    ways = [await officer.sealed_to(tip, unit.code) for unit in (BESIDE, PROVINCE)]
    done = await asyncio.gather(*(officer.forward(tip, way) for way in ways), return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) in (["NewerAct", "NoneType"], ["NoneType", "NotAccepted"])
    ((unit, entries),) = await box.rows("SELECT unit_id, entries FROM tips")
    assert (unit in (BESIDE.code, PROVINCE.code), entries) == (True, 4)
    assert await box.rows("SELECT DISTINCT unit_id FROM grants WHERE recipient NOT LIKE 'recovery%'") == [(unit,)]
    assert await box.rows("SELECT count(*) FROM audit WHERE signer IS NULL AND unit_id <> ?", WARD.code) == [(1,)]


async def test_keys_that_open_nothing_lose_no_tip(
    box: Installation, officer: Officer, beside: Officer, tip: bytes
) -> None:
    """What a bent browser could do: the act names the keys, and the ward's recovery identity keeps its own."""
    kept = await box.rows("SELECT sealed FROM grants WHERE recipient = 'recovery'")
    sealed = await officer.sealed_to(tip, BESIDE.code)
    bent = replace(sealed, grants=dict.fromkeys(sealed.grants, b"no key at all"))
    await officer.forward(tip, bent)
    assert dict((await chained(box, officer))[-1].detail)["grants"] == grants_digest(bent.grants)
    assert await box.rows("SELECT sealed FROM grants WHERE recipient = 'recovery-3' AND unit_id = ?", WARD.code) == kept


async def test_the_other_units_terms_begin_anew_whatever_was_done_here(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    await officer.open(tip)
    await box.forge(
        "UPDATE tips SET status = ?, state = ?, reported = ?, notified = ?, complex = ?, extended = ?",
        *("verifying", "verify", True, True, True, True),
    )
    box.clock.advance(30 * DAY)
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    since = int(box.clock()) // 3600 * 3600
    done = "status, since, reported, notified, complex, extended, ended, clock, due"
    rows = await box.rows(f"SELECT {done} FROM tips")
    assert rows == [("received", since, False, False, False, False, None, "open", since + OPENING)]
    assert await box.rows("SELECT state FROM tips") == [("verify",)], "its reporter sees nothing of it"


async def test_what_is_passed_on_needs_a_new_key_as_those_who_had_it_know_its_own(
    box: Installation, officer: Officer, beside: Officer, tip: bytes
) -> None:
    assert await box.counter.hands.due(officer.me.officer) == 0
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    assert await box.counter.hands.due(beside.me.officer) == 1


async def test_those_who_passed_it_on_keep_a_copy_until_somebody_wrote_there(
    box: Installation, officer: Officer, beside: Officer, tip: bytes
) -> None:
    ((sealed,),) = await box.rows("SELECT sealed FROM grants WHERE recipient = ?", officer.me.officer.serial)
    await officer.forward(tip, await officer.sealed_to(tip, BESIDE.code))
    kept = "SELECT recipient, seq, unit_id, sealed FROM former_keys"
    assert await box.rows(kept) == [(officer.me.officer.serial, 3, WARD.code, sealed)]
    await beside.open(tip)
    assert len(await box.rows(kept)) == 1, "that it was looked at proves nothing"
    await beside.write(tip, "question", "Ở đâu?")
    assert await box.rows(kept) == []


async def test_units_are_found_by_words_of_their_names(box: Installation, officer: Officer, country: Country) -> None:
    async def found(words: str = "", me: Officer = officer) -> list[str]:
        return [one.code for one in await box.counter.neighbours(me.me, words)]

    assert await found() == [BESIDE.code, PROVINCE.code]
    assert await found("bac hong") == [BESIDE.code]
    assert await found("tỉnh") == await found("PROVINCE") == await found("42") == [PROVINCE.code]
    assert await found("nam hong linh") == []
    above = sitting(box, officer, PROVINCE, country.province)
    assert set(await found(me=above)) == {WARD.code, BESIDE.code}
    await box.forge("DELETE FROM sheets WHERE unit_id = ?", BESIDE.code)
    assert await found() == [PROVINCE.code]


async def test_a_unit_says_which_ones_it_came_after(box: Installation, officer: Officer, country: Country) -> None:
    old = units.Unit("18000", "xã Cũ", "Cũ commune", "42", 0, int(box.clock()), BESIDE.code)
    await box.run(lambda connection: units.put_unit(connection, old))
    beside, _ = await box.counter.neighbours(officer.me, "")
    assert (beside.code, beside.was) == (BESIDE.code, ("18000",))
