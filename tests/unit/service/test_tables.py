"""Tables brought and taken: what is read, what is refused and by which row, and that nothing written is worked out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from unit.service.wrong_rows import SAY, TEXTS, said

from bot.run.config import PROJECT
from bot.service import tables
from bot.service.errors import NotAccepted
from bot.service.tables import (
    Column,
    Fault,
    Row,
    RowsRefused,
    kind_of,
    read_table,
    reading,
    refuse,
    told,
    workbooks,
    write_table,
)
from handlers import telephones

COLUMNS = (
    Column("code", ("mã",), needed=True),
    Column("name_vi", ("tên",), needed=True),
    Column("place", ("địa điểm",)),
)
FIRST = {"code": "tdp4", "name_vi": "Tổ 4", "place": "Nhà văn hóa"}
KINDS = ("csv", "xlsx")


def read(text: str) -> tuple[Row, ...]:
    return read_table(text.encode(), COLUMNS)


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return saved(made)


def saved(made: Workbook) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def wrong(body: bytes) -> str:
    with pytest.raises(RowsRefused) as refused:
        read_table(body, COLUMNS)
    return said(refused.value)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("head", ["code|name_vi|place", "Mã|TÊN|Dia diem", "\ufeffcode|name-vi|địa  điểm"])
def test_a_csv_is_read_whatever_parts_its_cells_and_however_its_columns_are_called(mark: str, head: str) -> None:
    text = f"{head}\r\ntdp4|Tổ  4|Nhà văn hóa\r\n\r\ntdp5|Tổ 5|\r\n".replace("|", mark)
    assert read(text) == (Row(2, FIRST), Row(4, {"code": "tdp5", "name_vi": "Tổ 5", "place": ""}))


def test_columns_may_stand_in_any_order_and_be_left_out() -> None:
    assert read("tên,mã\nTổ 4,tdp4\n") == (Row(2, {"code": "tdp4", "name_vi": "Tổ 4"}),)
    assert read("tên,mã\nTổ 4,tdp4\n")[0]["place"] == ""


def test_a_row_says_nothing_of_a_column_that_the_table_has_not() -> None:
    for text, place in (("mã,tên\na,A\n", None), ("mã,tên,địa điểm\na,A\n", ""), ("mã,tên,địa điểm\na,A,B\n", "B")):
        (row,) = read(text)
        assert (row.said("place"), row.said("code")) == (place, "a")
    (row,) = read_table(book(["code", "name_vi", "place"], ["a", "A"]), COLUMNS)
    assert row.said("place") == ""


def test_a_workbook_is_read_as_it_is_seen() -> None:
    body = book(
        ["code", "name_vi", "place"],
        [113, "Tổ 4", date(2026, 5, 2)],
        [],
        [1.5, True, time(7, 30)],
        ["a", "b", datetime(2026, 5, 2, 7)],  # noqa: DTZ001 # a sheet knows no zone
        [0, False],
    )
    assert [(row.number, row.cells) for row in read_table(body, COLUMNS)] == [
        (2, {"code": "113", "name_vi": "Tổ 4", "place": "2026-05-02"}),
        (4, {"code": "1.5", "name_vi": "yes", "place": "07:30"}),
        (5, {"code": "a", "name_vi": "b", "place": "2026-05-02T07:00:00"}),
        (6, {"code": "0", "name_vi": "no", "place": ""}),
    ]


def test_rows_below_many_empty_ones_are_read_or_the_workbook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Workbook()
    made.active.append(["code", "name_vi"])
    for number in (2, reading.MOST_ROWS + 9):
        made.active.cell(number, 1, f"c{number}")
        made.active.cell(number, 2, "x")
    assert [row.number for row in read_table(saved(made), COLUMNS)] == [2, reading.MOST_ROWS + 9]
    monkeypatch.setattr(reading, "MOST_LINES", reading.MOST_ROWS + 8)
    assert wrong(saved(made)) == "the sheet goes on below row 20,008: delete what stands there"


def test_a_formula_is_not_worked_out_but_refused_by_row_and_column() -> None:
    body = book(["code", "name_vi"], ["a", "=1+1"], ["b", '=HYPERLINK("http://example.org")'], ["c", "#N/A"])
    assert wrong(body) == (
        "3 rows are wrong, so nothing was taken in:\n"
        "  Row 2: name_vi holds a formula: put its value there\n"
        "  Row 3: name_vi holds a formula: put its value there\n"
        "  Row 4: name_vi holds an error instead of a value"
    )


def test_every_row_that_is_wrong_is_named_and_what_stands_there_is_not() -> None:
    text = f"code,name_vi,place\n,Bí mật,\nb,B,{'x' * 1001}\nc,C,,Bí mật\n"
    assert wrong(text.encode()) == (
        "3 rows are wrong, so nothing was taken in:\n"
        "  Row 2: code is empty\n"
        "  Row 3: place is longer than 1,000 characters\n"
        "  Row 4: cell 4 stands in no named column"
    )


def test_many_faults_are_told_in_part_and_all_are_kept() -> None:
    with pytest.raises(RowsRefused) as refused:
        read("code,name_vi\n" + ",x\n" * 50)
    assert len(refused.value.faults) == 50
    assert said(refused.value).splitlines()[0] == "50 rows are wrong, so nothing was taken in:"
    assert said(refused.value).splitlines()[-1] == "  … and 30 more"


def test_faults_found_later_are_told_the_same_way() -> None:
    refuse([])
    with pytest.raises(RowsRefused) as refused:
        refuse([Fault(7, "row-twice", "code", {"other": "2"}), Fault(0, "row-kind", "kind").at(3)])
    assert [fault.row for fault in refused.value.faults] == [3, 7]
    assert said(refused.value) == (
        "2 rows are wrong, so nothing was taken in:\n"
        "  Row 3: kind is none of police, leaders, other\n"
        "  Row 7: the same stands in row 2"
    )
    assert (refused.value.key, refused.value.status, str(refused.value)) == ("desk-rows", 422, "desk-rows")


def test_a_fault_is_told_in_the_language_of_whoever_reads_it() -> None:
    vietnamese = told(RowsRefused([Fault(14, "row-empty", "nhãn")]), lambda key, args: TEXTS.say("vi", key, args))
    assert vietnamese == "1 dòng sai, nên chưa nhập gì:\n  Dòng 14: thiếu nhãn"


def test_what_is_no_rows_fault_is_one_line_that_says_nothing_twice() -> None:
    circle = Fault(0, "row-box-circle", "successor")
    assert told(RowsRefused([circle, circle, Fault(0, "row-code", "code")]), SAY) == (
        "closed boxes would lead in a circle; a code is 1 to 64 letters without marks, digits, _ and -"
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "row 1 must name the columns, each once: code, name_vi"),
        ("code,place\nx,y\n", "row 1 must name the columns, each once: name_vi"),
        ("code,code,name_vi\n", "row 1 must name the columns, each once: code, name_vi, place"),
        ("code,name_vi,secret\n", "row 1 must name the columns; column 3 is none of: code, name_vi, place"),
        ('code,name_vi\n"x,y\n', "this is no CSV: a cell is too long, or a quotation mark is not closed"),
        (
            f'code,name_vi\n"{"x" * 200_000}",y\n',
            "this is no CSV: a cell is too long, or a quotation mark is not closed",
        ),
    ],
)
def test_a_table_that_is_none_is_refused_whole(text: str, why: str) -> None:
    assert wrong(text.encode()) == why


def test_what_is_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert wrong(b"x" * (reading.LARGEST + 1)) == "the file is larger than 4 MB"
    assert wrong("mã,tên\nTổ".encode("utf-16")).startswith("this is no UTF-8 text")
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    assert wrong(b"code,name_vi\n" + b"a,b\n" * 3) == "there are more than 2 rows"
    assert wrong(book(["code", "name_vi"], *[["a", "b"]] * 3)) == "there are more than 2 rows"


SOURCES = [*Path(tables.__file__).parents[1].rglob("*.py"), Path(telephones.__file__)]


def test_every_sentence_about_rows_is_in_the_catalogues_and_none_is_left_over() -> None:
    used = {key for path in SOURCES for key in re.findall(r'"(row-[a-z-]+)"', path.read_text("utf-8"))}
    catalogue = (PROJECT / "locales" / "en.ftl").read_text("utf-8")
    assert used == set(re.findall(r"^(row-[a-z-]+) =", catalogue, re.MULTILINE))


def packed(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", packing) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return kept.getvalue()


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    assert "unpacks to too much" in wrong(packed({"xl/workbook.xml": b"0" * (reading.UNPACKED + 1)}))
    assert "unpacks to too much" in wrong(packed({f"{n}": b"" for n in range(workbooks.MOST_PARTS + 1)}))


@pytest.mark.parametrize("parts", [{}, {"a": b"b"}, {"[Content_Types].xml": b"<x/>"}])
def test_what_is_no_workbook_is_refused(parts: dict[str, bytes]) -> None:
    assert wrong(b"PK\x03\x04" + packed(parts)) == "this is no XLSX workbook, or a broken one"
    assert wrong(packed(parts or {"a": b"b"}, zipfile.ZIP_LZMA)) == "this is no XLSX workbook, or a broken one"


def test_a_broken_workbook_is_read_or_refused_and_nothing_else() -> None:
    whole, chance = book(["code", "name_vi"], ["a", "b"]), random.Random(7)
    for _ in range(150):
        bent = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            bent[chance.randrange(4, len(bent))] = chance.randrange(256)
        try:
            read_table(bytes(bent), COLUMNS)
        except NotAccepted:
            continue


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["=1+1", "+84", "-1", "@x", "'=1", "''+2", "'quoted'", "0239 000 0000", "Tổ, “4”;"])
def test_nothing_written_is_worked_out_and_all_of_it_is_read_again(kind: str, text: str) -> None:
    body = write_table(kind, COLUMNS, [{"code": text, "name_vi": "x"}])  # type: ignore[arg-type] # chosen by the test
    assert read_table(body, COLUMNS) == (Row(2, {"code": text, "name_vi": "x", "place": ""}),)
    if kind == "xlsx":
        (cell, *_) = load_workbook(io.BytesIO(body)).worksheets[0][2]
        assert (cell.data_type, cell.value[0] in "=+-@") == ("s", False)
    else:
        assert body.startswith(b"\xef\xbb\xbfcode,name_vi,place\r\n")
        assert body.decode("utf-8-sig").splitlines()[1].lstrip('"')[0] not in "=+-@"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20))
def test_any_word_survives_going_out_and_coming_in(word: str) -> None:
    clean = reading.clean(word)
    body = write_table("csv", COLUMNS, [{"code": word, "name_vi": "x"}])
    assert read_table(body, COLUMNS)[0]["code"] == clean


def test_a_file_is_named_by_its_kind() -> None:
    assert (kind_of("a.CSV"), kind_of("b.c.xlsx")) == ("csv", "xlsx")
    with pytest.raises(NotAccepted, match=r"must end with \.csv or \.xlsx"):
        kind_of("a.ods")
