"""A Bot API that is only fast: it answers every call, and tells who is told what and when. Keeps no message."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from itertools import count
from typing import cast
from urllib.parse import parse_qs

from httptools import HttpRequestParser

CHAT = re.compile(rb'(?:(?:^|&)chat_id=|"chat_id": )(-?\d+)')
"""Where a call names its chat, as a form or as JSON."""
ME = {"id": 42, "is_bot": True, "first_name": "Box", "username": "hopthu_bench_bot"}


class BotApi:
    """Every connection to it. `told(chat, call)` is called for every message sent: to whom, and as it was posted."""

    def __init__(self, told: Callable[[int, bytes], None]) -> None:
        self.told = told
        self._numbers = count(1)
        self._server: asyncio.Server | None = None

    async def listen(self) -> int:
        """Listen on a free port of this machine; the port."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0)
        return int(self._server.sockets[0].getsockname()[1])

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()

    def answer(self, url: bytes, body: bytes) -> bytes:
        """The result of one call."""
        method = url.rpartition(b"/")[2].lower()
        if method == b"sendmessage":
            return self._sent(body)
        return json.dumps({"ok": True, "result": ME if method == b"getme" else True}).encode()

    def _sent(self, body: bytes) -> bytes:
        found = CHAT.search(body)
        chat = int(found[1]) if found else 0
        self.told(chat, body)
        return b'{"ok":true,"result":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"text":"-"}}' % (
            next(self._numbers),
            int(time.time()),
            chat,
        )


def letters(call: bytes) -> int:
    """How many letters the text of a posted message has."""
    if call.startswith(b"{"):
        return len(json.loads(call)["text"])
    return len(parse_qs(call.decode())["text"][0])


class _Connection(asyncio.Protocol):
    """One client's connection, kept open."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._parser = HttpRequestParser(self)
        self._url = b""
        self._body: list[bytes] = []
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop has a class of its own

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_body(self, body: bytes) -> None:
        self._body.append(body)

    def on_message_complete(self) -> None:
        found = self._api.answer(self._url, b"".join(self._body))
        self._url, self._body = b"", []
        assert self._transport is not None
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(found)
        self._transport.write(head + found)
