"""What is submitted is sealed for what the database says at that moment, and anew if that changed."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from installation import UNIT, Installation, Officer, Page, receipt_in, sheet_of, words_in
from unit.handlers.talk import DESK
from unit.service.pictures import opened, with_secrets

from bot.service.errors import OurFault, OutsideFailed
from bot.service.keyring import SEALS_FOR, MemoryRing
from bot.service.reading import SealSubmission
from bot.service.submissions import Addition, NewSubmission, Submission, Submissions, day_of
from bot.service.uploads import Uploads
from crypto.sheets import sign_sheet
from crypto.tips import open_media
from handlers.conversation import Draft
from handlers.values import Media
from handlers.wishes import FileTip
from storage.errors import Conflict
from storage.repositories import rosters, sheets, threads
from storage.repositories.rosters import StoredDuty

WORDS = "Có người bán ma túy ở đầu xóm"


def between(monkeypatch: pytest.MonkeyPatch, act: Callable[[], Awaitable[object]]) -> list[Submission]:
    """Have `act` happen after the first sealing, before its transaction; everything that was sealed."""
    seal = Submissions.seal
    sealed: list[Submission] = []

    async def slowly(self: Submissions, work: SealSubmission) -> Submission:
        made = await seal(self, work)
        sealed.append(made)
        if len(sealed) == 1:
            await act()
        return made

    monkeypatch.setattr(Submissions, "seal", slowly)
    return sealed


async def test_a_new_sheet_meanwhile_means_sealing_again(
    box: Installation, officer: Officer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await sheet_of(box)
    new = replace(old, n=old.n + 1)
    authority = box.ground.keys.authority
    assert authority is not None
    stored = sheets.StoredSheet(UNIT, new.n, sign_sheet(new, authority))
    sealed = between(monkeypatch, lambda: box.run(lambda connection: sheets.add(connection, stored)))
    await page.file_tip(WORDS)
    assert [made.sheet.n for made in sealed if isinstance(made, NewSubmission)] == [old.n, new.n]
    (tip,) = await officer.tips()
    assert (await officer.open(tip)).thread.opening.sheet == new.n


async def test_an_officers_entry_meanwhile_means_sealing_again(
    box: Installation, officer: Officer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await page.code(receipt)
    await page.text("Xe màu trắng")
    sealed = between(monkeypatch, lambda: officer.write(tip, "question", "Thấy lúc mấy giờ?"))
    await page.text("1")
    assert [made.entries.seq for made in sealed if isinstance(made, Addition)] == [2, 3]
    kinds = [entry.kind for entry in (await officer.open(tip)).thread.entries]
    assert kinds == ["opening", "text", "question", "text"]


async def test_a_tip_is_sealed_once_if_nothing_changed(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = between(monkeypatch, lambda: asyncio.sleep(0))
    await page.file_tip(WORDS)
    assert len(sealed) == 1


async def test_what_is_made_for_another_wish_does_not_do(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    seal = Submissions.seal
    made_first: list[Submission] = []

    async def wrong_once(self: Submissions, work: SealSubmission) -> Submission:
        made = await seal(self, work)
        made_first.append(made)
        if len(made_first) > 1:
            return made
        assert isinstance(made, NewSubmission)
        return replace(made, wish=replace(made.wish, box="another"))

    monkeypatch.setattr(Submissions, "seal", wrong_once)
    await page.file_tip(WORDS)
    assert len(made_first) == 2


async def test_two_pages_add_to_one_tip_at_once(box: Installation, officer: Officer, page: Page) -> None:
    receipt = await page.file_tip(WORDS)
    others = [Page(box) for _ in range(3)]
    for n, other in enumerate(others):
        await other.open()
        await other.code(receipt)
        await other.text(f"Thêm {n}")
    await asyncio.gather(*(other.text("1") for other in others))
    (tip,) = await officer.tips()
    texts = [entry.text for entry in (await officer.open(tip)).thread.entries[1:]]
    assert (texts[0], sorted(filter(None, texts[1:]))) == (WORDS, ["Thêm 0", "Thêm 1", "Thêm 2"])


async def test_the_sheet_that_was_sealed_by_is_remembered(box: Installation, page: Page) -> None:
    floors = box.ground.book
    newest = await sheet_of(box)
    authority = box.ground.keys.authority
    assert authority is not None
    new = replace(newest, n=newest.n + 5)
    body = sign_sheet(new, authority)
    await box.run(lambda connection: sheets.add(connection, sheets.StoredSheet(UNIT, new.n, body)))
    assert floors.floor(UNIT) == newest.n
    await page.file_tip(WORDS)
    assert floors.floor(UNIT) == new.n


async def test_a_photo_of_yesterdays_key_is_still_sent(box: Installation, officer: Officer, page: Page) -> None:
    store = Uploads._store

    async def late(self: Uploads, clean: bytes, now: int) -> Media:
        """The new key is born while the photo is on its way."""
        media = await store(self, clean, now)
        box.clock.advance(20)
        box.ring.living(int(box.clock()))
        return media

    box.clock.advance(SEALS_FOR - 10)
    box.intake._facts._uploads._store = late.__get__(box.intake._facts._uploads)  # type: ignore[method-assign] # it takes its time
    await page.photo(with_secrets("JPEG"))
    await page.text("1")
    receipt_in(await page.text("1"))
    (tip,) = await officer.tips()
    assert [entry.kind for entry in (await officer.open(tip)).thread.entries] == ["opening", "photo"]


async def test_the_photo_an_officer_opens_is_the_clean_one(box: Installation, officer: Officer, page: Page) -> None:
    await page.file_tip(photo=with_secrets("JPEG", 6))
    (tip,) = await officer.tips()
    found = await officer.open(tip)
    media = found.thread.entries[1].media
    assert media is not None
    sealed = b"".join([chunk async for chunk in (await box.counter.blob(officer.me, media.blob)).chunks])
    assert hashlib.sha256(sealed).digest() == media.sha256
    picture = opened(b"".join(open_media([sealed], media.size, found.identity)))
    assert (picture.size, media.mime) == ((32, 64), "image/jpeg")


async def test_an_urgent_tip_says_the_minute_and_rings_in_it(box: Installation, officer: Officer, page: Page) -> None:
    await page.file_tip(WORDS, urgent=True)
    rows = await box.rows("SELECT received, urgent, answerable, visible_from FROM tips")
    minute = int(box.clock()) // 60 * 60
    assert rows == [(minute, 1, officer.me.officer.serial, minute)]
    ((due, kind),) = await box.rows("SELECT due, kind FROM notices")
    assert due <= int(box.clock())
    assert (due % 60, kind) == (0, "tip")


async def test_whoever_is_on_duty_answers_for_a_tip(box: Installation, page: Page) -> None:
    first, second = await Officer.enrol(box, "trucban1"), await Officer.enrol(box, "trucban2")
    for officer in (second, first):
        week = [StoredDuty(day, 0, officer.me.officer.account, 24) for day in range(7)]
        await box.run(lambda connection, week=week: rosters.put_week(connection, UNIT, week))
        await page.file_tip(WORDS)
    rows = await box.rows("SELECT answerable FROM tips")
    assert {row[0] for row in rows} == {first.me.officer.serial, second.me.officer.serial}


async def test_another_tip_says_the_hour_and_waits_for_the_quarter(box: Installation, page: Page) -> None:
    await page.file_tip(WORDS)
    now = int(box.clock())
    assert await box.rows("SELECT received, urgent, answerable FROM tips") == [(now // 3600 * 3600, 0, None)]
    assert await box.rows("SELECT due FROM notices") == [((now // 900 + 1) * 900,)]


async def test_an_addition_is_news(box: Installation, officer: Officer, page: Page) -> None:
    receipt = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.open(tip)
    await page.code(receipt)
    await page.text("Xe màu trắng")
    assert await box.rows("SELECT news FROM tips") == [(0,)]
    said = words_in(await page.text("1"))
    assert "Xe màu trắng" not in said
    assert await box.rows("SELECT news FROM tips") == [(1,)]
    assert await box.rows("SELECT kind FROM notices ORDER BY kind") == [("news",), ("tip",)]


async def test_nowhere_to_send_to_is_our_fault(box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    await page.text(WORDS)
    await page.text("1")
    monkeypatch.setattr(type(box.ground.book), "newest", lambda *_: None)
    monkeypatch.setattr("bot.service.reading.find_desk", lambda *_, **__: DESK)
    with pytest.raises(OurFault, match="nobody can read"):
        await page.text("1")


async def test_an_addition_to_a_tip_that_is_gone_is_our_fault(box: Installation, page: Page) -> None:
    receipt = await page.file_tip(WORDS)
    await page.code(receipt)
    await page.text("Xe màu trắng")
    await box.forge("DELETE FROM mailboxes")
    with pytest.raises(OurFault, match="gone"):
        await page.text("1")


async def test_a_draft_that_names_a_lost_part_is_our_fault(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    await page.text("1")
    await box.forge("DELETE FROM draft_parts")
    with pytest.raises(OurFault, match="not stored"):
        await page.text("1")


async def test_a_submission_without_its_place_is_our_fault(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    draft = (await box.rows("SELECT draft FROM draft_parts"))[0][0]
    wish = FileTip(UNIT, UNIT, None, Draft(draft, 0))
    work = SealSubmission(wish, draft, (), MemoryRing(lambda n: b"\1" * n).living(1), 0)
    with pytest.raises(OurFault, match="without its place"):
        await box.intake._submissions.seal(work)


@pytest.mark.parametrize(("at", "day"), [(1_795_285_000, "2026-11-22"), (1_795_280_399, "2026-11-21")])
def test_the_day_is_that_of_vietnam(at: int, day: str) -> None:
    assert day_of(at) == day


async def test_a_race_lost_in_the_database_means_sealing_again(
    box: Installation, officer: Officer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = await page.file_tip(WORDS)
    await page.code(receipt)
    await page.text("Xe màu trắng")
    append, lost = threads.append, [Conflict(), Conflict()]

    def racing(connection: object, unit: str, tip: bytes, addition: object) -> int:
        if lost:
            raise lost.pop()
        return append(connection, unit, tip, addition)  # type: ignore[arg-type] # passed on

    monkeypatch.setattr("storage.repositories.threads.append", racing)
    await page.text("1")
    (tip,) = await officer.tips()
    assert len((await officer.open(tip)).thread.entries) == 3


async def test_a_race_that_is_always_lost_is_left_for_later(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def always(_work: object) -> None:
        raise Conflict

    monkeypatch.setattr(box.ground.database, "run", always)
    with pytest.raises(OutsideFailed):
        await page.text(WORDS)
