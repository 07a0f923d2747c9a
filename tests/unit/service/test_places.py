"""Places of things on their way in: bounded, and not to be held by whoever sends next to nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from unit.service.until import until

from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.places import BEGINNING, PAUSE, SLOW, Room, Sending

START = 1_000.0


def sending(read: int = 0) -> Sending:
    return Sending(large=False, since=START, until=START + 60, read=read)


async def chunks(*found: bytes) -> AsyncIterator[bytes]:
    for chunk in found:
        yield chunk


def now() -> float:
    return asyncio.get_running_loop().time()


async def test_reading_stops_as_soon_as_it_is_too_much() -> None:
    mine = Sending(large=False, since=now(), until=now() + 60)
    with pytest.raises(NotAccepted) as refused:
        _ = [chunk async for chunk in mine.arriving(chunks(*[bytes(100)] * 50), 250)]
    assert (refused.value.key, refused.value.status, mine.read) == ("too-big", 413, 300)


async def test_all_that_fits_is_read() -> None:
    mine = Sending(large=False, since=now(), until=now() + 60)
    assert [chunk async for chunk in mine.arriving(chunks(b"ab", b"", b"c"), 3)] == [b"ab", b"", b"c"]
    assert not mine.is_slow(now() + PAUSE), "what is here gives way to nobody"


def test_a_thing_has_time_to_begin_and_is_then_held_to_a_pace() -> None:
    assert not sending().is_slow(START + BEGINNING - 0.1)
    assert sending().is_slow(START + BEGINNING)
    assert not sending(read=20 * SLOW).is_slow(START + 20)
    assert sending(read=20 * SLOW - 1).is_slow(START + 20)


async def test_the_slowest_gives_way_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.places.BEGINNING", 0.0)
    room, never = Room(small=2, large=1), asyncio.Event()

    async def dripping(first: bytes) -> AsyncIterator[bytes]:
        yield first
        await never.wait()

    async def send(first: bytes) -> None:
        with room.place("photo") as mine:
            _ = [chunk async for chunk in mine.arriving(dripping(first), 10_000_000)]

    honest = asyncio.create_task(send(bytes(1_000_000)))
    dripper = asyncio.create_task(send(b"\0"))
    await until(lambda: [one.read for one in room._inside] == [1_000_000, 1])
    with room.place("voice"):
        assert room.small == 0
        with pytest.raises(OutsideFailed, match="in time"):
            await dripper
        assert (room.small, honest.done()) == (0, False)
    honest.cancel()
    await asyncio.gather(honest, return_exceptions=True)
    assert room == Room(small=2, large=1)


async def test_who_is_not_slow_keeps_his_place() -> None:
    room = Room(small=1, large=1)
    with room.place("photo"), pytest.raises(OutsideFailed, match="too many"), room.place("photo"):
        raise AssertionError
    assert room == Room(small=1, large=1)


async def test_whose_pause_has_just_ended_can_give_way_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it sends from lets go slowly: meanwhile its time is over, and whoever comes next must not hear of that."""
    monkeypatch.setattr("bot.service.places.PAUSE", 0.0)
    mine, letting_go, gone = Sending(large=False, since=now(), until=now() + 60), asyncio.Event(), asyncio.Event()

    async def silent() -> AsyncIterator[bytes]:
        try:
            await asyncio.Event().wait()
        finally:
            letting_go.set()
            await gone.wait()
        yield b""

    async def send() -> None:
        _ = [chunk async for chunk in mine.arriving(silent(), 10)]

    task = asyncio.create_task(send())
    await letting_go.wait()
    mine.give_way()
    gone.set()
    with pytest.raises(OutsideFailed):
        await task
