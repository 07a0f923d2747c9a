"""A database that is away for a while: people are told that nothing was kept, and what they send again is kept once."""

from __future__ import annotations

from pathlib import Path

import pytest
from away import Insistent, end_connections, locked, read_only
from integration.served import ChatPage, Served, serve_product
from postgres_server import on

from bot.service.texts import Catalogue
from storage import sqlite

TEXTS = Catalogue(Path(__file__).resolve().parents[2] / "locales")
STORAGE = TEXTS.say("vi", "err-storage", {})
TIP = "Xe tải đổ rác xuống sông."


async def files(served: Served, someone: Insistent) -> None:
    """What was written goes out, once, and its code opens it."""
    for _ in range(2):
        await someone.insists("1")
    assert [row[0] for row in await served.rows("SELECT count(*) FROM tips")] == [1]
    async with ChatPage(served) as reader:
        assert (await reader.open_tip(someone.page.receipt()))[-1]["state"] == "mail"


async def test_a_locked_database_is_said_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As another process's long command does; how long a work waits for it is made short here."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    async with serve_product(tmp_path / "data") as served, ChatPage(served) as page:
        someone = Insistent(page)
        with locked(tmp_path / "data" / "hopthu.sqlite3"):
            act = await someone.tries(TIP)
            assert act is not None
            assert await someone.tries(TIP, act) == act
        await someone.insists(TIP, act)
        assert set(someone.refusals) == {STORAGE}
        await files(served, someone)


@pytest.mark.postgres
async def test_a_read_only_database_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    with on("postgres") as url:
        assert url is not None
        async with serve_product(tmp_path / "data", database_url=url) as served, ChatPage(served) as page:
            someone = Insistent(page)
            with read_only(url):
                act = await someone.tries(TIP)
                assert act is not None
            assert someone.refusals == [STORAGE]
            await someone.insists(TIP, act)
            await files(served, someone)


@pytest.mark.postgres
async def test_connections_that_are_ended_lose_nothing(tmp_path: Path) -> None:
    with on("postgres") as url:
        assert url is not None
        async with serve_product(tmp_path / "data", database_url=url) as served, ChatPage(served) as page:
            someone = Insistent(page)
            for part in range(4):
                end_connections(url)
                await someone.insists(f"Phần {part}.")
            end_connections(url)
            await files(served, someone)
            assert set(someone.refusals) <= {STORAGE}
