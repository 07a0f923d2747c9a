"""A database that is away for longer than anybody waits: twenty seconds locked, or its server stopped and started."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from away import Insistent, locked
from integration.served import ChatPage, Served, serve_product
from postgres_server import PostgresServer

from bot.service.texts import Catalogue
from storage.migrate import upgrade

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
STORAGE = TEXTS.say("vi", "err-storage", {})
TIP = "Xe tải đổ rác xuống sông."
LOCKED = 20
"""Seconds another process holds the database: four times as long as a work waits for it."""


async def files(served: Served, someone: Insistent) -> None:
    for _ in range(2):
        await someone.insists("1")
    assert await served.rows("SELECT count(*) FROM tips") == [(1,)]
    async with ChatPage(served) as reader:
        assert (await reader.open_tip(someone.page.receipt()))[-1]["state"] == "mail"


async def test_a_database_locked_for_twenty_seconds_is_waited_for(tmp_path: Path, seeds: int) -> None:
    if seeds == 1:
        pytest.skip("a short run has the same with a shorter wait, in tests/integration")
    async with serve_product(tmp_path / "data") as served, ChatPage(served) as page:
        someone, act = Insistent(page), None
        with locked(tmp_path / "data" / "hopthu.sqlite3"):
            until = time.monotonic() + LOCKED
            while time.monotonic() < until:
                act = await someone.tries(TIP, act)
                assert act is not None
        await someone.insists(TIP, act)
        assert set(someone.refusals) == {STORAGE}
        await files(served, someone)


class Stoppable(PostgresServer):
    """A server that goes down and comes up while its clients stay. In order: it runs without syncs, to be quick."""

    def down(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "fast", "-w", "stop")

    def up(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-l", str(self.log), "-w", "start")


@pytest.fixture
def server() -> Iterator[Stoppable]:
    found = Stoppable()
    yield found
    found.stop()


@pytest.mark.postgres
async def test_a_server_that_goes_down_and_comes_back_loses_nothing(tmp_path: Path, server: Stoppable) -> None:
    url = server.url(server.create_database())
    await asyncio.to_thread(upgrade, url)
    async with serve_product(tmp_path / "data", database_url=url) as served, ChatPage(served) as page:
        someone = Insistent(page)
        await someone.insists("Trước khi mất.")
        await asyncio.to_thread(server.down)
        act = await someone.tries(TIP)
        assert act is not None
        assert someone.refusals == [STORAGE]
        await asyncio.to_thread(server.up)
        await someone.insists(TIP, act)
        await files(served, someone)
