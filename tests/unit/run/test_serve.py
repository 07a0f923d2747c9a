"""Serving: HTTP first, then what runs beside it, and all of it down again in good order."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from installation import Installation, open_installation
from structlog.testing import capture_logs

from bot.edge.http.server import MOST_CHATS
from bot.run import serve as serving
from bot.run.app import Product
from bot.run.config import load_config
from bot.run.serve import _guarded, _jobs, _listening, _serve, _server, serve
from bot.service.delivery_errors import BotRejected
from bot.service.errors import OutsideFailed

SYSTEM, GET_DUMPABLE = ctypes.CDLL(None), 3
"""A process of the same user could look into one that may be dumped: a cleaner that a file took over, too."""


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    before = {which: signal.signal(which, lambda *_: None) for which in (signal.SIGINT, signal.SIGTERM)}
    yield
    for which, handler in before.items():
        signal.signal(which, handler)
    SYSTEM.prctl(serving.SET_DUMPABLE, 1)


def product(*beside: Callable[[], Awaitable[None]], closing: list[str] | None = None) -> Product:
    app = FastAPI()

    @app.get("/healthz")
    async def alive() -> str:
        return "ok"

    async def close() -> None:
        if closing is not None:
            closing.append("closed")

    return Product(app, None, [*beside], closing=[close])  # type: ignore[arg-type] # no database here


async def test_drivers_start_once_the_address_answers_and_stop_before_the_end() -> None:
    told: list[str] = []
    listener = _listening("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/healthz"

    async def driver() -> None:
        async with httpx.AsyncClient() as client:
            told.append((await client.get(address)).text)
        signal.raise_signal(signal.SIGTERM)
        try:
            await asyncio.Event().wait()
        finally:
            told.append("stopped")

    await _serve(product(driver, closing=told), listener, lambda: told.append("ready"))
    assert told == ["ready", '"ok"', "stopped", "closed"]


async def test_while_it_serves_garbage_is_collected_and_the_clock_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A start leaves the collector off, as the command does."""
    looked, told = asyncio.Event(), []
    monkeypatch.setattr(serving, "LOOK_AT_CLOCK", 0)
    monkeypatch.setattr(serving, "put_right", lambda *_: looked.set())

    async def driver() -> None:
        async with asyncio.timeout(30):
            await looked.wait()
        told.append(gc.isenabled())
        signal.raise_signal(signal.SIGTERM)

    gc.disable()
    try:
        await _serve(product(driver), _listening("127.0.0.1", 0), lambda: None)
    finally:
        gc.enable()
    assert told == [True]


async def test_an_end_before_the_beginning_is_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(_self: object, sockets: object = None) -> None:
        return

    monkeypatch.setattr("uvicorn.Server.serve", nothing)
    told: list[str] = []
    with _listening("127.0.0.1", 0) as listener:
        await _serve(product(closing=told), listener, lambda: told.append("ready"))
    assert told == []


async def test_who_never_ends_a_request_is_hung_up_on_and_others_are_served() -> None:
    async def flood() -> bool:
        """Headers without end; True if they were taken."""
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: here\r\n")
        with suppress(ConnectionError):
            for n in range(5_000):
                writer.write(b"X-%d: " % n + b"x" * 10_000 + b"\r\n")
                await writer.drain()
        writer.close()
        return n == 4_999

    async def act() -> None:
        told.append(await flood())
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{port}/healthz", headers={"x": "x" * 30_000})
        told.append(answer.status_code)
        signal.raise_signal(signal.SIGTERM)

    told: list[bool | int] = []
    listener = _listening("127.0.0.1", 0)
    port = listener.getsockname()[1]
    await _serve(product(act), listener, lambda: None)
    assert told == [False, 200]


def test_the_frames_of_every_chat_together_fit_a_machine() -> None:
    config = _server(product()).config
    assert config.ws_max_queue * config.ws_max_size * MOST_CHATS < 6 << 30


def test_the_whole_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    async def stop() -> None:
        told.append("closed to others" if not SYSTEM.prctl(GET_DUMPABLE) else "open to whoever has this user")
        signal.raise_signal(signal.SIGTERM)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve(product(stop, closing=told), load_config(port=port), lambda: told.append("ready"))
    assert sorted(told) == ["closed", "closed to others", "ready"]


@pytest.mark.parametrize(
    ("host", "said"), [("127.0.0.1", "address already in use"), ("nowhere.invalid", "no such address")]
)
def test_an_address_that_cannot_be_had_is_said(host: str, said: str) -> None:
    with (
        _listening("127.0.0.1", 0) as taken,
        pytest.raises(OutsideFailed, match=f"cannot listen on {host} port .*: {said}"),
    ):
        _listening(host, taken.getsockname()[1])


async def test_a_loop_that_ended_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PAUSE", 0)
    tries: list[int] = []

    async def shaky() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise ZeroDivisionError

    await _guarded(shaky)
    assert len(tries) == 3


async def test_a_bot_nobody_knows_is_not_tried_again() -> None:
    async def unknown() -> None:
        raise BotRejected

    with capture_logs() as logs:
        await _guarded(unknown)
    assert [entry["event"] for entry in logs] == ["telegram_does_not_know_this_bot"]


async def test_expired_keys_go_at_every_start(tmp_path: Path) -> None:
    async with open_installation(tmp_path / "box") as box:
        jobs = {job.id: job for job in _jobs(with_housekeeping(box)).get_jobs()}
    assert set(jobs) >= {"expire", "sweep", "checkpoint"}
    assert _jobs(product()).get_jobs() == []


def with_housekeeping(box: Installation) -> Product:
    found = product()
    found.housekeeping = box.housekeeping
    return found
