"""The whole product behind a Bot API of loopback: by polling and by webhook, tidy and careless."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from fake_bot_api import FakeBotApi, Fault, Sent, Sloppy
from installation import Clock
from integration.served import ChatPage, DeskBrowser, Served, serve_product
from pydantic import SecretStr
from unit.service.pictures import marked, with_secrets, written

from bot.edge.http.telegram import LARGEST_UPDATE, PATHS

WORDS = "Có người bán ma túy ở đầu xóm"
SECRET = "a-secret-of-the-webhook"
CHAT = 770077


class WallClock(Clock):
    """The clock on the wall: a messenger asks to wait real seconds."""

    def __call__(self) -> float:
        return time.time()


class Bot:
    """The product with its bot, and somebody who writes to it."""

    def __init__(self, api: FakeBotApi, served: Served, *, webhook: bool) -> None:
        self.api = api
        self.served = served
        self.webhook = webhook

    async def does(self, act: object, answers: int = 1, chat: int = CHAT) -> list[Sent]:
        """Somebody does something; what the bot then sent to him."""
        before = len(self.api.to(chat))
        await act  # type: ignore[misc] # an awaitable
        if self.webhook:
            assert set(await self.api.deliver()) == {200}
        await self.api.until_sent(chat, before + answers)
        return self.api.to(chat)[before:]

    async def file_tip(self, *, photo: bytes | None = None) -> str:
        """A tip of words and perhaps a photo; its receipt."""
        await self.does(self.api.text(CHAT, "/start"))
        await self.does(self.api.text(CHAT, WORDS))
        if photo is not None:
            await self.does(self.api.photo(CHAT, photo, "trước cổng trường"))
        await self.does(self.api.press(CHAT, 1))
        said = await self.does(self.api.press(CHAT, 1), answers=3)
        return next(code for sent in said if (code := sent.text.replace(" ", "")).isdigit())


@asynccontextmanager
async def bot_of(folder: Path, *, webhook: bool, sloppy: Sloppy | None = None) -> AsyncIterator[Bot]:
    async with FakeBotApi(sloppy=sloppy) as api:
        settings = {
            "telegram_token": SecretStr(api.token),
            "telegram_api_base": api.url,
            "telegram_mode": "webhook" if webhook else "polling",
            "telegram_webhook_secret": SecretStr(SECRET),
        }
        async with serve_product(folder, clock=WallClock(), **settings) as served:
            if webhook:
                await api.until(lambda: bool(api.webhook))
            yield Bot(api, served, webhook=webhook)


@pytest.fixture(params=["polling", "webhook"])
async def bot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Bot]:
    async with bot_of(tmp_path / "data", webhook=request.param == "webhook") as found:
        yield found


@pytest.fixture
async def polled(tmp_path: Path) -> AsyncIterator[Bot]:
    async with bot_of(tmp_path / "data", webhook=False) as found:
        yield found


@pytest.fixture
async def hooked(tmp_path: Path) -> AsyncIterator[Bot]:
    async with bot_of(tmp_path / "data", webhook=True) as found:
        yield found


async def test_a_tip_by_telegram_is_answered_and_opened_on_the_web(bot: Bot) -> None:
    async with DeskBrowser(bot.served) as desk:
        await desk.enrol()
        await desk.login()
        receipt = await bot.file_tip(photo=with_secrets("JPEG"))
        (row,) = await desk.tips()
        thread = (await desk.open(row["id"])).thread
        assert [entry.kind for entry in thread.entries] == ["opening", "text", "photo", "text"]
        assert [entry.text for entry in thread.entries if entry.text] == [WORDS, "trước cổng trường"]
        assert (await desk.write(row["id"], "question", "Thấy lúc mấy giờ?")).status_code == 200
    async with ChatPage(bot.served) as page:
        said = await page.open_tip(receipt)
    assert "Thấy lúc mấy giờ?" in "\n".join(said[-1]["text"])
    said_here = await bot.does(bot.api.text(CHAT, receipt))
    assert "Thấy lúc mấy giờ?" in said_here[0].text


@pytest.mark.parametrize("webhook", [False, True])
async def test_a_careless_bot_api(tmp_path: Path, *, webhook: bool) -> None:
    sloppy = Sloppy(
        null_results=True,
        missing_fields=True,
        millisecond_dates=True,
        string_ids=True,
        junk=True,
        reordered=not webhook,
        repeated=True,
    )
    async with bot_of(tmp_path / "data", webhook=webhook, sloppy=sloppy) as bot:
        receipt = await bot.file_tip(photo=written(marked(), "JPEG"))
        async with ChatPage(bot.served) as page:
            said = await page.open_tip(receipt)
    assert "mail" in said[-1]["state"]


async def test_what_telegram_repeats_is_handled_once(polled: Bot) -> None:
    polled.api.sloppy.keeps_confirmed = True
    polled.api.sloppy.repeated = True
    await polled.does(polled.api.text(CHAT, "/start"))
    await polled.does(polled.api.text(CHAT, WORDS))
    calls = len(polled.api.calls)
    await polled.api.until(lambda: [name for name, _ in polled.api.calls[calls:]].count("getupdates") > 3)
    assert await polled.served.rows("SELECT count(*) FROM draft_parts") == [(1,)]
    assert len(polled.api.to(CHAT)) == 2


async def test_updates_posted_again_are_handled_once(hooked: Bot) -> None:
    await hooked.does(hooked.api.text(CHAT, "/start"))
    update = hooked.api.message(CHAT, text=WORDS)
    for _ in range(3):
        await hooked.api.push({"update_id": 5000, "message": update})
    await hooked.api.deliver()
    await hooked.api.until_sent(CHAT, 2)
    assert await hooked.served.rows("SELECT count(*) FROM draft_parts") == [(1,)]


async def test_after_a_restart_nothing_is_handled_twice(tmp_path: Path) -> None:
    async with FakeBotApi() as api:
        settings = {"telegram_token": SecretStr(api.token), "telegram_api_base": api.url}
        api.sloppy.keeps_confirmed = True
        for _ in range(2):
            async with serve_product(tmp_path / "data", clock=WallClock(), **settings) as served:
                if not api.to(CHAT):
                    await api.text(CHAT, WORDS)
                await api.until_sent(CHAT, 1)
                before = len(api.calls)
                await api.until(lambda: [name for name, _ in api.calls[before:]].count("getupdates") > 2)  # noqa: B023
                assert await served.rows("SELECT count(*) FROM draft_parts") == [(1,)]
        assert len(api.to(CHAT)) == 1


async def test_asked_to_wait_it_waits_and_sends_once(polled: Bot) -> None:
    polled.api.fail("sendMessage", Fault(429, "Too Many Requests", retry_after=1), Fault(502, "Bad Gateway"))
    await polled.does(polled.api.text(CHAT, "/start"))
    assert len(polled.api.to(CHAT)) == 1
    assert [name for name, _ in polled.api.calls].count("sendmessage") >= 3


async def test_an_album_is_answered_once(bot: Bot) -> None:
    await bot.does(bot.api.text(CHAT, "/start"))
    before = len(bot.api.to(CHAT))
    for n in range(3):
        await bot.api.photo(
            CHAT, written(marked((64, 32 + n)), "JPEG"), "ba ảnh" if n == 0 else "", media_group_id="g1"
        )
    await bot.does(asyncio.sleep(0))
    await bot.served.until_rows("SELECT count(*) FROM draft_parts", 4)
    await bot.does(bot.api.text(CHAT, "xong rồi"))
    assert len(bot.api.to(CHAT)) == before + 2


async def test_a_group_is_told_one_line_and_left(bot: Bot) -> None:
    group = -1001
    await bot.does(bot.api.membership(group, "supergroup", "member"), chat=group)
    if not bot.webhook:
        await bot.api.until(lambda: bot.api.left == [str(group)])
    await bot.api.until(lambda: bot.api.left == [str(group)])
    await bot.api.text(group, "Ai đó ơi")
    await bot.does(bot.api.text(CHAT, "/start"))
    assert len(bot.api.to(group)) == 1
    assert "t.me/hopthu_fake_bot" in bot.api.texts(group)[0]


async def test_who_blocks_the_bot_is_forgotten(bot: Bot) -> None:
    await bot.does(bot.api.text(CHAT, "/start"))
    await bot.does(bot.api.text(CHAT, WORDS))
    await bot.api.block(CHAT)
    if bot.webhook:
        await bot.api.deliver()
    for table in ("conversations", "draft_parts", "outbox"):
        await bot.served.until_rows(f"SELECT count(*) FROM {table}", 0)


async def test_a_message_to_who_blocked_the_bot_is_let_go(polled: Bot) -> None:
    polled.api.blocked.add(str(CHAT))
    await polled.api.text(CHAT, "/start")
    await polled.api.until(lambda: "sendmessage" in [name for name, _ in polled.api.calls])
    await polled.served.until_rows("SELECT count(*) FROM outbox", 0)
    assert polled.api.sent == []


async def test_words_in_a_group_are_not_read(polled: Bot) -> None:
    await polled.api.text(-5, WORDS)
    await polled.api.until(lambda: polled.api.left == ["-5"])
    assert await polled.served.rows("SELECT count(*) FROM draft_parts") == [(0,)]


async def post(served: Served, content: bytes, **headers: str) -> int:
    async with httpx.AsyncClient(timeout=60) as client:
        return (await client.post(served.address + f"{PATHS}residents", content=content, headers=headers)).status_code


async def test_the_webhook_takes_nothing_from_strangers(hooked: Bot) -> None:
    header = "X-Telegram-Bot-Api-Secret-Token"
    assert hooked.api.webhook["secret_token"] == SECRET
    assert hooked.api.webhook["url"] == hooked.served.address + f"{PATHS}residents"
    assert await post(hooked.served, b"{}") == 401
    assert await post(hooked.served, b"{}", **{header: "wrong"}) == 401
    assert await post(hooked.served, b"not json", **{header: SECRET}) == 400
    assert await post(hooked.served, b"{}", **{header: SECRET}) == 200
    assert await post(hooked.served, bytes(LARGEST_UPDATE + 1), **{header: SECRET}) == 413


async def test_the_start_page_leads_to_the_bot(polled: Bot) -> None:
    await polled.does(polled.api.text(CHAT, "/start"))
    async with httpx.AsyncClient(timeout=60) as client:
        assert "https://t.me/hopthu_fake_bot" in (await client.get(polled.served.address)).text


async def test_a_bot_nobody_knows_leaves_the_web_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with FakeBotApi() as api:
        settings = {"telegram_token": SecretStr("43:another"), "telegram_api_base": api.url}
        async with serve_product(tmp_path / "data", **settings) as served, ChatPage(served) as page:
            assert await page.file_tip()
            said: Callable[[], str] = lambda: capsys.readouterr().out  # noqa: E731
            assert "telegram_does_not_know_this_bot" in said()
