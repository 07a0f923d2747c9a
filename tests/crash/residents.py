"""People who write, send and read while the power comes and goes: on pages of the web chat, and on Telegram.

They behave as a page's script and as Telegram do: what was not noted is sent again under its old id.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from typing import Any

import httpx
from crash.accounts import Accounts, Tip
from crash.messenger import Messenger
from crash.photos import some_colour, taken
from integration.served import ChatPage, Frame, Served, b64, fresh
from unit.service.until import until
from websockets.exceptions import WebSocketException

from bot.edge.http.telegram import PATHS

GONE = (OSError, WebSocketException, httpx.TransportError, TimeoutError)
"""What a connection ends with when the power goes."""
PATIENCE = 3.0
"""Seconds a page waits for an answer before it sends an act once more."""
PAUSE = 0.03
"""Seconds between tries to connect."""
REFUSED = 0.3
"""Seconds somebody waits who was told to try again."""
THINKS = 0.4
"""Seconds somebody thinks before he begins something, at most."""
READS = 0.4
"""How often somebody reads rather than writes."""
ADDS = 0.5
"""How often who has read adds to it."""
SHOWS = 0.5
"""How often a tip has a photo."""


class Page(ChatPage):
    """A page that outlives its server."""

    def __init__(self, served: Served, accounts: Accounts) -> None:
        super().__init__(served)
        self._accounts = accounts

    async def begin(self) -> None:
        await self.hold(lambda: self.answer("open") is not None and bool(self.said))

    async def insist(self, **act: Any) -> None:
        """Send an act under one id until it is noted, and until something was said to it."""
        act, before = {"id": fresh(), **act}, len(self.said)
        await self.hold(lambda: self.answer(act["id"]) is not None, act)
        await self.hold(lambda: len(self.said) > before)
        self._accounts.steps += 1

    async def insist_press(self, n: int = 1) -> None:
        menu = next(said["menu"] for said in reversed(self.said) if said["menu"])
        await self.insist(t="press", serial=menu["serial"], n=n)

    async def insist_photo(self, photo: bytes) -> None:
        """Post it beside the socket under one id until it is taken, and until something was said to it."""
        update, before = fresh(), len(self.said)
        while (status := await self._posted(photo, update)) != HTTPStatus.NO_CONTENT:
            assert status in (None, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE), status
            self._accounts.asked_again += status is not None
            await asyncio.sleep(REFUSED)
        await self.hold(lambda: len(self.said) > before)
        self._accounts.steps += 1

    async def _posted(self, photo: bytes, update: str) -> int | None:
        """The status; None if nobody answered."""
        try:
            return await self.photo(photo, update=update)
        except httpx.TransportError:
            return None

    async def hold(self, holds: Callable[[], bool], act: Frame | None = None) -> None:
        """Wait until something holds; connect again, and send the act again, as long as it does not."""
        while not holds():
            with suppress(*GONE):
                if self._socket is None or self._reading is None or self._reading.done():
                    await self.drop()
                    await self._reconnect()
                if act is not None:
                    await self.send(act)
                await until(lambda: holds() or self._reading.done() or self._is_refused(act), PATIENCE)
            if self._is_refused(act):
                self._accounts.asked_again += 1
                self.others = [one for one in self.others if one["t"] != "error"]
                if act is None:
                    await self.drop()  # as the page does: nobody else would greet it
                await asyncio.sleep(REFUSED)
            await asyncio.sleep(PAUSE)

    async def _reconnect(self) -> None:
        first, self.opened = self.answer("open") is None, True
        await self.join(open=first)

    def _is_refused(self, act: Frame | None) -> bool:
        wanted = "open" if act is None else act["id"]
        return any(one["t"] == "error" and one["id"] == wanted for one in self.others)

    def answer(self, update: str) -> Frame | None:
        return next((one for one in self.others if one["t"] == "noted" and one["id"] == update), None)


class Resident:
    """Somebody who writes tips and reads them without end. `doing`: what he is at."""

    def __init__(self, name: str, accounts: Accounts, chance: random.Random) -> None:
        self.name = name
        self.doing = "thinking"
        self._accounts = accounts
        self._chance = chance
        self._tips = 0

    async def run(self) -> None:
        while not self._accounts.closing:
            self.doing = "thinking"
            await asyncio.sleep(self._chance.random() * THINKS)
            known = self._accounts.acknowledged()
            if known and self._chance.random() < READS:
                await self._reads(self._chance.choice(known[-20:]))
            else:
                await self._writes(self._begins())
        self.doing = "done"

    def _begins(self) -> Tip:
        self._tips += 1
        length = self._chance.randrange(200)
        texts = [f"{self.name} kể chuyện thứ {self._tips}, đoạn {n} " + "x" * length for n in range(1, 4)]
        photo = some_colour(self._chance) if self._chance.random() < SHOWS else None
        return self._accounts.begin(*texts[: self._chance.randint(1, 3)], photo=photo)

    async def _writes(self, tip: Tip) -> None:
        raise NotImplementedError

    async def _reads(self, tip: Tip) -> None:
        raise NotImplementedError


class OnPage(Resident):
    """On the web."""

    def __init__(self, name: str, accounts: Accounts, chance: random.Random, *, served: Served, salt: bytes) -> None:
        super().__init__(name, accounts, chance)
        self._served = served
        self._salt = salt

    async def _writes(self, tip: Tip) -> None:
        page = Page(self._served, self._accounts)
        self.doing = "a page writes"
        await page.begin()
        for text in tip.texts:
            await page.insist(t="text", text=text)
        if tip.photo is not None:
            self.doing = "a page sends a photo"
            await page.insist_photo(taken(tip.photo))
        self.doing = "a page sends its tip"
        await page.insist_press()
        await page.insist_press()
        await page.hold(lambda: any(said["kind"] == "code" for said in page.said))
        tip.receipt = page.receipt()
        await page.drop()

    async def _reads(self, tip: Tip) -> None:
        page, wanted = Page(self._served, self._accounts), list(tip.said)
        self.doing = "a page reads by receipt"
        await page.begin()
        await open_mail(page, tip, self._salt)
        self._accounts.reads(tip, wanted, page.words())
        if self._chance.random() < ADDS:
            self.doing = "a page adds to its tip"
            tip.added_to = True
            words = f"{self.name} nói thêm ở {fresh()[:8]}"
            await page.insist(t="text", text=words)
            await page.insist_press()
            await page.hold(lambda: page.said[-1]["state"] == "idle")
            tip.texts.append(words)
            self._accounts.additions += 1
        await page.drop()


async def open_mail(page: Page, tip: Tip, salt: bytes) -> None:
    """Type a receipt: the page sends what it derives from it."""
    keys = await tip.stretched(salt)
    await page.insist(t="code", lookup=b64(keys.lookup), seed=b64(keys.seed))
    assert page.said[-1]["state"] == "mail", page.said[-1]["state"]


class OnTelegram(Resident):
    """On Telegram: for every tip and every reading a chat of its own."""

    def __init__(
        self, name: str, accounts: Accounts, chance: random.Random, *, messenger: Messenger, address: str, first: int
    ) -> None:
        super().__init__(name, accounts, chance)
        self._messenger = messenger
        self._address = address + f"{PATHS}residents"
        self._chat = first

    async def _writes(self, tip: Tip) -> None:
        self._chat += 1
        self.doing = "a chat writes"
        await self._says("/start")
        for text in tip.texts:
            await self._says(text)
        if tip.photo is not None:
            self.doing = "a chat sends a photo"
            await self._does({"message": self._messenger.photo_message(self._chat, taken(tip.photo))}, 1)
        self.doing = "a chat sends its tip"
        await self._presses(1)
        await self._presses(self._chance.choice((1, 2)), answers=3)
        tip.receipt = next(code for one in self._told() if (code := one.text.replace(" ", "")).isdigit())
        self.doing = "a chat has its code deleted"
        await self._presses(1)

    async def _reads(self, tip: Tip) -> None:
        assert tip.receipt is not None
        self._chat += 1
        self.doing = "a chat reads by receipt"
        wanted = list(tip.said)
        await self._says(tip.receipt)
        self._accounts.reads(tip, wanted, "\n".join(one.text for one in self._told()))

    async def _says(self, text: str) -> None:
        await self._does({"message": self._messenger.message(self._chat, text=text)}, 1)

    async def _presses(self, number: int, answers: int = 1) -> None:
        buttons = [button for one in reversed(self._told()) for button in one.buttons if button.press]
        button = next(button for button in buttons if button.label.startswith(f"{number}."))
        message = self._messenger.message(self._chat, text="with buttons")
        person = {"id": self._chat, "is_bot": False, "first_name": "Bí Mật"}
        query = {"id": fresh(), "from": person, "chat_instance": "1", "message": message, "data": button.press}
        await self._does({"callback_query": query}, answers)

    async def _does(self, update: dict[str, Any], answers: int) -> None:
        wanted = len(self._told()) + answers
        await self._messenger.takes(self._address, update)
        while len(self._told()) < wanted:  # noqa: ASYNC110 - a chat rings no bell
            await asyncio.sleep(0.01)
        self._accounts.steps += 1

    def _told(self) -> list[Any]:
        return self._messenger.told(self._chat)
