"""Keys change hands: given, taken back, handed over, changed; for nobody off the sheet, and never to lose a tip."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

import pytest
from acts import named
from installation import UNIT, Installation, Officer, OfficerKeys, OpenedTip, Page, Telegram, sheet_of, words_in
from postgres_server import BOTH

from bot.service.desk import sheetwork, staffing
from bot.service.desk.casework import NewEntry, Newer
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.desk.handing import BATCH, Giving, Rekeying
from bot.service.desk.hands import Hands
from bot.service.errors import NotAccepted
from bot.service.reading import find_thread
from bot.service.threads import key_of
from crypto.acts import read_record
from crypto.entries import REPORTER, Entry, open_entry, seal_entry
from crypto.errors import SealError
from crypto.grants import RECOVERY, grants_digest, seal_grant
from crypto.hybrid import Identity
from crypto.receipts import stretch
from crypto.sheets import sign_sheet
from crypto.tipkeys import TipKey, keys_of
from crypto.tips import next_place
from crypto.wire import encode_raw
from storage.repositories import holders, tips
from storage.repositories.enrolments import Enrolment
from storage.repositories.notices import Notice

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
OFFICERS = "SELECT recipient FROM grants WHERE recipient <> 'recovery'"


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key, told.value.status


async def joined(box: Installation, account: str, role: str) -> Officer:
    """One more officer, whom the newest sheet names."""
    token = os.urandom(32).hex()
    enrolment = Enrolment(UNIT, role, "Đ/c", int(box.clock()) + LINK_LIVES)
    await box.run(lambda connection: invite(connection, token, enrolment))
    keys = OfficerKeys()
    _, session = await box.counter.enrol(token, keys.application(account))
    return Officer(box, keys, await box.counter.who(session))


@dataclass
class Desk:
    """A tip that its first officer alone can open; a chief and a colleague who came later."""

    box: Installation
    hands: Hands
    first: Officer
    chief: Officer
    late: Officer
    page: Page
    receipt: str
    tip: bytes

    async def sealed(self, by: Officer, to: Officer, *which: bytes) -> dict[bytes, bytes]:
        """The keys of these tips (of all he lacks, where none is named), as one browser seals them for another."""
        if not which:
            found = await self.hands.lacking(by.me.officer, to.me.officer.serial, None)
            which = tuple(held.tip for held in found.tips)
        line = next(one for one in (await sheet_of(self.box)).officers if one.serial == to.me.officer.serial)
        return {
            tip: self.grant(await self.key(by, tip), tip, line.recipient, line.officer, line.serial) for tip in which
        }

    async def key(self, officer: Officer, tip: bytes) -> Identity:
        return (await officer.open(tip)).identity

    def grant(self, key: Identity, tip: bytes, recipient: str, name: str, serial: str) -> bytes:
        site = self.box.ground.keys.site.id
        return seal_grant(key, recipient, site=site, tip=tip, unit=UNIT, officer=name, serial=serial, by="s")

    async def give(self, by: Officer, to: Officer) -> None:
        grants = await self.sealed(by, to, self.tip)
        detail = (("reader", to.me.officer.serial), ("grants", digest_of(grants)))
        record = await by.sign("give", self.tip, detail)
        await self.hands.give(by.me.officer, self.tip, Giving(to.me.officer.serial, grants), record)

    async def hand_over(self, by: Officer, to: Officer, grants: Mapping[bytes, bytes]) -> None:
        serial = to.me.officer.serial
        detail = (("reader", serial), ("grants", digest_of(grants)), ("count", len(grants)))
        await self.hands.hand_over(by.me.officer, Giving(serial, grants), await by.sign("hand-over", None, detail))

    async def take_back(self, by: Officer, serial: str) -> None:
        record = await by.sign("take-back", self.tip, (("reader", serial),))
        await self.hands.take_back(by.me.officer, self.tip, serial, record)

    async def rekeyed(self, by: Officer, *to: Officer, found: OpenedTip | None = None) -> Rekeying:
        """The tip under a new key for these, from what `by` opens, or has `found` of it."""
        found, serial = found or await by.open(self.tip), by.me.officer.serial
        new = TipKey.parse(Identity.generate().encode()).after(keys_of(found.identity))
        place, instead = next_place(found.thread), found.thread.shut
        at = int(self.box.clock()) // 60 * 60
        entry = Entry(place, "rekey", serial, at=at, recipient=new.recipient, instead=instead)
        sheet = await sheet_of(self.box)
        assert sheet.recovery is not None
        lines = {one.serial: one for one in sheet.officers}
        grants = {
            one.me.officer.serial: self.grant(
                new, self.tip, lines[one.me.officer.serial].recipient, one.me.officer.account, one.me.officer.serial
            )
            for one in to
        }
        grants[RECOVERY] = self.grant(new, self.tip, sheet.recovery, RECOVERY, RECOVERY)
        own = self.grant(new, self.tip, found.thread.opening.recipient, REPORTER, REPORTER)
        return Rekeying(NewEntry(place.seq, seal_entry(entry, by.keys.signer, new.recipient)), grants, own)

    async def rekey(self, by: Officer, new: Rekeying) -> int:
        keys = grants_digest({**new.grants, REPORTER: new.reporter})
        detail = (*named(new.entry.seq, new.entry.sealed), ("grants", keys))
        return await self.hands.rekey(by.me.officer, self.tip, new, await by.sign("rekey", self.tip, detail))

    async def cut_off(self) -> None:
        """A chief gives the key to the colleague and takes it back."""
        await self.give(self.first, self.late)
        await self.take_back(self.chief, self.late.me.officer.serial)

    async def leave(self, officer: Officer, tips: int = 0) -> None:
        """He is shut out, though he alone reads so many tips, and a sheet without him taken in."""
        authority, book, now = self.box.ground.keys.authority, self.box.ground.book, int(self.box.clock())
        assert authority is not None
        serial, site = officer.me.officer.serial, self.box.ground.keys.site
        await self.box.run(lambda connection: staffing.shut_out(connection, serial, seen=lambda *_: None, tips=tips))
        sheet = await self.box.run(
            lambda connection: sheetwork.proposal(connection, book, site, UNIT, approved=frozenset(), now=now)
        )
        body = sign_sheet(sheet, authority)
        book.take_in(await self.box.run(lambda connection: sheetwork.take_in(connection, book, body, now, tips=tips)))

    async def adds(self, words: str) -> str:
        """The reporter opens the tip with the receipt and adds something; what the mailbox said."""
        said = words_in(await self.page.code(self.receipt))
        await self.page.text(words)
        await self.page.text("1")
        return said


def digest_of(grants: Mapping[bytes, bytes]) -> bytes:
    return grants_digest({encode_raw(tip): one for tip, one in grants.items()})


@pytest.fixture
async def desk(box: Installation, officer: Officer, page: Page) -> Desk:
    receipt = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    chief, late = await joined(box, "truongca", "chief"), await joined(box, "trucban2", "duty")
    return Desk(box, box.counter.hands, officer, chief, late, page, receipt, tip)


async def test_one_more_reader_opens_it_and_the_chain_tells_who_gave_it(desk: Desk) -> None:
    assert (await desk.box.counter.thread(desk.late.me, desk.tip)).row.grant is None
    await desk.give(desk.first, desk.late)
    assert (await desk.late.open(desk.tip)).thread.entries[1].text == WORDS
    act = next(read_record(one).act for one in await desk.first.chain() if b'"give"' in one)
    assert (act.serial, act.tip, act.detail[0]) == (
        desk.first.me.officer.serial,
        desk.tip,
        ("reader", desk.late.me.officer.serial),
    )


async def test_nobody_off_the_sheet_is_given_a_key(desk: Desk) -> None:
    grants = await desk.sealed(desk.first, desk.late, desk.tip)
    await desk.leave(desk.late)
    serials = (desk.late.me.officer.serial, "000000000000", desk.first.me.officer.serial, "recovery")
    for serial in serials:
        record = await desk.first.sign("give", desk.tip, (("reader", serial), ("grants", digest_of(grants))))
        giving = Giving(serial, grants)
        by = desk.first.me.officer
        assert await refused(desk.hands.give(by, desk.tip, giving, record)) == ("hands-off-sheet", 409)
        assert await refused(desk.hands.lacking(by, serial, None)) == ("hands-off-sheet", 409)


async def test_nobody_gives_what_he_cannot_open(desk: Desk) -> None:
    grants = await desk.sealed(desk.first, desk.late, desk.tip)
    detail = (("reader", desk.late.me.officer.serial), ("grants", digest_of(grants)))
    record = await desk.chief.sign("give", desk.tip, detail)
    giving = Giving(desk.late.me.officer.serial, grants)
    assert await refused(desk.hands.give(desk.chief.me.officer, desk.tip, giving, record)) == ("hands-changed", 409)
    assert (await desk.hands.lacking(desk.chief.me.officer, desk.late.me.officer.serial, None)).total == 0


async def test_a_key_that_is_there_is_not_written_over(desk: Desk) -> None:
    grants = await desk.sealed(desk.first, desk.late, desk.tip)
    await desk.give(desk.first, desk.late)
    before = await desk.box.rows("SELECT recipient, sealed FROM grants ORDER BY recipient")
    assert await refused(desk.hand_over(desk.first, desk.late, grants)) == ("hands-changed", 409)
    assert await desk.box.rows("SELECT recipient, sealed FROM grants ORDER BY recipient") == before


FORGED: Mapping[str, Callable[[dict[bytes, bytes]], dict[bytes, bytes]]] = {
    "another grant than named": lambda grants: {tip: one + b"x" for tip, one in grants.items()},
    "another tip than named": lambda grants: {bytes(16): one for one in grants.values()},
    "one more than named": lambda grants: {**grants, bytes(16): b"x"},
    "none": lambda _: {},
    "too large a one": lambda grants: dict.fromkeys(grants, bytes(20_000)),
}


@pytest.mark.parametrize("how", FORGED)
async def test_an_act_is_for_the_very_keys_it_names(desk: Desk, how: str) -> None:
    grants = await desk.sealed(desk.first, desk.late, desk.tip)
    serial = desk.late.me.officer.serial
    detail = (("reader", serial), ("grants", digest_of(grants)), ("count", 1))
    record = await desk.first.sign("hand-over", None, detail)
    giving = Giving(serial, FORGED[how](grants))
    key, status = await refused(desk.hands.hand_over(desk.first.me.officer, giving, record))
    assert status in (409, 413, 422), key
    assert await desk.box.rows("SELECT tip FROM grants WHERE recipient = ?", serial) == []
    await desk.hands.hand_over(desk.first.me.officer, Giving(serial, grants), record)
    assert await refused(desk.hands.hand_over(desk.first.me.officer, Giving(serial, grants), record)) == (
        "hands-changed",
        409,
    )


async def test_an_act_of_giving_is_taken_once_and_for_one_reader(desk: Desk) -> None:
    grants = await desk.sealed(desk.first, desk.late, desk.tip)
    detail = (("reader", desk.late.me.officer.serial), ("grants", digest_of(grants)))
    record = await desk.first.sign("give", desk.tip, detail)
    other = Giving(desk.chief.me.officer.serial, grants)
    assert await refused(desk.hands.give(desk.first.me.officer, desk.tip, other, record)) == ("desk-act-unfit", 422)
    await desk.hands.give(desk.first.me.officer, desk.tip, Giving(desk.late.me.officer.serial, grants), record)
    await desk.take_back(desk.chief, desk.late.me.officer.serial)
    again = Giving(desk.late.me.officer.serial, grants)
    assert await refused(desk.hands.give(desk.first.me.officer, desk.tip, again, record)) == ("desk-act-newer", 409)


async def test_a_whole_desk_is_handed_over_in_batches_and_gone_on_with(desk: Desk) -> None:
    for _ in range(4):
        page = Page(desk.box)
        await page.open()
        await page.file_tip(WORDS)
    known = await desk.first.tips()
    older = await joined(desk.box, "trucban3", "duty")
    serial = older.me.officer.serial
    everything = await desk.sealed(desk.first, older)
    assert set(everything) == set(known)
    await desk.hand_over(desk.first, older, dict(list(everything.items())[:2]))
    left = await desk.hands.lacking(desk.first.me.officer, serial, None)
    assert left.total == 3
    assert {one.tip for one in left.tips} == set(list(everything)[2:])
    behind = await desk.hands.lacking(desk.first.me.officer, serial, left.tips[0].tip)
    assert [one.tip for one in behind.tips] == [one.tip for one in left.tips[1:]]
    await desk.hand_over(desk.first, older, await desk.sealed(desk.first, older))
    for tip in known:
        assert (await older.open(tip)).thread.entries[1].text == WORDS
    counts = [
        dict(act.detail)["count"]
        for act in [read_record(one).act for one in await older.chain()]
        if act.act == "hand-over"
    ]
    assert counts == [2, 3]


async def test_more_than_one_batch_holds_is_refused(desk: Desk) -> None:
    many = {n.to_bytes(16): b"x" for n in range(BATCH + 1)}
    assert await refused(desk.hand_over(desk.first, desk.late, many)) == ("desk-refused", 413)


async def test_a_chief_takes_a_key_back_and_what_was_given_back_opens_nothing(desk: Desk) -> None:
    await desk.give(desk.first, desk.late)
    await desk.give(desk.first, desk.chief)
    await desk.late.open(desk.tip)
    serial = desk.late.me.officer.serial
    assert await refused(desk.take_back(desk.first, serial)) == ("hands-chief", 403)
    await desk.take_back(desk.chief, serial)
    view = await desk.box.counter.thread(desk.late.me, desk.tip)
    assert (view.row.grant, [one.recipient for one in view.readers if one.recipient == serial]) == (None, [])
    assert await refused(desk.take_back(desk.chief, serial)) == ("hands-changed", 409)
    assert await desk.box.rows("SELECT tip, unit_id FROM stale_keys") == [(desk.tip, UNIT)]


async def test_everybody_gives_his_own_back_but_never_the_last_who_reads(desk: Desk) -> None:
    serial = desk.first.me.officer.serial
    assert await refused(desk.take_back(desk.first, serial)) == ("hands-last", 409)
    assert await refused(desk.take_back(desk.chief, serial)) == ("hands-last", 409)
    await desk.give(desk.first, desk.late)
    await desk.take_back(desk.first, serial)
    assert (await desk.late.open(desk.tip)).thread.entries[1].text == WORDS
    assert await desk.box.rows("SELECT answerable FROM tips") == [(None,)]


async def test_somebody_shut_out_is_no_reader_left(desk: Desk) -> None:
    await desk.give(desk.first, desk.late)
    seen = lambda *_: None  # noqa: E731 - what is seen is told elsewhere
    serial = desk.late.me.officer.serial
    await desk.box.run(lambda connection: staffing.shut_out(connection, serial, seen=seen))
    assert await refused(desk.take_back(desk.chief, desk.first.me.officer.serial)) == ("hands-last", 409)


async def test_the_recovery_identitys_key_is_not_taken_back(desk: Desk) -> None:
    assert await refused(desk.take_back(desk.chief, RECOVERY)) == ("hands-changed", 409)


async def test_under_a_new_key_reader_and_reporter_go_on_and_whoever_was_cut_off_opens_nothing(desk: Desk) -> None:
    await desk.give(desk.first, desk.late)
    await desk.give(desk.first, desk.chief)
    old = await desk.key(desk.late, desk.tip)
    await desk.take_back(desk.chief, desk.late.me.officer.serial)
    (stale,) = (await desk.hands.waiting(desk.first.me.officer, None)).tips
    assert stale.readers == tuple(sorted(one.me.officer.serial for one in (desk.first, desk.chief)))
    length = await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first, desk.chief))
    assert (await desk.hands.waiting(desk.first.me.officer, None)).total == 0
    kept = await desk.box.rows("SELECT recipient FROM grants WHERE recipient LIKE 'recovery%' ORDER BY recipient")
    assert kept == [(RECOVERY,), (f"{RECOVERY}-2",)]
    await desk.first.write(desk.tip, "question", "Lúc mấy giờ?")
    assert "Lúc mấy giờ?" in await desk.adds("Lúc chín giờ tối")
    found = await desk.chief.open(desk.tip)
    assert [one.text for one in found.thread.entries[length:]] == ["Lúc mấy giờ?", "Lúc chín giờ tối"]
    assert [open_entry(one, old) is not None for one in found.view.entries] == [True, True, False, False, False]
    assert await desk.adds("Thêm nữa") != ""
    assert (await desk.first.open(desk.tip)).thread.entries[-1].text == "Thêm nữa"


async def test_a_key_may_be_changed_more_than_once_and_given_on(desk: Desk) -> None:
    for _ in range(2):
        await desk.cut_off()
        await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first))
    await desk.adds("Lúc chín giờ tối")
    await desk.give(desk.first, desk.late)
    assert (await desk.late.open(desk.tip)).thread.entries[-1].text == "Lúc chín giờ tối"


async def test_a_new_key_is_for_whoever_reads_on_and_nobody_else(desk: Desk) -> None:
    await desk.give(desk.first, desk.chief)
    for readers in ((desk.first,), (desk.first, desk.chief, desk.late), (desk.first, desk.late)):
        new = await desk.rekeyed(desk.first, *readers)
        assert await refused(desk.rekey(desk.first, new)) == ("hands-changed", 409)
    good = await desk.rekeyed(desk.first, desk.first, desk.chief)
    assert await refused(desk.rekey(desk.first, good)) == ("hands-changed", 409), "nobody was cut off"
    await desk.cut_off()
    record = await desk.first.sign("rekey", desk.tip, (*named(2, good.entry.sealed), ("grants", bytes(32))))
    assert await refused(desk.hands.rekey(desk.first.me.officer, desk.tip, good, record)) == ("desk-act-unfit", 422)
    other = replace(good, reporter=good.reporter + b"x")
    keys = grants_digest({**good.grants, REPORTER: good.reporter})
    record = await desk.first.sign("rekey", desk.tip, (*named(2, good.entry.sealed), ("grants", keys)))
    assert await refused(desk.hands.rekey(desk.first.me.officer, desk.tip, other, record)) == ("desk-act-unfit", 422)
    assert await refused(desk.rekey(desk.late, good)) == ("desk-badkey", 403)
    await desk.rekey(desk.first, good)
    with pytest.raises(Newer):
        await desk.rekey(desk.first, good)


async def bent(desk: Desk, by: Officer, *others: Officer, reporter: bool = True) -> Rekeying:
    """A new key that opens for its maker alone."""
    good = await desk.rekeyed(by, by, *others)
    grants = {**good.grants, **{one.me.officer.serial: b"no key at all" for one in others}, RECOVERY: b"nor here"}
    return replace(good, grants=grants, reporter=b"junk" if reporter else good.reporter)


async def test_a_new_key_that_opens_nothing_shuts_out_neither_colleague_nor_reporter(desk: Desk) -> None:
    await desk.give(desk.first, desk.chief)
    await desk.cut_off()
    await desk.rekey(desk.first, await bent(desk, desk.first, desk.chief))
    with pytest.raises(SealError):
        await desk.chief.open(desk.tip)
    found = await desk.chief.open(desk.tip, before=True)
    assert ([one.text for one in found.thread.entries[1:]], found.thread.shut) == ([WORDS], 2)
    said = await desk.adds("Lúc chín giờ tối")
    assert desk.box.ground.texts.say("vi", "mail-cut") in said
    assert [one.text for one in (await desk.chief.open(desk.tip, before=True)).thread.entries[1:]] == [
        WORDS,
        "Lúc chín giờ tối",
    ]
    assert await desk.box.rows("SELECT tip FROM stale_keys") == [(desk.tip,)], (
        "who adds under the old key asks for a new one"
    )
    act = next(read_record(one).act for one in await desk.first.chain() if b'"rekey"' in one)
    assert act.serial == desk.first.me.officer.serial
    mended = await desk.rekeyed(desk.chief, desk.first, desk.chief, found=await desk.chief.open(desk.tip, before=True))
    await desk.rekey(desk.chief, mended)
    await desk.chief.write(desk.tip, "question", "Ở đâu?")
    again = await desk.adds("Cuối ngõ")
    assert "Ở đâu?" in again
    assert desk.box.ground.texts.say("vi", "mail-cut") not in again
    texts = [one.text for one in (await desk.chief.open(desk.tip)).thread.entries if one.text]
    assert texts == [WORDS, "Lúc chín giờ tối", "Ở đâu?", "Cuối ngõ"]
    assert texts == [one.text for one in (await desk.first.open(desk.tip)).thread.entries if one.text]


@pytest.mark.parametrize("what", ["bytes that no key opens", "its last entry again"])
async def test_a_forged_row_leads_no_reporter_back_under_the_key_of_who_was_cut_off(desk: Desk, what: str) -> None:
    await desk.give(desk.first, desk.chief)
    await desk.cut_off()
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first, desk.chief))
    site = desk.box.ground.keys.site
    found = stretch(desk.receipt, site.salt)
    thread = await desk.box.ground.database.read(lambda connection: find_thread(connection, found.lookup))
    assert thread is not None
    assert thread.former, "the copy before is kept until he adds something"
    forged = os.urandom(4096) if what.startswith("bytes") else thread.entries[-1]
    for entries in (thread.entries, (*thread.entries, forged)):
        key = key_of(site, replace(thread, entries=entries), found.seed)
        assert (key.former, key.identity.recipient) == (False, (await desk.key(desk.chief, desk.tip)).recipient)


async def test_a_reporter_shut_out_alone_goes_on_and_is_read(desk: Desk) -> None:
    await desk.give(desk.first, desk.chief)
    await desk.cut_off()
    good = await desk.rekeyed(desk.first, desk.first, desk.chief)
    await desk.rekey(desk.first, replace(good, reporter=good.grants[desk.chief.me.officer.serial]))
    await desk.adds("Lúc chín giờ tối")
    assert (await desk.chief.open(desk.tip)).thread.entries[-1].text == "Lúc chín giờ tối"
    assert (await desk.hands.waiting(desk.chief.me.officer, None)).total == 1
    await desk.chief.write(desk.tip, "question", "Ở đâu?")
    await desk.rekey(desk.chief, await desk.rekeyed(desk.chief, desk.first, desk.chief))
    assert "Ở đâu?" in await desk.adds("Cuối ngõ")


async def test_older_copies_are_kept_until_the_newer_proved_good_and_go_with_whoever_goes(desk: Desk) -> None:
    async def kept() -> set[str]:
        names = {REPORTER: "reporter"} | {one.me.officer.serial: one.me.officer.account for one in everybody}
        return {names[one] for (one,) in await desk.box.rows("SELECT recipient FROM former_keys")}

    everybody = [desk.first, desk.chief, desk.late]
    await desk.give(desk.first, desk.chief)
    await desk.cut_off()
    assert await kept() == set()
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first, desk.chief))
    assert await kept() == {desk.first.me.officer.account, "truongca", "reporter"}
    await desk.first.open(desk.tip)
    await desk.first.write(desk.tip, "question", "Ở đâu?")
    assert await kept() == {"truongca", "reporter"}
    await desk.adds("Cuối ngõ")
    assert await kept() == {"truongca"}
    assert len((await desk.chief.view(desk.tip)).row.former) == 1
    await desk.take_back(desk.chief, desk.chief.me.officer.serial)
    assert await kept() == set()


async def test_a_key_that_proved_good_is_not_changed_at_will(desk: Desk) -> None:
    """Whoever wrote under the newest has nothing kept, and nothing to mend."""
    await desk.cut_off()
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first))
    await desk.first.write(desk.tip, "question", "Ở đâu?")
    again = await desk.rekeyed(desk.first, desk.first)
    assert await refused(desk.rekey(desk.first, again)) == ("hands-changed", 409)


async def test_a_reporter_on_telegram_reads_and_writes_on_under_the_new_key(desk: Desk) -> None:
    """Also one who had the tip open in his chat while its key was changed."""
    person = Telegram(desk.box, 7)
    assert desk.box.ground.texts.say("vi", "st-received") in words_in(await person.code(desk.receipt))
    await desk.cut_off()
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first))
    await person.text("Họ vừa đến")
    await person.text("1")
    assert (await desk.first.open(desk.tip)).thread.entries[-1].text == "Họ vừa đến"
    await desk.first.write(desk.tip, "question", "Ở đâu?")
    other = Telegram(desk.box, 8)
    assert "Ở đâu?" in words_in(await other.code(desk.receipt))
    await other.text("Cuối ngõ")
    await other.text("1")
    thread = (await desk.first.open(desk.tip)).thread
    assert [one.text for one in thread.entries if one.by == REPORTER and one.text] == [WORDS, "Họ vừa đến", "Cuối ngõ"]
    assert thread.shut is None


async def test_a_forged_row_gets_nobody_a_new_key_whom_the_chain_cut_off(desk: Desk) -> None:
    gone = desk.late.me.officer.serial
    await desk.give(desk.first, desk.late)
    await desk.take_back(desk.chief, gone)
    ((sealed,),) = await desk.box.rows("SELECT sealed FROM grants WHERE recipient = ?", desk.first.me.officer.serial)
    await desk.box.forge(
        "INSERT INTO grants (tip, recipient, unit_id, sealed, opened) VALUES (?, ?, ?, ?, ?)",
        *(desk.tip, gone, UNIT, sealed, False),
    )
    (stale,) = (await desk.hands.waiting(desk.first.me.officer, None)).tips
    assert stale.readers == (desk.first.me.officer.serial,)
    bent = await desk.rekeyed(desk.first, desk.first, desk.late)
    assert await refused(desk.rekey(desk.first, bent)) == ("hands-changed", 409)
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first))
    assert await desk.box.rows("SELECT tip FROM grants WHERE recipient = ?", gone) == []
    assert await desk.box.rows("SELECT tip FROM former_keys WHERE recipient = ?", gone) == []


async def test_what_was_taken_back_is_given_again_by_its_own_act_alone(desk: Desk) -> None:
    serial = desk.late.me.officer.serial
    grants = await desk.sealed(desk.first, desk.late)
    await desk.cut_off()
    assert (await desk.hands.lacking(desk.first.me.officer, serial, None)).total == 0
    assert await refused(desk.hand_over(desk.first, desk.late, grants)) == ("hands-changed", 409)
    detail = (("reader", serial), ("grants", digest_of(grants)))
    await desk.hands.give(
        desk.first.me.officer, desk.tip, Giving(serial, grants), await desk.first.sign("give", desk.tip, detail)
    )
    (stale,) = (await desk.hands.waiting(desk.first.me.officer, None)).tips
    assert set(stale.readers) == {desk.first.me.officer.serial, serial}


async def test_colleagues_are_told_of_every_tip_that_is_handed_over(desk: Desk) -> None:
    rooms = desk.box.counter.rooms
    seat = rooms.sit(UNIT, desk.late.me.officer.serial)
    await desk.hand_over(desk.first, desk.late, await desk.sealed(desk.first, desk.late))
    told = await anext(desk.box.counter.told(desk.late.me, seat))
    assert told.changed == frozenset({desk.tip})


async def test_whoever_is_off_the_sheet_holds_no_key_and_is_given_nothing(desk: Desk) -> None:
    await desk.give(desk.first, desk.late)
    old = await desk.key(desk.late, desk.tip)
    await desk.leave(desk.late)
    assert await refused(desk.box.counter.who(desk.late.me.token)) == ("login-again", 401)
    assert await desk.box.rows(OFFICERS) == [(desk.first.me.officer.serial,)]
    await desk.rekey(desk.first, await desk.rekeyed(desk.first, desk.first))
    await desk.adds("Thêm")
    after = (await desk.first.open(desk.tip)).view.entries[2:]
    assert [open_entry(one, old) for one in after] == [None, None]


async def test_a_tip_that_one_alone_reads_is_not_lost_with_him(desk: Desk) -> None:
    serial = desk.first.me.officer.serial
    assert await desk.box.run(holders.sole) == {serial: 1}
    await desk.leave(desk.first, tips=1)
    assert await desk.box.rows(OFFICERS) == [(serial,)]
    assert await desk.box.run(holders.locked) == {UNIT: 1}
    assert await desk.box.rows("SELECT tip FROM stale_keys") == []


async def test_what_needs_a_new_key_goes_with_the_tip(desk: Desk) -> None:
    await desk.give(desk.first, desk.late)
    await desk.take_back(desk.chief, desk.late.me.officer.serial)
    await desk.box.run(lambda connection: tips.move(connection, [UNIT], "18200"))
    assert await desk.box.rows("SELECT unit_id FROM stale_keys") == [("18200",)]
    over = tips.HandOver("18201", 2, {"s": b"x"}, Notice(bytes(16), "18201", desk.tip, "tip", 0), since=0)
    await desk.box.run(lambda connection: tips.hand_over(connection, "18200", desk.tip, over))
    assert await desk.box.rows("SELECT unit_id FROM stale_keys") == [("18201",)]
