"""The inbox and a thread, bounded by the officer's unit."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from installation import Installation, Officer, Page
from postgres_server import BOTH
from sqlalchemy import Connection
from unit.service.pictures import marked, written

from bot.service.desk.casework import LARGEST_ENTRY, Asked, NewEntry, Newer, Reread, Rereading, Taken, Taking
from bot.service.desk.counter import Me
from bot.service.errors import NotAccepted, OutsideFailed
from handlers.timeline import public_at
from storage.errors import Busy
from storage.repositories import units
from storage.repositories.threads import append

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


async def refused(attempt: object) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt  # type: ignore[misc] # an awaitable
    return told.value.key, told.value.status


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    return tip


@pytest.fixture
def stranger(officer: Officer) -> Me:
    """An officer of another unit."""
    return replace(officer.me, officer=replace(officer.me.officer, unit="42", serial="s9"))


@pytest.fixture
def late_comer(officer: Officer) -> Me:
    """An officer of the unit who had no key when the tip came."""
    return replace(officer.me, officer=replace(officer.me.officer, serial="s9"))


async def test_the_inbox(box: Installation, officer: Officer, tip: bytes) -> None:
    found = await box.counter.inbox(officer.me, Asked())
    (row,) = found.tips
    assert (found.total, row.tip.id, row.tip.state, row.tip.entries) == (1, tip, "received", 2)
    assert row.grant is not None
    assert (await box.counter.inbox(officer.me, Asked(offset=50))).tips == ()


async def test_unasked_nothing_shows_before_its_quarter_of_an_hour(
    box: Installation, officer: Officer, page: Page
) -> None:
    async def quiet() -> tuple[int, list[bytes], tuple[bytes, ...]]:
        found = await box.counter.quiet_inbox(officer.me, Asked())
        assert found.page.unopened == found.page.total
        return found.page.total, [row.tip.id for row in found.page.tips], found.early

    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    assert await quiet() == (0, [], (tip,))
    box.clock.advance(900)
    assert await quiet() == (1, [tip], ())


async def test_the_desk_above_knows_the_boxes_below(box: Installation, officer: Officer) -> None:
    def found(connection: Connection) -> None:
        units.put_unit(connection, units.Unit("42", "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0, contact="113"))
        units.put_unit(connection, units.Unit("18999", "phường B", "B ward", "42", 0, contact="113"))
        units.put_box(connection, units.Box("b-18999", "18999", "Cổng chợ", "Market gate"))

    await box.run(found)
    above = replace(officer.me, officer=replace(officer.me.officer, unit="42"))
    (one,) = await box.counter.boxes(above)
    assert (one.code, one.label_vi, one.label_en) == (
        "b-18999",
        "Cổng chợ · phường B",
        "Market gate · B ward",
    )
    assert "b-18999" not in [own.code for own in await box.counter.boxes(officer.me)]


async def test_a_closed_tip_stands_in_the_whole_list_alone(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.act_on(tip, "duplicate", "Trùng")
    assert (await box.counter.inbox(officer.me, Asked())).total == 0
    assert (await box.counter.inbox(officer.me, Asked(closed_too=True))).total == 1


async def test_a_thread_that_was_loaded_is_read(box: Installation, officer: Officer, tip: bytes) -> None:
    assert [(reader.recipient, reader.opened) for reader in (await officer.view(tip)).readers] == [
        (officer.me.officer.serial, True),
        ("recovery", False),
    ]


async def test_threads_opened_before_are_handed_out_for_the_search_and_nothing_counts_as_read(
    box: Installation, officer: Officer, late_comer: Me, tip: bytes
) -> None:
    box.clock.advance(900)
    assert await box.counter.reread(officer.me, Rereading()) == Reread(0, ())
    entries = (await officer.view(tip)).entries
    await box.forge("UPDATE tips SET news = TRUE")
    acts = await box.rows("SELECT count(*) FROM audit")
    found = await box.counter.reread(officer.me, Rereading())
    assert (found.total, [(row.tip.id, thread) for row, thread in found.threads]) == (1, [(tip, entries)])
    received = found.threads[0][0].tip.received
    assert (await box.counter.reread(officer.me, Rereading(tip, received))).threads == ()
    assert (await box.counter.reread(officer.me, Rereading(news=True))).threads == found.threads
    assert await box.counter.reread(late_comer, Rereading()) == Reread(0, ())
    assert (await box.rows("SELECT news FROM tips"), await box.rows("SELECT count(*) FROM audit")) == ([(1,)], acts)


async def test_what_a_reporter_added_is_searched_once_its_notice_is_due(
    box: Installation, officer: Officer, page: Page
) -> None:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    await officer.view(tip)
    assert (await box.counter.reread(officer.me, Rereading())).threads == ()
    box.clock.advance(900)
    assert len((await box.counter.reread(officer.me, Rereading())).threads) == 1


async def test_who_holds_no_grant_reads_nothing_of_it(box: Installation, late_comer: Me, tip: bytes) -> None:
    await box.forge("UPDATE tips SET news = TRUE")
    view = await box.counter.thread(late_comer, tip)
    assert (view.row.grant, len(view.entries)) == (None, 2)
    assert [reader.opened for reader in view.readers] == [False, False]
    assert await box.rows("SELECT news FROM tips") == [(1,)]
    entry = NewEntry(2, b"sealed")
    assert await refused(box.counter.add_entry(late_comer, tip, entry, b"")) == ("desk-badkey", 403)


async def test_who_came_after_the_tip_opens_nothing_and_no_act_says_he_did(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    second = await Officer.enrol(box, account="trucban2")
    record, before = await second.sign("open", tip), await box.rows("SELECT count(*) FROM audit")
    assert await refused(box.counter.open_first(second.me, tip, record)) == ("desk-badkey", 403)
    assert await box.rows("SELECT count(*) FROM audit") == before


async def test_another_unit_sees_nothing(box: Installation, stranger: Me, tip: bytes) -> None:
    assert (await box.counter.inbox(stranger, Asked(closed_too=True))).total == 0
    for attempt in (
        box.counter.thread(stranger, tip),
        box.counter.add_entry(stranger, tip, NewEntry(2, b"sealed"), b""),
        box.counter.open_first(stranger, tip, b""),
        box.counter.take(stranger, tip, Taking(NewEntry(2, b"sealed"), None), b""),
        box.counter.thread(stranger, os.urandom(16)),
    ):
        assert await refused(attempt) == ("desk-no-tip", 404)


async def test_an_entry_in_its_place(box: Installation, officer: Officer, tip: bytes) -> None:
    assert await officer.file(tip, NewEntry(2, b"sealed")) == 3
    assert await box.rows("SELECT state, entries FROM tips") == [("received", 3)]


async def test_a_change_of_state_is_seen_later(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.act_on(tip, "classified")
    assert await box.rows("SELECT state, visible_from FROM tips") == [("verify", public_at(int(box.clock())))]


@pytest.mark.parametrize("seq", [1, 3])
async def test_who_comes_second_seals_again(box: Installation, officer: Officer, tip: bytes, seq: int) -> None:
    with pytest.raises(Newer) as told:
        await officer.file(tip, NewEntry(seq, b"sealed"))
    assert (told.value.key, told.value.status, told.value.entries) == ("desk-newer", 409, 2)


async def test_a_race_lost_in_the_database_is_the_same(
    box: Installation, officer: Officer, tip: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(connection: object, unit: str, tip: bytes, addition: object) -> int:
        append(connection, unit, tip, addition)  # type: ignore[arg-type] # passed on: somebody else's entry
        return append(connection, unit, tip, addition)  # type: ignore[arg-type] # passed on: the officer's own

    monkeypatch.setattr("storage.repositories.threads.append", late)
    with pytest.raises(Newer) as told:
        await officer.file(tip, NewEntry(2, b"sealed"))
    assert told.value.entries == 3


async def test_an_entry_that_is_too_large(box: Installation, officer: Officer, tip: bytes) -> None:
    entry = NewEntry(2, bytes(LARGEST_ENTRY + 1))
    assert await refused(officer.file(tip, entry)) == ("desk-refused", 413)


async def test_taking_a_tip_is_an_entry_and_a_fact(box: Installation, officer: Officer, tip: bytes) -> None:
    await box.forge("UPDATE tips SET answerable = NULL")
    mine = officer.me.officer.serial
    assert await officer.take(tip, Taking(NewEntry(2, b"sealed"), None)) == mine
    assert await box.rows("SELECT answerable, entries FROM tips") == [(mine, 3)]


async def test_taking_over_needs_an_act_that_says_so(box: Installation, officer: Officer, tip: bytes) -> None:
    other, mine = await Officer.enrol(box, "trucban2"), officer.me.officer.serial
    await box.forge("UPDATE tips SET answerable = ?", other.me.officer.serial)
    taking = Taking(NewEntry(2, b"sealed"), other.me.officer.serial)
    assert await refused(officer.take(tip, taking)) == ("desk-act-unfit", 422)
    assert await officer.take(tip, taking, "shift") == mine
    again = Taking(NewEntry(3, b"sealed"), mine)
    assert await refused(officer.take(tip, again, "shift")) == ("desk-act-unfit", 422)
    assert await officer.take(tip, again) == mine
    assert await box.rows("SELECT answerable, entries FROM tips") == [(mine, 4)]


async def test_a_tip_somebody_took_meanwhile_is_not_taken(box: Installation, officer: Officer, tip: bytes) -> None:
    await box.forge("UPDATE tips SET answerable = 's9'")
    for seen in (None, officer.me.officer.serial):
        with pytest.raises(Taken) as told:
            await officer.take(tip, Taking(NewEntry(2, b"sealed"), seen))
        assert (told.value.key, told.value.status, told.value.answerable) == ("desk-taken-meanwhile", 409, "s9")
    assert await box.rows("SELECT answerable, entries FROM tips") == [("s9", 2)]


async def test_taking_on_an_old_thread_is_sealed_again(officer: Officer, tip: bytes) -> None:
    with pytest.raises(Newer):
        await officer.take(tip, Taking(NewEntry(1, b"sealed"), officer.me.officer.serial))


async def test_who_holds_no_grant_cannot_take(box: Installation, officer: Officer, late_comer: Me, tip: bytes) -> None:
    taking = Taking(NewEntry(2, b"sealed"), officer.me.officer.serial)
    assert await refused(box.counter.take(late_comer, tip, taking, b"")) == ("desk-badkey", 403)
    assert await box.rows("SELECT answerable, entries FROM tips") == [(officer.me.officer.serial, 2)]


async def test_an_attachment_of_the_unit(box: Installation, officer: Officer, stranger: Me, page: Page) -> None:
    await page.file_tip(photo=written(marked(), "JPEG"))
    ((name, size),) = await box.rows("SELECT name, size FROM tip_blobs")
    found = await box.counter.blob(officer.me, name)
    content = b"".join([chunk async for chunk in found.chunks])
    assert len(content) == size == found.size
    assert await refused(box.counter.blob(stranger, name)) == ("desk-no-tip", 404)
    assert await refused(box.counter.blob(officer.me, "0" * 32)) == ("desk-no-tip", 404)


async def test_an_attachment_that_is_gone_is_said_before_it_begins(
    box: Installation, officer: Officer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    await page.file_tip(photo=written(marked(), "JPEG"))
    ((name,),) = await box.rows("SELECT name FROM tip_blobs")
    await box.ground.blobs.delete(name)
    assert await refused(box.counter.blob(officer.me, name)) == ("desk-no-tip", 404)

    async def away(_name: str) -> object:
        raise Busy
        yield b""

    monkeypatch.setattr(box.ground.blobs, "get", away)
    with pytest.raises(OutsideFailed):
        await box.counter.blob(officer.me, name)
