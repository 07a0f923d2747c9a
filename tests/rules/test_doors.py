"""Who receives a tip is told to nobody else: a ward that is passed over, and what was typed to find a ward."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from country import BESIDE, PROVINCE, SERIALS, WARD, Country
from installation import Installation, Officer, Page, Person, Telegram, open_installation, words_in
from rules.marks import Marks
from rules.thief import Rows, all_rows, opened_by_epochs

from bot.service import routing
from bot.service.desk.casework import Asked

BRIBE = "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi"
STALL = "Quán nước đầu xóm chiều nào cũng ghi lô đề"


@dataclass
class Wards:
    """An installation of several wards, and the officer of the one that people pass over."""

    box: Installation
    officer: Officer
    country: Country

    async def rows(self) -> Rows:
        return await self.box.ground.database.read(all_rows)

    async def people(self) -> Iterator[Person]:
        """Somebody on each channel who came without a box."""
        page = Page(self.box)
        await page.open(None)
        return iter((page, Telegram(self.box, 77)))


@pytest.fixture
async def wards(tmp_path: Path) -> AsyncIterator[Wards]:
    async with open_installation(tmp_path / "data") as box:
        officer = await Officer.enrol(box)
        country = Country(box.ground.keys.site.id)
        assert box.ground.keys.authority is not None
        authority = box.ground.keys.authority
        await box.run(lambda connection: country.found(connection, authority, int(box.clock())))
        yield Wards(box, officer, country)


def written(before: Rows, after: Rows) -> list[tuple[str, Any]]:
    """Rows that were not there before, each with its table's name."""
    return [(name, row) for name, rows in after.items() for row in rows if row not in before[name]]


def holds(row: Any, code: str) -> bool:
    return any(code.encode() in (value if isinstance(value, bytes) else str(value).encode()) for value in row)


async def test_of_a_tip_that_passes_over_the_ward_nothing_is_there(wards: Wards) -> None:
    before, chain = await wards.rows(), await wards.officer.chain()
    for person in (Page(wards.box), Telegram(wards.box, 78)):
        await (person.open() if isinstance(person, Page) else person.text("/start tdp4-nhl"))
        assert "có thể gửi thẳng lên trên" in words_in(await person.text(BRIBE))
        await person.text("1")
        await person.text("1")
        await person.text("1")
    new = written(before, await wards.rows())
    assert {name for name, _ in new} >= {"tips", "entries", "grants", "mailboxes", "notices"}
    assert [(name, row) for name, row in new if holds(row, WARD.code)] == []
    grants = [row for name, row in new if name == "grants"]
    assert {(row.unit_id, row.recipient) for row in grants} == {(PROVINCE.code, SERIALS[PROVINCE.code])}
    assert await wards.officer.tips() == []
    assert await wards.officer.chain() == chain
    inbox = await wards.box.counter.inbox(wards.officer.me, Asked(closed_too=True))
    assert inbox.tips == ()
    found: list[Any] = []
    await wards.box.run(lambda connection: found.extend(wards.country.opened(connection, PROVINCE)))
    assert {one.opening.passed for one in found} == {WARD.code}
    assert [(one.opening.unit, one.opening.box, one.entries[1].text) for one in found] == [
        (PROVINCE.code, None, BRIBE)
    ] * 2


async def test_a_kind_that_goes_elsewhere_is_written_nowhere_but_sealed(wards: Wards) -> None:
    await wards.box.run(lambda connection: routing.put(connection, WARD.code, "child", PROVINCE.code))
    before, page = await wards.rows(), Page(wards.box)
    await page.open()
    for words in (STALL, "3", "ở chợ", "2"):
        await page.text(words)
    assert "Chuyện loại này do Công an tỉnh Hà Tĩnh nhận." in words_in(await page.text("7"))
    await page.text("1")
    new = written(before, await wards.rows())
    assert {name for name, _ in new} >= {"tips", "entries", "grants", "mailboxes", "notices"}
    assert [(name, row) for name, row in new if holds(row, WARD.code) or holds(row, "child")] == []
    assert await wards.officer.tips() == []
    found: list[Any] = []
    await wards.box.run(lambda connection: found.extend(wards.country.opened(connection, PROVINCE)))
    assert [(one.opening.unit, one.opening.box, one.opening.category) for one in found] == [
        (PROVINCE.code, "tdp4-nhl", "child")
    ]


async def test_what_was_typed_to_find_a_ward_lies_nowhere(wards: Wards, capfd: pytest.CaptureFixture[str]) -> None:
    marks, before = Marks(), await wards.rows()
    for person in await wards.people():
        query = "dauvet" + "".join(chr(ord("a") + byte % 26) for byte in os.urandom(16))
        marks.add("a search", query)
        await person.text(STALL)
        assert query in words_in(await person.text(query))
        assert BESIDE.name_vi in words_in(await person.text("bac hong linh"))
    rows = await wards.rows()
    folder = wards.box.config.data_dir
    assert marks.found(folder) == set()
    out, err = capfd.readouterr()
    assert marks.found_in((out + err).encode(), "output") == set()
    assert [name for name, row in written(before, rows) if holds(row, BESIDE.code)] == []
    secrets = [key.secret for key in wards.box.ring.living(int(wards.box.clock()))]
    opened = opened_by_epochs(rows, folder / "blobs", secrets, ["-"])
    assert {one.table for one in opened if marks.found_in(one.plain, one.table)} == {"outbox"}
    assert any(one.table == "conversations" and BESIDE.code.encode() in one.plain for one in opened)
