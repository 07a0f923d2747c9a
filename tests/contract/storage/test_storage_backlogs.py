"""What a claim costs does not grow with one chat's backlog: counted in the database's own steps, never in time."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, event

from storage.database import Database
from storage.repositories import outbox
from storage.repositories.outbox import Outgoing

OTHERS, LOUD = 500, b"\x80" * 32
WHAT = {"of": "telegram", "now": 9, "most": 100}
Look = Callable[[Connection], object]


def _claim(connection: Connection) -> object:
    return connection.execute(outbox._CLAIMABLE, WHAT).all()


def _rest(connection: Connection) -> object:
    return outbox.next_due(connection, "telegram")


def _release(connection: Connection) -> object:
    return outbox.release(connection, "telegram", but=[LOUD])


async def _add(database: Database, *messages: Outgoing) -> None:
    await database.run(lambda c: outbox.add(c, messages))


def _others() -> list[Outgoing]:
    lanes = [n.to_bytes(2, "big") * 16 for n in range(1, 65536, 65536 // OTHERS)]
    return [Outgoing(lane, n, 1, "telegram", b"x", 8) for lane in lanes for n in (1, 2)]


def _loud(first: int, last: int) -> list[Outgoing]:
    return [Outgoing(LOUD, n, 1, "telegram", b"x", 0) for n in range(first, last)]


def _cost(connection: Connection, look: Look) -> int:
    """SQLite's steps, or the rows that PostgreSQL's plan went through."""
    return _steps(connection, look) if connection.dialect.name == "sqlite" else _rows(connection, look)


def _steps(connection: Connection, look: Look) -> int:
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(step, 1)
    look(connection)
    driver.set_progress_handler(None, 0)
    return taken


def _rows(connection: Connection, look: Look) -> int:
    asked: list[tuple[str, Any]] = []

    def listen(*heard: Any) -> None:
        asked.append((heard[2], heard[3]))

    event.listen(connection, "before_cursor_execute", listen)
    look(connection)
    event.remove(connection, "before_cursor_execute", listen)
    ((statement, values),) = asked
    plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values).scalar()
    (whole,) = json.loads(plan) if isinstance(plan, str) else plan
    return _seen(whole["Plan"])


def _seen(node: dict[str, Any]) -> int:
    passed = node["Actual Rows"] + node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Join Filter", 0)
    return int(passed * node["Actual Loops"]) + sum(map(_seen, node.get("Plans", [])))


@pytest.mark.parametrize("look", [_claim, _rest], ids=["claim", "rest"])
async def test_one_chats_backlog_costs_the_others_nothing(database: Database, look: Look):
    await _add(database, *_others(), *_loud(1, 3))
    before = await database.run(lambda c: _cost(c, look))
    await _add(database, *_loud(3, 20_000))
    assert await database.run(lambda c: _cost(c, look)) <= 1.5 * before


@pytest.mark.parametrize("look", [_claim, _release], ids=["claim", "release"])
async def test_messages_given_up_cost_the_others_nothing(database: Database, look: Look):
    await _add(database, *_others(), *_loud(1, 3))
    before = await database.run(lambda c: _cost(c, look))
    await _add(database, *_loud(3, 20_000))
    await database.run(lambda c: [outbox.fail(c, LOUD, n) for n in range(1, 19_990)])
    assert await database.run(lambda c: _cost(c, look)) <= 1.5 * before


async def test_other_chats_leave_beside_a_loud_one(database: Database):
    await _add(database, *_others(), *_loud(1, 2_000))
    claimed = await database.run(lambda c: outbox.claim(c, "telegram", 9, limit=100, lease=30))
    assert [m.n for m in claimed if m.lane == LOUD] == [1]
    assert len({m.lane for m in claimed}) == 100
