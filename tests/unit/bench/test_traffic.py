"""People who write while the product is measured, and the Bot API they are answered by."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bench.echo import Echo
from bench.traffic.botapi import BotApi, letters
from bench.traffic.load import Load, Result, Writers
from bench.traffic.words import LENGTH, texts, update

pytestmark = pytest.mark.enable_socket


@asynccontextmanager
async def webhook(taken: Callable[[Any], Awaitable[int]]) -> AsyncIterator[int]:
    """A server that takes updates; its port."""

    async def take(request: web.Request) -> web.Response:
        return web.Response(status=await taken(await request.json()))

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


def test_texts_are_as_long_as_asked_and_the_same_for_a_seed() -> None:
    made = texts(20, seed=3)
    assert {len(text) for text in made} == {LENGTH}
    assert made == texts(20, seed=3) != texts(20, seed=4)


def test_an_update_is_posted_as_telegram_does() -> None:
    body = update(7, 1000, "Có người", at=5)
    assert body.isascii()
    assert json.loads(body)["message"]["text"] == "Có người"


@pytest.mark.parametrize("count", [100, 360, 2000])
def test_an_echo_says_as_many_letters_as_asked(count: int) -> None:
    assert len(Echo(count).of("ă" * 360)) == count


@pytest.mark.parametrize("call", ['{"chat_id": 7, "text": "Đã ghi"}', "chat_id=7&text=%C4%90%C3%A3+ghi"])
def test_the_letters_of_a_call_are_counted_in_either_form(call: str) -> None:
    assert letters(call.encode()) == len("Đã ghi")


async def test_every_update_is_posted_once_chat_by_chat_and_its_answer_awaited() -> None:
    seen: Counter[int] = Counter()

    async def taken(found: Any) -> int:
        seen[found["update_id"]] += 1
        writers.told(found["message"]["chat"]["id"], b"chat_id=7&text=xin+ch%C3%A0o")
        return 200

    async with webhook(taken) as port:
        writers = Writers(Load(port, "/hook", "s", 40, chats=5, connections=4))
        result = await writers.run()
    assert (result.statuses, result.answers, result.answer_letters, result.behind) == ({"200": 40}, 40, 8, 0)
    assert set(seen.values()) == {1}
    assert result.started <= result.answered <= result.posted
    assert Result.read(json.loads(json.dumps(result.written()))) == result


async def test_an_endless_load_goes_on_until_it_is_stopped_and_posts_as_much_as_it_should() -> None:
    seen: list[int] = []

    async def taken(found: Any) -> int:
        seen.append(found["update_id"])
        if len(seen) == 25:
            writers.stop()
        return 200

    async with webhook(taken) as port:
        writers = Writers(Load(port, "/hook", "s", 10, connections=1, answers=0, endless=True))
        assert (await writers.run()).statuses == {"200": 25}
        writers = Writers(Load(port, "/hook", "s", 10, connections=1, answers=0, endless=True))
        writers.stop()
        assert (await writers.run()).statuses == {"200": 10}
    assert len(set(seen)) == len(seen) == 35


async def test_what_was_refused_is_counted_and_no_answer_awaited() -> None:
    async def taken(found: Any) -> int:
        return 503 if found["update_id"] % 2 else 200

    async with webhook(taken) as port:
        result = await Writers(Load(port, "/hook", "s", 10, answers=0)).run()
    assert result.statuses == {"200": 5, "503": 5}
    assert result.accepted == 5


async def test_the_bot_api_answers_calls_and_tells_who_was_told() -> None:
    told: list[int] = []
    api = BotApi(lambda chat, _: told.append(chat))
    port = await api.listen()
    calls = (("getMe", {}), ("sendMessage", {"chat_id": "77", "text": "a&chat_id=1"}), ("setWebhook", {}))
    async with aiohttp.ClientSession() as client:
        for method, form in calls:
            async with client.post(f"http://127.0.0.1:{port}/bot42:x/{method}", data=form) as answer:
                assert (await answer.json())["ok"]
    api.close()
    assert told == [77]
