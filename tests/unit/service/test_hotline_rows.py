"""Numbers as a table: all rows or none, the same again changes nothing, and what is wrong is told by its row."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection
from unit.service.boards_world import NOW, PROVINCE, WARD, in_database
from unit.service.wrong_rows import lines

from bot.service.founding import NATIONAL
from bot.service.hotlines import acts, rows
from bot.service.hotlines.rows import Taken
from bot.service.tables import RowsRefused
from storage.repositories import hotlines, units

TABLE = (
    "đơn vị;số điện thoại;chức danh;giờ;loại;ngày kiểm tra\n"
    "18118;0239.000.0000;Trực ban Công an phường;24/24;công an;02/05/2026\n"
    "18118;0239 000 0001;Chủ tịch phường;giờ hành chính;;2026-05-03\n"
    "42;069 000 0000;Trực ban Công an tỉnh;;;\n"
    "national;1022;Tổng đài dịch vụ công;;khác;\n"
)


def take(connection: Connection, text: str = TABLE, *, whole: bool = False, named: bool = False) -> Taken:
    return rows.take_in(connection, text.encode(), NOW, whole=whole, named=named)


def own(connection: Connection, unit: str | None = WARD) -> list[str]:
    return [one.number for one in hotlines.own(connection, unit)]


def told(text: str, *, named: bool = False) -> list[str]:
    """What is said of each wrong row; that nothing was written is looked at too."""

    def work(connection: Connection) -> list[str]:
        before = hotlines.every(connection)
        with pytest.raises(RowsRefused) as refused:
            take(connection, text, named=named)
        assert hotlines.every(connection) == before
        return lines(refused.value)

    return in_database(work)


def test_a_table_is_taken_in_whatever_its_columns_are_called_and_in_its_order() -> None:
    def work(connection: Connection) -> None:
        assert take(connection) == Taken(new=4, changed=0, same=0, removed=0)
        duty, chair, *_ = acts.listed(connection, WARD, NOW)
        assert (duty.number, duty.role_en, duty.hours_en, duty.kind) == (
            "0239 000 0000",
            "Ward police duty desk",
            "24 h",
            "police",
        )
        assert (duty.checked, chair.checked, chair.kind) == ("2026-05-02", "2026-05-03", "leaders")
        assert own(connection, PROVINCE) == ["069 000 0000"]
        assert own(connection, None) == [*(one.number for one in NATIONAL), "1022"]

    in_database(work)


def test_the_same_table_again_changes_nothing() -> None:
    def work(connection: Connection) -> None:
        take(connection)
        before = hotlines.every(connection)
        assert take(connection) == Taken(new=0, changed=0, same=4, removed=0)
        assert hotlines.every(connection) == before

    in_database(work)


def test_rows_change_what_they_say_and_leave_what_they_do_not_say() -> None:
    def work(connection: Connection) -> None:
        take(connection)
        told = take(connection, "unit,number,role_vi\n18118,+84239 0000001,Bí thư Đảng ủy phường\n")
        assert told == Taken(new=0, changed=1, same=0, removed=0)
        first, second, *_ = acts.listed(connection, WARD, NOW)
        assert (second.number, second.role_en) == ("0239 000 0001", "Party secretary of the ward")
        assert (second.hours_vi, second.checked, first.number) == ("giờ hành chính", "2026-05-03", "0239 000 0000")

    in_database(work)


def test_an_empty_cell_takes_the_hours_away_and_nothing_that_must_be_said() -> None:
    def work(connection: Connection) -> None:
        take(connection)
        take(connection, "unit,number,role_vi,role_en,hours_vi,kind,checked\n18118,02390000001,Chủ tịch phường,,,,\n")
        _, chair, *_ = acts.listed(connection, WARD, NOW)
        assert (chair.hours_vi, chair.hours_en, chair.role_en) == ("", "", "Chair of the ward")
        assert (chair.kind, chair.checked) == ("leaders", "2026-05-03")

    in_database(work)


def test_who_agreed_to_be_named_need_not_agree_to_other_hours() -> None:
    def work(connection: Connection) -> None:
        row = "unit,number,role_vi,hours\n18118,0239 000 0000,ông Nguyễn Văn A,{}\n"
        take(connection, row.format("24/24"), named=True)
        assert take(connection, row.format("7-17")) == Taken(new=0, changed=1, same=0, removed=0)

    in_database(work)


@pytest.mark.parametrize(
    ("table", "order"),
    [
        ("b", "abcd"),
        ("cb", "acbd"),
        ("dcba", "dcba"),
        ("bx", "abxcd"),
        ("xyb", "axybcd"),
        ("bxya", "bxyacd"),
        ("xy", "abcdxy"),
        ("axdy", "axbcdy"),
    ],
)
def test_numbers_of_a_table_stand_in_its_order_among_the_others(table: str, order: str) -> None:
    """Letters are numbers; those of the board were put up as `abcd`."""

    def text(letters: str) -> str:
        return "unit,number,role_vi\n" + "".join(f"18118,0239 000 {ord(letter):04},Trực ban\n" for letter in letters)

    def work(connection: Connection) -> str:
        take(connection, text("zabcd"))
        acts.remove(connection, WARD, f"0239 000 {ord('z'):04}")
        take(connection, text(table))
        before = hotlines.every(connection)
        assert take(connection, text(table)) == Taken(new=0, changed=0, same=len(table), removed=0)
        assert hotlines.every(connection) == before
        return "".join(chr(int(number[-4:])) for number in own(connection))

    assert in_database(work) == order


def test_a_whole_board_loses_what_the_table_does_not_name_but_no_built_in_number() -> None:
    def work(connection: Connection) -> None:
        take(connection)
        again = "unit,number,role_vi\n18118,0239 000 0000,Trực ban\nnational,113,Công an\n"
        assert take(connection, again, whole=True) == Taken(new=0, changed=1, same=1, removed=2)
        assert own(connection) == ["0239 000 0000"]
        assert own(connection, PROVINCE) == ["069 000 0000"]
        assert own(connection, None) == [one.number for one in NATIONAL]

    in_database(work)


def test_every_wrong_row_is_named_and_none_is_taken() -> None:
    text = (
        "unit,number,role_vi,kind,checked\n"
        "18118,0239 000 0000,Trực ban,police,\n"
        "99999,0239 000 0000,Trực ban,,\n"
        "18118,+842390000000,Trực ban,,\n"
        "18118,2390000001,Trực ban,fire,31/02/2026\n"
        "18118,0239 000 0002,ông Nguyễn Văn A,,01/01/2030\n"
        "18118,,Trực ban,,\n"
    )
    assert told(text) == ["Row 7: number is empty"]
    assert told(text.rpartition("18118")[0]) == [
        "Row 3: there is no such unit here",
        "Row 4: the same stands in row 2",
        "Row 5: kind is none of police, leaders, other",
        "Row 5: checked is no day: write 2026-05-02 or 02/05/2026",
        "Row 5: the number lost its first 0: in the spreadsheet make the column text",
        "Row 6: the role names a person: say the role alone, unless that person has agreed (by command: --named)",
        "Row 6: checked lies in the future",
    ]
    assert told("unit,number,role_vi,checked\n18118,113,ông Nguyễn Văn A,2030-01-01\n", named=True) == [
        "Row 2: checked lies in the future"
    ]


def test_a_code_that_a_spreadsheet_took_the_noughts_off_is_known() -> None:
    def work(connection: Connection) -> None:
        take(connection, "unit,number,role_vi\n2671,0214 000 0000,Trực ban\n")
        assert own(connection, "02671") == ["0214 000 0000"]

    in_database(work)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_along_can_be_brought_again(kind: str) -> None:
    def work(connection: Connection) -> bytes:
        take(connection)
        body = rows.taken_along(connection, kind)  # type: ignore[arg-type] # chosen by the test
        assert rows.take_in(connection, body, NOW) == Taken(new=0, changed=0, same=4 + len(NATIONAL), removed=0)
        return body

    whole = in_database(work)

    def elsewhere(connection: Connection) -> None:
        assert rows.take_in(connection, whole, NOW).new == 4
        assert own(connection) == ["0239 000 0000", "0239 000 0001"]

    in_database(elsewhere)


def test_only_the_units_asked_for_are_taken_along() -> None:
    def work(connection: Connection) -> str:
        take(connection)
        return rows.taken_along(connection, "csv", (PROVINCE,)).decode("utf-8-sig")

    assert in_database(work).splitlines() == [
        "unit,number,role_vi,role_en,hours_vi,hours_en,kind,checked",
        "42,069 000 0000,Trực ban Công an tỉnh,Provincial police duty desk,,,police,",
    ]


def test_an_empty_table_changes_nothing() -> None:
    assert in_database(lambda connection: take(connection, "unit,number,role_vi\n", whole=True)) == Taken(0, 0, 0, 0)


WAS = "unit,number,role_vi,was\n"


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("18118,-,-,0239 000 0000\n18118,0239 000 0000,Trực ban,\n", "Row 3: the same stands in row 2"),
        ("18118,0239 000 0000,Trực ban,\n18118,-,-,0239 000 0000\n", "Row 3: the same stands in row 2"),
        ("18118,-,-,0239 000 0000\n18118,0239 000 0009,Trực ban,0239 000 0000\n", "Row 3: the same stands in row 2"),
        (
            "18118,0239 000 0009,Trực ban,0239 000 0000\n18118,0239 000 0000,Trực ban,\n",
            "Row 3: the same stands in row 2",
        ),
        (
            "18118,0239 000 0009,Trực ban,0239 000 0000\n18118,-,-,0239 000 0000\n",
            "Row 3: the unit's board has no such number of its own",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_named(table: str, said: str) -> None:
    """One of them says that a number goes or becomes another, one that it stays."""

    def work(connection: Connection) -> None:
        take(connection)
        before = hotlines.every(connection)
        with pytest.raises(RowsRefused) as refused:
            take(connection, WAS + table)
        assert lines(refused.value) == [said]
        assert hotlines.every(connection) == before

    in_database(work)


def test_for_one_row_no_more_is_read_than_its_own_board(monkeypatch: pytest.MonkeyPatch) -> None:
    def work(connection: Connection) -> None:
        take(connection)
        for module, name in ((hotlines, "every"), (units, "every_unit"), (units, "names")):
            monkeypatch.delattr(module, name)
        assert take(connection, "unit,number,role_vi\n18118,0239 000 0009,Trạm y tế\n").new == 1

    in_database(work)
