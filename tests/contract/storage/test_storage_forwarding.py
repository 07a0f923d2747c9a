"""A tip that goes to another unit: everything of it shows there from then on, and nothing any more where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import notices, rungs, threads, tips, worklists
from storage.repositories.notices import Notice
from storage.repositories.threads import Addition, StoredGrant
from storage.repositories.tips import HandOver, NewTip, Reader
from storage.repositories.worklists import Bounds, Walk, Wanted

HERE, THERE = Reader("p1", "s1"), Reader("p2", "s9")
GRANTS = {"s9": b"for s9", "recovery": b"for their recovery"}
LATER = Notice(b"n" * 16, "p2", (1).to_bytes(16, "big"), "tip", 9000)
SINCE = 7200
LIST = Wanted(Bounds(late=-1, urgent=-1, hours=-1, days=-1), state="all")


@pytest.fixture
async def tip(database: Database, new_tip: Callable[..., NewTip]) -> NewTip:
    """A tip that an officer opened and answers for, and whose reporter then wrote."""
    new = new_tip(answerable="s1")
    await database.run(lambda c: tips.file(c, new))
    await database.run(lambda c: tips.mark_opened(c, HERE, new.id, entries=2))
    await database.run(lambda c: threads.append(c, "p1", new.id, Addition(2, [b"more"], news=True)))
    return new


async def hand_over(database: Database, tip: NewTip, unit: str = "p1", to: str = "p2", seq: int = 3) -> bool:
    def work(connection: object) -> bool:
        threads.append(connection, unit, tip.id, Addition(seq, [b"passed on"]))
        return tips.hand_over(connection, unit, tip.id, HandOver(to, seq, GRANTS, LATER, SINCE))

    return await database.run(work)


async def test_it_is_in_the_other_units_list_and_nobodys_there(database: Database, tip: NewTip):
    assert await hand_over(database, tip)
    page = await database.read(lambda c: worklists.page(c, THERE, LIST))
    (listed,) = page.tips
    assert (listed.tip.unit, listed.tip.answerable, listed.tip.news, listed.tip.entries) == ("p2", None, False, 4)
    assert (listed.grant, listed.opened, listed.unopened, page.unopened) == (b"for s9", False, True, 1)
    assert await database.read(lambda c: threads.thread(c, "p2", tip.id)) == (
        b"opening",
        b"part",
        b"more",
        b"passed on",
    )
    assert await database.read(lambda c: threads.blob_size(c, "p2", tip.blobs[0].name)) == 65536


async def test_where_it_was_nothing_of_it_is_left(database: Database, tip: NewTip):
    await hand_over(database, tip)
    assert (await database.read(lambda c: worklists.page(c, HERE, LIST))).tips == ()
    assert await database.read(lambda c: worklists.one(c, HERE, tip.id)) is None
    assert await database.read(lambda c: worklists.opened_by(c, HERE, Walk(10**9, 9))) == ()
    assert await database.read(lambda c: worklists.count_opened_by(c, HERE)) == 0
    assert await database.read(lambda c: threads.thread(c, "p1", tip.id)) is None
    assert await database.read(lambda c: threads.grants_of(c, "p1", tip.id)) == ()
    assert await database.read(lambda c: threads.blob_size(c, "p1", tip.blobs[0].name)) is None
    assert await database.read(lambda c: notices.due(c, "p1", 10**9)) == ()
    assert await database.read(lambda c: notices.due(c, "p2", 10**9)) == (LATER,)


async def test_of_all_keys_there_were_the_recovery_identity_keeps_its_own(database: Database, tip: NewTip):
    await hand_over(database, tip)
    assert await database.read(lambda c: threads.grants_of(c, "p2", tip.id)) == (
        StoredGrant("recovery", b"for their recovery", False),
        StoredGrant("recovery-3", b"for recovery", False),
        StoredGrant("s9", b"for s9", False),
    )


async def test_it_comes_back_and_goes_again(database: Database, tip: NewTip):
    await hand_over(database, tip)
    await database.run(lambda c: notices.expire(c, 10**9))
    assert await hand_over(database, tip, "p2", "p1", 4)
    found = await database.read(lambda c: threads.grants_of(c, "p1", tip.id))
    assert [one.recipient for one in found] == ["recovery", "recovery-3", "recovery-4", "s9"]


async def test_the_receipt_still_leads_to_it(database: Database, tip: NewTip):
    await hand_over(database, tip)
    mailbox = await database.read(lambda c: threads.mailbox(c, tip.lookup))
    assert mailbox is not None
    assert (mailbox.unit, mailbox.lies_with, mailbox.holders) == ("p1", "p2", {"p1"})
    assert await database.run(lambda c: threads.append(c, "p2", tip.id, Addition(4, [b"later"], news=True))) == 5
    mailbox = await database.read(lambda c: threads.mailbox(c, tip.lookup))
    assert mailbox is not None
    assert mailbox.holders == {"p1", "p2"}


async def test_who_comes_too_late_changes_nothing(database: Database, tip: NewTip):
    await hand_over(database, tip)
    assert not await database.run(lambda c: tips.hand_over(c, "p1", tip.id, HandOver("p3", 4, GRANTS, LATER, SINCE)))
    assert not await database.run(lambda c: tips.take(c, HERE, tip.id))
    with pytest.raises(Conflict):
        await hand_over(database, tip, to="p3", seq=4)
    assert await database.read(lambda c: tips.find(c, "p2", tip.id)) is not None


async def test_only_the_recovery_identity_of_those_who_had_it_is_no_reader(
    database: Database, new_tip: Callable[..., NewTip]
):
    tip = new_tip(grants={"recovery": b"for recovery"})
    await database.run(lambda c: tips.file(c, tip))
    await database.run(lambda c: threads.append(c, "p1", tip.id, Addition(2, [b"passed on"])))
    handing = HandOver("p2", 2, {"recovery": b"theirs"}, LATER, SINCE)
    assert await database.run(lambda c: tips.hand_over(c, "p1", tip.id, handing))
    standing = await database.read(lambda c: rungs.standing_of(c, [tip.id]))
    assert standing[tip.id].recipients == {"recovery", "recovery-2"}


async def test_its_clocks_run_anew_in_the_other_unit(database: Database, tip: NewTip):
    found = await database.read(lambda c: tips.find(c, "p1", tip.id))
    assert found is not None
    await database.run(lambda c: tips.set_case(c, replace(found, status="classified", reported=True, notified=True)))
    await hand_over(database, tip)
    there = await database.read(lambda c: tips.find(c, "p2", tip.id))
    assert there is not None
    assert (there.since, there.reported, there.notified, there.status) == (SINCE, False, False, "classified")
