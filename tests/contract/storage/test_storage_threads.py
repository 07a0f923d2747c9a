"""A thread grows by who saw its whole length; the receipt's lookup id is the only way in from outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import threads, tips
from storage.repositories.threads import Addition, StoredGrant, StoredMailbox
from storage.repositories.tips import NewTip, Reader, StoredBlob

READER = Reader("p1", "s1")


@pytest.fixture
async def tip(database: Database, new_tip: Callable[..., NewTip]) -> NewTip:
    new = new_tip()
    await database.run(lambda c: tips.file(c, new))
    return new


async def test_a_thread_is_its_entries_in_order_for_its_unit_alone(database: Database, tip: NewTip):
    assert await database.read(lambda c: threads.thread(c, "p1", tip.id)) == (b"opening", b"part")
    assert await database.read(lambda c: threads.thread(c, "p2", tip.id)) is None


async def test_several_threads_are_theirs_whole_and_another_units_none(database: Database, tip: NewTip):
    found = await database.read(lambda c: threads.several(c, "p1", [tip.id, b"?" * 16]))
    assert found == {tip.id: tuple(tip.entries)}
    assert await database.read(lambda c: threads.several(c, "p2", [tip.id])) == {}


async def test_grants_tell_who_has_read(database: Database, tip: NewTip):
    await database.run(lambda c: tips.mark_opened(c, READER, tip.id, entries=2))
    readers = await database.read(lambda c: threads.grants_of(c, "p1", tip.id))
    assert readers == (StoredGrant("recovery", b"for recovery", False), StoredGrant("s1", b"for s1", True))
    assert await database.read(lambda c: threads.grants_of(c, "p2", tip.id)) == ()


async def test_a_reporters_addition_is_news_until_it_is_loaded(database: Database, tip: NewTip):
    addition = Addition(2, [b"more", b"photo"], [StoredBlob("added", 131072)], news=True)
    assert await database.run(lambda c: threads.append(c, "p1", tip.id, addition)) == 4
    assert await database.read(lambda c: threads.thread(c, "p1", tip.id)) == (b"opening", b"part", b"more", b"photo")
    facts = await database.read(lambda c: tips.find(c, "p1", tip.id))
    assert (facts.entries, facts.news) == (4, True)
    await database.run(lambda c: tips.mark_opened(c, READER, tip.id, entries=4))
    assert not (await database.read(lambda c: tips.find(c, "p1", tip.id))).news


async def test_an_officers_addition_is_no_news_and_wipes_none(database: Database, tip: NewTip):
    await database.run(lambda c: threads.append(c, "p1", tip.id, Addition(2, [b"more"], news=True)))
    await database.run(lambda c: threads.append(c, "p1", tip.id, Addition(3, [b"question"])))
    assert (await database.read(lambda c: tips.find(c, "p1", tip.id))).news


@pytest.mark.parametrize(("unit", "seq"), [("p1", 1), ("p1", 3), ("p2", 2)])
async def test_an_addition_to_another_length_or_unit_is_a_conflict(
    database: Database, tip: NewTip, unit: str, seq: int
):
    with pytest.raises(Conflict):
        await database.run(lambda c: threads.append(c, unit, tip.id, Addition(seq, [b"late"])))
    assert await database.read(lambda c: threads.thread(c, "p1", tip.id)) == (b"opening", b"part")


async def test_a_lookup_id_leads_to_the_whole_thread(database: Database, tip: NewTip):
    thread = (b"opening", b"part")
    mailbox = StoredMailbox(tip.id, "p1", b"for the reporter", thread, tip.received, "p1", frozenset({"p1"}))
    assert await database.read(lambda c: threads.mailbox(c, tip.lookup)) == mailbox
    assert await database.read(lambda c: threads.mailbox(c, b"?" * 32)) is None


async def test_an_attachment_is_given_to_its_unit_alone(database: Database, tip: NewTip):
    assert await database.read(lambda c: threads.blob_size(c, "p1", tip.blobs[0].name)) == 65536
    assert await database.read(lambda c: threads.blob_size(c, "p2", tip.blobs[0].name)) is None
    assert await database.read(lambda c: threads.blob_size(c, "p1", "unknown")) is None
