"""How long a tip is kept, told as it happens: who is warned, what keeps it, what is gone once it is erased."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from functools import partial

import pytest
from installation import UNIT, Installation, Officer, Page, words_in
from postgres_server import BOTH
from unit.service.pictures import with_secrets

from bot.service.desk import calls
from bot.service.desk.casework import Asked
from bot.service.desk.retention import Said, Term, set_term, term_of, told
from bot.service.errors import NotAccepted
from bot.service.registers import counts
from bot.service.registers.counts import Month
from crypto.acts import read_record
from handlers.deadlines import HOUR
from handlers.retention import DEFAULT, LEAST, MOST, TOLD, WARNING
from handlers.timeline import DAY
from storage.errors import Busy
from storage.repositories import register, retention, tips, units
from storage.repositories.tips import StoredTip
from storage.tables import metadata

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
OF_A_TIP = {name for name, table in metadata.tables.items() if {"tip"} & set(table.columns.keys())}


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as found:
        await attempt
    return found.value.key, found.value.status


@pytest.fixture
def chief(box: Installation, officer: Officer) -> Officer:
    """The same officer, were he the chief."""
    return Officer(box, officer.keys, replace(officer.me, officer=replace(officer.me.officer, role="chief")))


@pytest.fixture
async def code(officer: Officer, page: Page) -> str:
    """A tip with a photo; what its reporter wrote down."""
    return await page.file_tip(WORDS, photo=with_secrets("JPEG"))


@pytest.fixture
async def tip(box: Installation, officer: Officer, code: str) -> bytes:
    """The tip, found to be a duplicate and closed; its unit keeps such ones for thirty days."""
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Đã có tin này")
    await officer.act_on(tip, "closed")
    await said(box, days=LEAST)
    return tip


async def said(box: Installation, *, days: int | None = None, hold: bool | None = None) -> None:
    await box.run(lambda c: set_term(c, UNIT, Said(days is not None, days, hold)))


async def stands(box: Installation, tip: bytes) -> StoredTip | None:
    return await box.ground.database.read(lambda c: tips.find(c, UNIT, tip))


async def there(box: Installation, tip: bytes) -> StoredTip:
    found = await stands(box, tip)
    assert found is not None
    return found


async def look(box: Installation) -> None:
    await box.retaining.look()


async def passes(box: Installation, seconds: float) -> None:
    """Time goes by while the machine runs."""
    end = box.clock.now + seconds
    while box.clock.now < end:
        box.clock.now = min(box.clock.now + HOUR, end)
        await look(box)


async def comes_due(box: Installation, tip: bytes) -> int:
    """The time of the warning; from when on the tip may be erased."""
    ended = (await there(box, tip)).ended
    assert ended is not None
    box.clock.now = ended + LEAST * DAY - WARNING
    await look(box)
    erases = (await there(box, tip)).erases
    assert erases is not None
    return erases


async def warned(box: Installation) -> list[str]:
    """Serials of whose phones would show a notice."""
    far = 2**40
    return [one.serial for one in await box.ground.database.read(lambda c: calls.pending(c, far, 10))]


async def left(box: Installation, tip: bytes) -> dict[str, int]:
    """How many rows name the tip, by table."""
    names = {"tips": "id"} | dict.fromkeys(sorted(OF_A_TIP), "tip")
    found = {
        name: await box.rows(f"SELECT count(*) FROM {name} WHERE {column} = ?", tip) for name, column in names.items()
    }
    return {name: rows[0][0] for name, rows in found.items() if rows[0][0]}


async def test_it_is_warned_of_and_erased_once(box: Installation, officer: Officer, tip: bytes) -> None:
    ended = (await there(box, tip)).ended
    assert ended is not None
    await box.run(lambda c: c.exec_driver_sql("DELETE FROM calls"))
    box.clock.now = ended + LEAST * DAY - WARNING - 1
    await look(box)
    assert ((await there(box, tip)).erases, await warned(box)) == (None, [])
    erases = await comes_due(box, tip)
    assert erases == ended + LEAST * DAY
    assert await warned(box) == [officer.me.officer.serial]
    await passes(box, WARNING - 1)
    assert (await there(box, tip)).erases == erases
    await passes(box, 1)
    assert await stands(box, tip) is None
    assert await left(box, tip) == {"register": 1}
    await passes(box, DAY)
    month = await box.rows("SELECT kind, count FROM figures ORDER BY kind")
    assert [tuple(one) for one in month] == [("duplicate", 1), ("tips", 1), ("was-closed", 1)]
    year = await box.ground.database.read(lambda c: counts.year(c, UNIT, 2026))
    assert [one for one in year if one.received] == [Month("2026-11", 1, {"closed": 1}, {"duplicate": 1})]
    assert len(year) == 12


async def test_nothing_that_could_open_it_is_left(box: Installation, tip: bytes) -> None:
    names = [row[0] for row in await box.rows("SELECT name FROM tip_blobs WHERE tip = ?", tip)]
    held = await box.rows("SELECT sealed FROM grants WHERE tip = ?", tip)
    assert names
    assert held
    await comes_due(box, tip)
    await passes(box, WARNING)
    assert await box.rows("SELECT count(*) FROM grants") == [(0,)]
    assert await box.rows("SELECT length(sealed) FROM mailboxes") == [(0,)]
    assert box.ground.blobs.names() == ()


async def test_its_reporter_is_told_and_a_year_later_nobody_knows_the_code(
    box: Installation, page: Page, code: str, tip: bytes
) -> None:
    assert "đã xóa" not in words_in(await page.code(code))
    await comes_due(box, tip)
    await passes(box, WARNING)
    over = words_in(await page.code(code))
    assert "nội dung đã xóa theo quy định" in over
    ((named,),) = await box.rows("SELECT tip FROM mailboxes")
    assert bytes(named) != tip
    box.clock.advance(TOLD)
    await look(box)
    assert await box.rows("SELECT count(*) FROM mailboxes") == [(0,)]
    assert "nội dung đã xóa" not in words_in(await page.code(code))


async def test_the_chain_tells_of_it_and_holds(box: Installation, officer: Officer, tip: bytes) -> None:
    entries = (await there(box, tip)).entries
    await comes_due(box, tip)
    await passes(box, WARNING)
    acts = [read_record(body).act for body in await officer.chain()]
    assert [(act.kind, act.tip, act.detail) for act in acts if act.act == "erased"] == [
        ("observed", tip, (("count", entries),))
    ]
    await officer.again()


async def test_a_chief_holds_it_and_lets_it_go(box: Installation, officer: Officer, chief: Officer, tip: bytes) -> None:
    await comes_due(box, tip)
    assert await refused(officer.act_on(tip, "hold", "Viện kiểm sát yêu cầu")) == ("desk-chief-only", 403)
    await chief.act_on(tip, "hold", "Viện kiểm sát yêu cầu")
    held = await there(box, tip)
    assert (held.held, held.erases, held.state) == (True, None, "closed")
    await passes(box, WARNING + DAY)
    assert (await there(box, tip)).erases is None
    await chief.act_on(tip, "release", "Đã xong")
    await look(box)
    erases = (await there(box, tip)).erases
    assert erases is not None
    assert erases >= box.clock.now + WARNING
    await passes(box, WARNING - HOUR)
    assert await stands(box, tip) is not None
    await passes(box, 2 * HOUR)
    assert await stands(box, tip) is None


async def test_words_of_the_reporter_keep_it_until_they_are_settled(
    box: Installation, officer: Officer, page: Page, code: str, tip: bytes
) -> None:
    await comes_due(box, tip)
    await page.code(code)
    await page.text("Tôi vừa thấy họ quay lại")
    await page.text("1")
    await page.text("1")
    waits = await there(box, tip)
    assert (waits.news, waits.waits, waits.erases) == (True, "reply", None)
    await passes(box, WARNING + DAY)
    assert (await there(box, tip)).erases is None
    await officer.open(tip)
    await passes(box, WARNING + DAY)
    assert (await there(box, tip)).erases is None
    await officer.act_on(tip, "settle", "Đã xem, không có gì mới")
    await look(box)
    assert (await there(box, tip)).erases is not None


async def test_a_question_keeps_it_and_an_answer_to_the_reporter_does_not(
    box: Installation, officer: Officer, page: Page
) -> None:
    code = await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.act_on(tip, "duplicate", "Đã có tin này")
    await said(box, days=LEAST)
    await officer.write(tip, "question", "Lúc mấy giờ?")
    assert (await there(box, tip)).waits == "question"
    await officer.write(tip, "answer", "Cảm ơn bà con")
    assert (await there(box, tip)).waits == "question"
    box.clock.advance(LEAST * DAY)
    await passes(box, WARNING + DAY)
    assert (await there(box, tip)).erases is None
    await page.code(code)
    await page.text("Tám giờ tối")
    await page.text("1")
    await page.text("1")
    await officer.open(tip)
    assert (await there(box, tip)).waits == "reply"
    await officer.write(tip, "answer", "Đã rõ")
    await look(box)
    assert ((await there(box, tip)).waits, (await there(box, tip)).erases is None) == (None, False)


async def test_what_is_open_or_has_something_due_is_never_warned_of(
    box: Installation, officer: Officer, chief: Officer, page: Page
) -> None:
    await said(box, days=LEAST)
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    box.clock.advance(LEAST * DAY)
    await look(box)
    assert (await there(box, tip)).erases is None
    await officer.act_on(tip, "classified")
    await officer.act_on(tip, "handled")
    box.clock.advance(LEAST * DAY)
    await look(box)
    late = await there(box, tip)
    assert (late.clock, late.erases) == ("end", None)
    await officer.act_on(tip, "notify")
    await look(box)
    assert (await there(box, tip)).erases is not None
    await chief.act_on(tip, "verifying", "Xem lại")
    assert (await there(box, tip)).erases is None


async def test_time_in_which_nobody_could_read_the_warning_does_not_count(box: Installation, tip: bytes) -> None:
    erases = await comes_due(box, tip)
    box.clock.advance(10 * DAY)  # the machine stood still, or its clock leapt
    await look(box)
    put_off = (await there(box, tip)).erases
    assert put_off is not None
    assert put_off - box.clock.now >= WARNING - HOUR
    assert put_off - erases >= 10 * DAY
    await passes(box, WARNING - HOUR)
    assert await stands(box, tip) is not None
    await passes(box, 2 * HOUR)
    assert await stands(box, tip) is None


async def test_a_warning_by_a_clock_that_ran_ahead_is_taken_back(box: Installation, tip: bytes) -> None:
    before = box.clock.now
    box.clock.advance(60 * DAY)
    await look(box)
    assert (await there(box, tip)).erases is not None
    box.clock.now = before + HOUR
    await look(box)
    assert (await there(box, tip)).erases is None
    await comes_due(box, tip)


@pytest.mark.parametrize("after", ["begin", "shut", "bury"])
async def test_what_was_stopped_half_way_goes_on(
    box: Installation, officer: Officer, tip: bytes, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a kill: the transaction after this step is not begun, or the attachments are not taken away."""
    await comes_due(box, tip)
    await passes(box, WARNING - 1)
    box.clock.advance(1)
    with monkeypatch.context() as stopped:
        if after == "bury":
            stopped.setattr(box.ground.blobs, "delete", partial(_fails, Busy("away")))
        else:
            step = "bury" if after == "shut" else "shut"
            stopped.setattr(type(box.retaining._retention), step, lambda *_args, **_named: _raise(Busy("away")))
        await look(box)
    if after == "shut":
        assert await box.rows("SELECT count(*) FROM grants WHERE tip = ?", tip) == [(0,)]
        assert await stands(box, tip) is None
        assert await officer.tips() == []
        assert await box.rows("SELECT length(sealed) FROM mailboxes") == [(0,)]
    await look(box)
    await look(box)
    assert await left(box, tip) == {"register": 1}
    assert await box.rows("SELECT count FROM figures WHERE kind = 'tips'") == [(1,)]
    acts = [read_record(body).act.act for body in await officer.chain()]
    assert acts.count("erased") == 1
    box.clock.advance(2 * DAY)
    await box.housekeeping.sweep()
    assert box.ground.blobs.names() == ()


def _raise(error: Exception) -> None:
    raise error


async def _fails(error: Exception, *_args: object) -> None:
    raise error


async def test_a_units_own_term_holds_then_that_of_the_one_above(box: Installation) -> None:
    async def term() -> Term:
        return await box.ground.database.read(lambda c: term_of(c, UNIT))

    above = units.Unit("42", "tỉnh", "province", None, 0)

    def found(connection: object) -> None:
        units.put_unit(connection, above)  # type: ignore[arg-type] # a connection
        ward = units.find_unit(connection, UNIT)  # type: ignore[arg-type] # a connection
        assert ward is not None
        units.put_unit(connection, replace(ward, parent="42"))  # type: ignore[arg-type] # a connection

    await box.run(found)
    assert await term() == Term(DEFAULT, hold=False)
    await box.run(lambda c: set_term(c, "42", Said(True, 90, True)))
    assert await term() == Term(90, hold=True)
    await box.run(lambda c: set_term(c, UNIT, Said(True, 60, None)))
    assert await term() == Term(60, hold=True)
    await box.run(lambda c: set_term(c, "42", Said(False, None, False)))
    assert await term() == Term(60, hold=False)
    await box.run(lambda c: set_term(c, UNIT, Said(True, None, None)))
    assert await term() == Term(90, hold=False)
    for days in (LEAST - 1, MOST + 1):
        with pytest.raises(NotAccepted, match="30 to 3650"):
            await box.run(lambda c, days=days: set_term(c, UNIT, Said(True, days, None)))
    for unknown in (lambda c: set_term(c, "none", Said(True, 90, None)), lambda c: told(c, "none")):
        with pytest.raises(NotAccepted, match="no such unit"):
            await box.run(unknown)


@pytest.mark.parametrize("change", [{"hold": True}, {"days": 60}])
async def test_what_a_unit_says_later_spares_what_was_warned_of(
    box: Installation, tip: bytes, change: dict[str, int]
) -> None:
    await comes_due(box, tip)
    await passes(box, WARNING - 1)
    await said(box, **change)  # type: ignore[arg-type] # days or hold
    box.clock.advance(1)
    await look(box)
    assert (await there(box, tip)).erases is None
    await said(box, days=LEAST, hold=False)
    await look(box)
    assert (await there(box, tip)).erases is not None


async def test_where_nobody_can_be_warned_it_is_kept(box: Installation, officer: Officer, tip: bytes) -> None:
    box.clock.advance(2 * LEAST * DAY)
    await box.forge("UPDATE officers SET status = 'removed'")
    await look(box)
    assert (await there(box, tip)).erases is None
    await box.forge("UPDATE officers SET status = 'active'")
    await look(box)
    assert (await there(box, tip)).erases is not None


async def test_officers_find_it_in_their_list_while_they_are_warned(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    async def listed(**asked: object) -> list[bytes]:
        page = await box.counter.inbox(officer.me, Asked(**asked))  # type: ignore[arg-type] # a test's words
        return [one.tip.id for one in page.tips]

    assert (await listed(), await listed(only="erasing")) == ([], [])
    await comes_due(box, tip)
    assert (await listed(), await listed(only="erasing")) == ([tip], [tip])


async def test_its_line_in_the_book_stays_and_says_so(box: Installation, tip: bytes) -> None:
    year = (await there(box, tip)).year
    assert year is not None
    await comes_due(box, tip)
    await passes(box, WARNING)
    (line,) = await box.ground.database.read(lambda c: register.book(c, UNIT, year))
    assert (line.gone, line.status, line.officer is not None) == (None, None, True)
    assert await box.ground.database.read(lambda c: register.numbered(c, [UNIT])) == ()


def test_every_table_that_names_a_tip_is_erased_from_or_said_to_stay() -> None:
    assert {table.name for table in retention.REST} | retention.STAYS == OF_A_TIP
