"""A tip taken out: an act of whoever has opened it, chained before anything is given; nobody else's."""

from __future__ import annotations

from collections.abc import Awaitable

import pytest
from installation import UNIT, Installation, Officer, Page
from postgres_server import BOTH

from bot.service.errors import NotAccepted
from crypto.acts import Detail, read_record

STORES = BOTH
MANIFEST = bytes(range(32))
DETAIL: Detail = (("purpose", "file"), ("manifest", MANIFEST))


async def refused(attempt: Awaitable[object]) -> tuple[str, int]:
    with pytest.raises(NotAccepted) as told:
        await attempt
    return told.value.key, told.value.status


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    await page.file_tip("Có người bán ma túy ở đầu xóm")
    (tip,) = await officer.tips()
    return tip


async def taken_out(officer: Officer) -> list[tuple[str | None, bytes | None, Detail]]:
    acts = [read_record(one).act for one in await officer.chain()]
    return [(act.serial, act.tip, act.detail) for act in acts if act.act == "export"]


async def test_the_chain_tells_who_took_it_out_what_for_and_of_which_manifest(
    box: Installation, officer: Officer, tip: bytes
) -> None:
    await officer.open(tip)
    before = await box.counter.thread(officer.me, tip)
    await box.counter.export(officer.me, tip, "file", await officer.sign("export", tip, DETAIL))
    assert await taken_out(officer) == [(officer.me.officer.serial, tip, DETAIL)]
    assert await box.counter.thread(officer.me, tip) == before


async def test_what_was_not_opened_is_not_taken_out(box: Installation, officer: Officer, tip: bytes) -> None:
    record = await officer.sign("export", tip, DETAIL)
    assert await refused(box.counter.export(officer.me, tip, "file", record)) == ("desk-not-opened", 409)
    other = bytes(16)
    record = await officer.sign("export", other, DETAIL)
    assert await refused(box.counter.export(officer.me, other, "file", record)) == ("desk-no-tip", 404)
    assert await taken_out(officer) == []


async def test_whoever_holds_no_key_takes_nothing_out(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.open(tip)
    await box.forge("DELETE FROM grants WHERE unit_id = ?", UNIT)
    record = await officer.sign("export", tip, DETAIL)
    assert await refused(box.counter.export(officer.me, tip, "file", record)) == ("desk-badkey", 403)
    assert await taken_out(officer) == []


async def test_the_act_is_for_this_tip_and_this_purpose(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.open(tip)
    other = await officer.sign("export", tip, (("purpose", "report"), ("manifest", MANIFEST)))
    assert await refused(box.counter.export(officer.me, tip, "file", other)) == ("desk-act-unfit", 422)
    given = await officer.sign("export", bytes(16), DETAIL)
    assert await refused(box.counter.export(officer.me, tip, "file", given)) == ("desk-act-unfit", 422)
    once = await officer.sign("export", tip, DETAIL)
    await box.counter.export(officer.me, tip, "file", once)
    assert (await refused(box.counter.export(officer.me, tip, "file", once)))[0] == "desk-act-newer"
    assert len(await taken_out(officer)) == 1
