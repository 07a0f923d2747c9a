"""Answers to the core's questions; what takes long is asked for first."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from installation import BOX, UNIT, Installation, Page
from sqlalchemy import Connection
from unit.service.pictures import marked, written

from bot.service.boards import board
from bot.service.errors import OurFault
from bot.service.keyring import OPENS_FOR
from bot.service.reading import Made, Needed, OpenThread, Reading, find_thread, key_numbered
from crypto.receipts import stretch
from handlers.questions import HEAD, FindBoard, FindDesk, FindMailbox, ReadHeads
from handlers.values import Board, Desk
from storage.repositories import hotlines
from storage.repositories.hotlines import StoredHotline

LONG = "Tối nào cũng có nhiều người lạ ra vào nhà bỏ hoang ở cuối ngõ"


def reading(box: Installation, connection: Connection, made: Made | None = None) -> Reading:
    now = int(box.clock())
    return Reading(connection, box.ground.book, box.ring.living(now), made or Made(), now)


async def ask(box: Installation, question: object, made: Made | None = None) -> object:
    return await box.ground.database.read(
        lambda connection: reading(box, connection, made).answer(question)  # type: ignore[arg-type] # a question
    )


async def part_ids(box: Installation) -> list[bytes]:
    return [row[0] for row in await box.rows("SELECT id FROM draft_parts")]


async def test_where_a_tip_would_go(box: Installation) -> None:
    desk = await ask(box, FindDesk(BOX))
    assert isinstance(desk, Desk)
    assert (desk.unit, desk.box, desk.open, desk.staffed, desk.demo) == (UNIT, BOX, True, False, True)


async def test_a_boxs_code_may_be_typed_and_what_is_none_changes_nothing(box: Installation) -> None:
    for typed, found in ((BOX, (BOX, True)), (BOX.upper(), (BOX, True)), ("38A-12345", (None, False))):
        desk = await ask(box, FindDesk(None, UNIT, typed))
        assert isinstance(desk, Desk)
        assert (desk.unit, (desk.box, desk.named)) == (UNIT, found)


async def test_the_head_of_a_part_is_as_long_as_the_core_asks(box: Installation, page: Page) -> None:
    await page.text(LONG)
    (part,) = await part_ids(box)
    assert await ask(box, ReadHeads((part,))) == (LONG[:HEAD],)


async def test_a_photo_and_a_part_that_is_gone_have_no_head(box: Installation, page: Page) -> None:
    await page.photo(written(marked(), "JPEG"))
    (part,) = await part_ids(box)
    assert await ask(box, ReadHeads((part, b"?" * 16))) == ("", "")


async def test_a_part_whose_key_is_gone_is_our_fault(box: Installation, page: Page) -> None:
    await page.text(LONG)
    (part,) = await part_ids(box)
    box.clock.advance(OPENS_FOR)
    with pytest.raises(OurFault, match="outlived"):
        await ask(box, ReadHeads((part,)))
    with pytest.raises(OurFault):
        key_numbered(9, ())


async def test_a_board_has_its_own_numbers_first(box: Installation) -> None:
    await box.run(
        lambda connection: hotlines.put(
            connection, StoredHotline(b"h" * 16, UNIT, "Trạm y tế", "Clinic", "0239 9", "", "", 9, "2000-05-02")
        )
    )
    found = await ask(box, FindBoard(UNIT))
    assert isinstance(found, Board)
    national = [line.national for line in found.lines]
    assert national == sorted(national)
    assert national.count(False) == 4
    assert found.checked is None


async def test_the_board_of_an_unknown_unit_has_the_national_numbers(box: Installation) -> None:
    found = await box.ground.database.read(lambda connection: board(connection, "99999", 0))
    assert (found.unit.vi, found.checked) == ("", None)
    assert {line.number for line in found.lines} >= {"113", "114", "115", "111"}


async def test_an_unknown_receipt_opens_nothing(box: Installation) -> None:
    assert await ask(box, FindMailbox(os.urandom(32), os.urandom(32))) is None


async def test_a_thread_must_be_opened_first_and_again_when_it_has_grown(box: Installation, page: Page) -> None:
    stretched = stretch(await page.file_tip(LONG), box.ground.keys.site.salt)
    question = FindMailbox(stretched.lookup, stretched.seed)
    with pytest.raises(Needed) as needed:
        await ask(box, question)
    work = needed.value.work
    assert isinstance(work, OpenThread)
    assert (work.question, len(work.thread.entries), work.thread.erased) == (question, 2, False)
    made = Made({question: (2, None)})
    assert await ask(box, question, made) is None
    with pytest.raises(Needed):
        await ask(box, question, replace(made, mailboxes={question: (1, None)}))


async def test_a_thread_without_entries_was_erased(box: Installation, page: Page) -> None:
    stretched = stretch(await page.file_tip(LONG), box.ground.keys.site.salt)
    await box.forge("DELETE FROM entries")
    thread = await box.ground.database.read(lambda connection: find_thread(connection, stretched.lookup))
    assert thread is not None
    assert (thread.entries, thread.erased) == ((), True)
