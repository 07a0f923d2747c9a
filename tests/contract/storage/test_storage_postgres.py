"""What only several connections can show: lost races, locks, a silent server log, a server that went away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence

import asyncpg
import postgres_server
import pytest
from postgres_server import until_one_waits
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import open_database
from storage.errors import Busy, Conflict
from storage.postgres import QUIET, PostgresDatabase, loud_settings, postgres_engine
from storage.repositories import conversations, inbox, outbox, threads, tips, units
from storage.repositories.outbox import Outgoing
from storage.repositories.threads import Addition
from storage.repositories.tips import NewTip
from storage.repositories.units import Unit

pytestmark = pytest.mark.postgres
KEY = b"canary canary canary canary 1234"


@pytest.fixture
async def database(postgres_url: str) -> AsyncIterator[PostgresDatabase]:
    opened = open_database(postgres_url)
    assert isinstance(opened, PostgresDatabase)
    yield opened
    await opened.close()


@pytest.fixture
async def rival(postgres_url: str) -> AsyncIterator[AsyncConnection]:
    """Another process in the middle of a transaction."""
    engine = postgres_engine(postgres_url)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


async def test_two_workers_never_get_the_same_message(database: PostgresDatabase, rival: AsyncConnection):
    lanes = [bytes([lane]) * 32 for lane in range(10)]
    await database.run(lambda c: outbox.add(c, [Outgoing(a, n, 1, "telegram", b"x", 0) for a in lanes for n in (1, 2)]))
    theirs = await rival.run_sync(lambda c: outbox.claim(c, "telegram", 9, limit=4, lease=30))
    async with asyncio.timeout(10):
        ours = await database.run(lambda c: outbox.claim(c, "telegram", 9, limit=20, lease=30))
    await rival.commit()
    assert (len(theirs), len(ours)) == (4, 6)
    assert {(m.lane, m.n) for m in (*theirs, *ours)} == {(lane, 1) for lane in lanes}


async def test_many_workers_send_every_lane_in_order(database: PostgresDatabase):
    lanes = [bytes([lane]) * 32 for lane in range(5)]
    await database.run(
        lambda c: outbox.add(c, [Outgoing(a, n, 1, "telegram", b"x", 0) for a in lanes for n in range(4)])
    )
    sent: list[tuple[bytes, int]] = []

    async def worker() -> None:
        while (await database.read(outbox.backlog)).waiting:
            for m in await database.run(lambda c: outbox.claim(c, "telegram", 9, limit=2, lease=30)):
                sent.append((m.lane, m.n))
                await database.run(lambda c, m=m: outbox.done(c, m.lane, m.n))

    await asyncio.gather(*(worker() for _ in range(4)))
    assert len(sent) == 20
    for lane in lanes:
        assert [n for sender, n in sent if sender == lane] == [0, 1, 2, 3]


async def test_two_additions_at_one_place_are_one_conflict(
    database: PostgresDatabase, rival: AsyncConnection, new_tip: Callable[..., NewTip]
):
    tip = new_tip()
    await database.run(lambda c: tips.file(c, tip))
    await rival.run_sync(lambda c: threads.append(c, "p1", tip.id, Addition(2, [b"theirs"])))
    ours = asyncio.ensure_future(database.run(lambda c: threads.append(c, "p1", tip.id, Addition(2, [b"ours"]))))
    await until_one_waits(database)
    await rival.commit()
    with pytest.raises(Conflict):
        await ours
    assert await database.read(lambda c: threads.thread(c, "p1", tip.id)) == (b"opening", b"part", b"theirs")


def _merge(connection: Connection) -> list[str]:
    units.hold_alone(connection, ["p1"])
    units.put_unit(connection, Unit("p1", "x", "x", None, 0, 9, "p2"))
    tips.move(connection, ["p1"], "p2")
    return list(tips.left_behind(connection))


async def test_a_merger_waits_for_who_files_and_takes_the_tip_along(
    database: PostgresDatabase, rival: AsyncConnection, new_tip: Callable[..., NewTip]
):
    tip = new_tip()
    await database.run(lambda c: units.put_unit(c, Unit("p1", "x", "x", None, 0)))
    assert await rival.run_sync(lambda c: (tips.file(c, tip), units.hold(c, "p1"))[1]) is None
    merger = asyncio.create_task(database.run(_merge))
    await until_one_waits(database)
    await rival.commit()
    assert await merger == []
    assert await database.read(lambda c: tips.find(c, "p2", tip.id)) is not None


async def test_who_files_waits_for_a_merger_and_is_told_what_comes_after(
    database: PostgresDatabase, rival: AsyncConnection
):
    await database.run(lambda c: units.put_unit(c, Unit("p1", "x", "x", None, 0)))
    await rival.run_sync(_merge)
    filing = asyncio.create_task(database.run(lambda c: units.hold(c, "p1")))
    await until_one_waits(database)
    await rival.commit()
    assert await filing == "p2"


async def test_who_files_waits_for_nobody_who_files(database: PostgresDatabase, rival: AsyncConnection):
    await database.run(lambda c: units.put_unit(c, Unit("p1", "x", "x", None, 0)))
    await rival.run_sync(lambda c: units.hold(c, "p1"))
    async with asyncio.timeout(10):
        assert await database.run(lambda c: units.hold(c, "p1")) is None


async def test_a_conversation_read_to_be_changed_waits_for_its_turn(database: PostgresDatabase, rival: AsyncConnection):
    await database.run(lambda c: conversations.save(c, KEY, 1, b"first"))
    await rival.run_sync(lambda c: conversations.find(c, [KEY]))
    ours = asyncio.ensure_future(database.run(lambda c: conversations.find(c, [KEY])))
    await until_one_waits(database)
    await rival.run_sync(lambda c: conversations.save(c, KEY, 1, b"second", old=KEY))
    await rival.commit()
    assert (await ours).blob == b"second"


def _note(connection: Connection, keys: Sequence[bytes], words: bytes) -> None:
    """What an intake process does: the chat found under any of `keys`, with these words more, under the first."""
    found = conversations.find(connection, keys)
    said = (found.blob if found else b"") + words
    conversations.save(connection, keys[0], 1, said, old=found.key if found else None)


async def test_two_first_messages_of_a_chat_follow_one_another(database: PostgresDatabase, rival: AsyncConnection):
    await rival.run_sync(lambda c: _note(c, [KEY], b"theirs "))
    ours = asyncio.ensure_future(database.run(lambda c: _note(c, [KEY], b"ours ")))
    await until_one_waits(database)
    await rival.commit()
    await ours
    assert (await database.run(lambda c: conversations.find(c, [KEY]))).blob == b"theirs ours "


async def test_a_chat_first_seen_by_two_processes_loses_no_word(database: PostgresDatabase, rival: AsyncConnection):
    assert await rival.run_sync(lambda c: conversations.find(c, [KEY])) is None
    await database.run(lambda c: _note(c, [KEY], b"theirs "))
    with pytest.raises(IntegrityError):
        await rival.run_sync(lambda c: conversations.save(c, KEY, 1, b"ours "))
    await rival.rollback()
    assert (await database.run(lambda c: conversations.find(c, [KEY]))).blob == b"theirs "


async def test_who_waits_for_a_chat_finds_it_under_its_new_key(database: PostgresDatabase, rival: AsyncConnection):
    keys = [b"n" * 32, KEY]
    await database.run(lambda c: conversations.save(c, KEY, 1, b"before "))
    await rival.run_sync(lambda c: _note(c, keys, b"theirs "))
    ours = asyncio.ensure_future(database.run(lambda c: _note(c, keys, b"ours ")))
    await until_one_waits(database)
    await rival.commit()
    await ours
    assert await database.run(lambda c: conversations.find(c, [KEY])) is None
    assert (await database.run(lambda c: conversations.find(c, keys))).blob == b"before theirs ours "


async def test_the_same_message_twice_at_once_is_handled_once(database: PostgresDatabase):
    def handle(connection) -> bool:
        if inbox.seen(connection, [KEY]):
            return False
        inbox.add(connection, KEY, 1)
        return True

    assert sum(await asyncio.gather(*(database.run(handle) for _ in range(8)))) == 1


async def test_a_race_lost_again_and_again_comes_out(database: PostgresDatabase):
    await database.run(lambda c: inbox.add(c, KEY, 1))
    tries: list[int] = []
    with pytest.raises(Conflict) as caught:
        await database.run(lambda c: (tries.append(1), inbox.add(c, KEY, 1)))
    assert len(tries) == 4
    assert caught.value.__context__ is None


async def test_a_server_that_dropped_us_costs_a_try_and_no_work(database: PostgresDatabase, rival: AsyncConnection):
    await database.run(lambda c: inbox.seen(c, [KEY]))
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> {}"
    await rival.execute(text(others.format("pg_backend_pid()")))
    await database.run(lambda c: inbox.add(c, KEY, 1))
    assert await database.read(lambda c: inbox.seen(c, [KEY]))


async def test_a_server_that_is_not_there_is_busy():
    nowhere = PostgresDatabase("postgresql+asyncpg://x@/x?host=/nonexistent")
    with pytest.raises(Busy) as caught:
        await nowhere.run(lambda c: None)
    assert caught.value.__context__ is None
    with pytest.raises(Busy):
        await nowhere.read(lambda c: None)
    await nowhere.close()


async def test_the_servers_log_has_nothing_of_ours(database: PostgresDatabase, postgres_url: str):
    log = postgres_server.shared_server().log
    start = log.stat().st_size
    await database.run(lambda c: inbox.add(c, KEY, 1))
    with pytest.raises(Conflict):
        await database.run(lambda c: inbox.add(c, KEY, 1))
    written = log.read_bytes()[start:]
    for trace in (KEY, KEY.hex().encode(), b"INSERT INTO inbox", b"Key (key)"):
        assert trace not in written
    await _loudly(postgres_url)
    assert KEY.hex().encode() in log.read_bytes()[start:]


async def _loudly(url: str) -> None:
    """The same without our settings, to prove that the log would have had it."""
    address = make_url(url)
    connection = await asyncpg.connect(
        host=str(address.query["host"]), user=address.username, database=address.database
    )
    with pytest.raises(asyncpg.UniqueViolationError):
        await connection.execute("INSERT INTO inbox (key, epoch) VALUES ($1, 1)", KEY)
    await connection.close()


async def test_our_connections_are_quiet(database: PostgresDatabase):
    assert await database.read(loud_settings) == ()


async def test_without_a_server_there_is_no_log():
    twin = open_database("sqlite://")
    assert await twin.read(loud_settings) == ()
    await twin.close()


async def test_a_role_without_rights_works_and_says_what_is_loud(postgres_url: str):
    server = postgres_server.shared_server()
    database = open_database(server.url(str(make_url(postgres_url).database), postgres_server.ORDINARY))
    loud = await database.read(loud_settings)
    await database.close()
    assert {"log_statement", "log_min_error_statement", "log_error_verbosity"} <= set(loud) < set(QUIET)


async def test_a_role_quietened_by_its_owner_is_quiet(postgres_url: str):
    server = postgres_server.shared_server()
    server.execute(*(f"ALTER ROLE {postgres_server.ORDINARY} SET {name} TO '{value}'" for name, value in QUIET.items()))
    database = open_database(server.url(str(make_url(postgres_url).database), postgres_server.ORDINARY))
    loud = await database.read(loud_settings)
    await database.close()
    server.execute(f"ALTER ROLE {postgres_server.ORDINARY} RESET ALL")
    assert loud == ()
