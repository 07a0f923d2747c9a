"""Filing writes everything at once; officers see their unit's tips and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import Conflict
from storage.repositories import notices, threads, tips, worklists
from storage.repositories.threads import Addition
from storage.repositories.tips import NewTip, Reader, StoredTip
from storage.repositories.worklists import Behind, Bounds, ListedTip, Page, Walk, Wanted
from storage.tables import tips as tips_table

S1, S2, ELSEWHERE = Reader("p1", "s1"), Reader("p1", "s2"), Reader("p2", "s1")
Make = Callable[..., NewTip]
IN_TIME = Bounds(late=-1, urgent=-1, hours=-1, days=-1)
"""Nothing is late yet."""


async def _file(database: Database, *new: NewTip) -> None:
    await database.run(lambda c: [tips.file(c, tip) for tip in new])


async def _page(database: Database, reader: Reader = S1, bounds: Bounds = IN_TIME, **wanted: object) -> Page:
    return await database.read(lambda c: worklists.page(c, reader, Wanted(bounds, **wanted)))


async def _order(database: Database, reader: Reader = S1, bounds: Bounds = IN_TIME, **wanted: object) -> list[int]:
    page = await _page(database, reader, bounds, **wanted)
    return [int.from_bytes(listed.tip.id, "big") for listed in page.tips]


async def test_a_filed_tip_is_listed_whole(database: Database, new_tip: Make):
    tip = new_tip(urgent=True)
    await _file(database, tip)
    facts = StoredTip(
        tip.id, "p1", True, "received", 3600, None, False, 2, 3600, None,
        year=None, status="received", since=3600, reported=False, notified=False, complex=False, extended=False,
        ended=None, due=9 * 3600, clock="open",
    )  # fmt: skip
    listed = ListedTip(facts, b"for s1", False, b"opening", True)
    assert await _page(database) == Page(1, (listed,), 1)
    assert await database.read(lambda c: worklists.one(c, S1, tip.id)) == listed
    assert await database.read(lambda c: tips.find(c, "p1", tip.id)) == facts
    assert await database.read(lambda c: notices.due(c, "p1", 4500)) == tuple(tip.notices)


async def test_a_tip_without_attachments_notices_or_officers_is_filed_too(database: Database, new_tip: Make):
    await _file(database, new_tip(blobs=(), notices=(), grants={}))
    assert await _order(database) == [1]


async def test_another_units_officer_sees_and_changes_nothing(database: Database, new_tip: Make):
    tip = new_tip()
    await _file(database, tip)
    assert await _page(database, ELSEWHERE) == Page(0, (), 0)
    assert await database.read(lambda c: worklists.one(c, ELSEWHERE, tip.id)) is None
    assert await database.read(lambda c: tips.find(c, "p2", tip.id)) is None
    assert not await database.run(lambda c: tips.take(c, ELSEWHERE, tip.id))
    assert not await database.run(lambda c: tips.mark_opened(c, ELSEWHERE, tip.id, entries=2))
    assert not await database.run(lambda c: tips.set_state(c, "p2", tip.id, state="closed", visible_from=0))
    found = await database.read(lambda c: worklists.one(c, S1, tip.id))
    assert (found.tip.answerable, found.opened, found.tip.state) == (None, False, "received")


async def test_a_units_tips_are_anothers_with_all_that_belongs_to_them(database: Database, new_tip: Make):
    tip, left = new_tip(), new_tip(id=(2).to_bytes(16, "big"), unit="p9", lookup=b"x" * 32, blobs=(), notices=())
    await _file(database, tip, left)
    await database.run(lambda c: tips.move(c, ["p1", "p7"], "p2"))
    assert (await _page(database)).total == 0
    (listed,) = (await _page(database, ELSEWHERE)).tips
    assert (listed.tip.unit, listed.grant, listed.opened) == ("p2", b"for s1", False)
    assert await database.read(lambda c: threads.thread(c, "p2", tip.id)) == tuple(tip.entries)
    assert await database.read(lambda c: threads.blob_size(c, "p2", tip.blobs[0].name)) == tip.blobs[0].size
    assert [one.tip for one in await database.read(lambda c: notices.due(c, "p2", 4500))] == [tip.id]
    mailbox = await database.read(lambda c: threads.mailbox(c, tip.lookup))
    assert (mailbox.unit, mailbox.lies_with, len(mailbox.entries)) == ("p1", "p2", 2)
    added = Addition(2, [b"more"], news=True)
    assert await database.run(lambda c: threads.append(c, mailbox.lies_with, tip.id, added)) == 3
    assert (await _page(database, Reader("p9", "s1"))).total == 1
    assert [await database.read(lambda c, u=u: tips.has_open(c, u)) for u in ("p1", "p2", "p9")] == [False, True, True]


async def test_where_units_merged_an_officer_sees_what_he_or_nobody_has_a_key_to(database: Database, new_tip: Make):
    held = {1: {"s1": b"k"}, 2: {"s2": b"k"}, 3: {"recovery": b"k"}, 4: {"s1": b"k", "s2": b"k", "recovery": b"k"}}
    for n, grants in held.items():
        id_ = n.to_bytes(16, "big")
        notice = notices.Notice(id_, "p1", id_, "tip", 4500)
        await _file(database, new_tip(id=id_, grants=grants, lookup=bytes(31) + bytes([n]), blobs=(), notices=[notice]))
    keyed = Reader("p1", "s1", keyed=True)
    assert sorted(await _order(database, keyed)) == [1, 3, 4]
    assert sorted(await _order(database, S1)) == [1, 2, 3, 4]
    assert (await _page(database, keyed)).total == 3
    assert (await _page(database, keyed, quiet_at=4000)).total == 0
    ids = [n.to_bytes(16, "big") for n in held]
    seen = await database.read(lambda c: worklists.seen_by(c, keyed, ids))
    assert sorted(seen) == [ids[0], ids[2], ids[3]]
    found = [await database.read(lambda c, one=one: worklists.one(c, keyed, one)) for one in ids]
    assert [one is not None for one in found] == [True, False, True, True]
    assert await database.read(lambda c: worklists.seen_by(c, S1, ids)) == frozenset(ids)


async def test_of_more_tips_than_a_statement_may_name_it_is_said_which_he_may_know_of(database: Database):
    ids = [n.to_bytes(16, "big") for n in range(40_000)]
    assert await database.read(lambda c: worklists.seen_by(c, S1, ids)) == frozenset()


def test_every_officers_query_is_bound_to_a_unit():
    assert "unit_id" in str(tips.scoped("p1").whereclause)
    assert "unit_id" in str(tips.scoped("p1", tips_table.c.id).whereclause)
    assert "unit_id" in str(tips.few("p1", [], tips_table.c.id).whereclause)


async def test_an_officer_without_a_grant_sees_that_the_tip_is_there(database: Database, new_tip: Make):
    await _file(database, new_tip())
    (listed,) = (await _page(database, S2)).tips
    assert (listed.grant, listed.opened) == (None, False)


async def _open(database: Database, tip: int, reader: Reader = S1) -> None:
    await database.run(lambda c: tips.mark_opened(c, reader, tip.to_bytes(16, "big"), entries=2))


async def test_urgent_unread_come_first_then_news_then_the_oldest(database: Database, new_tip: Make):
    both = {"s1": b"for s1", "s2": b"for s2"}
    await _file(database, *(new_tip(urgent=n in (3, 4), grants=both) for n in range(1, 6)))
    assert await _order(database) == [3, 4, 1, 2, 5]
    await _open(database, 3)
    assert await _order(database) == [4, 1, 2, 3, 5]
    assert await _order(database, S2) == [3, 4, 1, 2, 5]
    await database.run(
        lambda c: c.execute(tips_table.update().where(tips_table.c.received == 5 * 3600).values(news=True))
    )
    assert await _order(database) == [4, 5, 1, 2, 3]


async def test_what_is_overdue_comes_before_what_soon_is_and_each_by_what_is_due(database: Database, new_tip: Make):
    dues = {1: 50, 2: 300, 3: 250, 4: 120, 5: 90, 6: 100, 7: None}
    await _file(
        database, *(new_tip(urgent=n == 6, due=due, grants={} if n == 1 else {"s1": b"x"}) for n, due in dues.items())
    )
    await _open(database, 6)
    clocks = {3: "verify", 4: "report", 5: "end"}
    for n, clock in clocks.items():
        await database.run(
            lambda c, n=n, clock=clock: tips.set_due(c, "p1", n.to_bytes(16, "big"), due=dues[n], clock=clock)
        )
    now = Bounds(late=90, urgent=99, hours=119, days=250)
    assert await _order(database, bounds=now) == [5, 3, 6, 4, 2, 7, 1]
    assert await _order(database, bounds=now, only="late") == [5, 1]
    assert await _order(database, bounds=now, only="soon") == [3]
    assert await _order(database, bounds=replace(now, urgent=100, hours=120), only="soon") == [6, 4, 3]
    assert await _order(database, bounds=now, only="urgent") == [6]
    assert await _order(database, bounds=now, only="mine") == []


async def test_a_list_nobody_asked_for_leaves_out_what_is_not_due(database: Database, new_tip: Make):
    await _file(database, new_tip(), new_tip(notices=()))
    (notice,) = await database.read(lambda c: notices.due(c, "p1", 10**9))
    page = await _page(database, quiet_at=notice.due - 1)
    assert (page.total, page.unopened, [row.tip.id[-1] for row in page.tips]) == (1, 1, [2])
    assert await _order(database, quiet_at=notice.due) == [1, 2]


async def test_tips_opened_before_are_walked_through_from_the_newest_and_only_by_who_opened_them(
    database: Database, new_tip: Make
):
    filed = [new_tip(), new_tip(), new_tip(), new_tip()]
    await _file(database, *reversed(filed))
    due = filed[3].notices[0].due

    def opened(connection: Connection) -> None:
        for n in (4, 3, 1):
            tips.mark_opened(connection, S1, n.to_bytes(16, "big"), entries=2)

    async def walked(reader: Reader, *, now: int = due - 1, limit: int = 9, **how: Any) -> list[int]:
        found = await database.read(lambda c: worklists.opened_by(c, reader, Walk(now, limit, **how)))
        return [int.from_bytes(listed.tip.id, "big") for listed in found]

    def behind(n: int) -> Behind:
        return Behind(filed[n - 1].received, filed[n - 1].id)

    await database.run(opened)
    assert (await walked(S1), await walked(S1, now=due)) == ([3, 1], [4, 3, 1])
    assert (await walked(S1, limit=1), await walked(S1, behind=behind(3)), await walked(S1, behind=behind(1))) == (
        [3],
        [1],
        [],
    )
    assert (await walked(S2), await walked(ELSEWHERE)) == ([], [])
    counted = [await database.read(lambda c, r=one: worklists.count_opened_by(c, r)) for one in (S1, S2, ELSEWHERE)]
    assert counted == [3, 0, 0]


async def test_tips_of_one_hour_are_walked_through_without_missing_one(database: Database, new_tip: Make):
    filed = [new_tip(received=3600, notices=()) for _ in range(5)]
    await _file(database, *filed)
    for n in (1, 2, 3, 4, 5):
        await _open(database, n)
    seen: list[int] = []
    behind: Behind | None = None
    while found := await database.read(lambda c, at=behind: worklists.opened_by(c, S1, Walk(0, 2, at))):
        seen += [listed.tip.id[-1] for listed in found]
        behind = Behind(found[-1].tip.received, found[-1].tip.id)
    assert seen == [1, 2, 3, 4, 5]


async def test_of_tips_opened_before_those_with_news_can_be_asked_for_alone(database: Database, new_tip: Make):
    filed = [new_tip(notices=()), new_tip(notices=())]
    await _file(database, *filed)
    await _open(database, 1)
    await _open(database, 2)
    await database.run(lambda c: threads.append(c, "p1", filed[0].id, Addition(2, [b"more"], news=True)))
    found = await database.read(lambda c: worklists.opened_by(c, S1, Walk(0, 9, news=True)))
    assert [listed.tip.id[-1] for listed in found] == [1]


async def test_what_came_after_the_entries_handed_out_stays_news(database: Database, new_tip: Make):
    tip = new_tip()
    await _file(database, tip)
    await database.run(lambda c: threads.append(c, "p1", tip.id, Addition(2, [b"more"], news=True)))
    assert await database.run(lambda c: tips.mark_opened(c, S1, tip.id, entries=2))
    found = await database.read(lambda c: worklists.one(c, S1, tip.id))
    assert (found.tip.news, found.opened) == (True, True)
    assert await database.run(lambda c: tips.mark_opened(c, S1, tip.id, entries=3))
    assert not (await database.read(lambda c: tips.find(c, "p1", tip.id))).news


async def test_pages_cut_the_list_and_count_it_whole(database: Database, new_tip: Make):
    await _file(database, *(new_tip() for _ in range(5)))
    first, last = await _page(database, limit=2), await _page(database, offset=4, limit=2)
    assert (first.total, len(first.tips), last.total, len(last.tips)) == (5, 2, 5, 1)
    assert (first.unopened, last.unopened) == (5, 5)


async def test_closed_tips_are_in_the_full_list_only(database: Database, new_tip: Make):
    tip = new_tip()
    await _file(database, tip, new_tip())
    assert await database.run(lambda c: tips.set_state(c, "p1", tip.id, state="closed", visible_from=99))
    assert await _order(database) == [1, 2]
    await database.run(lambda c: tips.set_due(c, "p1", tip.id, due=None, clock=None))
    assert await _order(database) == [2]
    assert await _order(database, state="all") == [2, 1]
    assert (await database.read(lambda c: tips.find(c, "p1", tip.id))).visible_from == 99


async def test_an_addition_to_a_closed_tip_is_listed_until_it_is_read(database: Database, new_tip: Make):
    tip = new_tip()
    await _file(database, tip)
    await database.run(lambda c: tips.set_state(c, "p1", tip.id, state="closed", visible_from=99))
    await database.run(lambda c: tips.set_due(c, "p1", tip.id, due=None, clock=None))
    assert await _order(database) == []
    await database.run(lambda c: c.execute(tips_table.update().values(news=True)))
    assert await _order(database) == [1]


async def test_taking_makes_answerable(database: Database, new_tip: Make):
    tip = new_tip()
    await _file(database, tip)
    assert await database.run(lambda c: tips.take(c, S2, tip.id))
    assert (await database.read(lambda c: tips.find(c, "p1", tip.id))).answerable == "s2"


@pytest.mark.parametrize("same", ["id", "lookup"])
async def test_a_tip_is_filed_once_or_not_at_all(database: Database, new_tip: Make, same: str):
    first, second = new_tip(), new_tip()
    await _file(database, first)
    with pytest.raises(Conflict):
        await _file(database, new_tip(**{same: getattr(first, same)}), second)
    assert await _order(database) == [1]
    await _file(database, second)
    assert await _order(database) == [1, 2]
