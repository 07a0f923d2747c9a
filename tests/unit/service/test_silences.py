"""What silence ends, ends while nobody writes: receipts, steps and drafts, chat by chat and beside what chats do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest
from installation import Installation, Page, Telegram, Text, receipt_in, words_in
from sqlalchemy import Connection
from unit.service.pictures import marked, written

from bot.service import housekeeping
from bot.service.chats import open_chat
from bot.service.keyring import OPENS_FOR, SEALS_FOR
from bot.service.silences import Silences
from handlers.conversation import Conversation
from handlers.silence import MAIL_SECONDS, REMIND_SECONDS
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
    silences = Silences({key.number: key for key in box.ring.living(late)}, box.ground.texts, late)
    for (key,) in await box.rows("SELECT key FROM conversations"):
        assert await box.run(lambda c, key=key: silences.lapse(c, key)) == ()
    assert await box.run(lambda c: silences.lapse(c, b"gone".ljust(32))) == ()
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
        save(connection, *values, **named)  # type: ignore[arg-type] # values of the call it stands for

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
    assert not Silences({}, box.ground.texts, int(box.clock()) + DRAFT_SECONDS).has_lapsed(stored)


async def told(box: Installation) -> list[str]:
    """What has stood on the phone since the last look."""
    await box.deliver()
    shown = [message.text for message in box.telegram.shown]
    box.telegram.shown.clear()
    return shown


async def silent_for(box: Installation, seconds: int) -> list[str]:
    """What is written to a phone on which nobody touches anything for so long, looked after every half hour."""
    end = box.clock() + seconds
    while box.clock() < end:
        box.clock.advance(min(1800, end - box.clock()))
        await box.housekeeping.end_silences()
    return await told(box)


def at_hour(box: Installation, hour: int) -> None:
    """Wait for this hour of day in Vietnam."""
    box.clock.advance((hour * HOUR - (box.clock() + 7 * HOUR)) % (24 * HOUR))


async def test_who_leaves_a_draft_is_reminded_once(box: Installation) -> None:
    """FLOWS §3.17: written at 15:10, a reminder at 18:10, erased a day later without a message of its own."""
    at_hour(box, 15)
    person = Telegram(box, 4711)
    await person.text(WORDS)
    await told(box)
    assert await silent_for(box, REMIND_SECONDS - 1) == []
    reminder = box.ground.texts.say("vi", "rem-draft")
    assert await silent_for(box, 1) == [reminder]
    await person.text("Biển số 38A")
    await told(box)
    assert await silent_for(box, 2 * DRAFT_SECONDS) == []
    (answer,) = await person.text("chao")
    assert answer.shown.lines[0] == box.ground.texts.say("vi", "rem-erased")


async def test_each_draft_has_its_reminder(box: Installation) -> None:
    at_hour(box, 8)
    person, reminder = Telegram(box, 4711), box.ground.texts.say("vi", "rem-draft")
    await person.text(WORDS)
    await told(box)
    assert await silent_for(box, REMIND_SECONDS) == [reminder]
    assert receipt_in([*await person.text("1"), *await person.text("1")])
    await person.text("Xe tải đổ rác xuống sông")
    await told(box)
    assert await silent_for(box, REMIND_SECONDS) == [reminder]
    assert await silent_for(box, REMIND_SECONDS) == []


async def test_nobody_is_reminded_at_night(box: Installation) -> None:
    at_hour(box, 20)
    person = Telegram(box, 4711)
    await person.text(WORDS)
    await told(box)
    assert await silent_for(box, 11 * HOUR - 1) == []
    assert await silent_for(box, HOUR) == [box.ground.texts.say("vi", "rem-draft")]


async def test_a_draft_that_goes_in_the_night_is_not_reminded_of(box: Installation) -> None:
    at_hour(box, 4)
    person = Telegram(box, 4711)
    for pause in (20 * HOUR, 20 * HOUR, 0):  # last written to at 20:00; its two days are over at 4:00
        await person.text(WORDS)
        box.clock.advance(pause)
    await told(box)
    assert await silent_for(box, 14 * HOUR) == []


async def test_a_reminder_is_in_the_words_of_whoever_wrote_and_changes_no_menu(box: Installation) -> None:
    at_hour(box, 9)
    person = Telegram(box, 4711)
    await person.text("english")
    await person.text("Two men sell drugs behind the market every night")
    await told(box)
    assert await silent_for(box, REMIND_SECONDS) == [box.ground.texts.say("en", "rem-draft")]
    assert "1 part" in words_in(await person.text("1"))
    assert receipt_in(await person.text("1"))


async def test_what_is_sent_erased_or_on_a_page_is_not_reminded_of(box: Installation) -> None:
    at_hour(box, 9)
    sent, erased, page = Telegram(box, 1), Telegram(box, 2), Page(box)
    await sent.file_tip(WORDS)
    await erased.text(WORDS)
    await erased.text("xóa")
    await erased.text("1")
    await page.open()
    await page.text(WORDS)
    await told(box)
    assert await silent_for(box, 10 * HOUR) == []
    assert await page.news() == []


async def test_a_reminder_survives_a_restart_between_deciding_and_sending(box: Installation) -> None:
    at_hour(box, 9)
    person = Telegram(box, 4711)
    await person.text(WORDS)
    await told(box)
    box.clock.advance(REMIND_SECONDS)
    await asyncio.gather(*(box.housekeeping.end_silences() for _ in range(3)))
    assert await box.rows("SELECT count(*) FROM outbox WHERE driver = 'telegram'") == [(1,)]
    assert len(await told(box)) == 1
