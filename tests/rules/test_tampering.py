"""Rule 8: whoever can write to the database can destroy, but forges nothing, and nobody's key comes from a table."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from installation import START, UNIT, Installation, Officer, OfficerKeys, Page, open_installation, sheet_of, words_in
from postgres_server import BOTH
from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from crypto.age import Identity, open_
from crypto.entries import Entry, seal_entry
from crypto.errors import SealError, Tampered
from crypto.receipts import stretch
from crypto.sheets import LIFETIME, sign_sheet
from crypto.sheets import Officer as Line
from crypto.signing import Signer
from crypto.tips import Seen, next_place, open_thread
from storage.repositories import officers, sheets, units
from storage.repositories.units import Box, Unit

PROVINCE = "18000"
STORES = BOTH


@dataclass
class Filed:
    """A tip, by its id and its receipt."""

    tip: bytes
    receipt: str


@dataclass
class Ward:
    """A unit with one officer and two tips of three entries each."""

    box: Installation
    officer: Officer
    a: Filed
    b: Filed

    async def reporter_opens(self, filed: Filed) -> bool:
        """True if the receipt still opens its tip; a refusal is the sentence for a code that opens nothing."""
        said = words_in(await Page(self.box).code(filed.receipt))
        refused = self.box.ground.texts.say("vi", "code-unknown") in said
        assert refused or "Tin gửi ngày 22/11" in said
        return not refused

    async def officer_opens(self, filed: Filed) -> bool:
        """True if the officer's browser opens the tip with all its checks."""
        try:
            await self.officer.open(filed.tip)
        except SealError:
            return False
        return True


@pytest.fixture
async def ward(tmp_path: Path, url: str | None) -> AsyncIterator[Ward]:
    async with open_installation(tmp_path / "data", url=url) as box:
        officer = await Officer.enrol(box)
        filed = [await _filed(box, n) for n in range(2)]
        yield Ward(box, officer, *filed)


async def _filed(box: Installation, n: int) -> Filed:
    receipt = await Page(box).file_tip(f"Tin {n}, phần một.", f"Tin {n}, phần hai.")
    lookup = stretch(receipt, box.ground.keys.site.salt).lookup
    ((tip,),) = await box.rows("SELECT tip FROM mailboxes WHERE lookup = ?", lookup)
    return Filed(tip, receipt)


Forgery = Callable[[Ward], Awaitable[object]]


async def _swap(ward: Ward, table: str, column: str, key: str, where: str = "TRUE") -> None:
    """Exchange one column between the two tips' rows that agree in `key`."""
    rows = await ward.box.rows(f"SELECT tip, {key}, {column} FROM {table} WHERE {where}")
    found = {(tip, name): value for tip, name, value in rows}
    for (tip, name), value in found.items():
        other = ward.b.tip if tip == ward.a.tip else ward.a.tip
        assert await ward.box.forge(f"UPDATE {table} SET {column} = ? WHERE tip = ? AND {key} = ?", value, other, name)


async def swapped_grants(ward: Ward) -> None:
    await _swap(ward, "grants", "sealed", "recipient")


async def swapped_mailboxes(ward: Ward) -> None:
    await _swap(ward, "mailboxes", "sealed", "unit_id")


async def swapped_one_entry(ward: Ward) -> None:
    await _swap(ward, "entries", "sealed", "seq", "seq = 1")


async def swapped_openings(ward: Ward) -> None:
    await _swap(ward, "entries", "sealed", "seq", "seq = 0")


async def swapped_threads(ward: Ward) -> None:
    await _swap(ward, "entries", "sealed", "seq")


async def swapped_threads_with_their_keys(ward: Ward) -> None:
    for table, key in (("entries", "seq"), ("grants", "recipient"), ("mailboxes", "unit_id")):
        await _swap(ward, table, "sealed", key)


async def dropped_entry(ward: Ward) -> None:
    for filed in (ward.a, ward.b):
        await ward.box.forge("DELETE FROM entries WHERE tip = ? AND seq = 1", filed.tip)
        await ward.box.forge("UPDATE entries SET seq = 1 WHERE tip = ? AND seq = 2", filed.tip)


async def dropped_opening(ward: Ward) -> None:
    await ward.box.forge("DELETE FROM entries WHERE seq = 0")
    for seq in (1, 2):
        await ward.box.forge("UPDATE entries SET seq = ? WHERE seq = ?", seq - 1, seq)


async def reordered_entries(ward: Ward) -> None:
    for old, new in ((1, 9), (2, 1), (9, 2)):
        await ward.box.forge("UPDATE entries SET seq = ? WHERE seq = ?", new, old)


async def inserted_entry_of_another_tip(ward: Ward) -> None:
    for filed, other in ((ward.a, ward.b), (ward.b, ward.a)):
        await ward.box.forge(
            "INSERT INTO entries SELECT ?, 3, unit_id, sealed FROM entries WHERE tip = ? AND seq = 2",
            filed.tip,
            other.tip,
        )
    await ward.box.forge("UPDATE tips SET entries = 4")


async def repeated_entry(ward: Ward) -> None:
    await ward.box.forge("INSERT INTO entries SELECT tip, 3, unit_id, sealed FROM entries WHERE seq = 2")
    await ward.box.forge("UPDATE tips SET entries = 4")


async def changed_byte(ward: Ward) -> None:
    for tip, seq, sealed in await ward.box.rows("SELECT tip, seq, sealed FROM entries WHERE seq = 2"):
        changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
        await ward.box.forge("UPDATE entries SET sealed = ? WHERE tip = ? AND seq = ?", changed, tip, seq)


async def words_in_another_officers_name(ward: Ward) -> None:
    """Somebody with a grant signs with his own key under the other's serial."""
    for filed in (ward.a, ward.b):
        found = await ward.officer.open(filed.tip)
        entry = Entry(
            next_place(found.thread), "answer", ward.officer.me.officer.serial, at=START // 60 * 60, text="Xong"
        )
        sealed = seal_entry(entry, Signer.generate(), found.identity.recipient)
        await ward.box.forge("INSERT INTO entries VALUES (?, 3, ?, ?)", filed.tip, UNIT, sealed)


async def _answer_signed_by(ward: Ward, filed: Filed, signer: Signer) -> None:
    """An answer in the officer's name, in its right place and sealed to the tip, signed by somebody."""
    found = await ward.officer.open(filed.tip)
    serial, at = ward.officer.me.officer.serial, START // 60 * 60
    entry = Entry(next_place(found.thread), "answer", serial, at=at, text="Xong")
    sealed = seal_entry(entry, signer, found.identity.recipient)
    await ward.box.forge("INSERT INTO entries VALUES (?, 3, ?, ?)", filed.tip, UNIT, sealed)


async def test_the_same_answer_signed_by_himself_is_shown(ward: Ward) -> None:
    await _answer_signed_by(ward, ward.a, ward.officer.keys.signer)
    assert "Xong" in words_in(await Page(ward.box).code(ward.a.receipt))


BOTH = (
    swapped_one_entry,
    swapped_openings,
    swapped_threads,
    swapped_threads_with_their_keys,
    dropped_entry,
    dropped_opening,
    reordered_entries,
    inserted_entry_of_another_tip,
    repeated_entry,
    changed_byte,
    words_in_another_officers_name,
)


async def test_an_untouched_thread_opens(ward: Ward) -> None:
    for filed in (ward.a, ward.b):
        assert await ward.reporter_opens(filed)
        assert await ward.officer_opens(filed)


@pytest.mark.parametrize("forgery", BOTH, ids=lambda forgery: forgery.__name__)
async def test_a_forged_thread_opens_for_nobody(ward: Ward, forgery: Forgery) -> None:
    await forgery(ward)
    for filed in (ward.a, ward.b):
        assert not await ward.reporter_opens(filed)
        assert not await ward.officer_opens(filed)


async def test_another_tips_grant_is_refused_by_the_officer(ward: Ward) -> None:
    await swapped_grants(ward)
    for filed in (ward.a, ward.b):
        assert not await ward.officer_opens(filed)
        assert await ward.reporter_opens(filed), "the reporter's grant lies elsewhere"


async def test_another_tips_grant_is_refused_by_the_reporter(ward: Ward) -> None:
    await swapped_mailboxes(ward)
    for filed in (ward.a, ward.b):
        assert not await ward.reporter_opens(filed)
        assert await ward.officer_opens(filed), "the officer's grant lies elsewhere"


async def test_a_receipt_that_leads_to_another_tip_opens_nothing(ward: Ward) -> None:
    aside = bytes(16)
    for old, new in ((ward.a.tip, aside), (ward.b.tip, ward.a.tip), (aside, ward.b.tip)):
        assert await ward.box.forge("UPDATE mailboxes SET tip = ? WHERE tip = ?", new, old) == 1
    assert not await ward.reporter_opens(ward.a)
    assert not await ward.reporter_opens(ward.b)


async def test_a_thread_cut_at_its_end_is_seen_by_who_saw_more(ward: Ward) -> None:
    """A reporter's chat remembers nothing, so only the officer's browser, which does, can tell."""
    whole = await ward.officer.open(ward.a.tip)
    seen = Seen(len(whole.thread.entries), whole.thread.head)
    await ward.box.forge("DELETE FROM entries WHERE seq = 2")
    await ward.box.forge("UPDATE tips SET entries = 2")
    cut = (await ward.officer.open(ward.a.tip)).view.entries
    with pytest.raises(Tampered):
        open_thread(cut, whole.identity, lambda _: None, site=_site(ward), tip=ward.a.tip, unit=UNIT, seen=seen)


def _site(ward: Ward) -> str:
    return ward.box.ground.keys.site.id


# What is sealed next, after somebody wrote into the tables of officers and sheets.


async def _grants_of_next_tip(ward: Ward) -> dict[str, bytes]:
    filed = await _filed(ward.box, 9)
    return dict(await ward.box.rows("SELECT recipient, sealed FROM grants WHERE tip = ?", filed.tip))


def _opens(identity: Identity, grants: dict[str, bytes]) -> set[str]:
    return {recipient for recipient, sealed in grants.items() if open_(sealed, identity) is not None}


async def _is_shut(ward: Ward) -> bool:
    """True if a tip is not taken: nothing noted, nothing filed."""
    before = await ward.box.rows("SELECT count(*) FROM tips")
    said = await Page(ward.box).text("Xe tải đổ rác xuống sông.")
    assert await ward.box.rows("SELECT count(*) FROM tips") == before
    return not any(choice.act == "send" for out in said for choice in out.shown.choices)


async def test_an_officers_row_decides_nothing_about_sealing(ward: Ward) -> None:
    thief, serial = OfficerKeys(), ward.officer.me.officer.serial
    public = thief.identity.recipient, thief.signer.verify_key
    await ward.box.forge("UPDATE officers SET recipient = ?, signing_key = ?", *public)
    one_more = replace(
        ward.officer.me.officer, serial="000000", account="nguoila", recipient=public[0], signing_key=public[1]
    )
    await ward.box.run(lambda connection: officers.add(connection, one_more))
    grants = await _grants_of_next_tip(ward)
    assert set(grants) == {serial, "recovery"}
    assert _opens(ward.officer.keys.identity, grants) == {serial}
    assert _opens(thief.identity, grants) == set()


async def test_a_deleted_officers_row_changes_nothing_about_sealing(ward: Ward) -> None:
    await ward.box.forge("DELETE FROM officers")
    grants = await _grants_of_next_tip(ward)
    assert _opens(ward.officer.keys.identity, grants) == {ward.officer.me.officer.serial}


async def test_words_signed_by_the_key_in_the_officers_row_are_refused(ward: Ward) -> None:
    thief = Signer.generate()
    await _answer_signed_by(ward, ward.a, thief)
    await ward.box.forge("UPDATE officers SET signing_key = ?", thief.verify_key)
    assert not await ward.reporter_opens(ward.a)


async def test_words_of_another_units_officer_are_refused_though_the_authority_signed_his_sheet(ward: Ward) -> None:
    """He is real and his sheet is genuine: somebody only put it among this unit's, below the newest."""
    stranger = await _province(ward)
    await ward.box.forge("UPDATE sheets SET unit_id = ?, n = 0 WHERE unit_id = ?", UNIT, PROVINCE)
    found = await ward.officer.open(ward.a.tip)
    entry = Entry(next_place(found.thread), "answer", "000018", at=START // 60 * 60, text="Xong")
    sealed = seal_entry(entry, stranger.signer, found.identity.recipient)
    await ward.box.forge("INSERT INTO entries VALUES (?, 3, ?, ?)", ward.a.tip, UNIT, sealed)
    assert not await ward.reporter_opens(ward.a)
    assert await ward.reporter_opens(ward.b)


async def test_a_sheet_of_another_authority_shuts_the_box_rather_than_open_it(ward: Ward) -> None:
    forged = replace(await sheet_of(ward.box), n=99, officers=(await _line_of(ward, OfficerKeys()),))
    await ward.box.run(
        lambda connection: sheets.add(connection, sheets.StoredSheet(UNIT, 99, sign_sheet(forged, Signer.generate())))
    )
    assert await _is_shut(ward)


async def test_a_sheet_with_one_key_exchanged_shuts_the_box(ward: Ward) -> None:
    ((body,),) = await ward.box.rows("SELECT body FROM sheets WHERE n = 2")
    line, signature = body.split(b"\n", 1)
    fields = json.loads(line)
    fields["officers"][0]["recipient"] = OfficerKeys().identity.recipient
    changed = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + signature
    await ward.box.forge("UPDATE sheets SET body = ? WHERE n = 2", changed)
    assert await _is_shut(ward)


async def test_an_older_sheet_is_not_gone_back_to(ward: Ward) -> None:
    await ward.box.forge("DELETE FROM sheets WHERE n = 2")
    assert await ward.box.rows("SELECT n FROM sheets") == [(1,)]
    assert await _is_shut(ward)


async def test_an_older_sheet_under_the_newest_number_is_not_taken_either(ward: Ward) -> None:
    await ward.box.forge("UPDATE sheets SET body = (SELECT body FROM sheets WHERE n = 1) WHERE n = 2")
    assert await _is_shut(ward)


async def test_how_far_sheets_went_is_remembered_outside_the_database(ward: Ward) -> None:
    await ward.box.forge("DELETE FROM sheets WHERE n = 2")
    config = ward.box.config
    async with open_installation(config.data_dir, url=config.database_url, clock=ward.box.clock) as again:
        assert await _is_shut(replace(ward, box=again))


async def test_an_older_list_is_not_proposed_to_the_authority(ward: Ward) -> None:
    await ward.box.forge("DELETE FROM sheets WHERE n = 2")
    with pytest.raises(NotAccepted):
        await Officer.enrol(ward.box, account="trucban2")


async def test_a_sheet_ends(ward: Ward) -> None:
    assert not await _is_shut(ward)
    ward.box.clock.advance(LIFETIME)
    assert await _is_shut(ward)


async def test_a_unit_without_a_sheet_yet_sends_its_tips_above_and_the_reporter_is_told(ward: Ward) -> None:
    investigator = await _province(ward)
    new = Unit("18121", "phường Bắc Hồng Lĩnh", "Bắc Hồng Lĩnh ward", PROVINCE, 0)
    await ward.box.run(lambda connection: units.put_unit(connection, new))
    await ward.box.run(lambda connection: units.put_box(connection, Box("tdp1-bhl", new.code, "Tổ 1", "Group 1")))
    page = Page(ward.box)
    await page.open("tdp1-bhl")
    told = words_in(await page.text("Xe tải đổ rác xuống sông."))
    assert "Phường Bắc Hồng Lĩnh chưa có cán bộ nhận tin ở đây. Tin sẽ đến tỉnh Hà Tĩnh." in told
    await page.text("1")
    await page.text("1")
    grants = dict(await ward.box.rows("SELECT recipient, sealed FROM grants WHERE unit_id = ?", PROVINCE))
    assert _opens(investigator.identity, grants) == {"000018"}
    assert _opens(ward.officer.keys.identity, grants) == set()


async def test_a_unit_whose_sheet_was_taken_away_sends_its_tips_nowhere_else(ward: Ward) -> None:
    """A forger may shut the box; he may not lead what is sent there to others."""
    await _province(ward)
    await ward.box.forge("DELETE FROM sheets WHERE unit_id = ?", UNIT)
    page = Page(ward.box)
    assert not any(choice.act == "tip" for out in await page.open() for choice in out.shown.choices)


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE boxes SET unit_id = '18000'",
        "UPDATE boxes SET unit_id = '99999'",
        "UPDATE boxes SET closed = TRUE, successor = 'other'",
    ],
    ids=["moved", "given to a new unit below the other", "closed in favour of another box"],
)
async def test_a_box_led_elsewhere_says_where(ward: Ward, forgery: str) -> None:
    """Boxes, and what is above a unit that never had a sheet, are rows: who writes them can lead new tips to another
    unit of the installation. It must have a sheet that the authority signed, and is called what that sheet says."""
    investigator = await _province(ward)
    await ward.box.forge("UPDATE units SET name_vi = 'phường Nam Hồng Lĩnh' WHERE code = ?", PROVINCE)
    false = Unit("99999", "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", PROVINCE, 0)
    await ward.box.run(lambda connection: units.put_unit(connection, false))
    await ward.box.run(lambda connection: units.put_box(connection, Box("other", PROVINCE, "Tổ 4", "Group 4")))
    assert await ward.box.forge(f"{forgery} WHERE code = 'tdp4-nhl'") == 1
    page = Page(ward.box)
    said = words_in(await page.open()) + words_in(await page.text("Xe tải đổ rác xuống sông."))
    assert "tỉnh Hà Tĩnh" in said
    await page.text("1")
    await page.text("1")
    grants = dict(await ward.box.rows("SELECT recipient, sealed FROM grants WHERE unit_id = ?", PROVINCE))
    assert _opens(investigator.identity, grants) == {"000018"}


async def _line_of(ward: Ward, keys: OfficerKeys) -> Line:
    """A line of a sheet that names these keys."""
    line = (await sheet_of(ward.box)).officers[0]
    return replace(line, recipient=keys.identity.recipient, signing_key=keys.signer.verify_key)


async def _province(ward: Ward) -> OfficerKeys:
    """A province above the ward, with an officer on a sheet of its own."""
    keys, box = OfficerKeys(), ward.box
    assert box.ground.keys.authority is not None
    line = replace(await _line_of(ward, keys), serial="000018", officer="tinh")
    own = await sheet_of(box)
    sheet = replace(own, unit=PROVINCE, name="tỉnh Hà Tĩnh", n=1, officers=(line,), recovery=None)
    body = sign_sheet(sheet, box.ground.keys.authority)

    def work(connection: Connection) -> None:
        units.put_unit(connection, Unit(PROVINCE, "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0))
        sheets.add(connection, sheets.StoredSheet(PROVINCE, 1, body))

    await box.run(work)
    await box.forge("UPDATE units SET parent = ? WHERE code = ?", PROVINCE, UNIT)
    return keys
