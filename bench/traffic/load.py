"""People who write: updates posted to a webhook over connections that stay open, and the time until each is answered.

A connection posts its next update when the one before was answered; with a `rate`, not before its moment either.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any, cast

from httptools import HttpResponseParser

from bench.spread import Spread
from bench.traffic.botapi import letters
from bench.traffic.words import LENGTH, texts, update

PATIENCE = 30.0
"""Seconds without one more answer after which nobody waits for the rest."""


@dataclass(frozen=True, slots=True)
class Load:
    """Who writes how much, and where to. Every chat writes in turn.

    `rate`: updates a second over all connections, as many as go if None; `text`: the same words every time;
    `answers`: how many messages every update is answered with, awaited after the last; 0: nobody waits; `endless`: once
    `updates` are posted it goes on until it is stopped.
    """

    port: int
    path: str
    secret: str
    updates: int
    first_chat: int = 1_000_000
    chats: int = 500
    connections: int = 32
    rate: float | None = None
    text: str | None = None
    length: int = LENGTH
    answers: int = 1
    endless: bool = False
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it. Moments are `time.monotonic()`, the same clock in every process of a machine.

    `posted` is when the last update was answered by HTTP; `behind` messages had not come to the Bot API by then. The
    last of them came at `answered`, and its text has `answer_letters`.
    """

    started: float
    posted: float
    answered: float
    statuses: dict[str, int]
    answers: int
    answer_letters: int
    behind: int
    post_ms: Spread
    answer_ms: Spread

    @classmethod
    def read(cls, found: dict[str, Any]) -> Result:
        """The result as it came from the peer."""
        spreads = {name: Spread(**found[name]) for name in ("post_ms", "answer_ms")}
        return cls(**{**found, **spreads})

    def written(self) -> dict[str, Any]:
        """The result as it goes to whoever measures."""
        return asdict(self)

    @property
    def accepted(self) -> int:
        """Updates answered with 200."""
        return self.statuses.get("200", 0)


_NUMBERS = count(os.getpid() * 1_000_000)
"""Numbers of updates: no two peers of one product use the same."""


@dataclass(slots=True)
class Writers:
    """One load under way."""

    load: Load
    _posts: list[float] = field(default_factory=list)
    _waits: list[float] = field(default_factory=list)
    _statuses: Counter[str] = field(default_factory=Counter)
    _open: defaultdict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _heard: int = 0
    _said: bytes = b""
    _last: float = 0.0
    _stopped: bool = False

    async def run(self) -> Result:
        """Post everything; then wait for the answers."""
        bodies = self._bodies() if self.load.endless else iter(list(self._bodies()))
        lines = [await _Line.open(self.load.port) for _ in range(min(self.load.connections, self.load.updates))]
        started = self._last = time.monotonic()
        await asyncio.gather(*(self._post(line, bodies, started) for line in lines))
        posted, behind = time.monotonic(), self._wanted - self._heard
        for line in lines:
            line.close()
        await self._until_answered()
        return Result(
            started,
            posted,
            self._last,
            dict(self._statuses),
            self._heard,
            letters(self._said) if self._said else 0,
            behind,
            Spread.of(self._posts),
            Spread.of(self._waits),
        )

    def stop(self) -> None:
        """Post no more than what was asked for at least."""
        self._stopped = True

    def told(self, chat: int, call: bytes) -> None:
        """A message for one of these chats came to the Bot API."""
        self._last = time.monotonic()
        self._heard += 1
        self._said = call
        if self._open[chat]:
            self._waits.append(self._last - self._open[chat].popleft())

    def _bodies(self) -> Iterator[tuple[float, int, bytes]]:
        load, at = self.load, int(time.time())
        words = texts(load.updates, load.seed, load.length) if load.text is None else [load.text]
        for place in count():
            if place >= load.updates and (self._stopped or not load.endless):
                return
            chat, text = load.first_chat + place % load.chats, words[place % len(words)]
            due = place / load.rate if load.rate else 0.0
            yield due, chat, _request(load, update(next(_NUMBERS), chat, text, at))

    async def _post(self, line: _Line, bodies: Iterator[tuple[float, int, bytes]], started: float) -> None:
        for due, chat, request in bodies:
            if due:
                await asyncio.sleep(max(0.0, started + due - time.monotonic()))
            begun = time.monotonic()
            if self.load.answers:
                self._open[chat].append(begun)
            status = await line.ask(request)
            self._posts.append(time.monotonic() - begun)
            self._statuses[str(status)] += 1

    @property
    def _wanted(self) -> int:
        return self.load.answers * self._statuses["200"]

    async def _until_answered(self) -> None:
        begun = time.monotonic()
        while self._heard < self._wanted and time.monotonic() - max(begun, self._last) < PATIENCE:  # noqa: ASYNC110 - time ends it too
            await asyncio.sleep(0.002)


def _request(load: Load, body: bytes) -> bytes:
    head = (
        f"POST {load.path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {load.secret}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class _Line(asyncio.Protocol):
    """One connection to the webhook: a question at a time. A connection that was lost is opened again."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[int] | None = None

    @classmethod
    async def open(cls, port: int) -> _Line:
        """A connection to this port."""
        line = cls(port)
        await line._connect()
        return line

    async def ask(self, request: bytes) -> int:
        """Post; the status of the answer, 0 where there came none."""
        if self._transport is None or self._transport.is_closing():
            try:
                await self._connect()
            except OSError:
                return 0
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        self._parser = HttpResponseParser(self)
        await loop.create_connection(lambda: self, "127.0.0.1", self._port)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop has a class of its own

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def connection_lost(self, _exc: Exception | None) -> None:
        self._settle(0)

    def on_message_complete(self) -> None:
        self._settle(self._parser.get_status_code())

    def _settle(self, status: int) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(status)
