"""Ready is who can write."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import pytest
from installation import Clock, Installation, open_installation

from bot.service.readiness import REMEMBERED, Readiness
from storage.errors import Busy, Full, StorageError


@pytest.fixture
async def box(tmp_path: Any) -> Any:
    async with open_installation(tmp_path / "data") as box:
        yield box


@pytest.mark.parametrize("refusal", [Full("SQLITE_FULL"), Busy("SQLITE_BUSY"), StorageError("x")])
async def test_a_disk_that_can_only_be_read_is_not_ready_and_comes_back(
    box: Installation, monkeypatch: pytest.MonkeyPatch, refusal: StorageError
) -> None:
    clock = Clock()
    ready = Readiness(box.ground.database, clock, os.urandom)
    assert await ready()

    async def refuses(_: object) -> None:
        raise refusal

    clock.advance(REMEMBERED)
    with monkeypatch.context() as away:
        away.setattr(box.ground.database, "run", refuses)
        assert not await ready()
    clock.advance(REMEMBERED)
    assert await ready()


async def test_asking_often_does_not_write_often(box: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, written = Clock(), []
    ready, run = Readiness(box.ground.database, clock, os.urandom), box.ground.database.run

    async def counted(work: Any) -> Any:
        written.append(work)
        return await run(work)

    monkeypatch.setattr(box.ground.database, "run", counted)
    for _ in range(5):
        assert await ready()
    clock.advance(REMEMBERED)
    assert await ready()
    assert len(written) == 2


async def test_who_asks_while_the_store_is_slow_shares_the_answer(
    box: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, go, run = [], asyncio.Event(), box.ground.database.run
    ready = Readiness(box.ground.database, Clock(), os.urandom)

    async def slow(work: Any) -> Any:
        written.append(work)
        await go.wait()
        return await run(work)

    monkeypatch.setattr(box.ground.database, "run", slow)
    asking = [asyncio.create_task(ready()) for _ in range(5)]
    go.set()
    assert await asyncio.gather(*asking) == [True] * 5
    assert len(written) == 1


async def test_every_write_is_another_one(box: Installation) -> None:
    """The same bytes again would be no write to SQLite, and a full disk would look ready."""
    clock = Clock()
    ready = Readiness(box.ground.database, clock, os.urandom)
    marks = []
    for _ in range(2):
        assert await ready()
        clock.advance(REMEMBERED)
        marks += await box.rows("SELECT value FROM settings WHERE key = 'ready'")
    assert marks[0] != marks[1]
