"""Every act of a page is answered by its id, whatever becomes of it: the page sends again what is not."""

from __future__ import annotations

from typing import Any

import pytest
from installation import Installation

from bot.edge.http import chat
from bot.service.arrivals import Arrival, Text
from bot.service.errors import NotAccepted, OurFault, OutsideFailed
from bot.service.intake import Noted


class Socket:
    """A page's end of the socket: what it is told."""

    def __init__(self) -> None:
        self.headers = {"host": "127.0.0.1"}
        self.told: list[dict[str, Any]] = []

    async def send_json(self, frame: dict[str, Any]) -> None:
        self.told.append(frame)


async def answer(box: Installation, outcome: Noted | Exception) -> dict[str, Any]:
    """What a page hears of an act that ends like this."""

    class Engine:
        async def receive(self, _arrival: Arrival) -> Noted:
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

    ground, socket = box.ground, Socket()
    door = chat.ChatDoor(
        intake=Engine(),  # type: ignore[arg-type] # a twin
        pages=box.pages,
        site=ground.keys.site,
        texts=ground.texts,
        web=box.config.web,
    )
    await chat.PageConnection(socket, door)._take("s" * 22, "12345678", Text("alo"))  # type: ignore[arg-type] # a twin
    (told,) = socket.told
    return told


@pytest.mark.parametrize(
    ("failure", "key"),
    [
        (NotAccepted("too-fast"), "too-fast"),
        (OutsideFailed("busy"), "err-storage"),
        (OurFault("x"), "err-again"),
        (RecursionError("lời của bà con"), "err-again"),
        (KeyError("lời của bà con"), "err-again"),
    ],
)
async def test_what_fails_is_said(
    box: Installation, caplog: pytest.LogCaptureFixture, failure: Exception, key: str
) -> None:
    text = box.ground.texts.say("vi", key)
    assert await answer(box, failure) == {"t": "error", "id": "12345678", "text": text}
    assert "bà con" not in caplog.text


async def test_what_is_noted_is_said(box: Installation) -> None:
    assert (await answer(box, Noted(repeated=False, parts=(b"p" * 16,))))["parts"] == ["cHBwcHBwcHBwcHBwcHBwcA"]
    assert await answer(box, Noted(repeated=True)) == {"t": "noted", "id": "12345678", "parts": None}
