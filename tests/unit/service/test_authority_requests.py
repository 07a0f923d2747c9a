"""What a request may ask for: held against what was signed before, it is taken on trust in nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from installation import START, OfficerKeys
from unit.service.papers_of_authority import (
    CHIEF,
    DAY,
    FIRST,
    OTHER,
    SECOND,
    UNIT,
    case_of,
    line_of,
    open_office,
    sheet_of,
    signed,
    why_not,
)

from bot.service.authority.kept import FOLDER, Office
from bot.service.authority.keys import make_recovery
from bot.service.authority.requests import FARTHEST, open_cases, request_file
from bot.service.errors import NotAccepted
from crypto.sheets import LIFETIME


def test_whoever_stands_on_the_sheet_before_is_not_new(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    assert case_of(office, sheet_of(FIRST, SECOND)).new == (FIRST, SECOND)
    signed(office, sheet_of(FIRST, SECOND))
    case = case_of(office, sheet_of(FIRST, CHIEF, n=2, at=START + DAY))
    assert (case.new, case.gone, case.changed) == ((CHIEF,), (SECOND,), "")


@pytest.mark.parametrize("field", ["serial", "officer", "role", "recipient", "signing_key", "valid_from", "valid_to"])
def test_a_line_that_is_other_in_anything_is_new(tmp_path: Path, field: str) -> None:
    keys = OfficerKeys()
    others = {
        "serial": "s-9",
        "officer": "truc9",
        "role": "chief",
        "recipient": keys.identity.recipient,
        "signing_key": keys.signer.verify_key,
        "valid_from": START - 1,
        "valid_to": START + 90 * DAY,
    }
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    forged = replace(FIRST, **{field: others[field]})  # type: ignore[arg-type] # chosen by the test
    assert case_of(office, sheet_of(forged, n=2, at=START + DAY)).new == (forged,)


def test_who_left_and_comes_back_is_new_again(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST, SECOND))
    signed(office, sheet_of(FIRST, n=2, at=START + 1))
    assert case_of(office, sheet_of(FIRST, SECOND, n=3, at=START + 2)).new == (SECOND,)


def test_a_unit_with_another_name_or_parent_is_to_be_looked_at(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    assert case_of(office, sheet_of()).changed == "first sheet of this unit"
    signed(office, sheet_of())
    later = sheet_of(n=2, at=START + DAY)
    assert case_of(office, replace(later, name="xã khác")).changed == f"name was xã {UNIT}"
    assert case_of(office, replace(later, parent=None)).changed == "parent was 42"
    assert case_of(office, later).changed == ""


def test_a_request_that_was_answered_is_known(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    asked = sheet_of(FIRST)
    signed(office, asked)
    case = case_of(open_office(tmp_path), asked)
    assert (case.done, case.new, case.changed) == (True, (), "")


REFUSED = {
    "the same number for other people": ({"n": 2, "at": START + 2}, "number 2 was signed here"),
    "an older number": ({"n": 1, "at": START + 2 * DAY}, "asks for number 1, and number 2"),
    "a number far away": ({"n": 3 + FARTHEST, "at": START + 2 * DAY}, "far beyond number 2"),
    "a day to come": ({"n": 3, "at": START + 9 * DAY}, "look at both clocks"),
    "a day long over": ({"n": 3, "at": START - 100 * DAY}, "is too old"),
    "a demonstration": ({"n": 3, "at": START + 2 * DAY, "demo": True}, "demonstration"),
    "a recovery identity of whoever": (
        {"n": 3, "at": START + 2 * DAY, "recovery": OfficerKeys().identity.recipient},
        "would read every tip",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_request_may_ask_for(tmp_path: Path, what: str) -> None:
    changes, said = REFUSED[what]
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    signed(office, sheet_of(FIRST, n=2, at=START + 1))
    office.now = START + 3 * DAY
    (why,) = why_not(office, sheet_of(SECOND, **changes))  # type: ignore[arg-type] # chosen by the test
    assert said in why


def test_the_first_sheet_has_no_recovery_identity_but_ours(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    foreign = sheet_of(FIRST, recovery=OfficerKeys().identity.recipient)
    assert "would read every tip" in why_not(office, foreign)[0]
    own = make_recovery(tmp_path, UNIT)
    assert case_of(office, sheet_of(FIRST)).sheet.recovery == own
    assert "would read every tip" in why_not(office, foreign)[0]


def test_a_recovery_identity_stays_where_its_key_has_gone_to_paper(tmp_path: Path) -> None:
    own = make_recovery(tmp_path, UNIT)
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    (tmp_path / f"recovery-{UNIT}.key").unlink()
    later = sheet_of(FIRST, n=2, at=START + DAY)
    assert case_of(office, later).sheet.recovery == own
    assert case_of(office, replace(later, recovery=own)).sheet.recovery == own


def test_two_requests_for_one_unit_are_both_refused(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    assert (
        why_not(office, sheet_of(FIRST), sheet_of(SECOND))
        == ["several of these files ask for this unit: leave one"] * 2
    )


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    files = [("bad.json", b"{}"), ("good.json", request_file(sheet_of(FIRST, unit=OTHER)))]
    cases, refused = open_cases(office, files)
    assert [case.file for case in cases] == ["good.json"]
    assert [(one.file, one.why) for one in refused] == [("bad.json", "this file is no request for a unit sheet")]


def test_what_somebody_else_put_among_the_signed_stops_everything(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine", tmp_path / "other"
    for folder in (mine, other):
        folder.mkdir()
        signed(open_office(folder), sheet_of(line_of("s-1", "truc1")))
    (forged,) = (other / FOLDER).iterdir()
    (mine / FOLDER / "zz.txt").write_bytes(forged.read_bytes())
    with pytest.raises(NotAccepted, match=r"signed/zz\.txt beside the key is no sheet of this authority"):
        Office(mine, START)


def test_what_is_kept_is_the_newest_by_number(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    for n in (9, 10, 11):
        signed(office, sheet_of(FIRST, n=n, at=START + n))
    signed(office, sheet_of(FIRST, n=2, unit=OTHER))
    found = open_office(tmp_path, START + LIFETIME).every()
    assert [(one.sheet.unit, one.sheet.n) for one in found] == [(UNIT, 11), (OTHER, 2)]
