"""`hopthu roster …` and `hopthu unit route` as an operator types them."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from integration.shell import Shell, applied, one_line, sign

UNIT = "18118"


@pytest.fixture
def account(real: Shell) -> str:
    """The account of somebody who asked to be on the ward's sheet."""
    link = real.says("officer", "invite", UNIT, "Đ/c A").strip()
    asyncio.run(applied(real, link.rpartition("=")[2]))
    (listed,) = json.loads(real.says("officer", "list", "--json"))
    return str(listed["account"])


def test_a_week_is_set_shown_taken_along_and_brought_again(real: Shell, account: str) -> None:
    assert "5 day(s) a week" in real.says("roster", "set", UNIT, account, "T2-T6", "19-7")
    shown = json.loads(real.says("roster", "show", UNIT, "--json"))
    assert [(one["day"], one["start"], one["end"]) for one in shown["duties"]][:1] == [("mon", 19, 7)]
    assert "Written" in real.says("roster", "export", "week.xlsx")
    assert "Taken off: 5" in real.says("roster", "set", UNIT, account, "all", "--off")
    assert "Taken in: 5 duties of 1 unit(s)" in real.says("roster", "import", "week.xlsx")
    said = real.says("roster", "show", UNIT, "--at", "2030-01-02 21")
    assert "mon      19-07" in said
    assert "sat      00-24  nobody: the chief answers" in said
    assert "Answers at 2030-01-02T21:00+07:00: nobody" in said


def test_units_are_listed_with_who_answers_now(real: Shell, account: str) -> None:
    assert json.loads(real.says("roster", "list", "--json")) == []
    real.says("officer", "approve", "ab12cd34")
    sign(real, "sheet-request.json")
    (listed,) = json.loads(real.says("roster", "list", "--json"))
    assert (listed["unit"], listed["answers"], listed["gap_hours"]) == (UNIT, [account], 168)
    real.says("roster", "set", UNIT, account, "all", "0-24")
    assert f"{account} (by roster); 0 h a week without anybody" in real.says("roster", "list")


def test_holidays_are_said_and_taken_back(real: Shell) -> None:
    days, here = ("01/01/2027", "--unit", UNIT), ("unit", "holidays", "list", "--unit", UNIT)
    told = real.says("unit", "holidays", "add", *days, "--until", "2027-01-02", "--name", "Tết Dương lịch")
    assert "Holidays: 2 day(s)" in told
    assert "2027-01-01  holiday Tết Dương lịch (said by 18118)" in real.says("roster", "show", UNIT)
    assert "Worked: 1 day(s)" in real.says("unit", "holidays", "add", "2027-01-02", "--working", "--unit", UNIT)
    assert "2027-01-02  worked" in real.says(*here)
    assert "Ordinary days again: 1" in real.says("unit", "holidays", "remove", *days)
    assert [one["day"] for one in json.loads(real.says(*here, "--json")) if one["unit"] == UNIT] == ["2027-01-02"]


def test_holidays_come_as_a_table_of_the_country(real: Shell, tmp_path: Path) -> None:
    table = tmp_path / "2027.csv"
    table.write_text("ngày,tên,làm bù\n2027-02-08,Tết,\n13/02/2027,bù,có\n", "utf-8")
    assert "Taken in: 2 new, 0 changed, 0 as they were." in real.says("unit", "holidays", "import", str(table))
    assert "2027-02-13  worked  bù (said by national)" in real.says("unit", "holidays", "list", "--unit", UNIT)
    assert "2027-02-13  worked  bù (said by national)" in real.says("roster", "show", UNIT)
    assert "name bù; working yes" in real.says("unit", "holidays", "history", "national/2027-02-13")
    real.says("unit", "holidays", "export", "along.csv", "--unit", "national")
    assert "Taken in: 0 new, 0 changed" in real.says("unit", "holidays", "import", "along.csv")


def test_swaps_are_listed_taken_along_and_brought_again(real: Shell, account: str) -> None:
    other = real.says("officer", "invite", UNIT, "Đ/c B").strip()
    asyncio.run(applied(real, other.rpartition("=")[2], "trucban2", serial="cd34ef56"))
    names = sorted(one["account"] for one in json.loads(real.says("officer", "list", "--json")))
    (second,) = [name for name in names if name != account]
    said = real.says("roster", "swap", UNIT, "2026-12-24", account, second)
    assert said.startswith("On 2026-12-24")
    (listed,) = json.loads(real.says("roster", "swaps", "list", "--json"))
    assert listed == {"unit": UNIT, "day": "2026-12-24", "officer": account, "instead": second}
    assert f"{second} stands for {account}" in real.says("roster", "swaps", "list", "--unit", UNIT)
    assert "Written" in real.says("roster", "swaps", "export", "swaps.xlsx")
    real.says("roster", "swap", UNIT, "2026-12-24", account, "--undo")
    assert "Taken in: 1 new" in real.says("roster", "swaps", "import", "swaps.xlsx")
    told = real.says("roster", "swaps", "history", f"{UNIT}/2026-12-24/{account}").splitlines()
    assert (len(told), "taken off" in told[1]) == (3, True)


def test_a_units_terms_are_said(real: Shell) -> None:
    assert "difficult terms" in real.says("unit", "profile", UNIT, "difficult")


def test_kinds_are_sent_elsewhere_and_back(real: Shell) -> None:
    assert real.says("unit", "route", UNIT) == ""
    said = real.says("unit", "route", UNIT, "child", "--to", UNIT)
    assert said.startswith("child    to 18118 (said by 18118); received by: stays")
    (listed,) = json.loads(real.says("unit", "route", UNIT, "--json"))
    assert listed == {"category": "child", "said_by": UNIT, "target": UNIT, "receiver": ""}
    assert real.says("unit", "route", UNIT, "child", "--undo") == ""


REFUSED = (
    (("roster", "show", "99999"), "there is no such unit here"),
    (("roster", "set", UNIT, "nobody", "all", "0-24"), "there is no such account in this unit"),
    (("roster", "set", UNIT, "nobody", "all", "--off"), "this account has no duty on these days"),
    (("roster", "swap", UNIT, "2026-11-23", "nobody", "--undo"), "there is no swap"),
    (("unit", "holidays", "add", "2020-01-01"), "day is over"),
    (("unit", "profile", "99999", "difficult"), "there is no such unit here"),
    (("roster", "import", "nowhere.csv"), "no such file or directory: nowhere.csv"),
    (("roster", "export", "week.doc"), "must end with .csv or .xlsx"),
    (("unit", "route", UNIT, "fun", "--to", UNIT), "the kind must be one of drug"),
    (("unit", "route", UNIT, "child", "--undo"), "says nothing of this kind"),
)
TYPED_WRONG = (
    (("roster", "set", UNIT, "a", "someday", "7-19"), "mon-fri"),
    (("roster", "set", UNIT, "a", "mon", "7:30-19"), "7-19"),
    (("roster", "swap", UNIT, "tomorrow", "a", "b"), "2026-11-23"),
    (("roster", "swap", UNIT, "2026-11-23", "a"), "who stands for him"),
    (("unit", "route", UNIT, "child"), "--to CODE"),
    (("unit", "route", UNIT, "--to", "42"), "kind of matter"),
)


def test_what_is_refused_is_one_plain_line(real: Shell) -> None:
    for words, said in REFUSED:
        assert said in one_line(real.run(*words)), words


def test_what_is_typed_wrong_is_said(real: Shell) -> None:
    for words, said in TYPED_WRONG:
        done = real.run(*words)
        assert (done.returncode, said in " ".join(done.stderr.split())) == (2, True), words
