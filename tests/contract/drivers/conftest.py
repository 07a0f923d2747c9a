"""Four benches the one driver contract is measured on: the memory twin, teremok's mocked bot, and HTTP on loopback by
either library. What is Telegram's alone is held to by both libraries."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol

import pytest
from aiogram.methods import DeleteMessage, DeleteMessages, LeaveChat, SendMessage
from aiogram.types import ResponseParameters
from fake_bot_api import FakeBotApi, Fault
from teremok import MockBot

from bot.edge.drivers.memory import MemoryDriver, Shown
from bot.edge.drivers.telegram.bot import TelegramBot
from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.edge.drivers.telegram_ptb.driver import PtbDriver
from bot.service.arrivals import Driver
from bot.service.delivery_errors import DeliveryError, Refused, RetryLater, Unreachable

Seen = tuple[str, str, tuple[str, ...]]


class Bench(Protocol):
    """A driver, what its chats were sent as (chat, text, button labels), and a way to make its next call fail.

    `stick` makes messages undeletable; `standing` is what stands in a chat, None where the bench cannot know.
    """

    driver: Driver

    def seen(self) -> list[Seen]: ...

    def left(self) -> list[str]: ...

    def fail(self, error: DeliveryError) -> None: ...

    def stick(self, *ids: str) -> None: ...

    def standing(self, chat: str) -> list[str] | None: ...


def fault(error: DeliveryError) -> Fault:
    match error:
        case RetryLater(seconds=int(seconds)):
            return Fault(429, "Too Many Requests", retry_after=seconds)
        case Unreachable():
            return Fault(403, "Forbidden: bot was blocked by the user")
        case Refused():
            return Fault(400, "Bad Request: message text is bad")
        case _:
            return Fault(502, "Bad Gateway")


class MemoryBench:
    def __init__(self) -> None:
        self.driver = MemoryDriver()

    def seen(self) -> list[Seen]:
        return [(shown.chat, shown.text, self._labels(shown)) for shown in self.driver.shown]

    @staticmethod
    def _labels(shown: Shown) -> tuple[str, ...]:
        opener = () if shown.opener is None else (shown.opener.label,)
        return (*opener, *(button.numbered for button in shown.buttons))

    def left(self) -> list[str]:
        return self.driver.left

    def fail(self, error: DeliveryError) -> None:
        self.driver.fail_next(error)

    def stick(self, *ids: str) -> None:
        self.driver.stuck |= set(ids)

    def standing(self, chat: str) -> list[str] | None:
        return [shown.text for shown in self.driver.shown if shown.chat == chat]


class TeremokBench:
    def __init__(self) -> None:
        self.bot = MockBot()
        self.driver = TelegramDriver("", web="hopthu.example", bot=self.bot)
        self._failures: list[SendMessage] = []

    def seen(self) -> list[Seen]:
        return [
            (str(sent.chat_id), sent.text, labels(sent))
            for sent in self.bot.requests.send_message
            if sent not in self._failures
        ]

    def left(self) -> list[str]:
        return [str(left.chat_id) for left in self.bot.requests.leave_chat]

    def fail(self, error: DeliveryError) -> None:
        asked = fault(error)
        for method in (SendMessage, LeaveChat, DeleteMessages):
            self.bot.add_result(method, ok=False, error_code=asked.status, description=asked.description)
            if asked.retry_after:
                self.bot.mock_session._results[method][-1].parameters = ResponseParameters(
                    retry_after=asked.retry_after
                )

    def stick(self, *ids: str) -> None:
        """The call for all is refused; of the calls for each those for `ids`, which must be the first."""
        refused = {"ok": False, "error_code": 400, "description": "Bad Request: message can't be deleted"}
        self.bot.add_result(DeleteMessages, **refused)
        for _ in ids:
            self.bot.add_result(DeleteMessage, **refused)

    def standing(self, chat: str) -> list[str] | None:
        return None


def labels(sent: SendMessage) -> tuple[str, ...]:
    rows = sent.reply_markup.inline_keyboard if sent.reply_markup else []
    return tuple(button.text for row in rows for button in row)


class HttpBench:
    def __init__(self, api: FakeBotApi, library: type[TelegramDriver | PtbDriver]) -> None:
        self.api = api
        self.driver = library(api.token, api_base=api.url, web="hopthu.example")

    def seen(self) -> list[Seen]:
        return [(sent.chat, sent.text, tuple(button.label for button in sent.buttons)) for sent in self.api.sent]

    def left(self) -> list[str]:
        return self.api.left

    def fail(self, error: DeliveryError) -> None:
        for method in ("sendMessage", "leaveChat", "deleteMessages"):
            self.api.fail(method, fault(error))

    def stick(self, *ids: str) -> None:
        self.api.chats.stuck |= {int(name) for name in ids}

    def standing(self, chat: str) -> list[str] | None:
        return self.api.chats.texts(chat)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture(params=[TelegramDriver, PtbDriver], ids=["aiogram", "ptb"])
def library(request: pytest.FixtureRequest) -> type[TelegramDriver | PtbDriver]:
    return request.param


@pytest.fixture
async def telegram(api: FakeBotApi, library: type[TelegramDriver | PtbDriver]) -> AsyncIterator[TelegramBot]:
    driver = library(api.token, api_base=api.url, web="hopthu.example")
    yield driver
    await driver.close()


BENCHES = {
    "memory": lambda _: MemoryBench(),
    "teremok": lambda _: TeremokBench(),
    "http": lambda api: HttpBench(api, TelegramDriver),
    "http-ptb": lambda api: HttpBench(api, PtbDriver),
}


@pytest.fixture(params=BENCHES)
async def bench(request: pytest.FixtureRequest, api: FakeBotApi) -> AsyncIterator[Bench]:
    made = BENCHES[request.param](api)
    yield made
    await made.driver.close()
