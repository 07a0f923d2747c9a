"""Polling against a Bot API on loopback: nothing unconfirmed is lost, nothing is handed over twice."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from fake_bot_api import FakeBotApi, Fault, Sloppy

from bot.edge.drivers.handing_over import TRIES
from bot.edge.drivers.telegram.polling import Poller
from bot.service.arrivals import Gone, Group, Incoming, Opened, Pressed, Rendered, RenderedChoice, Text
from bot.service.delivery_errors import BotRejected
from bot.service.errors import OurFault, OutsideFailed
from bot.service.intake import GivenUp


class Engine:
    """Takes arrivals in; `failures` maps a text to the errors its first tries raise."""

    def __init__(self, failures=None):
        self.taken = []
        self.failures = failures or {}
        self.changed = asyncio.Condition()

    async def receive(self, arrival):
        failures = self.failures.get(getattr(arrival.content, "text", None))
        if failures and not isinstance(arrival, GivenUp):
            raise failures.pop(0)
        async with self.changed:
            self.taken.append(arrival)
            self.changed.notify_all()

    async def until(self, number):
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(lambda: len(self.taken) >= number)
        return [arrival.content for arrival in self.taken]


async def soon(_seconds):
    await asyncio.sleep(0.001)


@asynccontextmanager
async def polling(driver, engine, sleep=soon):
    poller = Poller(driver, engine.receive, chance=lambda: 0.0, sleep=sleep)
    task = asyncio.create_task(poller.run())
    yield task
    task.cancel()
    with suppress(asyncio.CancelledError, BotRejected):
        await task


async def test_what_people_do_arrives_in_order(api, telegram):
    engine = Engine()
    await telegram.send("77", Rendered("?", (RenderedChoice(1, "Gửi tin", "s1"),)))
    async with polling(telegram, engine):
        await api.text(77, "/start tdp4")
        await api.text(77, "nhà cuối ngõ")
        await api.edit(77, "nhà cuối ngõ, đêm")
        await api.photo(77, b"picture", "biển số")
        await api.press(77, 1)
        await api.block(77)
        found = await engine.until(6)
    photo = found.pop(3)
    assert found == [
        Opened("tdp4"),
        Text("nhà cuối ngõ"),
        Text("nhà cuối ngõ, đêm", edited=True),
        Pressed("s1", 1),
        Gone(),
    ]
    assert isinstance(photo, Incoming)
    assert (photo.size, photo.caption, photo.answer) == (7, "biển số", True)
    assert {arrival.chat for arrival in engine.taken} == {"77"}
    assert len({arrival.update for arrival in engine.taken}) == 6


async def test_a_press_is_answered_even_when_it_is_none_of_ours(api, telegram):
    engine = Engine()
    async with polling(telegram, engine):
        await api.press_data(77, "m:s1:1")
        await api.press_data(77, "foreign")
        await api.until(lambda: sorted(api.answered) == ["1", "2"])
    assert [arrival.content for arrival in engine.taken] == [Pressed("s1", 1)]


async def test_a_failed_answer_to_a_press_hurts_nothing(api, telegram):
    engine = Engine()
    api.fail("answerCallbackQuery", Fault(400, "Bad Request: query is too old"))
    async with polling(telegram, engine):
        await api.press_data(77, "m:s1:1")
        await api.text(77, "tiếp")
        assert await engine.until(2) == [Pressed("s1", 1), Text("tiếp")]


async def test_a_group_gets_the_link_once(api, telegram):
    engine = Engine()
    async with polling(telegram, engine):
        await api.membership(-100500, "supergroup", "member")
        await api.text(-100500, "bí mật của nhóm")
        last = await api.text(77, "riêng")
        assert await engine.until(2) == [Group("t.me/hopthu_fake_bot"), Text("riêng")]
        await api.until_confirmed(last)
    assert len(engine.taken) == 2


async def test_confirmed_only_once_durable(api, telegram):
    held = asyncio.Event()

    class Slow(Engine):
        async def receive(self, arrival):
            await super().receive(arrival)
            if arrival.content == Text("chậm"):
                await held.wait()

    engine = Slow()
    async with polling(telegram, engine):
        slow = await api.text(77, "chậm")
        await api.text(78, "nhanh")
        await engine.until(2)
        polls = len(api.calls)
        await api.until(lambda: len(api.calls) > polls + 3)
        assert api.confirmed <= slow
        held.set()
        await api.until_confirmed(slow + 1)
    assert [arrival.content for arrival in engine.taken] == [Text("chậm"), Text("nhanh")]


async def test_after_a_crash_the_unconfirmed_comes_again(api, telegram):
    stuck = Engine({"một": [OutsideFailed("busy")] * 10_000})
    async with polling(telegram, stuck):
        await api.text(77, "một")
        await api.text(78, "hai")
        await stuck.until(1)
    engine = Engine()
    async with polling(telegram, engine):
        assert await engine.until(2) == [Text("một"), Text("hai")]


async def test_a_busy_store_loses_nothing_and_keeps_the_order_of_a_chat(api, telegram):
    engine = Engine({"một": [OutsideFailed("busy")] * 20})
    async with polling(telegram, engine):
        for text in ("một", "hai", "ba"):
            await api.text(77, text)
        assert await engine.until(3) == [Text("một"), Text("hai"), Text("ba")]


async def test_one_bad_update_does_not_stop_its_neighbours(api, telegram):
    engine = Engine({"hỏng": [KeyError("x")] * TRIES})
    async with polling(telegram, engine):
        await api.text(77, "trước")
        await api.push({"message": {"message_id": "?", "date": "hôm qua", "chat": [], "text": 7}})
        await api.push({"message": None, "callback_query": 5})
        await api.text(77, "hỏng")
        last = await api.text(77, "sau")
        assert await engine.until(3) == [Text("trước"), Text("hỏng"), Text("sau")]
        await api.until_confirmed(last)
    assert [isinstance(arrival, GivenUp) for arrival in engine.taken] == [False, True, False]


async def test_an_update_that_never_works_stops_no_poll_and_its_chat_is_told(api, telegram):
    engine = Engine({"mất": [OurFault("x")]})
    async with polling(telegram, engine):
        await api.text(77, "mất")
        last = await api.text(78, "sau")
        await engine.until(2)
        await api.until_confirmed(last)
    assert [arrival.chat for arrival in engine.taken if isinstance(arrival, GivenUp)] == ["77"]


SLOPPY = [
    Sloppy(missing_fields=True),
    Sloppy(millisecond_dates=True),
    Sloppy(string_ids=True),
    Sloppy(junk=True),
    Sloppy(reordered=True),
    Sloppy(repeated=True),
    Sloppy(keeps_confirmed=True),
    Sloppy(
        **dict.fromkeys(("null_results", "missing_fields", "millisecond_dates", "string_ids", "junk", "repeated"), True)
    ),
]


@pytest.mark.parametrize("sloppy", SLOPPY)
async def test_a_sloppy_server_is_understood(sloppy, library):
    engine = Engine()
    async with FakeBotApi(sloppy=replace(sloppy)) as api:
        driver = library(api.token, api_base=f"{api.url}/", web="hopthu.example")
        for text in ("một", "hai", "ba"):
            await api.text(77, text)
        async with polling(driver, engine):
            await engine.until(3)
            await api.press_data(77, "m:s:1")
            found = await engine.until(4)
            await driver.send("77", Rendered("đã ghi"))
            polls = len(api.calls)
            await api.until(lambda: len(api.calls) > polls + 5)
        await driver.close()
    assert found == [Text("một"), Text("hai"), Text("ba"), Pressed("s", 1)]
    assert len(engine.taken) == 4
    assert api.texts(77) == ["đã ghi"]


FAULTS = [
    Fault(500),
    Fault(502, body="<html>Bad Gateway</html>"),
    Fault(429, retry_after=3),
    Fault(429),
    Fault(409, "Conflict: terminated by other getUpdates request"),
    Fault(0),
    Fault(200, body="not json"),
    Fault(200, body='{"ok": true, "result": null}'),
    Fault(200, body='{"ok": true, "result": {"update_id": 1}}'),
    Fault(200, body='{"ok": false, "error_code": 500}'),
    Fault(302, body=""),
    Fault(400, "Bad Request: whatever"),
]


@pytest.mark.parametrize("fault", FAULTS)
async def test_polling_outlives_failures(api, telegram, fault):
    engine = Engine()
    api.fail("getMe", fault)
    api.fail("deleteWebhook", fault)
    api.fail("getUpdates", fault, fault)
    async with polling(telegram, engine):
        await api.text(77, "vẫn đến")
        assert await engine.until(1) == [Text("vẫn đến")]


async def test_waits_grow_and_follow_what_telegram_asks(api, telegram):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)
        await asyncio.sleep(0)

    engine = Engine()
    api.fail("getUpdates", Fault(500), Fault(500), Fault(429, retry_after=9), Fault(409))
    async with polling(telegram, engine, sleep):
        await api.text(77, "x")
        await engine.until(1)
    assert waits[:4] == [0.5, 1.0, 9 + 2.0, 30 + 4.0]


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_bot_stops_with_a_clear_error(api, telegram, status):
    api.fail("getUpdates", Fault(status))
    async with polling(telegram, Engine()) as task:
        with pytest.raises(BotRejected, match="check its token"):
            await asyncio.wait_for(task, 5)


@pytest.mark.parametrize("fault", [Fault(404, "Not Found"), Fault(400), Fault(500)])
async def test_a_server_without_the_calls_before_polling_is_polled(api, telegram, fault):
    engine = Engine()
    api.fail("getMe", *[fault] * 50)
    api.fail("deleteWebhook", *[fault] * 50)
    async with polling(telegram, engine):
        await api.text(-100500, "nhóm")
        await api.text(77, "riêng")
        assert await engine.until(2) == [Group("hopthu.example"), Text("riêng")]


async def test_an_update_that_cannot_be_handled_is_given_up_and_confirmed(api, telegram, caplog):
    engine = Engine({"hỏng": [KeyError("hỏng")] * 10_000})
    async with polling(telegram, engine):
        last = await api.text(77, "hỏng")
        await api.until_confirmed(last)
    assert "given up" in caplog.text
    assert "hỏng" not in caplog.text


async def test_polling_takes_a_webhook_away_without_dropping(api, telegram):
    api.webhook = {"url": "https://elsewhere.example"}
    engine = Engine()
    await api.text(77, "trước khi đổi")
    async with polling(telegram, engine):
        assert await engine.until(1) == [Text("trước khi đổi")]
    assert ("deletewebhook", {"drop_pending_updates": "false"}) in api.calls


async def test_updates_without_numbers_do_not_spin(api, telegram):
    api._updates.append({"message": {"chat": {"id": 77}, "text": "không số"}})
    waits = []

    async def sleep(seconds):
        waits.append(seconds)
        await asyncio.sleep(0.001)

    async with polling(telegram, Engine(), sleep):
        await api.until(lambda: len(api.calls) > 6)
    assert len(waits) >= len(api.calls) - 4


async def test_numbers_that_start_over_are_followed(api, telegram):
    engine = Engine()
    async with polling(telegram, engine):
        await api.push({"update_id": 900_000, "message": api.message(77, text="cũ")})
        await engine.until(1)
        await api.push({"update_id": 10, "message": api.message(77, text="mới")})
        api.confirmed = 0
        api.sloppy.keeps_confirmed = True
        assert await engine.until(2) == [Text("cũ"), Text("mới")]


async def test_few_numbers_are_remembered(api, telegram, monkeypatch):
    monkeypatch.setattr("bot.edge.drivers.telegram.polling.REMEMBERED", 2)
    engine = Engine()
    async with polling(telegram, engine):
        for number in range(6):
            await api.text(77, str(number))
            await engine.until(number + 1)
    assert [arrival.content for arrival in engine.taken] == [Text(str(number)) for number in range(6)]
