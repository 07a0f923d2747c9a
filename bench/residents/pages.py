"""One page of the web chat as its script is on the wire (`web/src/chat/socket.ts`).

Owns the frames: hello, every act under an id of its own, every message acknowledged. Must not know what is measured.
"""

from __future__ import annotations

import base64
import json
from random import Random
from typing import Any, Self

from aiohttp import ClientError, ClientWebSocketResponse, WSMessageTypeError

from bot.edge.http.frames import base64url
from bot.service.founding import DEMONSTRATION

ANSWERED_WITHIN = 30.0
"""Seconds until a page gives a frame up."""
FAILURES = (ClientError, WSMessageTypeError, OSError, TimeoutError, ValueError, LookupError)
"""What a conversation that goes wrong can end in."""

Frame = dict[str, Any]


class Page:
    """One page of the web chat, on one connection."""

    def __init__(self, socket: ClientWebSocketResponse, chance: Random) -> None:
        self._socket = socket
        self._chance = chance
        self.salt = b""
        """The site's public salt, once the page was greeted."""

    @classmethod
    async def open(cls, socket: ClientWebSocketResponse, chance: Random) -> Self:
        """A page opened just now, greeted."""
        page = cls(socket, chance)
        session = page._token(16)
        await page._send({"t": "hello", "session": session, "seen": 0, "box": DEMONSTRATION.box.code, "open": True})
        await page.told("open")
        return page

    async def act(self, **frame: Any) -> Frame:
        """Do this, and wait until it is noted and answered; the answer."""
        update = self._token(12)
        await self._send({"id": update, **frame})
        return await self.told(update)

    async def press(self, said: Frame, act: str) -> Frame:
        """Press the choice of this message that does `act`.

        Raises:
            LookupError: it has none.
        """
        menu = said["menu"] or {"choices": ()}
        for choice in menu["choices"]:
            if choice["act"] == act:
                return await self.act(t="press", serial=menu["serial"], n=choice["n"])
        raise LookupError("no such choice")

    async def told(self, update: str) -> Frame:
        """Wait until the act is noted and something was said to it; the last thing said.

        Raises:
            ValueError: it was refused.
        """
        noted, said = False, None
        while not noted or said is None:
            frame = await self._frame()
            if frame["t"] == "error":
                raise ValueError("refused")
            noted = noted or (frame["t"] == "noted" and frame["id"] == update)
            said = frame if frame["t"] == "say" else said
        return said

    async def say(self) -> Frame:
        """Wait for the next thing said."""
        while (frame := await self._frame())["t"] != "say":
            pass
        return frame

    async def _frame(self) -> Frame:
        frame: Frame = json.loads(await self._socket.receive_str(timeout=ANSWERED_WITHIN))
        if frame["t"] == "say":
            await self._send({"t": "ack", "n": frame["n"]})
        if frame["t"] == "ready":
            self.salt = base64.urlsafe_b64decode(frame["site"]["salt"] + "==")
        return frame

    async def _send(self, frame: Frame) -> None:
        await self._socket.send_str(json.dumps(frame, ensure_ascii=False))

    def _token(self, length: int) -> str:
        return base64url(self._chance.randbytes(length))
