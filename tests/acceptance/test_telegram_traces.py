"""What a Telegram chat holds in the end: whoever takes the phone finds the bot, and a code for a day at most.

First through the product in this process with a clock that moves when told, then through the real one as it is killed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from fake_bot_api import FakeBotApi, Fault
from installation import Installation, Page, open_installation
from product import Product

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.service.delivery import Delivery
from bot.service.texts import Catalogue
from handlers.receipt import RECEIPT_SECONDS
from handlers.silence import MAIL_SECONDS

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
TIP = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao"
CHAT = 770077


class Phone:
    """Somebody's Telegram, and the product behind the bot."""

    def __init__(self, api: FakeBotApi, box: Installation) -> None:
        self.api = api
        self.box = box
        self.driver = TelegramDriver(api.token, api_base=api.url, web=box.config.web)
        self._next: int | None = None
        self._delivery = Delivery(
            database=box.ground.database, ring=box.ring, driver=self.driver, clock=box.clock, jitter=lambda: 0.5
        )

    async def writes(self, *texts: str) -> list[str]:
        """One message after the other; what then stands in the chat."""
        for text in texts:
            await self.api.text(CHAT, text)
            await self.settles()
        return self.holds

    async def presses(self, number: int) -> list[str]:
        await self.api.press(CHAT, number)
        await self.settles()
        return self.holds

    async def settles(self) -> None:
        """The bot takes in what came and does what is due."""
        for raw in await self.driver.updates(self._next, 0):
            self._next = int(raw["update_id"]) + 1
            arrival = self.driver.parse(raw)
            assert arrival is not None
            await self.box.intake.receive(arrival)
            self.box.clock.advance(1)
        while await self._delivery.once():
            pass

    async def waits(self, seconds: int) -> list[str]:
        """Nobody writes for so long; the fixed job looks."""
        self.box.clock.advance(seconds)
        await self.box.housekeeping.end_silences()
        await self.settles()
        return self.holds

    @property
    def holds(self) -> list[str]:
        """What stands in the chat: the first words of each message."""
        return [" ".join(text.split()[:4]) for text in self.api.chats.texts(CHAT)]


@pytest.fixture
async def phone(tmp_path: Path) -> AsyncIterator[Phone]:
    async with FakeBotApi() as api, open_installation(tmp_path / "data") as box:
        phone = Phone(api, box)
        yield phone
        await phone.driver.close()


def first_words(key: str) -> str:
    return " ".join(TEXTS.say("vi", key).split()[:4])


NEXT = first_words("done-next-none")


async def test_after_sending_the_chat_holds_the_receipt_alone_and_once_noted_nothing(phone: Phone) -> None:
    assert len(await phone.writes("/start")) == 2
    greeted = phone.holds
    await phone.writes("1", TIP, "biển số 38A", "3", "0", "gửi")
    assert TIP[:7] in "".join(phone.holds)
    *before, done, code, following = await phone.presses(1)
    assert (before, done, following) == (greeted, first_words("done"), NEXT)
    assert len(code.replace(" ", "")) == 16, "four of its six groups"
    copy = phone.api.to(CHAT)[-2].buttons
    assert [(button.label, button.copies) for button in copy] == [("Chép mã", phone.api.chats.texts(CHAT)[-2])]
    assert await phone.presses(1) == [*greeted, first_words("code-cleared")]


async def test_a_day_later_the_receipt_goes_by_itself(phone: Phone) -> None:
    greeted = await phone.writes("/start")
    await phone.writes(TIP, "1", "1")
    sent = len(phone.api.sent)
    assert len(await phone.waits(RECEIPT_SECONDS - 60)) == len(greeted) + 3
    assert await phone.waits(60) == greeted
    assert len(phone.api.sent) == sent, "without a word"


async def test_an_urgent_tip_leaves_no_more(phone: Phone) -> None:
    greeted = await phone.writes("/start")
    *before, done, _, cleared = await phone.writes(TIP, "2", "1")
    assert before == greeted
    assert done.startswith("ĐÃ TIẾP NHẬN.")
    assert cleared == first_words("done-cleared")
    assert await phone.waits(RECEIPT_SECONDS) == greeted


async def test_a_code_typed_is_gone_at_once_and_what_it_showed_after_a_quarter_of_an_hour(phone: Phone) -> None:
    receipt = await Page(phone.box).file_tip(TIP)
    greeted = await phone.writes("/start")
    shown = await phone.writes("2", receipt[:20], receipt)
    assert shown[-1].startswith("Tin gửi ngày")
    assert receipt[:4] not in " ".join(shown[-1:])
    assert receipt not in phone.api.chats.texts(CHAT)
    assert await phone.waits(MAIL_SECONDS) == greeted


async def test_what_telegram_does_not_delete_is_said_once(phone: Phone) -> None:
    greeted = await phone.writes("/start")
    await phone.writes(TIP)
    phone.api.chats.stuck = set(range(1, 1000))
    await phone.writes("1", "1")
    left = first_words("clear-left")
    assert phone.holds.count(left) == 1
    assert phone.holds[: len(greeted)] == greeted


async def test_deleting_again_after_the_power_went_harms_nothing(tmp_path: Path) -> None:
    async with FakeBotApi() as api:
        product = Product(tmp_path)
        product.settings = {"HOPTHU_TELEGRAM_TOKEN": api.token, "HOPTHU_TELEGRAM_API_BASE": api.url}
        try:
            await asyncio.to_thread(product.start)
            await _killed_while_it_deletes(api, product)
        finally:
            await asyncio.to_thread(product.kill)


async def _killed_while_it_deletes(api: FakeBotApi, product: Product) -> None:
    """Telegram deletes; before the answer arrives the process is gone, and starts again."""
    for n, text in enumerate((TIP, "1"), 1):
        await api.text(CHAT, text)
        await api.until_sent(CHAT, n)
    held, delete = asyncio.Event(), api._do_deletemessages

    async def dies(form: dict[str, str]) -> bool | Fault:
        await delete(form)
        held.set()
        return await asyncio.Future()

    api._do_deletemessages = dies  # type: ignore[method-assign] # the answer never arrives
    await api.text(CHAT, "1")
    async with asyncio.timeout(60):
        await held.wait()
    await asyncio.to_thread(product.kill)
    api._do_deletemessages = delete  # type: ignore[method-assign] # the messenger as the test wants it
    await asyncio.to_thread(product.start)
    await api.until(lambda: len(_deletings(api)) == 2)
    first, again = _deletings(api)
    assert first == again
    done, code, following = api.chats.texts(CHAT)
    assert done.startswith(first_words("done"))
    assert len(code.split()) == 6
    assert following.startswith(NEXT)


def _deletings(api: FakeBotApi) -> list[dict[str, str]]:
    """What the bot asked to delete."""
    return [form for name, form in api.calls if name == "deletemessages"]
