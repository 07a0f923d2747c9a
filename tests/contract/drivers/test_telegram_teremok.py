"""Conversations through teremok: real aiogram objects in, typed Bot API calls out, Telegram's rules enforced."""

from __future__ import annotations

import pytest
from aiogram.methods import SendMessage
from teremok import (
    MockBot,
    MockCallbackQuery,
    MockChat,
    MockMessageDocument,
    MockMessagePhoto,
    MockMessageText,
    MockMessageVoice,
    MockUpdate,
    MockUser,
)

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.service.arrivals import Group, Opened, Pressed, Rendered, RenderedChoice, Text
from bot.service.delivery_errors import Refused as RefusedForGood

PERSON = MockUser(user_id=77, first_name="Nguyễn", username="bimat_77")


@pytest.fixture
def mock():
    return MockBot()


@pytest.fixture
def driver(mock):
    return TelegramDriver("", web="hopthu.example", bot=mock)


def parsed(driver, **event):
    return driver.parse(MockUpdate(**event))


def test_typed_updates_are_read_like_raw_ones(driver):
    told = [
        parsed(driver, message=MockMessageText("/start tdp4", user=PERSON)),
        parsed(driver, message=MockMessageText("nhà cuối ngõ", user=PERSON)),
        parsed(driver, edited_message=MockMessageText("nhà cuối ngõ 4", user=PERSON)),
        parsed(driver, message=MockMessageVoice(user=PERSON)),
        parsed(driver, message=MockMessageDocument(user=PERSON, caption="giấy")),
        parsed(driver, callback_query=MockCallbackQuery("m:s1:2", user=PERSON)),
    ]
    contents = [arrival.content for arrival in told]
    assert contents[:3] == [Opened("tdp4"), Text("nhà cuối ngõ"), Text("nhà cuối ngõ 4", edited=True)]
    voice, paper = contents[3:5]
    assert (voice.kind, voice.mime, voice.seconds) == ("voice", "audio/ogg", 3)
    assert (paper.kind, paper.caption) == ("file", "giấy")
    assert contents[5] == Pressed("s1", 2)
    assert {arrival.chat for arrival in told} == {"77"}
    assert {arrival.bot for arrival in told} == {"telegram-42"}
    assert "bimat_77" not in repr(told)


async def test_a_photo_is_fetched(mock, driver):
    mock.add_file("p1", b"picture")
    photo = parsed(driver, message=MockMessagePhoto("p1", caption="biển số", user=PERSON)).content
    assert (photo.size, photo.caption) == (1024, "biển số")
    assert b"".join([chunk async for chunk in photo.fetch()]) == b"picture"


async def test_a_group_is_told_and_left(mock, driver):
    await driver.introduce()
    chat = MockChat(chat_id=-100500, type="supergroup")
    arrival = parsed(driver, message=MockMessageText("bí mật", chat=chat))
    assert arrival.content == Group("t.me/test_bot")
    await driver.send(arrival.chat, Rendered("Đây là nhóm: t.me/test_bot"))
    await driver.leave(arrival.chat)
    assert [left.chat_id for left in mock.requests.leave_chat] == [-100500]


async def test_a_menu_comes_back_as_the_press_of_its_button(mock, driver):
    await driver.send(
        "77", Rendered("Gửi 1 phần?", (RenderedChoice(1, "Gửi tin", "s1"), RenderedChoice(0, "Về", "s1")))
    )
    [sent] = mock.requests.send_message
    button = sent.reply_markup.inline_keyboard[0][0]
    press = MockCallbackQuery(button.callback_data, user=PERSON)
    assert parsed(driver, callback_query=press).content == Pressed("s1", 1)
    assert sent.text == "Gửi 1 phần?\n1. Gửi tin\n0. Về"


async def test_telegrams_own_limits_are_kept(mock, driver):
    await driver.send("77", Rendered("😀" * 5000, (RenderedChoice(1, "x" * 300, "s" * 60),)))
    assert len(mock.requests.send_message) == 3


async def test_a_refusal_is_final(mock, driver):
    mock.add_result(SendMessage, ok=False, error_code=400, description="Bad Request: can't parse entities")
    with pytest.raises(RefusedForGood):
        await driver.send("77", Rendered("x"))
