"""Deleting through any Bot API server, as careless with its answers as it may be."""

from __future__ import annotations

import json

import pytest
from fake_bot_api import FakeBotApi, Fault, Sloppy

from bot.service.arrivals import Rendered
from bot.service.delivery_errors import BotRejected, RetryLater, Unreachable


async def stood(api, telegram, *texts):
    await api.text(77, "của bà con")
    (own,) = [raw["message"]["message_id"] for raw in await telegram.updates(None, 0)]
    shown = [name for text in texts for name in await telegram.send("77", Rendered(text))]
    return (str(own), *shown)


async def test_messages_of_both_sides_go_in_one_call(api, telegram):
    ids = await stood(api, telegram, "một", "hai")
    assert await telegram.delete("77", ids) == ()
    assert api.chats.texts(77) == []
    assert [json.loads(form["message_ids"]) for name, form in api.calls if name == "deletemessages"] == [
        [int(name) for name in ids]
    ]


@pytest.mark.parametrize(
    "body", ['{"ok": true}', '{"ok": true, "result": null}', '{"result": 1}', '{"ok": true, "result": []}']
)
async def test_an_odd_answer_that_says_ok_is_ok(api, telegram, body):
    ids = await stood(api, telegram, "một")
    api.fail("deleteMessages", Fault(200, body=body, done=True))
    assert await telegram.delete("77", ids) == ()


async def test_a_server_that_does_not_know_the_call_is_asked_one_by_one(library):
    async with FakeBotApi(sloppy=Sloppy(no_batches=True)) as api:
        telegram = library(api.token, api_base=api.url, web="hopthu.example")
        ids = await stood(api, telegram, "một", "hai")
        api.chats.stuck = {int(ids[1])}
        assert await telegram.delete("77", ids) == (ids[1],)
        assert api.chats.texts(77) == ["một"]
        await telegram.close()


async def test_a_server_that_says_no_is_believed_of_each_that_was_still_there(library):
    """Of what is gone after the first no, the second answer is that it is not there."""
    async with FakeBotApi(sloppy=Sloppy(false_deletes=True)) as api:
        telegram = library(api.token, api_base=api.url, web="hopthu.example")
        ids = await stood(api, telegram, "một", "hai")
        api.chats.stuck = {int(ids[2])}
        assert await telegram.delete("77", ids) == (ids[2],)
        assert api.chats.texts(77) == ["hai"]
        await telegram.close()


async def test_a_bot_that_is_not_known_is_not_taken_for_an_old_server(api, telegram):
    api.fail("deleteMessages", Fault(401))
    api.fail("deleteMessage", Fault(401))
    with pytest.raises(BotRejected):
        await telegram.delete("77", ("5",))


async def test_in_the_middle_it_may_be_asked_to_wait(api, telegram):
    ids = await stood(api, telegram, "một", "hai")
    api.chats.stuck = {int(ids[1])}
    api.fail("deleteMessage", Fault(400, "Bad Request: message to delete not found"), Fault(429, retry_after=3))
    with pytest.raises(RetryLater) as raised:
        await telegram.delete("77", ids)
    assert raised.value.seconds == 3
    assert await telegram.delete("77", ids) == (ids[1],)


async def test_whoever_blocked_the_bot_is_gone(api, telegram):
    ids = await stood(api, telegram, "một")
    await api.block(77)
    with pytest.raises(Unreachable):
        await telegram.delete("77", ids)


async def test_what_is_no_id_of_telegrams_stays(telegram):
    assert await telegram.delete("77", ("x", "-5")) == ("x", "-5")


async def test_an_answer_without_an_id_leaves_nothing_to_delete(library):
    async with FakeBotApi(sloppy=Sloppy(missing_fields=True)) as api:
        telegram = library(api.token, api_base=api.url, web="hopthu.example")
        assert await telegram.send("77", Rendered("một")) == ()
        await telegram.close()


async def test_a_code_has_a_button_that_copies_it(api, telegram):
    await telegram.send("77", Rendered("4821 0937", kind="code", copy="Chép mã"))
    assert [(button.label, button.copies) for button in api.sent[0].buttons] == [("Chép mã", "4821 0937")]
    assert api.sent[0].text == "4821 0937"
