"""A unit's chain grows by one record at a time, whoever races; notes wait until they are taken once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import audit
from storage.repositories.audit import StoredRecord, Waiting


def record(n: int, unit: str = "p1", signer: str | None = None) -> StoredRecord:
    return StoredRecord(unit, n, signer, f"{unit}/{n}".encode())


async def grown(database: Database, *records: StoredRecord) -> None:
    for one in records:
        await database.run(lambda c, one=one: audit.append(c, one))


async def test_each_unit_counts_for_itself(database: Database):
    await grown(database, record(1), record(2), record(1, "p2"))
    assert await database.read(lambda c: audit.every(c, "p1")) == (b"p1/1", b"p1/2")
    assert await database.read(lambda c: audit.every(c, "p2")) == (b"p2/1",)
    assert await database.read(lambda c: audit.last(c, "p1")) == record(2)
    assert await database.read(lambda c: audit.last(c, "p3")) is None


@pytest.mark.parametrize("n", [0, 1, 2, 4])
async def test_no_number_is_left_out_or_taken_twice(database: Database, n: int):
    await grown(database, record(1), record(2))
    with pytest.raises(Conflict):
        await grown(database, record(n))
    assert await database.read(lambda c: audit.every(c, "p1")) == (b"p1/1", b"p1/2")


async def test_of_many_at_once_one_is_next(database: Database):
    tried = await asyncio.gather(*(grown(database, record(1)) for _ in range(8)), return_exceptions=True)
    assert [type(one) for one in tried if one is not None] == [Conflict] * 7
    assert await database.read(lambda c: audit.every(c, "p1")) == (b"p1/1",)


async def test_an_officers_last_own_act(database: Database):
    await grown(database, record(1, signer="s1"), record(2, signer="s2"), record(3, signer="s1"), record(4))
    assert await database.read(lambda c: audit.last_of(c, "p1", "s1")) == record(3, signer="s1")
    assert await database.read(lambda c: audit.last_of(c, "p1", "s2")) == record(2, signer="s2")
    assert await database.read(lambda c: audit.last_of(c, "p2", "s1")) is None


async def test_pages(database: Database):
    await grown(database, *(record(n) for n in range(1, 12)))
    assert await database.read(lambda c: audit.page(c, "p1", 9, 2)) == (b"p1/9", b"p1/10")
    assert await database.read(lambda c: audit.page(c, "p1", 11, 5)) == (b"p1/11",)
    assert await database.read(lambda c: audit.page(c, "p1", 12, 5)) == ()


async def test_a_note_is_taken_once(database: Database):
    notes = [Waiting(bytes([n]) * 16, "p1" if n < 3 else "p2", b"note") for n in (2, 1, 3)]
    await database.run(lambda c: audit.leave(c, notes))
    await database.run(lambda c: audit.leave(c, []))
    assert [one.id[0] for one in await database.read(lambda c: audit.waiting(c, "p1"))] == [1, 2]
    assert [await database.run(lambda c: audit.done(c, notes[0].id)) for _ in range(2)] == [True, False]
    assert [one.id[0] for one in await database.read(lambda c: audit.waiting(c, "p1"))] == [1]


async def test_nothing_but_the_number_orders_it(database: Database):
    def indexed(connection: Connection) -> list[list[str | None]]:
        return [index["column_names"] for index in inspect(connection).get_indexes("audit")]

    assert await database.read(indexed) == []
