"""Posted updates: the secret first, and 200 only for what is durable."""

from __future__ import annotations

import json

import pytest
from aiohttp import web
from fake_bot_api import Fault

from bot.edge.drivers.handing_over import TRIES
from bot.edge.drivers.telegram.webhook import HEADER, Webhook
from bot.service.arrivals import Text
from bot.service.delivery_errors import BotRejected, Refused, RetryLater
from bot.service.errors import OurFault, OutsideFailed
from bot.service.intake import GivenUp

SECRET = "a-secret_of-the-webhook"


class Engine:
    def __init__(self, *failures):
        self.failures = list(failures)
        self.taken = []
        self.given_up = []

    async def receive(self, arrival):
        if self.failures:
            raise self.failures.pop(0)
        (self.given_up if isinstance(arrival, GivenUp) else self.taken).append(arrival.content)


def body(text="x", number=1):
    return json.dumps({"update_id": number, "message": {"chat": {"id": 77, "type": "private"}, "text": text}}).encode()


@pytest.fixture
def webhook(telegram):
    return Webhook(telegram, SECRET)


async def test_durable_is_200(webhook):
    engine = Engine()
    assert await webhook.handle(SECRET, body(), engine.receive) == 200
    assert engine.taken == [Text("x")]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "bí mật"])
async def test_without_the_secret_nothing_is_read(webhook, secret):
    engine = Engine()
    assert await webhook.handle(secret, body(), engine.receive) == 401
    assert engine.taken == []


def test_a_webhook_without_a_secret_is_not_made(telegram):
    with pytest.raises(OurFault):
        Webhook(telegram, "")


@pytest.mark.parametrize("posted", [b"", b"{", b"\xff\xfe", b"[1]", b"null", b"[" * 100_000])
async def test_what_is_no_update_is_400(webhook, posted):
    assert await webhook.handle(SECRET, posted, Engine().receive) == 400


@pytest.mark.parametrize("posted", [b"{}", b'{"update_id": 1, "chat_boost": {}}', b'{"update_id": 1, "message": 5}'])
async def test_an_update_of_no_interest_is_taken_and_dropped(webhook, posted):
    engine = Engine()
    assert await webhook.handle(SECRET, posted, engine.receive) == 200
    assert engine.taken == []


@pytest.mark.parametrize(
    ("failure", "status"), [(OutsideFailed("busy"), 503), (RetryLater(), 503), (KeyError("x"), 500)]
)
async def test_what_is_not_durable_is_posted_again(webhook, failure, status):
    engine = Engine(failure)
    assert await webhook.handle(SECRET, body(), engine.receive) == status
    assert await webhook.handle(SECRET, body(), engine.receive) == 200
    assert engine.taken == [Text("x")]


async def test_what_never_works_is_given_up_and_told(webhook):
    """At once where we know it, after some tries where we do not: Telegram would post it for a day."""
    hopeless, faulty = Engine(OurFault("x")), Engine(*[KeyError("x")] * TRIES)
    assert await webhook.handle(SECRET, body(), hopeless.receive) == 200
    answers = [await webhook.handle(SECRET, body(number=2), faulty.receive) for _ in range(TRIES)]
    assert answers == [500] * (TRIES - 1) + [200]
    assert hopeless.given_up == faulty.given_up == [Text("x")]


async def test_a_chat_that_cannot_be_told_now_is_told_later(webhook):
    engine = Engine(OurFault("x"), OutsideFailed("busy"), OurFault("x"))
    assert [await webhook.handle(SECRET, body(), engine.receive) for _ in range(2)] == [503, 200]
    assert engine.given_up == [Text("x")]


async def test_only_so_many_faulty_updates_are_counted(webhook, monkeypatch):
    monkeypatch.setattr("bot.edge.drivers.telegram.webhook.REMEMBERED", 2)
    engine = Engine(*[KeyError("x")] * 5)
    for number in range(5):
        await webhook.handle(SECRET, body(number=number), engine.receive)
    assert len(webhook._faults) == 2


async def served(webhook, engine):
    async def post(request):
        status = await webhook.handle(request.headers.get(HEADER), await request.read(), engine.receive)
        return web.Response(status=status)

    app = web.Application()
    app.router.add_post("/webhook/telegram/42", post)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    return runner, f"http://{host}:{port}/webhook/telegram/42"


async def test_over_http(api, telegram, webhook):
    engine = Engine(OutsideFailed("busy"))
    runner, url = await served(webhook, engine)
    await telegram.use_webhook(url, SECRET)
    await api.text(77, "một")
    await api.press_data(77, "foreign")
    await api.text(77, "hai")
    assert await api.deliver() == [503, 200, 200, 200]
    await api.until(lambda: api.answered == ["1"])
    api.sloppy.no_secret = True
    await api.text(77, "giả")
    assert await api.deliver(tries=2) == [401, 401]
    await runner.cleanup()
    assert engine.taken == [Text("một"), Text("hai")]


async def test_the_webhook_is_asked_for_with_its_secret_and_drops_nothing(api, telegram):
    await telegram.use_webhook("https://box.example/webhook/telegram/42", SECRET)
    assert api.webhook["secret_token"] == SECRET
    assert api.webhook["drop_pending_updates"] == "false"
    assert "callback_query" in json.loads(api.webhook["allowed_updates"])


async def test_registering_waits_until_telegram_can_be_reached(api, telegram, webhook):
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    api.fail("getMe", Fault(0))
    api.fail("setWebhook", Fault(502), Fault(429, retry_after=7))
    await webhook.register("https://box.example/w", chance=lambda: 0.0, sleep=sleep)
    assert api.webhook["url"] == "https://box.example/w"
    assert waits == [0.5, 1.0, 9.0]
    assert telegram.username == "hopthu_fake_bot"


@pytest.mark.parametrize(("status", "error"), [(401, BotRejected), (400, Refused)])
async def test_registering_stops_where_trying_again_would_not_help(api, webhook, status, error):
    api.fail("setWebhook", Fault(status, "Bad Request: bad webhook: HTTPS url must be provided"))
    with pytest.raises(error):
        await webhook.register("http://box.example/w", chance=lambda: 0.0)
