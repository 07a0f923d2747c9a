"""The officers' bot of the whole product behind a Bot API of loopback: an officer's night, as FLOWS tells it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi
from integration.served import ChatPage, DeskBrowser, Served, serve_product
from pydantic import SecretStr
from rules.thief import all_rows

from bot.service.desk import staffing
from crypto.acts import read_record
from handlers.timeline import DAY, clock, short_day

PHONE = 880088
TOKEN = "43:officers-token"
SECRET = "a-secret-of-the-webhook"
WORDS = "Có người cầm dao đe dọa ở ngõ 4"


class Night:
    """The product, its officer at a phone, and a reporter at a page."""

    def __init__(self, api: FakeBotApi, served: Served, desk: DeskBrowser, *, webhook: bool) -> None:
        self.api = api
        self.served = served
        self.desk = desk
        self.webhook = webhook

    async def does(self, act: object, answers: int = 1) -> list[str]:
        """Somebody does something; what the bot then wrote to the phone."""
        before = len(self.api.to(PHONE))
        await act  # type: ignore[misc] # an awaitable
        if self.webhook:
            assert set(await self.api.deliver()) <= {200}
        await self.api.until_sent(PHONE, before + answers)
        return self.api.texts(PHONE)[before:]

    async def link(self) -> list[str]:
        await self.served.until_rows("SELECT COUNT(*) FROM settings WHERE key = 'officers-bot'", 1)
        assert (await self.desk.get("phone")).json() == {"state": "none", "bot": "hopthu_fake_bot"}
        code = (await self.desk.post("phone/code", language="vi")).json()["code"]
        said = await self.does(self.api.text(PHONE, code))
        await self.does(self.later(0))  # this day's digest, which everybody gets
        return said

    async def tip(self) -> None:
        """Somebody files a tip, and its quarter of an hour has come."""
        async with ChatPage(self.served) as page:
            await page.file_tip(WORDS)
        await self.later(15 * 60)

    async def later(self, seconds: int) -> None:
        """Time goes by; the worker's fixed job looks."""
        self.served.clock.advance(seconds)
        assert self.served.product.reminding is not None
        await self.served.product.reminding.look()

    @property
    def now(self) -> int:
        return int(self.served.clock())

    @property
    def told(self) -> list[str]:
        return self.api.texts(PHONE)


@asynccontextmanager
async def night_of(folder: Path, *, webhook: bool) -> AsyncIterator[Night]:
    async with FakeBotApi(token=TOKEN) as api:
        settings = {
            "telegram_desk_token": SecretStr(api.token),
            "telegram_api_base": api.url,
            "telegram_mode": "webhook" if webhook else "polling",
            "telegram_webhook_secret": SecretStr(SECRET),
        }
        async with serve_product(folder, **settings) as served, DeskBrowser(served) as desk:
            await desk.enrol()
            if webhook:
                await api.until(lambda: bool(api.webhook))
            yield Night(api, served, desk, webhook=webhook)


@pytest.fixture(params=["polling", "webhook"])
async def night(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Night]:
    async with night_of(tmp_path / "data", webhook=request.param == "webhook") as found:
        yield found


def desk_of(night: Night) -> str:
    return f"{night.served.config.web}/desk"


async def test_an_officers_night(night: Night) -> None:
    """FLOWS: officers' bot at night."""
    (linked,) = await night.link()
    assert linked.startswith("Đã nối máy này với tài khoản cán bộ.")
    desk = desk_of(night)
    (notice,) = await night.does(night.tip())
    assert notice == (
        f"Hòm thư: có việc cần xem. Mở bàn làm việc: {desk}\n1. Đã nhận\n2. Bận, chuyển trực\n3. Mở bàn làm việc"
    )
    assert await night.does(night.api.text(PHONE, "1")) == [f"Đã ghi: đồng chí nhận lúc {clock(night.now)}."]
    assert await night.does(night.api.text(PHONE, "bao anh em xuong to 11")) == [
        f"Không trả lời tin báo ở đây. Mở bàn làm việc: {desk}"
    ]
    morning = night.now // DAY * DAY + DAY + 1800  # 07:30 in Vietnam
    said = await night.does(night.later(morning - night.now), answers=2)
    digest = f"Hòm thư {short_day(morning)}. Chưa mở: 1. Đang xử lý: 1. Sắp đến hạn: 0. Quá hạn: 1."
    assert sorted(said) == sorted([notice, digest])


async def test_what_he_says_is_chained_and_his_words_are_nowhere(night: Night) -> None:
    await night.link()
    await night.does(night.tip())
    await night.does(night.api.press(PHONE, 1))
    await night.does(night.api.text(PHONE, "bao anh em xuong to 11"))
    acts = [read_record(record).act for record in await night.desk.chain()]
    seen = [(act.kind, act.act, act.officer) for act in acts]
    assert ("observed", "link", "trucban1") in seen
    assert ("observed", "acknowledged", "trucban1") in seen
    stored = repr(await night.served.product.database.read(all_rows))
    assert "to 11" not in stored
    assert str(PHONE) not in stored


async def test_notices_of_whatever_cause_are_one_and_the_same(night: Night) -> None:
    await night.link()
    await night.does(night.tip())
    await night.does(night.api.press(PHONE, 2))
    await night.does(night.tip())
    await night.does(night.api.press(PHONE, 1))
    await night.does(night.later(9 * 3600))
    notices = [sent.raw for sent in night.api.to(PHONE) if sent.text.startswith("Hòm thư: ")]
    assert len(notices) >= 3
    assert len({repr(sorted(raw.items())) for raw in notices}) == 1


async def test_who_is_removed_gets_nothing_any_more(night: Night) -> None:
    await night.link()
    serial = (await night.desk.get("me")).json()["serial"]
    await night.served.run(lambda c: staffing.shut_out(c, serial, seen=lambda *_: None))
    before = len(night.told)
    await night.tip()
    (answer,) = await night.does(night.api.text(PHONE, "1"))
    assert answer.startswith("Đây là kênh thông báo nội bộ")
    assert len(night.told) == before + 1


async def test_a_phone_that_blocked_the_bot_is_said_at_the_console(night: Night) -> None:
    await night.link()
    await night.api.block(PHONE)
    if night.webhook:
        await night.api.deliver()
    await night.served.until_rows("SELECT COUNT(*) FROM phones WHERE key IS NULL", 1)
    assert (await night.desk.get("phone")).json()["state"] == "lost"
    await night.tip()
    assert not [text for text in night.told if text.startswith("Hòm thư: ")]
