"""A register book taken out: in the shape offices use, of clear facts alone, and nothing of what is not his."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pikepdf
import pytest
from installation import UNIT, Installation, Officer, Page
from openpyxl import load_workbook
from postgres_server import BOTH
from sqlalchemy import Connection

from bot.run.app import open_ledger
from bot.run.desks import open_books
from bot.service.desk.books import Books
from bot.service.errors import NotAccepted
from bot.service.registers.book import Book, taken_out
from bot.service.registers.printing import form_of, written
from crypto.acts import read_record
from storage.repositories import register, tips
from storage.repositories.tips import Reader

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"


async def book_of(box: Installation, year: int = 2026, reader: Reader | None = None) -> Book:
    def say(key: str, args: Mapping[str, str]) -> str:
        return box.ground.texts.say("vi", key, args)

    return await box.ground.database.read(lambda c: taken_out(c, UNIT, year, say, reader=reader))


@pytest.fixture
async def opened(officer: Officer, page: Page) -> list[bytes]:
    """Three tips in the order in which they were opened; the second is decided."""
    for _ in range(3):
        await page.file_tip(WORDS)
    found = await officer.tips()
    for tip in found:
        await officer.open(tip)
    await officer.act_on(found[1], "false", "Bịa ra")
    return found


async def test_its_lines_say_what_offices_write(box: Installation, opened: list[bytes]) -> None:
    book = await book_of(box)
    assert book.title == "SỔ TIẾP NHẬN TIN BÁO NĂM 2026"
    assert book.header[:2] == ("Số thứ tự", "Ngày giờ tiếp nhận")
    first, second, _ = book.rows
    name = "Đ/c trực ban (trình diễn)"
    sealed = "Niêm phong, xem tại bàn làm việc"
    assert first == (
        "1", "10 giờ 22/11/2026", "Hòm thư tố giác", name, sealed, "Chưa phân loại", "Báo tỉnh: 22 giờ 22/11/2026",
        "Đã tiếp nhận", "",
    )  # fmt: skip
    assert second[5:] == ("Đã phân loại", "", "Tin sai sự thật", "10 giờ 22/11/2026")


async def test_what_was_passed_on_keeps_its_line(box: Installation, opened: list[bytes]) -> None:
    await box.run(lambda c: register.leave(c, UNIT, opened[0], "42"))
    assert (await book_of(box)).rows[0][7] == "Đã chuyển 42"


async def test_an_officer_is_shown_no_line_of_a_tip_that_he_may_not_know_of(
    box: Installation, officer: Officer, opened: list[bytes]
) -> None:
    await box.forge("UPDATE grants SET recipient = 's9' WHERE tip = ? AND recipient <> 'recovery'", opened[2])
    reader = Reader(UNIT, officer.me.officer.serial, keyed=True)
    assert [row[0] for row in (await book_of(box, reader=reader)).rows] == ["1", "2"]
    assert len((await book_of(box)).rows) == 3


async def test_it_holds_nothing_that_was_written(box: Installation, opened: list[bytes]) -> None:
    told = " ".join(cell for row in (await book_of(box)).rows for cell in row)
    assert not any(word in told for word in ("ma túy", "Bịa", "xóm", "drug"))


@pytest.mark.parametrize(("unit", "year"), [("nowhere", 2026), (UNIT, 26), (UNIT, 9999)])
async def test_no_such_book(box: Installation, unit: str, year: int) -> None:
    with pytest.raises(NotAccepted):
        await box.ground.database.read(lambda c: taken_out(c, unit, year, lambda key, _: key))


async def test_a_workbook_of_text_and_a_document(box: Installation, opened: list[bytes]) -> None:
    book = await book_of(box)
    book = replace(book, rows=(*book.rows, ("=1+1", *[""] * 8)))
    sheet = load_workbook(io.BytesIO(written(book, "xlsx"))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[0] == list(book.header)
    assert cells[-1][0] == "'=1+1"
    with pikepdf.open(io.BytesIO(written(book, "pdf"))) as pdf:
        assert len(pdf.pages) == 1


def test_a_file_is_one_or_the_other() -> None:
    assert (form_of("so.XLSX"), form_of("so.pdf")) == ("xlsx", "pdf")
    with pytest.raises(NotAccepted):
        form_of("so.doc")


async def test_who_moves_to_another_unit_takes_its_number_from_that_book(
    box: Installation, opened: list[bytes]
) -> None:
    def moved(connection: Connection) -> int:
        tips.move(connection, [UNIT], "p9")
        register.leave(connection, UNIT, opened[0], "p9")
        return register.enter(connection, "p9", opened[0], year=2026, officer=None)

    assert await box.run(moved) == 1
    assert (await book_of(box)).rows[0][7] == "Đã chuyển p9"


def books_of(box: Installation) -> Books:
    """As the console has them."""
    return open_books(box.ground, open_ledger(box.ground))


async def test_a_chief_takes_it_out_and_the_chain_tells_who_and_what_for(
    box: Installation, officer: Officer, opened: list[bytes]
) -> None:
    chief = replace(officer.me.officer, role="chief")
    made = await books_of(box).take_out(chief, 2026, "report", "xlsx")
    sheet = load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert sheet.max_row == 1 + len(opened)
    acts = [read_record(one).act for one in await officer.chain()]
    (told,) = [act for act in acts if act.act == "register"]
    assert (told.kind, told.serial) == ("observed", chief.serial)
    assert dict(told.detail) == {"year": 2026, "purpose": "report"}


async def test_nobody_but_a_chief_takes_it_out_at_the_console(box: Installation, officer: Officer) -> None:
    with pytest.raises(NotAccepted) as refused:
        await books_of(box).take_out(officer.me.officer, 2026, "report", "pdf")
    assert (refused.value.key, refused.value.status) == ("desk-chief-only", 403)
    assert b'"register"' not in b"".join(await officer.chain())
