"""`hopthu hotline …` as an operator uses it: numbers put up, checked, ordered and taken off; tables of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from integration.shell import Done, Shell, one_line
from openpyxl import Workbook, load_workbook

from bot.service.founding import NATIONAL

DUTY = ("0239.000.0000", "--role", "Trực ban Công an phường", "--hours", "24/24")


def listed(shell: Shell, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(shell.says("hotline", "list", *words, "--json"))
    return found


def sheet(shell: Shell, *rows: tuple[object, ...]) -> Path:
    """A workbook as a ward's clerk makes it."""
    book = Workbook()
    for row in (("Đơn vị", "Số điện thoại", "Chức danh", "Giờ trực"), *rows):
        book.worksheets[0].append(row)
    file = shell.folder / "so.xlsx"
    book.save(file)
    return file


def test_a_number_is_put_up_checked_ordered_changed_and_taken_off(real: Shell) -> None:
    assert "never checked" in real.says("hotline", "add", "18118", *DUTY)
    real.says("hotline", "add", "18118", "0239 000 0001", "--role", "Chủ tịch phường", "--checked")
    assert [(one["number"], one["stale"]) for one in listed(real, "18118", "--stale")] == [("0239 000 0000", True)]
    assert "TIP  the numbers of 18118 were called" in real.run("doctor").stdout
    assert real.says("hotline", "check", "18118", "+84 239 000 0000") == "Checked today: 1 number(s).\n"
    assert listed(real, "--stale") == []
    assert "ok   the numbers of 18118 were called" in real.run("doctor").stdout
    real.says("hotline", "order", "18118", "02390000001")
    real.says(
        "hotline", "change", "18118", "02390000000", "--number", "0239 000 0005", "--role-en", "Desk", "--checked"
    )
    first, second, *national = listed(real, "18118")
    assert (first["number"], first["kind"], first["role_en"]) == ("0239 000 0001", "leaders", "Chair of the ward")
    assert (second["number"], second["tel"], second["role_en"]) == ("0239 000 0005", "tel:+842390000005", "Desk")
    assert [one["number"] for one in national] == [one.number for one in NATIONAL]
    assert real.says("hotline", "check", "18118", "--all") == "Checked today: 2 number(s).\n"
    assert real.says("hotline", "remove", "18118", "0239 000 0005") == "Taken off the board.\n"
    assert len(listed(real)) == 1 + len(NATIONAL)


REFUSED = (
    (("list", "99999"), "there is no such unit here"),
    (("add", "99999", *DUTY), "there is no such unit here"),
    (("add", "18118", "2390000000", "--role", "x"), "the number lost its first 0"),
    (("add", "18118", "0239 000 0000", "--role", "Đ/c Nguyễn Văn A"), "the role names a person"),
    (("change", "18118", "113", "--role", "x"), "there is no such number on this board"),
    (("remove", "national", "113"), "a national number stays on every board"),
    (("import", "nowhere.csv"), "no such file or directory: nowhere.csv"),
    (("export", "numbers.ods"), "the file's name must end with .csv or .xlsx"),
)


def test_what_is_refused_is_one_plain_line(real: Shell) -> None:
    for words, said in REFUSED:
        assert said in one_line(real.run("hotline", *words)), words
    assert listed(real, "18118") == listed(real, "national")


@pytest.mark.parametrize("words", [("check", "18118"), ("check", "18118", "113", "--all"), ("add", "18118", "113")])
def test_what_is_typed_wrong_is_said(real: Shell, words: tuple[str, ...]) -> None:
    assert real.run("hotline", *words).returncode == 2


def test_a_workbook_is_taken_in_and_taken_along(real: Shell) -> None:
    file = sheet(
        real, ("18118", "0239 000 0000", "Trực ban Công an phường", "24/24"), (18118, "1900.0000", "Tổng đài", None)
    )
    assert real.says("hotline", "import", file) == "New 2, changed 0, as before 0, taken off 0.\n"
    assert real.says("hotline", "import", file) == "New 0, changed 0, as before 2, taken off 0.\n"
    real.says("hotline", "export", "out.csv", "--unit", "18118")
    head, *rows = csv.reader((real.folder / "out.csv").read_text("utf-8-sig").splitlines())
    assert head == ["unit", "number", "role_vi", "role_en", "hours_vi", "hours_en", "kind", "checked"]
    assert [row[:3] for row in rows] == [
        ["18118", "0239 000 0000", "Trực ban Công an phường"],
        ["18118", "1900 0000", "Tổng đài"],
    ]
    real.says("hotline", "export", "out.xlsx")
    assert len(list(load_workbook(real.folder / "out.xlsx").worksheets[0])) == 1 + 2 + len(NATIONAL)
    real.says("hotline", "export", "out.csv")
    assert "taken off 1" in real.says("hotline", "import", sheet(real, ("18118", "1900.0000", "Tổng đài")), "--whole")
    assert "New 1" in real.says("hotline", "import", "out.csv")


def test_a_table_with_a_wrong_row_changes_nothing_and_says_which(real: Shell) -> None:
    file = sheet(
        real, ("18118", "0239 000 0000", "Trực ban"), ("18118", 2390000001, "Chủ tịch"), ("18118", "=1+1", "x")
    )
    done: Done = real.run("hotline", "import", file)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "hopthu: One row is wrong, so nothing was taken in:",
        "  Row 4: number holds a formula: put its value there",
    ]
    file = sheet(real, ("18118", "0239 000 0000", "Trực ban"), ("18118", 2390000001, "Chủ tịch"))
    assert "Row 3: the number lost its first 0" in real.run("hotline", "import", file).stderr
    assert listed(real, "18118") == listed(real, "national")
