"""The bell: rings for an urgent tip at once, for any other after its quarter of an hour, once, for one unit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from installation import Installation, Officer, Page
from postgres_server import BOTH
from unit.service.until import until

from bot.service.desk import counter as desk
from bot.service.desk.counter import Ring
from bot.service.desk.login import SESSION_LIVES
from storage.errors import Busy

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


class Ear:
    """Somebody who listens, and a way to have the bell look at once."""

    def __init__(self, box: Installation, officer: Officer) -> None:
        self.box = box
        self.heard: list[Ring] = []
        self.looks = 0
        self.ended = False
        self.task = asyncio.create_task(self._listen(officer))

    async def _listen(self, officer: Officer) -> None:
        due = self.box.counter._due

        def counted(*args: object, **named: object) -> object:
            self.looks += 1
            return due(*args, **named)  # type: ignore[arg-type] # passed on

        self.box.counter._due = counted  # type: ignore[method-assign,assignment] # counted
        async for ring in self.box.counter.bell(officer.me):
            self.heard.append(ring)
        self.ended = True

    async def look(self) -> list[Ring]:
        """What was heard after one more whole look."""
        before = self.looks

        def looked() -> bool:
            self.box.counter.ring()
            return self.looks >= before + 2 or self.ended

        await until(looked)
        return self.heard


@pytest.fixture
async def ear(box: Installation, officer: Officer) -> AsyncIterator[Ear]:
    found = Ear(box, officer)
    await until(lambda: found.looks > 0)
    yield found
    found.task.cancel()
    with suppress(asyncio.CancelledError):
        await found.task


async def test_an_urgent_tip_rings_at_once(box: Installation, ear: Ear, page: Page) -> None:
    await page.file_tip(WORDS, urgent=True)
    await until(lambda: ear.heard == [Ring("tip", urgent=True)])
    assert await ear.look() == [Ring("tip", urgent=True)]


async def test_another_tip_waits_for_its_quarter(box: Installation, ear: Ear, page: Page) -> None:
    await page.file_tip(WORDS)
    assert await ear.look() == []
    quarter = (int(box.clock()) // 900 + 1) * 900
    box.clock.advance(quarter - 1 - box.clock())
    assert await ear.look() == []
    box.clock.advance(1)
    assert await ear.look() == [Ring("tip", urgent=False)]
    assert await ear.look() == [Ring("tip", urgent=False)]


async def test_an_addition_is_news(box: Installation, ear: Ear, page: Page) -> None:
    receipt = await page.file_tip(WORDS)
    await page.code(receipt)
    await page.text("Xe màu trắng")
    await page.text("1")
    box.clock.advance(900)
    assert sorted(ring.kind for ring in await ear.look()) == ["news", "tip"]


async def test_what_stands_in_the_list_already_does_not_ring(box: Installation, officer: Officer, page: Page) -> None:
    await page.file_tip(WORDS, urgent=True)
    late = Ear(box, officer)
    assert await late.look() == []
    late.task.cancel()


async def test_another_unit_hears_nothing(box: Installation, ear: Ear, page: Page) -> None:
    await page.file_tip(WORDS)
    await box.forge("UPDATE notices SET unit_id = '42'")
    assert await ear.look() == []  # a look that began before sees what was there before
    box.clock.advance(900)
    assert await ear.look() == []


async def test_a_store_that_is_away_for_a_while_loses_no_ring(
    box: Installation, ear: Ear, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, failed = box.ground.database.read, []

    async def away(_work: object) -> None:
        failed.append(1)
        raise Busy

    monkeypatch.setattr(box.ground.database, "read", away)
    box.counter.ring()
    await until(lambda: bool(failed))
    monkeypatch.setattr(box.ground.database, "read", read)
    await page.file_tip(WORDS, urgent=True)
    assert await ear.look() == [Ring("tip", urgent=True)]


@pytest.mark.parametrize("how", ["session over", "removed", "logged out"])
async def test_it_ends_with_the_session(box: Installation, ear: Ear, officer: Officer, how: str) -> None:
    if how == "session over":
        box.clock.advance(SESSION_LIVES)
    elif how == "removed":
        await box.forge("UPDATE officers SET status = 'removed'")
    else:
        await box.counter.logout(officer.me)
    await ear.look()
    assert ear.ended


async def test_it_looks_by_itself(box: Installation, ear: Ear, page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    await ear.look()
    monkeypatch.setattr(desk, "BELL_EVERY", 0.01)
    box.counter.ring()
    before = ear.looks
    await until(lambda: ear.looks > before + 3)
