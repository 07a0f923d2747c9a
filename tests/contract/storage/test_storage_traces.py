"""What stands in a chat is found by its lanes and goes row by row."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import traces
from storage.repositories.traces import CHUNK, Trace

A, B, C = b"a" * 32, b"b" * 32, b"c" * 32


def trace(number: int, lane: bytes = A) -> Trace:
    return Trace(number.to_bytes(16, "big"), lane, 1, b"sealed %d" % number)


async def _of(database: Database, *lanes: bytes) -> set[Trace]:
    return set(await database.read(lambda c: traces.of_lanes(c, lanes)))


async def test_they_are_found_by_lane(database: Database):
    await database.run(lambda c: traces.add(c, [trace(1), trace(2, B), trace(3, C)]))
    assert await _of(database, A, B) == {trace(1), trace(2, B)}
    assert await _of(database) == set()


async def test_nothing_to_remember_is_no_statement(database: Database):
    await database.run(lambda c: traces.add(c, []))
    assert await _of(database, A) == set()


async def test_each_goes_alone_however_many(database: Database):
    many = [trace(number) for number in range(CHUNK + 2)]
    await database.run(lambda c: traces.add(c, many))
    await database.run(lambda c: traces.remove(c, [one.id for one in many[1:]]))
    assert await _of(database, A) == {many[0]}
    await database.run(lambda c: traces.remove(c, [many[1].id]))


async def test_a_lane_goes_whole(database: Database):
    await database.run(lambda c: traces.add(c, [trace(1), trace(2, B), trace(3, C)]))
    await database.run(lambda c: traces.remove_lanes(c, [A, B]))
    assert await _of(database, A, B, C) == {trace(3, C)}


async def test_an_id_is_there_once(database: Database):
    await database.run(lambda c: traces.add(c, [trace(1)]))
    with pytest.raises(Conflict):
        await database.run(lambda c: traces.add(c, [trace(1, B)]))
