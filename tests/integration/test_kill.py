"""The power goes: whatever was acknowledged with a receipt is there, once, and the server comes back.

Web clients write and send without end over real sockets; the product is a real process on SQLite. It is killed at
moments drawn from a fixed seed. A client takes up after each kill as a page does: the same session, what it saw, and
the acts that were not noted, under their old ids.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from installation import Clock
from integration.served import ChatPage, DeskBrowser, Served, fresh
from product import Product
from unit.service.until import until
from websockets.exceptions import WebSocketException

from bot.run.config import load_config

CLIENTS = 3
SEED = 20261122
GONE = (OSError, WebSocketException, AssertionError, httpx.TransportError)


@dataclass
class Client:
    """A page that sends one tip after the other, and what it may rely on."""

    served: Served
    chance: random.Random
    receipts: dict[str, str] = field(default_factory=dict)
    page: ChatPage | None = None
    number: int = 0

    async def run(self) -> None:
        """Tip after tip until cancelled; over every kill."""
        while True:
            self.number += 1
            mark = f"tin {id(self)} so {self.number} " + "x" * self.chance.randrange(200)
            self.page = ChatPage(self.served)
            await self._insist({"t": "text", "text": mark})
            await self._insist_press()
            await self._insist_press()
            await self._hold(lambda: any(said["kind"] == "code" for said in self._said()))
            self.receipts[self.page.receipt()] = mark
            await self.page.drop()

    def _said(self) -> list[dict[str, object]]:
        assert self.page is not None
        return self.page.said

    async def _insist(self, act: dict[str, object]) -> None:
        """Send an act under one id until it is noted, and until something was said to it."""
        act = {"id": fresh(), **act}
        assert self.page is not None
        before = len(self.page.said)
        page = self.page
        await self._hold(lambda: page.answer(str(act["id"])) is not None, act)
        await self._hold(lambda: len(page.said) > before)

    async def _insist_press(self) -> None:
        menu = next(said["menu"] for said in reversed(self._said()) if said["menu"])
        await self._insist({"t": "press", "serial": menu["serial"], "n": 1})  # type: ignore[index] # a menu

    async def _hold(self, holds: object, act: dict[str, object] | None = None) -> None:
        """Wait until something holds; connect again, and send the act again, as long as it does not."""
        page = self.page
        assert page is not None
        while not holds():  # type: ignore[operator] # a condition
            with suppress(*GONE, TimeoutError):
                if page._socket is None or page._reading is None or page._reading.done():
                    await page.drop()
                    await page.join()
                if act is not None:
                    await page.send(act)  # type: ignore[arg-type] # a frame
                await until(lambda: holds() or page._reading.done(), 3)  # type: ignore[operator,union-attr]
            await asyncio.sleep(0.02)


@pytest.fixture
async def product(tmp_path: Path) -> AsyncIterator[Product]:
    found = Product(tmp_path)
    await asyncio.to_thread(found.start)
    yield found
    found.kill()


def count(clients: list[Client]) -> int:
    return sum(len(client.receipts) for client in clients)


async def test_what_was_acknowledged_is_there_once(
    product: Product, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(SEED)
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(product.folder / "data"))
    config = load_config(port=product.port)
    served = Served(product.address, None, config, Clock(time.time()), "")  # type: ignore[arg-type] # over HTTP alone
    async with DeskBrowser(served) as desk:
        await desk.enrol(product.enrolment_link().rpartition("=")[2])
        clients = [Client(served, random.Random(chance.random())) for _ in range(CLIENTS)]
        running = [asyncio.create_task(client.run()) for client in clients]
        for _ in range(request.config.getoption("--kills")):
            wanted = count(clients) + chance.randrange(1, 4)
            await until(lambda: count(clients) >= wanted, 60)  # noqa: B023 - awaited here
            await asyncio.sleep(chance.random() / 10)  # the very moment of the kill
            product.kill()
            await asyncio.to_thread(product.start)
        settled = count(clients) + CLIENTS
        await until(lambda: count(clients) >= settled, 60)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await desk.login()
        texts = [
            entry.text
            for row in await every_tip(desk)
            for entry in (await desk.open(row["id"])).thread.entries
            if entry.kind == "text"
        ]
    acknowledged = {receipt: mark for client in clients for receipt, mark in client.receipts.items()}
    assert len(texts) == len(set(texts))
    assert set(acknowledged.values()) <= set(texts)
    assert len(texts) <= len(acknowledged) + CLIENTS
    await every_receipt_opens(served, list(acknowledged))


async def every_tip(desk: DeskBrowser) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    while True:
        answer = (await desk.get("tips", state="all", offset=len(found))).json()
        found += answer["tips"]
        if len(found) >= answer["total"] or not answer["tips"]:
            return found


async def every_receipt_opens(served: Served, receipts: list[str]) -> None:
    for receipt in receipts:
        async with ChatPage(served) as page:
            said = await page.open_tip(receipt)
            assert said[-1]["state"] == "mail"
