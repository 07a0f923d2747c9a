"""The main job over Telegram: once through teremok's Telegram inside the process, once through an HTTP Bot API.

The second runs the real server on a webhook with its secret, a server careless with its answers, and ends on the web.
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fake_bot_api import FakeBotApi, Sent, Sloppy
from installation import Officer, open_installation
from PIL import Image
from product import Product
from teremok import MockMessagePhoto
from teremok_chat import PERSON, Teremok
from websockets.asyncio.client import ClientConnection, connect

from bot.edge.http.frames import base64url
from bot.service.texts import Catalogue
from crypto.receipts import stretch

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
SENT, QUIET = TEXTS.say("vi", "btn-send"), TEXTS.say("vi", "btn-send-quiet")
TIP = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
ANSWER = "tam 9 gio den 11 gio, toan xe may"
CHAT = 770077


@pytest.fixture
def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (90, 140, 120)).save(out, "JPEG")
    return out.getvalue()


def receipt_among(texts: list[str]) -> str:
    digits = ["".join(text.split()) for text in texts]
    return next(code for code in digits if code.isdigit() and len(code) == 24)


@pytest.mark.parametrize("url", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_through_teremok(tmp_path: Path, picture: bytes, url: str | None) -> None:
    async with open_installation(tmp_path, url=url) as box:
        officer = await Officer.enrol(box)
        person = Teremok(box)
        greeting = "\n".join(await person.writes("/start tdp4-nhl"))
        assert "Telegram biết tài khoản của bà con" in greeting
        assert "Đã ghi 1 phần. CHƯA GỬI." in "\n".join(await person.writes(TIP))
        person.bot.add_file("p1", picture)
        assert "Đã ghi 2 phần" in "\n".join(await person.sends(message=MockMessagePhoto("p1", user=PERSON)))
        await person.presses(SENT)
        said = await person.presses(QUIET)
        assert said[0].startswith("ĐÃ TIẾP NHẬN")
        receipt = receipt_among(said)

        [tip] = await officer.tips()
        entries = (await officer.open(tip)).thread.entries
        assert [entry.kind for entry in entries] == ["opening", "text", "photo"]
        assert entries[1].text == TIP
        await officer.write(tip, "question", QUESTION)

        assert QUESTION in "\n".join(await person.writes(receipt))
        await person.writes(ANSWER)
        assert "ĐÃ TIẾP NHẬN phần bổ sung" in "\n".join(await person.presses(SENT))
        assert (await officer.open(tip)).thread.entries[-1].text == ANSWER


NEXT = TEXTS.say("vi", "done-next-none").split("\n", 1)[0]
SLOPPY = Sloppy(null_results=True, missing_fields=True, millisecond_dates=True, junk=True, repeated=True)


async def test_through_an_http_bot_api_and_on_the_web(tmp_path: Path, picture: bytes) -> None:
    async with FakeBotApi(sloppy=SLOPPY) as api:
        product = Product(tmp_path)
        product.settings = {
            "HOPTHU_TELEGRAM_TOKEN": api.token,
            "HOPTHU_TELEGRAM_API_BASE": api.url,
            "HOPTHU_TELEGRAM_MODE": "webhook",
            "HOPTHU_TELEGRAM_WEBHOOK_SECRET": "bi-mat-cua-webhook",
            "HOPTHU_PUBLIC_URL": product.address,
        }
        try:
            await _story(api, product, picture)
        finally:
            product.kill()


async def _story(api: FakeBotApi, product: Product, picture: bytes) -> None:
    product.start()
    await api.until(lambda: bool(api.webhook.get("url")), seconds=20)
    say = partial(_says, api)
    assert "CHƯA GỬI" in (await say(api.text(CHAT, TIP)))[-1].text
    await say(api.photo(CHAT, picture))
    await say(api.text(CHAT, "1"))
    product.kill()
    product.start()
    await api.text(CHAT, "1")
    await api.deliver()
    await api.until(lambda: any(text.startswith(NEXT) for text in api.texts(CHAT)), seconds=20)
    said = api.texts(CHAT)
    assert len([text for text in said if text.startswith("ĐÃ TIẾP NHẬN")]) == 1
    opened = await _opened_on_the_web(product, receipt_among(said))
    assert TEXTS.say("vi", "st-received") in opened


async def _says(api: FakeBotApi, act: Awaitable[int], *, messages: int = 1) -> list[Sent]:
    before = len(api.to(CHAT))
    await act
    assert set(await api.deliver()) == {200}
    await api.until(lambda: len(api.to(CHAT)) >= before + messages, seconds=20)
    return api.to(CHAT)[before:]


async def _opened_on_the_web(product: Product, receipt: str) -> str:
    """What a page shows that derives everything from the receipt itself and sends only that."""
    async with connect(product.address.replace("http", "ws") + "/chat/ws") as socket:
        await socket.send(json.dumps({"t": "hello", "session": "trang-web-cua-con-gai-1", "open": True}))
        ready = await _frame(socket, lambda frame: frame["t"] == "ready")
        stretched = stretch(receipt, base64.urlsafe_b64decode(ready["site"]["salt"] + "=="))
        lookup, seed = base64url(stretched.lookup), base64url(stretched.seed)
        await socket.send(json.dumps({"t": "code", "id": "ma-24-so-1", "lookup": lookup, "seed": seed}))
        shown = await _frame(socket, lambda frame: frame["t"] == "say" and frame["state"] == "mail")
        return "\n".join(shown["text"])


async def _frame(socket: ClientConnection, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    while True:
        frame = json.loads(await socket.recv())
        if wanted(frame):
            return frame
