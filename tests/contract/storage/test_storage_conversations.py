"""Conversations are found under any living epoch, newest first, and written under the newest."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import conversations
from storage.repositories.conversations import StoredConversation

NEW, OLD = b"n" * 32, b"o" * 32


async def test_nothing_is_found_where_nothing_was_saved(database: Database):
    assert await database.run(lambda c: conversations.find(c, [NEW, OLD])) is None


async def test_saving_in_its_place_keeps_the_last(database: Database):
    await database.run(lambda c: conversations.save(c, NEW, 2, b"first"))
    await database.run(lambda c: conversations.save(c, NEW, 2, b"second", old=NEW))
    found = await database.run(lambda c: conversations.find(c, [NEW]))
    assert found == StoredConversation(NEW, 2, b"second")


async def test_a_chat_that_is_new_here_and_known_there_is_a_conflict(database: Database):
    await database.run(lambda c: conversations.save(c, NEW, 2, b"theirs"))
    with pytest.raises(Conflict):
        await database.run(lambda c: conversations.save(c, NEW, 2, b"ours"))
    assert await database.run(lambda c: conversations.find(c, [NEW])) == StoredConversation(NEW, 2, b"theirs")


async def test_a_chat_that_is_gone_meanwhile_is_a_conflict(database: Database):
    with pytest.raises(Conflict):
        await database.run(lambda c: conversations.save(c, NEW, 2, b"ours", old=OLD))


async def test_the_newest_epoch_wins(database: Database):
    await database.run(lambda c: conversations.save(c, OLD, 1, b"old"))
    await database.run(lambda c: conversations.save(c, NEW, 2, b"new"))
    found = await database.run(lambda c: conversations.find(c, [NEW, OLD]))
    assert found == StoredConversation(NEW, 2, b"new")


async def test_moving_leaves_nothing_under_the_old_key(database: Database):
    await database.run(lambda c: conversations.save(c, OLD, 1, b"old"))
    await database.run(lambda c: conversations.save(c, NEW, 2, b"moved", old=OLD))
    assert await database.run(lambda c: conversations.find(c, [OLD])) is None
    assert await database.run(lambda c: conversations.find(c, [NEW, OLD])) == StoredConversation(NEW, 2, b"moved")


async def test_removing_forgets_every_key(database: Database):
    await database.run(lambda c: conversations.save(c, OLD, 1, b"old"))
    await database.run(lambda c: conversations.save(c, NEW, 2, b"new"))
    await database.run(lambda c: conversations.remove(c, [NEW, OLD]))
    assert await database.run(lambda c: conversations.find(c, [NEW, OLD])) is None


async def test_every_conversation_can_be_walked_through(database: Database):
    made = [StoredConversation(bytes([n]) * 32, n, b"state") for n in (3, 1, 2)]
    for each in made:
        await database.run(lambda c, each=each: conversations.save(c, each.key, each.epoch, each.blob))
    first = await database.read(lambda c: conversations.batch(c, b"", 2))
    rest = await database.read(lambda c: conversations.batch(c, first[-1].key, 2))
    assert (*first, *rest) == tuple(sorted(made, key=lambda each: each.key))
    assert await database.read(lambda c: conversations.batch(c, rest[-1].key, 2)) == ()
