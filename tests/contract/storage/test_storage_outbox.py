"""Messages leave a lane one at a time and in order; nothing is lost when a worker dies."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import outbox
from storage.repositories.outbox import Backlog, Outgoing

A, B = b"a" * 32, b"b" * 32


def message(lane: bytes, n: int, due: int = 0, driver: outbox.Driver = "telegram") -> Outgoing:
    return Outgoing(lane, n, 1, driver, b"sealed %d" % n, due)


async def _add(database: Database, *messages: Outgoing) -> None:
    await database.run(lambda c: outbox.add(c, messages))


async def _claim(database: Database, now: int = 10, limit: int = 10) -> list[tuple[bytes, int]]:
    claimed = await database.run(lambda c: outbox.claim(c, "telegram", now, limit=limit, lease=30))
    return [(m.lane[:1], m.n) for m in claimed]


async def test_only_the_first_of_each_lane_is_given_out(database: Database):
    await _add(database, message(A, 1), message(A, 2), message(B, 4), message(B, 5))
    assert sorted(await _claim(database)) == [(b"a", 1), (b"b", 4)]
    assert await _claim(database) == []


async def test_the_next_follows_when_the_first_is_done(database: Database):
    await _add(database, message(A, 1), message(A, 2))
    await _claim(database)
    await database.run(lambda c: outbox.done(c, A, 1))
    assert await _claim(database) == [(b"a", 2)]


async def test_a_message_to_be_retried_holds_its_lane(database: Database):
    await _add(database, message(A, 1), message(A, 2))
    await _claim(database)
    await database.run(lambda c: outbox.retry(c, A, 1, due=50, attempts=1))
    assert await _claim(database, now=49) == []
    (again,) = await database.run(lambda c: outbox.claim(c, "telegram", 50, limit=10, lease=30))
    assert (again.n, again.attempts, again.due) == (1, 1, 50)


async def test_a_message_given_up_frees_its_lane(database: Database):
    await _add(database, message(A, 1), message(A, 2))
    await _claim(database)
    await database.run(lambda c: outbox.fail(c, A, 1))
    assert await _claim(database) == [(b"a", 2)]


async def test_a_lanes_last_place_is_known_whatever_became_of_the_message(database: Database):
    assert await database.run(lambda c: outbox.last(c, [A])) == 0
    await _add(database, message(A, 1), message(A, 7), message(B, 9))
    await database.run(lambda c: outbox.fail(c, A, 7))
    assert await database.run(lambda c: outbox.last(c, [A])) == 7


async def test_a_lease_that_ran_out_is_given_out_again(database: Database):
    await _add(database, message(A, 1))
    assert await _claim(database, now=10) == [(b"a", 1)]
    assert await _claim(database, now=39) == []
    assert await _claim(database, now=40) == [(b"a", 1)]


async def test_nothing_leaves_before_it_is_due_or_by_another_driver(database: Database):
    await _add(database, message(A, 1, due=11), message(B, 1, driver="web"))
    assert await _claim(database, now=10) == []
    assert await _claim(database, now=11) == [(b"a", 1)]


async def test_the_limit_takes_the_longest_waiting(database: Database):
    await _add(database, message(A, 1, due=5), message(B, 1, due=3))
    assert await _claim(database, limit=1) == [(b"b", 1)]


async def test_a_page_is_shown_every_waiting_message_in_order(database: Database):
    await _add(database, *(message(A, n, driver="web") for n in (3, 1, 2)), message(B, 1, driver="web"))
    assert [m.n for m in await database.read(lambda c: outbox.pending(c, [A]))] == [1, 2, 3]
    assert [m.n for m in await database.read(lambda c: outbox.pending(c, [A], 1))] == [2, 3]
    await database.run(lambda c: outbox.ack(c, [A], 2))
    assert [m.n for m in await database.read(lambda c: outbox.pending(c, [A]))] == [3]
    assert [m.n for m in await database.read(lambda c: outbox.pending(c, [B]))] == [1]


async def test_a_place_in_a_lane_is_taken_once(database: Database):
    await _add(database, message(A, 1))
    with pytest.raises(Conflict):
        await _add(database, message(B, 1), message(A, 1))
    assert await database.read(lambda c: outbox.pending(c, [B])) == ()


async def test_a_forgotten_chat_gets_nothing_more(database: Database):
    await _add(database, message(A, 1), message(B, 1))
    await database.run(lambda c: outbox.remove_lanes(c, [A]))
    assert await _claim(database) == [(b"b", 1)]


async def test_the_backlog_counts_by_state(database: Database):
    assert await database.read(outbox.backlog) == Backlog(0, 0, 0, None)
    await _add(database, message(A, 1, due=4), message(A, 2, due=5), message(B, 1, due=2))
    await database.run(lambda c: outbox.fail(c, B, 1))
    await _claim(database)
    assert await database.read(outbox.backlog) == Backlog(waiting=1, claimed=1, failed=1, oldest_due=4)


async def test_the_next_moment_to_send_is_known(database: Database):
    assert await database.read(lambda c: outbox.next_due(c, "telegram")) is None
    await _add(database, message(A, 1, due=7), message(B, 1, due=5), message(B, 2, due=1, driver="web"))
    assert await database.read(lambda c: outbox.next_due(c, "telegram")) == 5


async def test_whoever_is_done_learns_whether_the_message_was_still_there(database: Database):
    await _add(database, message(A, 1))
    assert await database.run(lambda c: outbox.done(c, A, 1))
    assert not await database.run(lambda c: outbox.done(c, A, 1))


async def test_another_message_can_take_a_place(database: Database):
    await _add(database, message(A, 1), message(A, 2))
    await _claim(database)
    await database.run(lambda c: outbox.put_instead(c, A, 1, b"other", due=20))
    assert await _claim(database, now=19) == []
    (claimed,) = await database.run(lambda c: outbox.claim(c, "telegram", 20, limit=9, lease=30))
    assert (claimed.n, claimed.blob, claimed.attempts) == (1, b"other", 0)
    await database.run(lambda c: outbox.put_instead(c, B, 1, b"x", due=0))
