"""Reply addresses, kept buttons, subscriptions and news, wherever the rows lie."""

from __future__ import annotations

from storage.database import Database
from storage.repositories import kept, news, replies, subscriptions
from storage.repositories.kept import StoredButton
from storage.repositories.news import News
from storage.repositories.replies import StoredAddress
from storage.repositories.subscriptions import StoredSubscription

A, B, C = b"a" * 16, b"b" * 16, b"c" * 16
KEY, OTHER = b"k" * 32, b"o" * 32


async def test_addresses_are_walked_in_pieces(database: Database):
    for name in (C, A, B):
        await database.run(lambda c, name=name: replies.add(c, StoredAddress(name, b"")))
    first = await database.read(lambda c: replies.batch(c, b"", 2))
    assert [row.id for row in first] == [A, B]
    assert [row.id for row in await database.read(lambda c: replies.batch(c, first[-1].id, 2))] == [C]
    assert await database.read(replies.every_id) == {A, B, C}


async def test_erased_addresses_are_gone(database: Database):
    await database.run(lambda c: replies.add(c, StoredAddress(A, b"")))
    assert await database.read(lambda c: replies.any_of(c, [B, A]))
    await database.run(lambda c: replies.remove(c, [A, B]))
    assert not await database.read(lambda c: replies.any_of(c, [B, A]))


async def test_addresses_are_read_by_their_names(database: Database):
    for name in (A, B):
        await database.run(lambda c, name=name: replies.add(c, StoredAddress(name, name)))
    assert await database.read(lambda c: replies.by_ids(c, [B, C])) == (StoredAddress(B, B),)
    assert await database.read(lambda c: replies.by_ids(c, [])) == ()


async def test_a_button_is_found_by_its_digest_alone(database: Database):
    row = StoredButton(KEY, b"access", b"address")
    assert await database.run(lambda c: kept.add(c, row))
    assert not await database.run(lambda c: kept.add(c, row))
    assert await database.read(lambda c: kept.find(c, KEY)) == row
    assert await database.read(lambda c: kept.find(c, OTHER)) is None
    assert await database.read(lambda c: kept.batch(c, b"", 10)) == (row,)
    await database.run(lambda c: kept.remove(c, [KEY]))
    assert await database.read(kept.every_key) == frozenset()


async def test_a_subscription_made_again_keeps_its_id(database: Database):
    await database.run(lambda c: subscriptions.put(c, StoredSubscription(KEY, A, b"vi")))
    await database.run(lambda c: subscriptions.put(c, StoredSubscription(KEY, B, b"en")))
    assert await database.read(lambda c: subscriptions.find(c, KEY)) == StoredSubscription(KEY, A, b"en")


async def test_subscriptions_go_by_their_random_ids(database: Database):
    await database.run(lambda c: subscriptions.put(c, StoredSubscription(KEY, A, b"")))
    await database.run(lambda c: subscriptions.put(c, StoredSubscription(OTHER, B, b"")))
    assert await database.run(lambda c: subscriptions.drop_ids(c, [A, C])) == 1
    assert [row.key for row in await database.read(lambda c: subscriptions.batch(c, b"", 10))] == [OTHER]


async def test_news_are_told_from_their_moment_on(database: Database):
    for row in (News(A, C, 200), News(B, C, 100)):
        await database.run(lambda c, row=row: news.add(c, row))
    assert [row.id for row in await database.read(lambda c: news.due(c, 100))] == [B]
    assert [row.id for row in await database.read(lambda c: news.due(c, 200))] == [B, A]
    await database.run(lambda c: news.remove(c, [B]))
    assert await database.read(lambda c: news.due(c, 200)) == (News(A, C, 200),)
