"""What silence ends, ends while nobody writes: receipts, steps and drafts, chat by chat and beside what chats do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from installation import Installation, Page, Telegram, Text, words_in
from sqlalchemy import Connection
from unit.service.pictures import marked, written

from bot.service import housekeeping
from bot.service.chats import has_lapsed, lapse_chat, open_chat
from bot.service.keyring import OPENS_FOR, SEALS_FOR
from handlers.conversation import Conversation
from handlers.silence import MAIL_SECONDS
from handlers.start import DRAFT_LONGEST, DRAFT_SECONDS
from storage.errors import Busy
from storage.repositories import conversations

WORDS = "Có người bán ma túy ở đầu xóm"
HOUR = 3600


async def state_of(box: Installation, page: Page) -> Conversation:
    keys = box.ring.living(int(box.clock()))
    return (await box.run(lambda c: open_chat(c, keys, page.arrival(Text(""))))).conversation


async def parts(box: Installation) -> int:
    return int((await box.rows("SELECT count(*) FROM draft_parts"))[0][0])


async def reading(box: Installation) -> Page:
    """Somebody who opened a tip by its receipt."""
    sender, page = Page(box), Page(box)
    receipt = await sender.file_tip(WORDS)
    await page.open()
    await page.code(receipt)
    return page


async def test_a_receipt_is_forgotten_after_a_quarter_of_an_hour(box: Installation) -> None:
    page = await reading(box)
    before = await state_of(box, page)
    assert before.mail is not None
    box.clock.advance(MAIL_SECONDS - 1)
    await box.housekeeping.end_silences()
    assert await state_of(box, page) == before
    box.clock.advance(1)
    await box.housekeeping.end_silences()
    after = await state_of(box, page)
    assert (after.mail, after.touched, after.owed) == (None, before.touched, ("mail-closed",))
    closed = box.ground.texts.say("vi", "mail-closed")
    assert closed in words_in(await page.text("menu"))
    assert closed not in words_in(await page.text("menu"))


async def test_a_begun_addition_stays_and_asks_for_the_code_again(box: Installation) -> None:
    page = await reading(box)
    await page.text("Xe màu xanh")
    box.clock.advance(MAIL_SECONDS)
    await box.housekeeping.end_silences()
    draft = (await state_of(box, page)).draft
    assert draft is not None
    assert draft.target is not None
    assert (draft.target.seed, await parts(box)) == (b"", 1)
    assert box.ground.texts.say("vi", "code-again") in words_in(await page.text("1"))


async def test_a_draft_in_use_is_sent_after_a_day(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    box.clock.advance(23 * HOUR)
    await page.text("Biển số 38A")
    box.clock.advance(2 * HOUR)
    await box.housekeeping.expire()
    await box.housekeeping.end_silences()
    assert await parts(box) == 2
    assert len(await page.text("1")) == 1
    await page.text("1")
    assert await box.rows("SELECT count(*) FROM tips") == [(1,)]


async def test_a_draft_of_two_days_can_still_be_sent_a_second_before_it_goes(box: Installation, page: Page) -> None:
    """The hardest case for the keys: the first part was sealed at the end of its key's day."""
    box.clock.advance(SEALS_FOR - 2)
    await page.text(WORDS)
    for _ in range(2):
        box.clock.advance(DRAFT_LONGEST // 2 - 2)
        await page.text("Tối nào cũng có xe lạ")
    await box.housekeeping.expire()
    await box.housekeeping.end_silences()
    await page.text("1")
    await page.text("1")
    assert await box.rows("SELECT count(*) FROM tips") == [(1,)]


async def test_a_draft_nobody_touches_goes_with_its_photo_and_is_said_later(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    await page.photo(written(marked(), "JPEG"))
    box.clock.advance(DRAFT_SECONDS - 1)
    await box.housekeeping.end_silences()
    assert (await parts(box), len(box.ground.blobs.names())) == (2, 1)
    box.clock.advance(1)
    await box.housekeeping.end_silences()
    assert (await parts(box), box.ground.blobs.names()) == (0, ())
    assert (await state_of(box, page)).draft is None
    box.clock.advance(HOUR)
    gone = box.ground.texts.say("vi", "rem-erased")
    assert gone in words_in(await page.text("alo"))
    assert gone not in words_in(await page.text("alo"))


async def test_every_chat_is_looked_at(box: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "WALK", 2)
    for n in range(5):
        await Telegram(box, 4711 + n).text(WORDS)
    box.clock.advance(DRAFT_SECONDS)
    await box.housekeeping.end_silences()
    assert await parts(box) == 0


async def test_a_row_that_does_not_open_holds_nothing_up(box: Installation) -> None:
    pages = [Page(box) for _ in range(6)]
    for page in pages:
        await page.open()
        await page.text(WORDS)
    keys = [row[0] for row in await box.rows("SELECT key FROM conversations ORDER BY key")]
    await box.forge("UPDATE conversations SET blob = zeroblob(4096) WHERE key = ?", keys[0])
    await box.forge("UPDATE conversations SET epoch = 77 WHERE key = ?", keys[1])
    box.clock.advance(DRAFT_SECONDS)
    await box.housekeeping.end_silences()
    assert await parts(box) == 2


async def test_blobs_that_cannot_be_erased_now_hold_nothing_up(
    box: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        page = Page(box)
        await page.open()
        await page.photo(written(marked(), "JPEG"))

    async def away(_name: str) -> None:
        raise Busy

    monkeypatch.setattr(box.ground.blobs, "delete", away)
    box.clock.advance(DRAFT_SECONDS)
    await box.housekeeping.end_silences()
    assert await parts(box) == 0


async def test_who_wrote_between_the_two_looks_keeps_everything(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    box.clock.advance(DRAFT_SECONDS - 1)
    late = int(box.clock()) + 1
    await page.text("Biển số 38A")
    keys = {key.number: key for key in box.ring.living(late)}
    for (key,) in await box.rows("SELECT key FROM conversations"):
        assert await box.run(lambda c, key=key: lapse_chat(c, key, keys, late)) == ()
    assert await box.run(lambda c: lapse_chat(c, b"gone".ljust(32), keys, late)) == ()
    assert await parts(box) == 2


async def test_words_and_the_look_at_the_same_moment_lose_nothing(box: Installation, page: Page) -> None:
    """Whichever comes first, what was noted stands, and the old draft is gone once."""
    await page.text(WORDS)
    box.clock.advance(DRAFT_SECONDS)
    await asyncio.gather(page.text("Tối nào cũng có xe lạ"), *(box.housekeeping.end_silences() for _ in range(3)))
    draft = (await state_of(box, page)).draft
    assert draft is not None
    assert (len(draft.parts), await parts(box)) == (1, 1)


@dataclass
class Seen:
    """Counts writes of conversations."""

    writes: int = 0


async def test_a_chat_that_silence_does_not_change_is_not_written(
    box: Installation, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.text(WORDS)
    box.clock.advance(OPENS_FOR // 8)
    seen, save = Seen(), conversations.save

    def counted(connection: Connection, *values: object, **named: object) -> None:
        seen.writes += 1
        save(connection, *values, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(conversations, "save", counted)
    await box.housekeeping.end_silences()
    await box.housekeeping.end_silences()
    assert seen.writes == 0
    box.clock.advance(DRAFT_SECONDS)
    await box.housekeeping.end_silences()
    await box.housekeeping.end_silences()
    assert seen.writes == 1


async def test_a_row_of_a_dead_key_is_left_to_expiry(box: Installation, page: Page) -> None:
    await page.text(WORDS)
    (stored,) = await box.run(lambda c: conversations.batch(c, b"", 9))
    assert not has_lapsed(stored, {}, int(box.clock()) + DRAFT_SECONDS)
