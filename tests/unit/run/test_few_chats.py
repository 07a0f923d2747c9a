"""Many open chats: as many as files allow, the next ones are told to try later; none costs memory for compression."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from bot.edge.http.server import CHAT_SOCKET, MOST_CHATS, FewChats, most_chats
from bot.run import serve as serving
from bot.run.app import Product
from bot.run.serve import _many_files

UNITS = Path(__file__).parents[3] / "deploy"


class Visitor:
    """One connection to an application."""

    def __init__(self, path: str = CHAT_SOCKET, kind: str = "websocket") -> None:
        self.scope = {"type": kind, "path": path}
        self.told: list[dict[str, Any]] = []
        self.gone = asyncio.Event()

    async def receive(self) -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.told.append(message)


class House:
    """An application whose visitors stay until they go."""

    def __init__(self, most: int) -> None:
        self.inside: list[Visitor] = []
        self.app = FewChats(self._serve, most=lambda: most)
        self._visitors: dict[int, Visitor] = {}

    async def _serve(self, scope: dict[str, Any], _receive: object, _send: object) -> None:
        visitor = self._visitors[id(scope)]
        self.inside.append(visitor)
        await visitor.gone.wait()
        self.inside.remove(visitor)

    async def visit(self, visitor: Visitor) -> asyncio.Task[None]:
        self._visitors[id(visitor.scope)] = visitor
        task = asyncio.ensure_future(self.app(visitor.scope, visitor.receive, visitor.send))
        for _ in range(3):
            await asyncio.sleep(0)
        return task


async def test_a_chat_too_many_is_told_to_try_later_and_place_becomes_free_again() -> None:
    house = House(most=2)
    first, second, third, fourth = (Visitor() for _ in range(4))
    tasks = [await house.visit(one) for one in (first, second, third)]
    assert house.inside == [first, second]
    assert [(message["type"], message.get("code")) for message in third.told] == [
        ("websocket.accept", None),
        ("websocket.close", 1013),
    ]
    first.gone.set()
    await tasks[0]
    tasks.append(await house.visit(fourth))
    assert house.inside == [second, fourth]
    for one in (second, fourth):
        one.gone.set()
    await asyncio.gather(*tasks)


async def test_the_desk_and_the_pages_are_not_counted() -> None:
    house = House(most=0)
    others = [Visitor("/api/v1/desk/live"), Visitor("/chat", "http")]
    tasks = [await house.visit(one) for one in others]
    assert house.inside == others
    for one in others:
        one.gone.set()
    await asyncio.gather(*tasks)


@pytest.fixture
def files() -> Iterator[int]:
    """The hard limit; the soft one is low, as a shell hands it out."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, before[1]), before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_start_asks_for_all_the_files_there_are_and_chats_take_half(files: int) -> None:
    assert most_chats() == min(1024, files) // 2
    _many_files()
    assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == files
    assert most_chats() == min(MOST_CHATS, files // 2)


@pytest.mark.parametrize("unit", sorted(path.name for path in UNITS.glob("*.service")))
def test_units_grant_files_for_the_most_chats(unit: str) -> None:
    granted = next(line for line in (UNITS / unit).read_text().splitlines() if line.startswith("LimitNOFILE="))
    assert int(granted.partition("=")[2]) // 2 >= MOST_CHATS


async def test_frames_are_not_compressed(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[uvicorn.Config] = []

    class Seen(Exception):
        pass

    def server(config: uvicorn.Config) -> None:
        made.append(config)
        raise Seen

    monkeypatch.setattr(uvicorn, "Server", server)
    with pytest.raises(Seen):
        await serving._serve(Product(FastAPI(), None), None, lambda: None)  # type: ignore[arg-type] # neither is reached
    assert [config.ws_per_message_deflate for config in made] == [False]
