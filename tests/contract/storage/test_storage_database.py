"""One work, one transaction, whatever lies below."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection

from storage.database import Database, open_database
from storage.errors import Conflict, Full, StorageError
from storage.repositories import inbox, settings

KEY = b"k" * 32


def _put(value: bytes):
    def work(connection: Connection) -> bytes:
        settings.put(connection, "v", value)
        return value

    return work


def _get(connection: Connection) -> bytes | None:
    return settings.get(connection, "v")


async def test_a_work_returns_its_result_and_is_kept(database: Database):
    assert await database.run(_put(b"1")) == b"1"
    assert await database.read(_get) == b"1"


async def test_a_raising_work_leaves_nothing_and_its_own_exception_comes_out(database: Database):
    def work(connection: Connection) -> None:
        settings.put(connection, "v", b"1")
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        await database.run(work)
    assert await database.read(_get) is None
    assert await database.run(_put(b"2")) == b"2"


async def test_one_raising_work_does_not_lose_its_neighbours(database: Database):
    def add(n: int):
        def work(connection: Connection) -> int:
            if n == 7:
                raise LookupError
            inbox.add(connection, n.to_bytes(32, "big"), 1)
            return n

        return work

    results = await asyncio.gather(*(database.run(add(n)) for n in range(20)), return_exceptions=True)
    assert [r for r in results if isinstance(r, int)] == [n for n in range(20) if n != 7]
    assert isinstance(results[7], LookupError)
    for n in range(20):
        seen = await database.read(lambda c, n=n: inbox.seen(c, [n.to_bytes(32, "big")]))
        assert seen == (n != 7)


async def test_a_taken_key_is_a_conflict_that_names_nothing(database: Database):
    await database.run(lambda c: inbox.add(c, KEY, 1))
    with pytest.raises(Conflict) as caught:
        await database.run(lambda c: inbox.add(c, KEY, 1))
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    assert "kkkk" not in repr(caught.value)
    assert KEY.hex() not in repr(caught.value)


async def test_a_check_that_fails_is_refused(database: Database):
    def work(connection: Connection) -> None:
        connection.exec_driver_sql(
            "INSERT INTO notices (id, unit_id, tip, kind, due) VALUES ('\\x00', 'u', '\\x00', 'other', 0)"
        )

    with pytest.raises(StorageError) as caught:
        await database.run(work)
    assert type(caught.value) is StorageError


async def test_reading_cannot_write(database: Database):
    with pytest.raises(Full):
        await database.read(_put(b"1"))
    assert await database.read(_get) is None
    await database.run(_put(b"2"))
    assert await database.read(_get) == b"2"


async def test_a_cancelled_caller_does_not_stop_the_others(database: Database):
    impatient = asyncio.ensure_future(database.run(_put(b"1")))
    await asyncio.sleep(0)
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    assert await database.run(_put(b"2")) == b"2"
    assert await database.read(_get) == b"2"


async def test_checkpoint_leaves_rows_readable(database: Database):
    await database.run(_put(b"1"))
    assert await database.checkpoint()
    assert await database.read(_get) == b"1"


@pytest.mark.parametrize("url", ["mysql://host/x", "postgresql://host/x", "sqlite+aiosqlite://"])
def test_other_databases_are_refused(url: str):
    with pytest.raises(ValueError, match="must begin with"):
        open_database(url)
