"""Pages that come in numbers or never end, as they are on the wire; none of them is measured."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import suppress
from random import Random
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientError, ClientSession, ClientTimeout, ClientWebSocketResponse, TCPConnector, WSMessageTypeError

from bot.edge.http.frames import base64url
from bot.service.founding import DEMONSTRATION

PACE = 20.0
"""Seconds between two messages of a page that talks at a person's pace."""
OPENING = 50
"""Pages that open at the same moment."""
SILENT, UPLOADS = 4, 10
"""One socket that never says a word for so many pages, and one upload that never ends."""
DRIP = 5.0
"""Seconds between two bytes of an upload that never ends."""
FAILURES = (ClientError, WSMessageTypeError, OSError, TimeoutError)
Frame = dict[str, Any]


class Flood:
    """What floods, held together: its connections end with it."""

    def __init__(self, port: int, pages: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.answered = self.refused = 0
        self.pages = pages
        self.chance = Random(pages)  # noqa: S311 - nothing is secret here
        self._tasks: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        self.client = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(None))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.client.close()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something go on until the end."""
        self._tasks.append(asyncio.create_task(work))

    @property
    def gone(self) -> int:
        """Pages that came to an end by themselves."""
        return sum(task.done() for task in self._tasks)

    def token(self) -> str:
        """A session or an act's id, as pages make them."""
        return base64url(self.chance.randbytes(16))

    async def socket(self) -> ClientWebSocketResponse:
        """A connection of a page."""
        return await self.client.ws_connect(f"{self.address}/chat/ws", max_msg_size=0)


async def many(flood: Flood) -> None:
    """Conversations at once, each at a person's pace."""
    sockets = await _opened(flood, flood.pages)
    for place, socket in enumerate(sockets):
        flood.begin(_talk(flood, socket, first=PACE * place / flood.pages, pace=PACE))


async def unfinished(flood: Flood) -> None:
    """A resident who writes part after part and never sends, one who only opens, and one whose files never end."""
    (writer,) = await _opened(flood, 1)
    flood.begin(_talk(flood, writer, first=0, pace=0))
    for _ in range(flood.pages // SILENT):
        flood.begin(_silent(flood))
    for _ in range(flood.pages // UPLOADS):
        flood.begin(_drip(flood))
    await asyncio.sleep(1)


async def _opened(flood: Flood, count: int) -> list[ClientWebSocketResponse]:
    room = asyncio.Semaphore(OPENING)

    async def one() -> ClientWebSocketResponse:
        async with room:
            socket = await flood.socket()
            hello = {"t": "hello", "session": flood.token(), "seen": 0, "box": DEMONSTRATION.box.code, "open": True}
            await socket.send_json(hello)
            await _until(flood, socket, "open")
            return socket

    return list(await asyncio.gather(*(one() for _ in range(count))))


async def _talk(flood: Flood, socket: ClientWebSocketResponse, *, first: float, pace: float) -> None:
    await asyncio.sleep(first)
    with suppress(*FAILURES):
        while True:
            update = flood.token()
            words = f"Tối qua nhà bên cạnh có nhiều xe lạ ra vào đến gần sáng, lần thứ {flood.answered}."
            await socket.send_json({"t": "text", "id": update, "text": words})
            await _until(flood, socket, update)
            await asyncio.sleep(pace)


async def _until(flood: Flood, socket: ClientWebSocketResponse, update: str) -> None:
    """Until this act was noted or refused, everything said on the way acknowledged."""
    while True:
        frame: Frame = json.loads(await socket.receive_str())
        if frame["t"] == "say":
            await socket.send_json({"t": "ack", "n": frame["n"]})
        elif frame.get("id") == update:
            flood.answered += frame["t"] == "noted"
            flood.refused += frame["t"] != "noted"
            return


async def _silent(flood: Flood) -> None:
    """A socket that never says a word, opened again when it is shut."""
    while True:
        with suppress(*FAILURES):
            await (await flood.socket()).receive()
            flood.refused += 1
        await asyncio.sleep(DRIP)


async def _drip(flood: Flood) -> None:
    """An upload that never ends, begun again when it is refused."""
    while True:
        heads = {"X-Hopthu-Session": flood.token(), "X-Hopthu-Id": flood.token(), "X-Hopthu-Kind": "photo"}
        with suppress(*FAILURES):
            body = _drops()
            async with flood.client.post(f"{flood.address}/api/v1/chat/media", data=body, headers=heads):
                flood.refused += 1
        await asyncio.sleep(DRIP)


async def _drops() -> AsyncIterator[bytes]:
    yield b"\xff\xd8\xff\xe0"
    while True:
        await asyncio.sleep(DRIP)
        yield b"\0"
