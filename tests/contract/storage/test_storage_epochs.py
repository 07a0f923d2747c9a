"""When an epoch's key goes, every row goes that only it could open."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from storage.database import Database
from storage.repositories import conversations, drafts, epochs, inbox, outbox, traces
from storage.repositories.drafts import DraftPart
from storage.repositories.outbox import Outgoing
from storage.repositories.traces import Trace
from storage.tables import conversations as chats
from storage.tables import draft_parts
from storage.tables import inbox as seen
from storage.tables import outbox as queue
from storage.tables import traces as standing


def _live(connection: Connection, epoch: int) -> None:
    key = bytes([epoch]) * 32
    conversations.save(connection, key, epoch, b"state")
    drafts.add(connection, DraftPart(key[:16], key[:16], epoch, "photo", f"blob{epoch}", b"x"))
    inbox.add(connection, key, epoch)
    outbox.add(connection, [Outgoing(key, 1, epoch, "web", b"x", 0)])
    traces.add(connection, [Trace(key[:16], key, epoch, b"x")])


def _epochs(connection: Connection) -> list[set[int]]:
    return [set(connection.execute(select(t.c.epoch)).scalars()) for t in (chats, draft_parts, seen, queue, standing)]


async def test_a_purge_spares_living_epochs_alone(database: Database):
    """Numbers below a living one are not all dead by that: after keys were lost any may be left over."""
    await database.run(lambda c: [_live(c, epoch) for epoch in (1, 2, 3, 4)])
    media = await database.run(lambda c: epochs.purge_epochs(c, (4, 2)))
    assert set(media) == {"blob1", "blob3"}
    assert await database.read(_epochs) == [{2, 4}] * 5


async def test_rows_of_a_key_made_this_moment_are_spared(database: Database):
    await database.run(lambda c: [_live(c, epoch) for epoch in (1, 2, 3)])
    assert await database.run(lambda c: epochs.purge_epochs(c, (2,))) == ("blob1",)
    assert await database.read(_epochs) == [{2, 3}] * 5


async def test_purging_again_finds_nothing(database: Database):
    await database.run(lambda c: _live(c, 3))
    assert await database.run(lambda c: epochs.purge_epochs(c, (3,))) == ()
    assert await database.read(lambda c: c.execute(select(func.count()).select_from(queue)).scalar()) == 1
