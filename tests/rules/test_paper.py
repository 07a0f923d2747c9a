"""Rules 1 to 3 for the signed acknowledgement: taking one leaves nothing behind, nothing that lies there knows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from installation import Installation, Officer, Page, Telegram, open_installation, words_in
from postgres_server import BOTH
from rules.marks import Found, Marks
from rules.thief import Rows, all_rows, opened_by_epochs, secrets_in

from bot.service.arrivals import CodeGiven
from bot.service.outgoing import Outgoing
from crypto.acknowledgements import fingerprint_of, number_of
from crypto.receipts import Stretched, stretch

STORES = BOTH
TIP = "Tối nào cũng có xe tải đổ rác xuống sông."


@dataclass
class Taken:
    """An installation in which somebody has taken a paper, before and after the page showed it."""

    box: Installation
    page: Page
    found: Stretched
    before: Rows
    said: list[Outgoing]

    @property
    def marks(self) -> Marks:
        site = self.box.ground.keys.site.id
        number = number_of(self.found.seed, site)
        marks = Marks()
        marks.add("number", number)
        marks.add("fingerprint", fingerprint_of(number, site))
        marks.add("armour", "HOPTHU ACKNOWLEDGEMENT")
        marks.add("armour's letters", self.armour.splitlines()[3])
        marks.add("seed", self.found.seed)
        return marks

    @property
    def armour(self) -> str:
        (paper,) = (out for out in self.said if out.shown.kind == "paper")
        return paper.shown.lines[-1]

    async def rows(self) -> Rows:
        return await self.box.ground.database.read(all_rows)

    def lying(self) -> set[Found]:
        return self.marks.found(self.box.config.data_dir)

    async def shown(self) -> None:
        await self.box.pages.shown(self.page.chat, self.page.seen)


@pytest.fixture
async def taken(tmp_path: Path, url: str | None) -> AsyncIterator[Taken]:
    async with open_installation(tmp_path / "data", url=url) as box:
        officer = await Officer.enrol(box)
        page = Page(box)
        await page.open()
        found = stretch(await page.file_tip(TIP), box.ground.keys.site.salt)
        (tip,) = await officer.tips()
        await officer.open(tip)
        await page.receive(page.arrival(CodeGiven(found.lookup, found.seed)))
        await box.pages.shown(page.chat, page.seen)
        before = await box.ground.database.read(all_rows)
        said = [*await page.text("2"), *await page.text("1")]
        yield Taken(box, page, found, before, said)


async def test_until_it_is_shown_it_lies_sealed_and_then_nowhere(taken: Taken) -> None:
    box, sites = taken.box, ["-"]
    secrets = [key.secret for key in box.ring.living(int(box.clock()))]
    assert taken.lying() == set()
    opened = opened_by_epochs(await taken.rows(), box.config.data_dir / "blobs", secrets, sites)
    marked = {one.table for one in opened if taken.marks.found_in(one.plain, one.table)}
    assert {"outbox"} <= marked <= {"outbox", "conversations"}, "it was there to be found"
    await taken.shown()
    assert taken.lying() == set()
    opened = opened_by_epochs(await taken.rows(), box.config.data_dir / "blobs", secrets, sites)
    left = {one.table for one in opened if taken.marks.found_in(one.plain, one.table)}
    assert left <= {"conversations"}, "the chat knows the tip that is open in it, as before"


async def test_taking_one_is_written_down_nowhere(taken: Taken) -> None:
    """No row but the chat's own and its replay ids: no act in the chain, no count, nothing beside the tip."""
    await taken.shown()
    after = await taken.rows()
    assert {name for name in after if set(after[name]) != set(taken.before[name])} == {"conversations", "inbox"}
    assert len(after["conversations"]) == len(taken.before["conversations"])


async def test_reading_the_timeline_leaves_the_same(taken: Taken) -> None:
    """What taking one leaves is what any number of the menu leaves."""
    await taken.shown()
    before = await taken.rows()
    await taken.page.text("1")
    await taken.shown()
    after = await taken.rows()
    assert {name for name in after if set(after[name]) != set(before[name])} == {"conversations", "inbox"}


async def test_the_log_tells_nothing_of_it(taken: Taken, capsys: pytest.CaptureFixture[str]) -> None:
    await taken.page.text("2")
    await taken.page.text("1")
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


async def test_no_key_that_lies_there_makes_the_number(taken: Taken) -> None:
    """With everything on the disk but the receipt nobody can say whose a fingerprint is."""
    site = taken.box.ground.keys.site.id
    number = number_of(taken.found.seed, site)
    secrets = secrets_in(sorted(path for path in taken.box.config.keys.iterdir()), site)
    rows = await taken.rows()
    known = [*secrets, *(bytes(row.lookup) for row in rows["mailboxes"]), *(bytes(row.id) for row in rows["tips"])]
    assert number not in [number_of(one, site) for one in known]


async def test_what_signs_opens_nothing(taken: Taken) -> None:
    content = (taken.box.config.keys / "acknowledgements.key").read_bytes()
    rows, site = await taken.rows(), taken.box.ground.keys.site.id
    assert opened_by_epochs(rows, taken.box.config.data_dir / "blobs", [content[:32]], ["-", site]) == []


async def test_a_messenger_is_offered_none_and_a_typed_number_takes_none(taken: Taken) -> None:
    person = Telegram(taken.box, 4_171_829_400_000_123)
    await person.text("alo")
    code = await person.file_tip("Một tin khác.")
    said = await person.code(code)
    assert "proof" not in [choice.act for out in said for choice in out.shown.choices]
    for number in "12345":
        told = await person.text(number)
        assert "HOPTHU ACKNOWLEDGEMENT" not in words_in(told)
        assert "paper" not in [out.shown.kind for out in told]
        await person.code(code)
