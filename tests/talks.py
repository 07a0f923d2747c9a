"""Somebody talking to the box on one channel, and the ward's officer: a page's real socket, or teremok's Telegram.

Both speak alike, so that a story is told once. Nothing is wired here that `bot.run` wires itself but Telegram's worker.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from installation import BOX, Clock, Installation, Officer, open_installation
from integration.served import ChatPage, DeskBrowser, Served, serve_product
from sqlalchemy import Connection
from teremok import MockBot, MockMessageText, MockUpdate, MockUser
from unit.service.until import until

from bot.edge.drivers.telegram.driver import TelegramDriver
from bot.run.app import open_errands
from bot.service.delivery import Delivery
from bot.service.texts import Catalogue
from crypto.entries import Entry, Kind
from crypto.receipts import Good, Mistyped, recognise
from handlers.cases import Act
from handlers.values import WEB_MEGABYTES, Channel, Language, MediaKind, Message
from storage.repositories import settings

TEXTS = Catalogue(Path(__file__).resolve().parents[1] / "locales")
SOMEONE = MockUser(user_id=77, first_name="Bí", last_name="Mật", username="bimat_77")
Said = list[list[str]]
"""Messages, each as its lines."""


def lines_of(message: Message, language: Language) -> list[str]:
    """A core message as a person reads it: its lines, then its numbered choices."""
    shown = TEXTS.show(language, message)
    choices = [f"{choice.number}. {choice.label}" for choice in shown.choices]
    return [piece for text in shown.lines for piece in text.split("\n")] + choices


class Desk(Protocol):
    """The ward's officer, before the only tip there is."""

    async def reads(self) -> Sequence[Entry]: ...

    async def urgent(self) -> bool: ...

    async def writes(self, kind: Kind, text: str, case: Act | None = None) -> None: ...


class Talk(Protocol):
    """A person on one channel. `says` and `sends` return the next `count` answers; `passes` what came by itself."""

    channel: Channel
    clock: Clock
    desk: Desk

    async def opens(self) -> Said: ...

    async def says(self, text: str, count: int) -> Said: ...

    async def sends(self, kind: MediaKind, content: bytes, mime: str, count: int) -> Said: ...

    async def passes(self, seconds: float) -> Said: ...

    async def lays_down(self, name: str, value: bytes) -> None: ...


@dataclass
class DeskOnWeb:
    """An officer's browser without a screen."""

    browser: DeskBrowser

    async def _tip(self) -> dict[str, Any]:
        await self.browser.login()
        [tip] = await self.browser.tips()
        return tip

    async def reads(self) -> Sequence[Entry]:
        tip = await self._tip()
        return (await self.browser.open(tip["id"])).thread.entries

    async def urgent(self) -> bool:
        return bool((await self._tip())["urgent"])

    async def writes(self, kind: Kind, text: str, case: Act | None = None) -> None:
        tip = await self._tip()
        answer = await self.browser.write(tip["id"], kind, text, case)
        assert answer.is_success, answer.text


@dataclass
class DeskHere:
    """An officer at the counter itself."""

    officer: Officer

    async def reads(self) -> Sequence[Entry]:
        [tip] = await self.officer.tips()
        return (await self.officer.open(tip)).thread.entries

    async def urgent(self) -> bool:
        [tip] = await self.officer.tips()
        return (await self.officer.view(tip)).row.tip.urgent

    async def writes(self, kind: Kind, text: str, case: Act | None = None) -> None:
        [tip] = await self.officer.tips()
        if case is None:
            await self.officer.write(tip, kind, text)
        else:
            await self.officer.act_on(tip, case, text)


@dataclass
class OnWeb:
    """Somebody at a page, over a real socket; like the page's script it keeps a receipt to itself."""

    page: ChatPage
    served: Served
    desk: Desk
    language: Language

    @property
    def channel(self) -> Channel:
        return Channel("web", self.served.config.web, WEB_MEGABYTES, acknowledges=True)

    @property
    def clock(self) -> Clock:
        return self.served.clock

    async def opens(self) -> Said:
        await self.page.join(lang=self.language)
        return self._since(0)

    async def says(self, text: str, count: int) -> Said:
        before = len(self.page.said)
        match recognise(text):
            case Good(code=code):
                await self.page.open_tip(code)
            case Mistyped(count=digits):
                await self.page.act(t="typo", count=digits)
            case None:
                await self.page.act(t="text", text=text)
        return await self._next(before, count)

    async def sends(self, kind: MediaKind, content: bytes, mime: str, count: int) -> Said:
        before = len(self.page.said)
        await self.page.photo(content, **{"X-Hopthu-Kind": kind, "Content-Type": mime})
        return await self._next(before, count)

    async def passes(self, seconds: float) -> Said:
        before = len(self.page.said)
        self.clock.advance(seconds)
        housekeeping = self.served.product.housekeeping
        assert housekeeping is not None
        await housekeeping.end_silences()
        return self._since(before)

    async def lays_down(self, name: str, value: bytes) -> None:
        await self.served.run(lambda connection: settings.put(connection, name, value))

    async def _next(self, before: int, count: int) -> Said:
        await until(lambda: len(self.page.said) >= before + count)
        return self._since(before)

    def _since(self, before: int) -> Said:
        return [_frame_lines(said) for said in self.page.said[before:]]


def _frame_lines(said: dict[str, Any]) -> list[str]:
    menu = said["menu"]
    choices = menu["choices"] if menu else []
    lines = [piece for text in said["text"] for piece in str(text).split("\n")]
    return lines + [f"{choice['n']}. {choice['label']}" for choice in choices]


@dataclass
class OnTelegram:
    """Somebody on teremok's Telegram, through the driver, the engine and the worker."""

    box: Installation
    desk: Desk
    language: Language

    def __post_init__(self) -> None:
        box = self.box
        self.bot = MockBot()
        self.driver = TelegramDriver("", web=box.config.web, bot=self.bot)
        self.delivery = Delivery(
            database=box.ground.database,
            ring=box.ring,
            driver=self.driver,
            clock=box.clock,
            jitter=lambda: 0.5,
            before=open_errands(box.ground, box.ring, box.stores),
        )
        self._updates = count(900_000)

    @property
    def channel(self) -> Channel:
        return self.driver.channel

    @property
    def clock(self) -> Clock:
        return self.box.clock

    async def opens(self) -> Said:
        hello = await self.says(f"/start {BOX}", 1)
        return hello if self.language == "vi" else (await self.says("english", 2))[1:]

    async def says(self, text: str, count: int, *, sent: int | None = None) -> Said:
        """`sent`: when it was written, if it had to wait."""
        return await self._takes(MockUpdate(message=MockMessageText(text, user=SOMEONE)), sent)

    async def sends(self, kind: MediaKind, content: bytes, mime: str, count: int) -> Said:
        name = f"file-{len(content)}"
        self.bot.add_file(name, content)
        file = {"file_id": name, "file_size": len(content), "mime_type": mime, "duration": 38}
        return await self.brings(**{"photo": {"photo": [file]}, "file": {"document": file}}.get(kind, {kind: file}))

    async def brings(self, **content: object) -> Said:
        """A message of any kind, raw as the Bot API has it."""
        return await self.arrives(message={**self._private(), **content})

    async def arrives(self, **update: object) -> Said:
        """An update of any kind, raw."""
        return await self._takes({"update_id": next(self._updates), **update})

    async def passes(self, seconds: float) -> Said:
        self.clock.advance(seconds)
        before = len(self.bot.requests.send_message)
        await self.box.housekeeping.end_silences()
        return await self._delivered(before)

    async def lays_down(self, name: str, value: bytes) -> None:
        def work(connection: Connection) -> None:
            settings.put(connection, name, value)

        await self.box.run(work)

    async def is_drawn(self) -> Said:
        """The daily job of the ordinary notice draws this chat."""
        before, self.box.luck.now = len(self.bot.requests.send_message), 0.0
        await self.box.notice.run()
        return await self._delivered(before)

    def _private(self) -> dict[str, object]:
        chat = {"id": 77, "type": "private", "first_name": "Bí", "username": "bimat_77"}
        return {"message_id": 7, "date": int(self.clock()), "from": {**chat, "is_bot": False}, "chat": chat}

    async def _takes(self, update: MockUpdate | dict[str, object], sent: int | None = None) -> Said:
        before = len(self.bot.requests.send_message)
        arrival = self.driver.parse(update)
        assert arrival is not None
        await self.box.intake.receive(replace(arrival, sent=sent))
        return await self._delivered(before)

    async def _delivered(self, before: int) -> Said:
        while await self.delivery.once():
            pass
        return [str(sent.text).split("\n") for sent in self.bot.requests.send_message[before:]]


@asynccontextmanager
async def on_web(folder: Path, language: Language) -> AsyncIterator[OnWeb]:
    async with serve_product(folder / "data") as served, DeskBrowser(served) as desk:
        assert (await desk.enrol()).status_code == 200
        page = ChatPage(served)
        yield OnWeb(page, served, DeskOnWeb(desk), language)
        await page.drop()


@asynccontextmanager
async def on_telegram(folder: Path, language: Language) -> AsyncIterator[OnTelegram]:
    async with open_installation(folder) as box:
        yield OnTelegram(box, DeskHere(await Officer.enrol(box)), language)


CHANNELS = {"web": on_web, "telegram": on_telegram}
