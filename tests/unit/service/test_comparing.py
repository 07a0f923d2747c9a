"""Nobody is confirmed but by what a person heard and typed, or ticked beside digits that are still right."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from unit.service import wrong_rows
from unit.service.papers_of_authority import CHIEF, FIRST, SECOND, UNIT, case_of, digits, open_office, sheet_of

from bot.service.authority.comparing import HEARD, Judged, Line, judge, lines_of, write_list
from bot.service.tables import Kind, RowsRefused, line

SHEET = sheet_of(FIRST, SECOND)
KEY = f"u{UNIT}-{FIRST.serial}"
Filled = dict[str, str]


@pytest.fixture
def lines(tmp_path: Path) -> list[Line]:
    return lines_of([case_of(open_office(tmp_path), SHEET)])


def listed(lines: list[Line], *, shown: bool = False) -> dict[str, Filled]:
    """The list's rows as a spreadsheet has them, by key."""
    text = write_list("csv", lines, digits=shown).decode("utf-8-sig")
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text))}


def filled(rows: dict[str, Filled] | list[Filled]) -> bytes:
    out = io.StringIO()
    every = list(rows.values()) if isinstance(rows, dict) else rows
    writer = csv.DictWriter(out, every[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(every)
    return out.getvalue().encode()


def heard(groups: list[str]) -> Filled:
    return dict(zip(HEARD, groups, strict=True))


def faults(found: Judged) -> list[str]:
    return [line(fault, wrong_rows.SAY) for fault in found.faults]


def test_the_list_shows_who_and_where_and_no_digits(lines: list[Line]) -> None:
    rows = listed(lines)
    assert list(rows) == [f"u{UNIT}", KEY, f"u{UNIT}-{SECOND.serial}"]
    assert {name: rows[KEY][name] for name in ("unit", "name", "parent", "account", "role", "what")} == {
        "unit": UNIT, "name": f"xã {UNIT}", "parent": "u42", "account": "truc1", "role": "duty", "what": "new officer",
    }  # fmt: skip
    assert rows[f"u{UNIT}"]["what"] == "first sheet of this unit"
    assert not any(row["digits"] for row in rows.values())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_that_nobody_filled_in_confirms_nobody(lines: list[Line], kind: Kind) -> None:
    for shown in (False, True):
        assert judge(lines, write_list(kind, lines, digits=shown)) == Judged(frozenset())


def test_digits_as_heard_confirm_their_officer_alone(lines: list[Line]) -> None:
    rows = listed(lines)
    rows[KEY] |= heard(digits(SHEET, FIRST))
    assert judge(lines, filled(rows)) == Judged(frozenset({KEY}))


def test_a_group_that_lost_its_noughts_in_a_spreadsheet_is_the_same(lines: list[Line]) -> None:
    rows = listed(lines)
    rows[KEY] |= heard([group.lstrip("0") or "0" for group in digits(SHEET, FIRST)])
    assert judge(lines, filled(rows)).confirmed == {KEY}


def test_numbers_typed_into_a_workbook_are_read(lines: list[Line]) -> None:
    book = load_workbook(io.BytesIO(write_list("xlsx", lines, digits=False)))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == KEY)
    for name, group in heard(digits(SHEET, FIRST)).items():
        sheet.cell(row, columns[name], int(group))
    out = io.BytesIO()
    book.save(out)
    assert judge(lines, out.getvalue()) == Judged(frozenset({KEY}))


@pytest.mark.parametrize("place", range(4))
def test_one_wrong_digit_confirms_nobody(lines: list[Line], place: int) -> None:
    groups = digits(SHEET, FIRST)
    groups[place] = f"{(int(groups[place]) + 1) % 100_000:05}"
    rows = listed(lines)
    rows[KEY] |= heard(groups)
    found = judge(lines, filled(rows))
    assert found.confirmed == frozenset()
    assert faults(found) == [
        "Row 3: these are not the digits of the officer's keys: hear them again; if they stay other, do not sign"
    ]


def test_the_digits_of_a_colleague_confirm_nobody(lines: list[Line]) -> None:
    rows = listed(lines)
    rows[KEY] |= heard(digits(SHEET, SECOND))
    assert judge(lines, filled(rows)).confirmed == frozenset()


def test_all_twenty_are_compared(lines: list[Line]) -> None:
    rows = listed(lines)
    rows[KEY] |= heard([*digits(SHEET, FIRST)[:3], ""]) | {"same": "x"}
    found = judge(lines, filled(rows))
    assert (found.confirmed, faults(found)) == (
        frozenset(),
        ["Row 3: heard 4 is empty: all twenty digits are compared"],
    )


def test_a_tick_counts_beside_the_right_digits_alone(lines: list[Line]) -> None:
    for shown, change, said in (
        (True, {"same": "x"}, None),
        (True, {"same": " X "}, None),
        (True, {"same": "Có"}, None),
        (True, {"same": "no"}, "Row 3: same is neither empty nor an x"),
        (False, {"same": "x"}, "Row 3: an x counts only beside digits: type the digits as heard"),
        (
            True,
            {"same": "x", "digits": "12345 12345 12345 12345"},
            "Row 3: these are not the digits of the request: write a new list",
        ),
    ):
        rows = listed(lines, shown=shown)
        rows[KEY] |= change
        found = judge(lines, filled(rows))
        assert (found.confirmed, faults(found)) == ((frozenset({KEY}), []) if said is None else (frozenset(), [said]))


def test_a_list_of_before_the_keys_were_changed_confirms_nobody(lines: list[Line], tmp_path: Path) -> None:
    rows = listed(lines, shown=True)
    rows[KEY] |= {"same": "x"}
    swapped = replace(CHIEF, serial=FIRST.serial, officer=FIRST.officer, role=FIRST.role)
    now = lines_of([case_of(open_office(tmp_path), sheet_of(swapped, SECOND))])
    assert judge(now, filled(rows)).confirmed == frozenset()


def test_a_unit_is_ticked_as_it_is_called(lines: list[Line]) -> None:
    key = f"u{UNIT}"
    rows = listed(lines)
    rows[key]["same"] = "x"
    assert judge(lines, filled(rows)) == Judged(frozenset({key}))
    for change in ({"name": "xã khác"}, {"parent": "u43"}, {"parent": "42"}, {"parent": ""}):
        found = judge(lines, filled({**rows, key: {**rows[key], **change}}))
        assert found.confirmed == frozenset()
        assert "called otherwise" in faults(found)[0]


def test_rows_that_contradict_each_other_confirm_nobody(lines: list[Line]) -> None:
    rows = listed(lines, shown=True)
    good, bad = {**rows[KEY], "same": "x"}, {**rows[KEY], "same": "?"}
    for order in ([good, bad], [bad, good]):
        assert judge(lines, filled(order)).confirmed == frozenset()


def test_rows_of_somebody_else_do_no_harm(lines: list[Line]) -> None:
    rows = listed(lines, shown=True)
    assert judge(lines, filled([{**rows[KEY], "key": "u18118-nobody", "same": "x"}])) == Judged(frozenset())


def test_what_is_no_list_is_refused(lines: list[Line]) -> None:
    with pytest.raises(RowsRefused) as refused:
        judge(lines, b"a,b\n1,2\n")
    assert wrong_rows.said(refused.value).startswith("row 1 must name the columns")


def test_digits_on_their_way_are_counted(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    lines_of([case_of(open_office(tmp_path), SHEET)], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]
