"""Draft parts come back in the order asked for; removing them names the blobs left behind."""

from __future__ import annotations

from storage.database import Database
from storage.repositories import drafts
from storage.repositories.drafts import DraftPart

ONE, TWO = b"1" * 16, b"2" * 16
TEXT = DraftPart(b"a" * 16, ONE, 1, "text", None, b"sealed a")
PHOTO = DraftPart(b"b" * 16, ONE, 1, "photo", "blob-b", b"sealed b")
OTHER = DraftPart(b"c" * 16, TWO, 2, "photo", "blob-c", b"sealed c")


async def _store(database: Database) -> None:
    await database.run(lambda c: [drafts.add(c, part) for part in (TEXT, PHOTO, OTHER)])


async def _left(database: Database) -> set[DraftPart]:
    return set(await database.read(lambda c: drafts.by_ids(c, [TEXT.id, PHOTO.id, OTHER.id])))


async def test_parts_come_back_whole_and_in_the_order_asked_for(database: Database):
    await _store(database)
    wanted = [PHOTO.id, b"unknown id 12345", TEXT.id]
    assert await database.read(lambda c: drafts.by_ids(c, wanted)) == (PHOTO, TEXT)


async def test_removing_parts_names_their_blobs(database: Database):
    await _store(database)
    assert await database.run(lambda c: drafts.remove(c, [TEXT.id])) == ()
    assert await database.run(lambda c: drafts.remove(c, [PHOTO.id])) == ("blob-b",)
    assert await _left(database) == {OTHER}


async def test_removing_a_draft_spares_the_others(database: Database):
    await _store(database)
    assert await database.run(lambda c: drafts.remove_draft(c, ONE)) == ("blob-b",)
    assert await _left(database) == {OTHER}


async def test_no_parts_asked_for_is_no_parts(database: Database):
    await _store(database)
    assert await database.read(lambda c: drafts.by_ids(c, [])) == ()
    assert await database.run(lambda c: drafts.remove(c, [])) == ()
