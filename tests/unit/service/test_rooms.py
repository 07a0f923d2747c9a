"""Who has which tip open, within a unit, and that a colleague changed something."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from unit.service.until import until

from bot.service.desk.rooms import Rooms, Seat, Told

A, B = b"A" * 16, b"B" * 16


@contextmanager
def listening(rooms: Rooms, seat: Seat) -> Iterator[list[Told]]:
    heard: list[Told] = []

    async def listen() -> None:
        async for told in rooms.told(seat):
            heard.append(told)  # noqa: PERF401 - as they come

    task = asyncio.create_task(listen())
    try:
        yield heard
    finally:
        task.cancel()


async def test_a_colleague_is_seen_coming_and_going() -> None:
    rooms = Rooms()
    mine, other = rooms.sit("u", "s1"), rooms.sit("u", "s2")
    with listening(rooms, mine) as heard:
        rooms.turn(other, A)
        await until(lambda: heard == [Told({A: ("s2",)})])
        rooms.turn(other, B)
        await until(lambda: heard[1:] == [Told({B: ("s2",)})])
        rooms.leave(other)
        await until(lambda: heard[2:] == [Told({})])


async def test_who_comes_later_is_told_who_is_there() -> None:
    rooms = Rooms()
    for serial in ("s3", "s2", "s2"):
        rooms.turn(rooms.sit("u", serial), A)
    with listening(rooms, rooms.sit("u", "s1")) as heard:
        await until(lambda: heard == [Told({A: ("s2", "s3")})])


async def test_ones_own_other_console_and_other_units_are_nobody() -> None:
    rooms = Rooms()
    mine, other = rooms.sit("u", "s1"), rooms.sit("u", "s2")
    with listening(rooms, mine) as heard:
        rooms.turn(rooms.sit("u", "s1"), A)
        rooms.turn(rooms.sit("elsewhere", "s9"), A)
        rooms.changed("elsewhere", A, by="s9")
        rooms.changed("u", A, by="s1")
        rooms.turn(other, B)
        await until(lambda: heard == [Told({B: ("s2",)})])


async def test_a_colleagues_act_is_told_once() -> None:
    rooms = Rooms()
    mine, other = rooms.sit("u", "s1"), rooms.sit("u", "s2")
    with listening(rooms, mine) as heard:
        rooms.changed("u", A, by="s2")
        await until(lambda: heard == [Told({}, frozenset({A}))])
        rooms.turn(other, A)
        await until(lambda: heard[1:] == [Told({A: ("s2",)})])


async def test_the_same_tip_again_tells_nothing() -> None:
    rooms = Rooms()
    seat = rooms.sit("u", "s1")
    rooms.turn(seat, A)
    seat.wake.clear()
    rooms.turn(seat, A)
    assert not seat.wake.is_set()
