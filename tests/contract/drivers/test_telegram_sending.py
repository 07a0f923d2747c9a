"""Sending through any Bot API server; the token and people's words stay out of logs and errors."""

from __future__ import annotations

import json
import logging

import pytest
from fake_bot_api import FakeBotApi, Fault, Sloppy

from bot.service.arrivals import Rendered, RenderedChoice
from bot.service.delivery_errors import BotRejected, DeliveryError, Refused, RetryLater, Unreachable

SENT = Rendered("đã ghi")


@pytest.mark.parametrize("sloppy", [Sloppy(null_results=True), Sloppy(missing_fields=True), Sloppy(junk=True)])
async def test_a_sloppy_answer_does_not_undo_what_was_sent(sloppy, library):
    async with FakeBotApi(sloppy=sloppy) as api:
        driver = library(api.token, api_base=api.url, web="hopthu.example")
        await driver.send("77", SENT)
        await driver.close()
    assert api.texts(77) == ["đã ghi"]


@pytest.mark.parametrize(
    "body",
    [
        '{"ok": true}',
        '{"result": {}}',
        '{"ok": true, "result": [7]}',
        '{"ok": true, "result": {"date": 1795000000000}}',
    ],
)
async def test_an_odd_answer_that_says_ok_is_ok(api, telegram, body):
    api.fail("sendMessage", Fault(200, body=body, done=True))
    await telegram.send("77", SENT)
    assert api.texts(77) == ["đã ghi"]


@pytest.mark.parametrize(
    ("fault", "error", "seconds"),
    [
        (Fault(429, retry_after=11), RetryLater, 11),
        (Fault(429), RetryLater, 5),
        (Fault(429, body="slow down"), RetryLater, 5),
        (Fault(200, body='{"ok":false,"error_code":429,"parameters":{"retry_after":"7"}}'), RetryLater, 7),
        (Fault(500), RetryLater, None),
        (Fault(502, body="<html>"), RetryLater, None),
        (Fault(0), RetryLater, None),
        (Fault(200, body="not json"), RetryLater, None),
        (Fault(200, body='{"ok": false}'), RetryLater, None),
        (Fault(301, body=""), RetryLater, None),
        (Fault(403, "Forbidden: bot was blocked by the user"), Unreachable, None),
        (Fault(400, "Bad Request: chat not found"), Unreachable, None),
        (Fault(400, "Bad Request: PEER_ID_INVALID"), Unreachable, None),
        (Fault(400, "Bad Request: BUTTON_DATA_INVALID"), Refused, None),
        (Fault(400, body="?"), Refused, None),
        (Fault(413, "Request Entity Too Large"), Refused, None),
        (Fault(401, "Unauthorized"), BotRejected, None),
        (Fault(404, "Not Found"), BotRejected, None),
    ],
)
async def test_what_each_failure_means(api, telegram, fault, error, seconds):
    api.fail("sendMessage", fault)
    with pytest.raises(DeliveryError) as raised:
        await telegram.send("77", SENT)
    assert type(raised.value) is error
    assert getattr(raised.value, "seconds", None) == seconds


async def test_an_endless_answer_is_not_read_to_its_end(api, telegram, monkeypatch):
    for reader in ("telegram.session", "telegram_ptb.request"):
        monkeypatch.setattr(f"bot.edge.drivers.{reader}.MAX_ANSWER", 100)
    api.fail("sendMessage", Fault(200, body="x" * 1_000_000))
    with pytest.raises(RetryLater):
        await telegram.send("77", SENT)


async def test_a_server_that_is_not_there_is_waited_for(library):
    driver = library("42:x", api_base="http://127.0.0.1:9", web="hopthu.example")
    with pytest.raises(RetryLater):
        await driver.send("77", SENT)
    await driver.close()


async def test_messages_are_plain_and_fetch_no_preview(api, telegram):
    await telegram.send("77", Rendered("hopthu.example <b>"))
    raw = api.sent[0].raw
    assert "parse_mode" not in raw
    assert "entities" not in raw
    assert json.loads(raw["link_preview_options"]) == {"is_disabled": True}


async def test_a_code_can_be_copied_with_a_tap(api, telegram):
    await telegram.send("77", Rendered("4821 0937", kind="code"))
    assert json.loads(api.sent[0].raw["entities"]) == [{"type": "code", "offset": 0, "length": 9}]


async def test_each_button_has_a_row_and_names_its_menu(api, telegram):
    choices = (RenderedChoice(1, "Gửi tin", "x9"), RenderedChoice(0, "Quay lại", "x9"))
    await telegram.send("77", Rendered("?", choices))
    rows = json.loads(api.sent[0].raw["reply_markup"])["inline_keyboard"]
    assert rows == [
        [{"text": "1. Gửi tin", "callback_data": "m:x9:1"}],
        [{"text": "0. Quay lại", "callback_data": "m:x9:0"}],
    ]


async def test_a_menu_too_long_for_buttons_is_still_sent_as_numbers(api, telegram):
    await telegram.send("77", Rendered("?", (RenderedChoice(1, "Gửi tin", "s" * 62),)))
    assert api.sent[0].text == "?\n1. Gửi tin"
    assert api.sent[0].buttons == ()


async def test_leaving_twice_is_leaving(api, telegram):
    await telegram.leave("-100500")
    await telegram.leave("-100500")
    assert api.left == ["-100500"]


@pytest.mark.parametrize("token", ["", "no-token", "42:", "4 2:x"])
def test_what_is_no_token_is_said_so_without_it(token, library):
    with pytest.raises(BotRejected) as raised:
        library(token, web="hopthu.example")
    assert raised.value.__context__ is None


async def test_token_words_and_chats_reach_no_log(api, telegram, caplog):
    caplog.set_level(logging.DEBUG)
    for loud in telegram.loud:
        assert logging.getLogger(loud).getEffectiveLevel() >= logging.WARNING
    api.fail("sendMessage", Fault(0), Fault(429, retry_after=1), Fault(400))
    for _ in range(4):
        try:
            await telegram.send("7700112233", Rendered("lời của bà con"))
        except DeliveryError as error:
            logging.getLogger("test").warning("failed", exc_info=error)
    await api.text(7700112233, "lời của bà con")
    await telegram.updates(None, 0)
    told = [record.message + str(record.exc_text) for record in caplog.records if record.name != "test"]
    held = "".join([*told, *(str(record.exc_info) for record in caplog.records)])
    assert not any(secret in held for secret in (api.token, "7700112233", "lời của bà con"))
