"""Slow work waits in bounded queues, each for its own kind."""

from __future__ import annotations

import asyncio
import threading

import pytest
from unit.service.until import until

from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.queues import Queue, filing, lookups


def too_fast() -> NotAccepted:
    return NotAccepted("too-fast")


async def test_as_many_at_once_as_it_has_places() -> None:
    queue, inside, most = Queue("x", at_once=2, waiting=9, full=too_fast), 0, 0

    async def work() -> None:
        nonlocal inside, most
        async with queue.place():
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(work() for _ in range(8)))
    assert (most, queue._inside) == (2, 0)


async def test_beyond_the_queue_nobody_waits() -> None:
    queue = Queue("x", at_once=1, waiting=1, full=too_fast)
    async with queue.place():
        waiting = asyncio.create_task(queue.run(lambda: 7))
        await until(lambda: queue._inside == 2)
        with pytest.raises(NotAccepted):
            await queue.run(lambda: 8)
    assert await waiting == 7
    assert await queue.run(lambda: 9) == 9


async def test_who_is_cancelled_leaves_the_queue() -> None:
    queue = Queue("x", at_once=1, waiting=1, full=too_fast)
    async with queue.place():
        waiting = asyncio.create_task(queue.run(lambda: 7))
        await until(lambda: queue._inside == 2)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert queue._inside == 1


async def test_work_is_done_in_threads_of_its_own() -> None:
    queue = Queue("mine", at_once=1, waiting=1, full=too_fast)
    assert (await queue.run(lambda: threading.current_thread().name)).startswith("mine")


async def test_who_looks_up_is_asked_to_wait_and_who_files_to_come_again() -> None:
    assert isinstance(lookups()._full(), NotAccepted)
    assert isinstance(filing()._full(), OutsideFailed)
