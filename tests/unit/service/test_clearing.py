"""What goes from a chat and when, what is said of what stays, and what is kept to know it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from installation import Installation, Page, Telegram, open_installation, receipt_in, words_in

from bot.edge.drivers.memory import MemoryDriver
from bot.service.arrivals import Arrival, Gone, Group, Rendered
from bot.service.delivery import LEASE, Delivery
from bot.service.delivery_errors import RetryLater, Unreachable
from bot.service.keyring import SEALS_FOR
from bot.service.standing import DELETABLE_SECONDS
from handlers.receipt import RECEIPT_SECONDS
from handlers.silence import MAIL_SECONDS
from handlers.start import DRAFT_SECONDS

WORDS = "Có người bán ma túy ở đầu xóm"
HOUR = 3600


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as box:
        yield box


@pytest.fixture
def person(box: Installation) -> Telegram:
    return Telegram(box, 4_171_829_400)


def said(box: Installation, *keys: str) -> str:
    return "\n".join(box.ground.texts.say("vi", key) for key in keys)


def standing(box: Installation) -> list[str]:
    """What the box's messages in the chats begin with."""
    return [shown.text.split("\n")[0][:24] for shown in box.telegram.shown]


async def traces(box: Installation) -> int:
    return int((await box.rows("SELECT count(*) FROM traces"))[0][0])


async def filed(box: Installation, person: Telegram, *, urgent: bool = False) -> str:
    receipt = await person.file_tip(WORDS, "Biển số 38A.", urgent=urgent)
    await box.deliver()
    return receipt


@pytest.mark.parametrize("urgent", [False, True])
async def test_a_sent_tip_leaves_its_receipt_alone(box: Installation, person: Telegram, *, urgent: bool) -> None:
    await person.text("/start")
    await box.deliver()
    (greeting,) = standing(box)
    box.clock.advance(1)
    receipt = await filed(box, person, urgent=urgent)
    assert standing(box)[0] == greeting
    done, code, following = box.telegram.shown[1:]
    assert done.text.startswith("ĐÃ TIẾP NHẬN")
    assert code.text.replace(" ", "") == receipt
    assert said(box, "done-cleared", "code-gone") in following.text
    assert set(person.written[1:]) <= set(box.telegram.deleted)
    assert person.written[0] not in box.telegram.deleted


async def test_the_greeting_that_holds_the_card_goes_with_it(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    assert standing(box)[0].startswith("ĐÃ TIẾP NHẬN")
    assert len(standing(box)) == 3


async def test_noted_the_receipt_goes(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    await person.text("1")
    await box.deliver()
    assert standing(box) == [said(box, "code-cleared")[:24]]
    assert set(person.written) <= set(box.telegram.deleted)


async def test_a_day_later_it_goes_without_a_word(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    before = len(box.telegram.sent)
    box.clock.advance(RECEIPT_SECONDS - 1)
    await box.housekeeping.end_silences()
    await box.deliver()
    assert len(standing(box)) == 3
    box.clock.advance(1)
    await box.housekeeping.end_silences()
    await box.deliver()
    assert (standing(box), len(box.telegram.sent)) == ([], before)
    assert await traces(box) == 0


async def test_what_is_written_meanwhile_stays(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    box.clock.advance(RECEIPT_SECONDS - HOUR)
    await person.text("Hôm nay lại có.")
    box.clock.advance(HOUR)
    await box.housekeeping.end_silences()
    await box.deliver()
    assert len(standing(box)) == 1
    assert person.written[-1] not in box.telegram.deleted


async def test_a_code_goes_at_once_and_what_it_showed_when_closed(box: Installation, person: Telegram) -> None:
    receipt = await Page(box).file_tip(WORDS)
    await person.text(receipt)
    await box.deliver()
    assert box.telegram.deleted == [person.written[0]]
    assert "Tin gửi ngày" in box.telegram.shown[0].text
    box.clock.advance(MAIL_SECONDS)
    await box.housekeeping.end_silences()
    await box.deliver()
    assert standing(box) == []


async def test_a_tip_closed_by_hand_goes_too(box: Installation, person: Telegram) -> None:
    await person.text("/start")
    box.clock.advance(1)
    receipt = await Page(box).file_tip(WORDS)
    await person.text(receipt)
    await person.text("4")
    await box.deliver()
    assert standing(box)[1:] == [said(box, "mail-closed")[:24]]


async def test_an_erased_draft_goes(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await person.text("xóa")
    await person.text("1")
    await box.deliver()
    assert standing(box) == [said(box, "erase-done")[:24]]
    assert set(person.written) <= set(box.telegram.deleted)


async def test_a_chat_that_is_forgotten_is_empty_and_nothing_is_kept_of_it(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    await person.text("quên tôi")
    await person.text("1")
    await box.deliver()
    assert standing(box) == [said(box, "forget-gone")[:24]]
    assert set(person.written) <= set(box.telegram.deleted)
    for table in ("traces", "outbox", "conversations"):
        assert await box.rows(f"SELECT * FROM {table}") == []


async def test_of_who_blocked_the_bot_nothing_is_kept(box: Installation, person: Telegram) -> None:
    await filed(box, person)
    assert await traces(box)
    arrival = person.update(text="x")
    await box.intake.receive(replace(arrival, content=Gone(), message=None))
    await box.deliver()
    assert (await traces(box), await box.rows("SELECT * FROM outbox")) == (0, [])


async def test_a_draft_of_two_keys_goes_whole(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await box.deliver()
    box.clock.advance(SEALS_FOR - 100)
    await person.text("Biển số 38A.")
    box.clock.advance(200)
    await person.text("1")
    receipt_in(await person.text("1"))
    await box.deliver()
    assert len(standing(box)) == 3
    assert set(person.written) <= set(box.telegram.deleted)


async def test_what_cannot_be_deleted_is_said_once(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await person.text("Biển số 38A.")
    await box.deliver()
    box.telegram.stuck = {shown.id for shown in box.telegram.shown}
    await person.text("1")
    await person.text("1")
    await box.deliver()
    left = said(box, "clear-left")
    assert [shown.text for shown in box.telegram.shown].count(left) == 1
    assert box.telegram.shown[-1].text == left
    assert await traces(box) == 4, "the receipt's three messages and this"


async def test_what_is_too_old_is_not_tried_and_said_once(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await box.deliver()
    for _ in range(2):
        box.clock.advance(DRAFT_SECONDS - HOUR)
        await person.text("Lại có.")
    box.clock.advance(DELETABLE_SECONDS - 2 * (DRAFT_SECONDS - HOUR))
    await person.text("1")
    await person.text("1")
    await box.deliver()
    assert person.written[0] not in box.telegram.deleted
    assert set(person.written[1:]) <= set(box.telegram.deleted)
    assert [shown.text for shown in box.telegram.shown].count(said(box, "clear-left")) == 1


async def test_what_goes_in_silence_says_nothing_of_what_stays(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await box.deliver()
    box.telegram.stuck = {shown.id for shown in box.telegram.shown}
    box.clock.advance(DRAFT_SECONDS)
    await box.housekeeping.end_silences()
    before = len(box.telegram.sent)
    await box.deliver()
    assert (len(box.telegram.sent), await traces(box)) == (before, 0)


async def test_deleting_that_fails_holds_up_no_answer(
    box: Installation, person: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = box.telegram.delete

    async def away(_chat: str, _ids: object) -> tuple[str, ...]:
        raise RetryLater

    monkeypatch.setattr(box.telegram, "delete", away)
    await filed(box, person)
    await person.text("menu")
    await box.deliver()
    assert said(box, "menu-ask") in box.telegram.shown[-1].text
    assert {row[0] for row in await box.rows("SELECT state FROM outbox")} == {"waiting"}
    monkeypatch.setattr(box.telegram, "delete", delete)
    box.clock.advance(HOUR)
    await box.deliver()
    assert await box.rows("SELECT * FROM outbox") == []
    assert len(standing(box)) == 4
    assert set(person.written[:-1]) <= set(box.telegram.deleted)


async def test_put_off_again_and_again_it_stays_one_act(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await person.text("xóa")
    await person.text("1")
    while (await box.rows("SELECT count(*) FROM outbox"))[0][0] > 1:
        await box.delivery.once()
    for attempts in range(1, 4):
        box.telegram.fail_next(RetryLater())
        await box.deliver()
        assert await box.rows("SELECT attempts FROM outbox") == [(attempts,)]
        box.clock.advance(HOUR)
    await box.deliver()
    assert await box.rows("SELECT * FROM outbox") == []


async def test_a_chat_that_is_gone_by_then_is_let_go(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await person.text("xóa")
    await person.text("1")
    while (await box.rows("SELECT count(*) FROM outbox"))[0][0] > 1:
        await box.delivery.once()
    box.telegram.fail_next(Unreachable())
    await box.deliver()
    assert await box.rows("SELECT * FROM outbox") == []
    assert box.telegram.deleted == []


async def test_after_a_crash_it_is_done_again_and_harms_nothing(box: Installation, person: Telegram) -> None:
    await person.text(WORDS)
    await person.text("xóa")
    await person.text("1")
    while (await box.rows("SELECT count(*) FROM outbox"))[0][0] > 1:
        await box.delivery.once()
    deleted = box.telegram.delete

    async def dies(chat: str, ids: list[str]) -> tuple[str, ...]:
        await deleted(chat, ids)
        raise asyncio.CancelledError

    box.telegram.delete = dies  # type: ignore[method-assign] # the process dies here
    await box.delivery.once()
    box.telegram.delete = deleted  # type: ignore[method-assign] # a driver as the test wants it
    assert (await box.rows("SELECT state FROM outbox"), await traces(box)) == ([("claimed",)], 6)
    box.clock.advance(LEASE)
    await box.deliver()
    assert standing(box) == [said(box, "erase-done")[:24]]
    assert await traces(box) == 1


async def test_a_message_on_its_way_to_a_chat_that_is_forgotten_is_taken_back(
    box: Installation, person: Telegram
) -> None:
    await person.text(WORDS)
    send, sent = box.telegram.send, []

    async def meanwhile(chat: str, message: Rendered) -> tuple[str, ...]:
        box.telegram.send = send  # type: ignore[method-assign] # a driver as the test wants it
        await person.text("quên tôi")
        await person.text("1")
        sent.extend(await send(chat, message))
        return tuple(sent)

    box.telegram.send = meanwhile  # type: ignore[method-assign] # a driver as the test wants it
    await box.deliver()
    assert set(sent) <= set(box.telegram.deleted)
    assert standing(box) == [said(box, "forget-gone")[:24]]
    assert await traces(box) == 0


async def test_where_nothing_can_be_deleted_nothing_is_remembered(box: Installation, person: Telegram) -> None:
    capabilities = replace(box.telegram.capabilities, delete=False)
    driver = MemoryDriver(web=box.config.web, capabilities=capabilities)
    delivery = Delivery(database=box.ground.database, ring=box.ring, driver=driver, clock=box.clock, jitter=lambda: 0.5)
    assert not driver.channel.deletes

    async def hear(text: str) -> None:
        arrival: Arrival = replace(person.update(text=text), channel=driver.channel)
        await box.intake.receive(arrival)
        while await delivery.once():
            pass

    for text in (WORDS, "1", "1", "menu", "quên tôi", "1"):
        await hear(text)
    await Page(box).file_tip(WORDS)
    box.clock.advance(RECEIPT_SECONDS)
    await box.housekeeping.end_silences()
    assert (driver.deleted, await traces(box)) == ([], 0)
    assert "xóa các tin nhắn" not in "\n".join(shown.text for shown in driver.shown)


async def test_a_page_is_told_as_before(box: Installation) -> None:
    page = Page(box)
    for words in (WORDS, "1"):
        await page.text(words)
    told = words_in(await page.text("1"))
    assert said(box, "code-gone") not in told
    assert said(box, "done-cleared") not in told


async def test_a_group_leaves_no_trace(box: Installation) -> None:
    group = Telegram(box, -100_500)
    await box.intake.receive(replace(group.update(text="x"), content=Group("t.me/x"), message="5"))
    await box.deliver()
    assert await traces(box) == 0
