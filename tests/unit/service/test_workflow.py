"""A tip's way through the desk, told as officers do it: what is allowed, what follows, what is counted, who is told."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace

import pytest
from installation import UNIT, Installation, Officer, Page
from postgres_server import BOTH

from bot.service.desk.casework import NewEntry
from bot.service.desk.workflow import Done
from bot.service.errors import NotAccepted
from handlers.cases import Act
from handlers.deadlines import HOUR
from handlers.values import Category
from storage.repositories import register, tips
from storage.repositories.tips import StoredTip

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
DAY = 24 * HOUR
WAY: tuple[Act, ...] = (
    "classified", "report", "notify", "verifying", "investigation", "handled", "notify", "closed",
)  # fmt: skip


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key, told.value.status


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    return tip


@pytest.fixture
def chief(box: Installation, officer: Officer) -> Officer:
    """The same officer, were he the chief."""
    return Officer(box, officer.keys, replace(officer.me, officer=replace(officer.me.officer, role="chief")))


async def stands(box: Installation, tip: bytes) -> StoredTip:
    found = await box.ground.database.read(lambda c: tips.find(c, UNIT, tip))
    assert found is not None
    return found


async def test_from_opening_to_the_end(box: Installation, officer: Officer, tip: bytes) -> None:
    received = (await stands(box, tip)).received
    told: list[tuple[str, str, str | None, float | None]] = []
    for act in WAY:
        await officer.act_on(tip, act)
        now = await stands(box, tip)
        told.append((act, now.state, now.clock, now.due and (now.due - received) / HOUR))
    assert told == [
        ("classified", "verify", "report", 12),
        ("report", "verify", "notify", pytest.approx(86, abs=0.01)),
        ("notify", "verify", "verify", 20 * 24),
        ("verifying", "verify", "verify", 20 * 24),
        ("investigation", "verify", None, None),
        ("handled", "closed", "end", pytest.approx(86, abs=0.01)),
        ("notify", "closed", None, None),
        ("closed", "closed", None, None),
    ]
    thread = (await officer.open(tip)).thread
    assert [entry.case for entry in thread.entries if entry.kind == "case"] == [*WAY]


async def test_what_is_not_in_the_table_is_refused_and_changes_nothing(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    await officer.open(tip)
    before = await stands(box, tip)
    for act in ("verifying", "closed", "extend", "received"):
        assert await refused(officer.act_on(tip, act)) == ("desk-not-now", 409)  # type: ignore[arg-type] # words
    assert await stands(box, tip) == before


async def test_nothing_is_said_on_a_closed_tip(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.act_on(tip, "duplicate", "Đã có")
    await officer.act_on(tip, "closed")
    before = await stands(box, tip)
    assert await refused(officer.write(tip, "question", "Lúc mấy giờ?")) == ("desk-not-now", 409)
    assert await stands(box, tip) == before


async def test_a_chief_alone_extends_and_takes_up_again(
    box: Installation, officer: Officer, chief: Officer, tip: bytes
) -> None:
    await officer.act_on(tip, "classified")
    await officer.act_on(tip, "complex", "Nhiều nơi")
    assert await refused(officer.act_on(tip, "extend", "Chờ giám định")) == ("desk-chief-only", 403)
    assert set((await officer.view(tip)).acts) & {"extend"} == set()
    assert "extend" in (await chief.view(tip)).acts
    await chief.act_on(tip, "extend", "Chờ giám định")
    assert await refused(chief.act_on(tip, "extend", "Lại chờ")) == ("desk-not-now", 409)
    await officer.act_on(tip, "abusive", "Quấy rối")
    assert await refused(officer.act_on(tip, "verifying", "Xem lại")) == ("desk-chief-only", 403)
    box.clock.advance(DAY)
    await chief.act_on(tip, "verifying", "Có tình tiết mới")
    again = await stands(box, tip)
    assert (again.status, again.state, again.extended, again.ended) == ("verifying", "verify", False, None)
    assert again.since == int(box.clock()) // HOUR * HOUR


async def test_kinds_duplicates_and_abuse_are_counted_by_unit_and_month_alone(
    box: Installation, officer: Officer, page: Page
) -> None:
    for _ in range(3):
        await page.file_tip(WORDS)
    first, second, third = await officer.tips()
    await officer.act_on(first, "classified")
    await officer.act_on(second, "classified")
    await officer.act_on(second, "false", "Bịa")
    await officer.act_on(third, "duplicate", "Trùng")
    found = await box.ground.database.read(lambda c: register.counted(c, UNIT, "2026-11"))
    assert found == {"drug": 2, "duplicate": 1, "false": 1}


@pytest.mark.parametrize(("act", "kind"), [("classified", None), ("duplicate", "drug")])
async def test_a_kind_is_said_with_the_classification_and_with_nothing_else(
    officer: Officer, tip: bytes, act: Act, kind: Category | None
) -> None:
    await officer.open(tip)
    done = Done(NewEntry(2, b"sealed"), act, kind)
    assert await refused(officer.box.counter.act_on(officer.me, tip, done, b"")) == ("desk-refused", 422)


async def test_a_number_of_the_book_is_given_with_the_first_opening(
    box: Installation, officer: Officer, page: Page
) -> None:
    for _ in range(3):
        await page.file_tip(WORDS)
    first, second, third = await officer.tips()
    await officer.open(second)
    await officer.open(first)
    await officer.open(second)
    box.clock.advance(60 * DAY)
    await officer.open(third)
    numbers = [(row.register, row.year) for row in [await stands(box, tip) for tip in (first, second, third)]]
    assert numbers == [(2, 2026), (1, 2026), (1, 2027)]


async def test_reasons_and_kinds_lie_nowhere_but_sealed(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.act_on(tip, "classified")
    await officer.act_on(tip, "insufficient", "Lý do của đồng chí Bình")
    every = await box.rows("SELECT * FROM tips")
    assert not any("drug" in str(cell) or "Bình" in str(cell) for row in every for cell in row)
    bodies = await box.rows("SELECT body FROM audit")
    assert not any(b"drug" in body or "Bình".encode() in body for (body,) in bodies)
