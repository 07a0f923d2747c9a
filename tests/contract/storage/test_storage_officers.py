"""Accounts are asked for, let in and closed; links work once; sessions end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import enrolments, holders, notices, officers, sessions, tips
from storage.repositories.enrolments import Enrolment
from storage.repositories.notices import Notice
from storage.repositories.officers import Officer
from storage.repositories.tips import NewTip

ANH = Officer("s1", "p1", "anh", "Anh", "duty", b"salt", b"auth", b"locked", "age1pq1x", b"sign")
TOKEN = b"t" * 32
LINK = Enrolment("p1", "duty", "Anh", 100)


async def test_an_account_is_found_by_name_serial_and_unit(database: Database):
    await database.run(lambda c: officers.add(c, ANH))
    assert await database.read(lambda c: officers.find(c, "anh")) == ANH
    assert await database.read(lambda c: officers.by_serial(c, "s1")) == ANH
    assert await database.read(lambda c: officers.of_unit(c, "p1")) == (ANH,)
    assert await database.read(lambda c: officers.of_unit(c, "p2")) == ()
    assert await database.read(officers.every) == (ANH,)
    assert await database.read(lambda c: officers.find(c, "binh")) is None


async def test_a_request_is_let_in_once_and_a_removed_officer_stays_out(database: Database):
    await database.run(lambda c: officers.add(c, ANH))
    assert await database.run(lambda c: officers.activate(c, "s1"))
    assert not await database.run(lambda c: officers.activate(c, "s1"))
    assert await database.run(lambda c: officers.remove(c, "s1"))
    assert not await database.run(lambda c: officers.activate(c, "s1"))
    assert not await database.run(lambda c: officers.remove(c, "s1"))
    assert (await database.read(lambda c: officers.find(c, "anh"))).status == "removed"


@pytest.mark.parametrize("other", [replace(ANH, serial="s2"), replace(ANH, account="binh")])
async def test_serials_and_accounts_are_taken_once(database: Database, other: Officer):
    await database.run(lambda c: officers.add(c, ANH))
    with pytest.raises(Conflict):
        await database.run(lambda c: officers.add(c, other))


async def test_an_enrolment_link_works_once(database: Database):
    await database.run(lambda c: enrolments.create(c, TOKEN, LINK))
    assert await database.read(lambda c: enrolments.find(c, TOKEN, 99)) == LINK
    tries = await asyncio.gather(*(database.run(lambda c: enrolments.use(c, TOKEN, 99)) for _ in range(5)))
    assert sorted(tries, key=bool) == [None, None, None, None, LINK]
    assert await database.read(lambda c: enrolments.find(c, TOKEN, 99)) is None


async def test_an_enrolment_link_expires(database: Database):
    await database.run(lambda c: enrolments.create(c, TOKEN, LINK))
    assert await database.read(lambda c: enrolments.find(c, TOKEN, 100)) is None
    assert await database.run(lambda c: enrolments.use(c, TOKEN, 100)) is None


async def test_a_session_is_open_until_it_expires_or_is_ended(database: Database):
    tokens = [bytes([n]) * 32 for n in range(4)]
    serials = ["s1", "s1", "s2", "s2"]
    await database.run(
        lambda c: [sessions.create(c, t, s, 100 + i) for i, (t, s) in enumerate(zip(tokens, serials, strict=True))]
    )

    async def open_at(now: int) -> list[str | None]:
        return await database.read(lambda c: [sessions.find(c, token, now) for token in tokens])

    assert await open_at(99) == ["s1", "s1", "s2", "s2"]
    assert await open_at(100) == [None, "s1", "s2", "s2"]
    await database.run(lambda c: sessions.end(c, tokens[1]))
    assert await open_at(99) == ["s1", None, "s2", "s2"]
    await database.run(lambda c: sessions.expire(c, 102))
    assert await open_at(0) == [None, None, None, "s2"]
    await database.run(lambda c: sessions.end_of(c, "s2"))
    assert await open_at(0) == [None] * 4


async def test_notices_are_read_from_the_moment_they_are_due(database: Database):
    early, late = Notice(b"1" * 16, "p1", b"t" * 16, "tip", 100), Notice(b"2" * 16, "p1", b"t" * 16, "news", 200)
    other = Notice(b"3" * 16, "p2", b"u" * 16, "tip", 100)
    await database.run(lambda c: [notices.add(c, notice) for notice in (late, early, other)])
    assert await database.read(lambda c: notices.due(c, "p1", 99)) == ()
    assert await database.read(lambda c: notices.due(c, "p1", 200)) == (early, late)
    assert await database.read(lambda c: notices.due(c, "p1", 200, after=100)) == (late,)
    await database.run(lambda c: notices.expire(c, 200))
    assert await database.read(lambda c: notices.due(c, "p1", 999)) == (late,)


async def test_a_tip_counts_as_locked_once_nobody_let_in_where_it_lies_holds_a_key(
    database: Database, new_tip: Callable[..., NewTip]
):
    for one in (ANH, replace(ANH, serial="s2", account="binh"), replace(ANH, serial="s9", account="chi", unit="p2")):
        await database.run(lambda c, one=one: (officers.add(c, one), officers.activate(c, one.serial)))
    await database.run(lambda c: officers.add(c, replace(ANH, serial="s3", account="dung")))  # not let in yet
    held = [{"s1": b"k", "recovery": b"k"}, {"s1": b"k", "s2": b"k"}, {"s2": b"k", "s3": b"k"}, {"s9": b"k"}]
    both = [new_tip(grants=grants) for grants in held]
    await database.run(lambda c: [tips.file(c, tip) for tip in both])
    assert await database.read(holders.locked) == {"p1": 1}
    assert await database.read(holders.sole) == {"s1": 1, "s2": 1}
    for counted, there in ((holders.locked, {"p1": 1}), (holders.sole, {"s1": 1, "s2": 1})):
        assert await database.read(lambda c, count=counted: count(c, {"p1", "p2"})) == there
        assert await database.read(lambda c, count=counted: count(c, ["p2"])) == {}, "of these units alone"
    await database.run(lambda c: officers.remove(c, "s1"))
    assert await database.read(holders.locked) == {"p1": 2}
    assert await database.read(holders.sole) == {"s2": 2}
    await database.run(lambda c: tips.set_state(c, "p1", both[0].id, state="closed", visible_from=0))
    assert await database.read(holders.locked) == {"p1": 1}
