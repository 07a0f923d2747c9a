"""What lasts is copied row by row, whichever database it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage import copies
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import settings, tips
from storage.repositories.tips import NewTip


async def test_rows_come_out_as_they_went_in(database: Database, new_tip: Callable[..., NewTip]):
    await database.run(lambda c: [tips.file(c, new_tip()) for _ in range(copies.BATCH + 5)])
    before = {name: await database.read(lambda c, n=name: list(copies.dump(c, n))) for name in copies.DURABLE}
    assert len(before["tips"]) == copies.BATCH + 5
    assert [row["id"] for row in before["tips"]] == sorted(row["id"] for row in before["tips"])
    await database.run(copies.clear)
    assert await database.read(copies.is_empty)
    await database.run(lambda c: [copies.load(c, name, rows) for name, rows in before.items()])
    after = {name: await database.read(lambda c, n=name: list(copies.dump(c, n))) for name in copies.DURABLE}
    assert after == before


async def test_a_single_row_is_not_empty(database: Database):
    assert await database.read(copies.is_empty)
    await database.run(lambda c: settings.put(c, "one", b"value"))
    assert not await database.read(copies.is_empty)


async def test_what_does_not_last_is_never_copied(database: Database):
    for table in ("outbox", "alembic_version", "nowhere"):
        with pytest.raises(StorageError):
            await database.read(lambda c, t=table: list(copies.dump(c, t)))
        with pytest.raises(StorageError):
            await database.run(lambda c, t=table: copies.load(c, t, []))
