"""How far each tip's ladder has climbed, and who was called and has said nothing: the same on every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from storage.repositories import calls, notices, rungs, tips, worklists
from storage.repositories.calls import DIGEST, StoredCall, Waiting
from storage.repositories.rungs import NEW, Standing, StoredRung
from storage.repositories.tips import HandOver, NewTip, Reader
from storage.repositories.worklists import Counts

ONE, TWO, THREE = (bytes([n]) * 16 for n in (1, 2, 3))


def rung(tip: bytes, at: int, *, step: int = 0, due: int = 9000) -> StoredRung:
    return StoredRung(tip, "p1", "open", due, step, at)


async def put(database: Database, *found: StoredRung) -> None:
    for one in found:
        await database.run(partial(rungs.put, rung=one))


async def test_what_is_due_is_claimed_the_longest_waiting_first(database: Database) -> None:
    await put(database, rung(ONE, 300), rung(TWO, 100), rung(THREE, 301))
    assert await database.read(rungs.earliest) == 100
    assert [one.tip for one in await database.run(lambda c: rungs.claim(c, 300, 9))] == [TWO, ONE]
    assert [one.tip for one in await database.run(lambda c: rungs.claim(c, 300, 1))] == [TWO]
    assert await database.run(lambda c: rungs.claim(c, 99, 9)) == ()


@pytest.mark.postgres
async def test_what_somebody_else_is_climbing_is_passed_over(postgres_url: str) -> None:
    ours, theirs = open_database(postgres_url), open_database(postgres_url)
    await put(ours, rung(ONE, 1), rung(TWO, 2))
    engine = theirs._engine  # type: ignore[attr-defined] # a transaction held open from outside
    async with engine.connect() as held:
        assert [one.tip for one in await held.run_sync(lambda c: rungs.claim(c, 9, 1))] == [ONE]
        assert [one.tip for one in await ours.run(lambda c: rungs.claim(c, 9, 9))] == [TWO]
    await ours.close()
    await theirs.close()


async def test_a_ladder_for_the_same_goes_on_and_for_anything_else_begins_anew(database: Database) -> None:
    await put(database, rung(ONE, 300, step=2))
    await database.run(lambda c: calls.add(c, [StoredCall("s1", ONE, "p1", urgent=False, due=1)]))
    await database.run(lambda c: rungs.stand(c, ONE, "p1", clock="open", due=9000))
    assert await database.read(lambda c: rungs.find(c, ONE)) == rung(ONE, 300, step=2)
    assert [one.serial for one in await database.read(lambda c: calls.waiting(c, 9, 9))] == ["s1"]
    await database.run(lambda c: rungs.stand(c, ONE, "p2", clock="open", due=9000))
    assert await database.read(lambda c: rungs.find(c, ONE)) == replace(rung(ONE, NEW), unit="p2")
    assert await database.read(lambda c: calls.waiting(c, 9, 9)) == ()
    await database.run(lambda c: rungs.stand(c, ONE, "p2", clock=None, due=None))
    assert await database.read(lambda c: rungs.find(c, ONE)) is None


async def test_those_that_wait_beyond_all_measure_are_found(database: Database) -> None:
    await put(database, rung(ONE, 500), rung(TWO, 501), rung(THREE, 9500, due=9000))
    assert [one.tip for one in await database.run(lambda c: rungs.waiting_beyond(c, 300, 200))] == [THREE]
    await put(database, rung(TWO, 501, due=100))
    assert [one.tip for one in await database.run(lambda c: rungs.waiting_beyond(c, 300, 200))] == [TWO, THREE]


async def test_a_tip_that_is_filed_has_one_and_what_says_whom_it_leads_to(
    database: Database, new_tip: Callable[..., NewTip]
) -> None:
    tip = new_tip(answerable="s1", due=9000)
    await database.run(lambda c: tips.file(c, tip))
    filed = StoredRung(tip.id, "p1", "open", 9000, 0, tip.notices[0].due)
    assert await database.read(lambda c: rungs.find(c, tip.id)) == filed
    found = Standing("p1", urgent=False, answerable="s1", first="p1", recipients=frozenset({"s1", "recovery"}))
    assert await database.read(lambda c: rungs.standing_of(c, [tip.id, ONE])) == {tip.id: found}
    notice = notices.Notice(b"n" * 16, "p2", tip.id, "tip", 9000)
    await database.run(lambda c: tips.hand_over(c, "p1", tip.id, HandOver("p2", 2, {"s9": b"x"}, notice, 3600)))
    (there,) = (await database.read(lambda c: rungs.standing_of(c, [tip.id]))).values()
    assert (there.unit, there.first, there.answerable) == ("p2", "p1", None)
    assert {"s9", "recovery-2"} == there.recipients


async def test_units_that_merge_take_ladders_and_calls_along(
    database: Database, new_tip: Callable[..., NewTip]
) -> None:
    tip = new_tip(due=9000)
    await database.run(lambda c: tips.file(c, tip))
    await database.run(lambda c: calls.add(c, [StoredCall("s1", tip.id, "p1", urgent=False, due=1)]))
    await database.run(lambda c: tips.move(c, ["p1"], "p3"))
    found = await database.read(lambda c: rungs.find(c, tip.id))
    assert found is not None
    assert found.unit == "p3"
    assert [one.unit for one in await database.read(lambda c: calls.waiting(c, 9, 9))] == ["p3"]


def call(serial: str, tip: bytes, due: int, *, urgent: bool = False) -> StoredCall:
    return StoredCall(serial, tip, "p1", urgent, due)


async def test_an_officer_has_one_notice_whatever_he_was_called_to_and_a_digest_beside(database: Database) -> None:
    found = [call("s1", ONE, 100), call("s1", TWO, 100, urgent=True), call("s2", ONE, 50), call("s1", DIGEST, 100)]
    await database.run(lambda c: calls.add(c, found))
    assert await database.read(lambda c: calls.waiting(c, 99, 9)) == (Waiting("s2", "p1", False, False, 50),)
    waiting = await database.read(lambda c: calls.waiting(c, 100, 9))
    assert waiting == (
        Waiting("s1", "p1", False, True, 100),
        Waiting("s2", "p1", False, False, 50),
        Waiting("s1", "p1", True, False, 100),
    )
    assert await database.read(lambda c: calls.waiting(c, 100, 1)) == waiting[:1]


async def test_what_was_sent_is_still_his_to_answer_and_a_digest_is_over(database: Database) -> None:
    await database.run(lambda c: calls.add(c, [call("s1", ONE, 100), call("s1", DIGEST, 100), call("s1", TWO, 200)]))
    await database.run(lambda c: calls.sent(c, "s1", 100, digest=False))
    assert [one.due for one in await database.read(lambda c: calls.waiting(c, 999, 9))] == [100, 200]
    await database.run(lambda c: calls.sent(c, "s1", 100, digest=True))
    assert [one.due for one in await database.read(lambda c: calls.waiting(c, 999, 9))] == [200]
    assert await database.read(lambda c: calls.to(c, "s1")) == (ONE,), "of the other he knows nothing yet"
    await database.run(lambda c: calls.sent(c, "s1", 200, digest=False))
    await database.run(lambda c: calls.answered(c, "s1", (ONE,)))
    assert await database.read(lambda c: calls.to(c, "s1")) == (TWO,), "told of while he answered"


async def test_of_what_was_told_only_the_hour_stays_but_of_urgent_ones(database: Database) -> None:
    told = [call("s1", ONE, 4500), call("s1", TWO, 4560, urgent=True), call("s1", THREE, 8100)]
    await database.run(lambda c: calls.add(c, [*told, call("s2", ONE, 4500)]))
    await database.run(lambda c: calls.sent(c, "s1", 9000, digest=False))
    await database.run(lambda c: calls.blur(c, 8100))
    shown = await database.read(lambda c: [calls.to(c, "s1"), [one.due for one in calls.waiting(c, 9999, 9)]])
    assert shown == [(ONE, TWO, THREE), [4500]], "what waits to be told keeps its moment"
    found = await database.read(
        lambda c: c.execute(text("SELECT due FROM calls WHERE serial = 's1' ORDER BY due")).all()
    )
    assert [due for (due,) in found] == [3600, 4560, 8100]


async def test_called_again_he_is_told_again_but_once_a_moment_unless_it_is_urgent(database: Database) -> None:
    await database.run(lambda c: calls.add(c, [call("s1", ONE, 100)]))
    await database.run(lambda c: calls.sent(c, "s1", 100, digest=False))
    await database.run(lambda c: calls.add(c, [call("s1", TWO, 100)]))
    assert await database.read(lambda c: calls.waiting(c, 999, 9)) == ()
    await database.run(lambda c: calls.add(c, [call("s1", THREE, 100, urgent=True)]))
    await database.run(lambda c: calls.sent(c, "s1", 100, digest=False))
    await database.run(lambda c: calls.add(c, [call("s1", ONE, 200)]))
    assert await database.read(lambda c: calls.waiting(c, 999, 9)) == (Waiting("s1", "p1", False, False, 200),)
    assert await database.read(lambda c: calls.to(c, "s1")) == (TWO, THREE)
    await database.run(lambda c: calls.sent(c, "s1", 200, digest=False))
    assert await database.read(lambda c: calls.to(c, "s1")) == (ONE, TWO, THREE)
    await database.run(lambda c: calls.over(c, ONE))
    assert await database.read(lambda c: calls.to(c, "s1")) == (TWO, THREE)


async def test_counts_of_a_unit(database: Database, new_tip: Callable[..., NewTip]) -> None:
    for due in (100, 200, 300, None):
        await database.run(lambda c, due=due: tips.file(c, new_tip(due=due, notices=())))  # type: ignore[misc] # a number
    late = new_tip(due=50, notices=[notices.Notice(b"n" * 16, "p1", (5).to_bytes(16, "big"), "tip", 201)])
    await database.run(lambda c: tips.file(c, late))
    await database.run(lambda c: tips.mark_opened(c, Reader("p1", "s1"), (1).to_bytes(16, "big"), entries=2))
    await database.run(lambda c: tips.file(c, new_tip(unit="p2", due=1, notices=())))
    closed = (2).to_bytes(16, "big")
    await database.run(lambda c: tips.set_state(c, "p1", closed, state="closed", visible_from=0))
    found = await database.read(lambda c: worklists.counts(c, Reader("p1", "s1"), 200, soon=301))
    assert found == Counts(unread=2, open=3, soon=1, late=1)
    assert await database.read(lambda c: worklists.counts(c, Reader("p9", "s1"), 200, soon=301)) == Counts(0, 0, 0, 0)
