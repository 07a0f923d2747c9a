"""One connection of a page, held without a network: what it shows is erased, whatever becomes of its acts."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from bot.edge.http import chat
from bot.edge.http.chat import PageConnection
from bot.edge.http.frames import Ack, TextFrame
from bot.service.intake import Noted
from handlers.values import Channel

SESSION, SHOWN = "s" * 22, 7


class Door:
    """A door behind which every act takes long and is a repeat."""

    def __init__(self) -> None:
        self.connection: Any = None
        self.erased: list[int] = []
        self.acts: list[int | None] = []
        self.intake = self.pages = self

    def channel(self, _host: str) -> Channel:
        return Channel("web", "https://box.example", 200)

    async def receive(self, arrival: Any) -> Noted:
        self.acts.append(arrival.shown)
        await self.connection._erasing
        return Noted(repeated=True)

    async def shown(self, _session: str, n: int) -> None:
        self.erased.append(n)


async def _sends(_frame: dict[str, Any]) -> None:
    return


async def test_what_is_shown_is_erased_also_where_an_act_came_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat, "GOES_WITHIN", 0.0)
    door: Any = Door()
    socket: Any = SimpleNamespace(headers={}, send_json=_sends)
    door.connection = PageConnection(socket, door)
    await door.connection._handle(SESSION, Ack(t="ack", n=SHOWN))
    await door.connection._handle(SESSION, TextFrame(t="text", id="a" * 16, text="alo"))
    assert (door.acts, door.erased) == ([SHOWN], [])
    await door.connection._erasing
    assert door.erased == [SHOWN]
