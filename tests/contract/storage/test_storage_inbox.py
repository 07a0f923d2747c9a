"""A message handled once is known under every living replay key."""

from __future__ import annotations

from storage.database import Database
from storage.repositories import inbox

NEW, OLD = b"n" * 32, b"o" * 32


async def test_a_message_is_known_after_it_was_handled(database: Database):
    assert not await database.read(lambda c: inbox.seen(c, [NEW, OLD]))
    await database.run(lambda c: inbox.add(c, OLD, 1))
    assert await database.read(lambda c: inbox.seen(c, [NEW, OLD]))
    assert not await database.read(lambda c: inbox.seen(c, [NEW]))
