"""Signing for many units: only what was compared, again after a break, for longer and for shorter."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from installation import START
from unit.service.papers_of_authority import (
    DAY,
    FIRST,
    OTHER,
    SECOND,
    SITE,
    UNIT,
    case_of,
    everything,
    line_of,
    open_office,
    sheet_of,
    signed,
    told,
)

from bot.service.authority.comparing import key_of, lines_of
from bot.service.authority.kept import FOLDER, Office, Signed
from bot.service.authority.requests import open_cases, request_file
from bot.service.authority.signing import Terms, chosen, end_of, renew, shorten, sign_cases
from bot.service.errors import NotAccepted
from crypto.sheets import LIFETIME, read_draft

THIRD = line_of("s-3", "truc3")


def files_of(office: Office) -> list[str]:
    folder = office.folder / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_nobody_whom_nobody_compared_is_signed(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    cases = [case_of(office, sheet_of(FIRST, SECOND))]
    confirmed = everything(cases)
    for missing in confirmed:
        outcomes, found = sign_cases(office, cases, confirmed - {missing}, Terms())
        assert (told(outcomes), found, files_of(office)) == ({UNIT: "waiting"}, [], [])
    outcomes, (sheet,) = sign_cases(office, cases, confirmed, Terms())
    assert told(outcomes) == {UNIT: "signed"}
    written = read_draft(sheet.body.splitlines()[0])
    assert written.officers == (FIRST, SECOND)


def test_who_waits_is_named(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    cases = [case_of(office, sheet_of(FIRST, SECOND))]
    (unit,), _ = sign_cases(office, cases, everything(cases) - {key_of(UNIT)}, Terms())
    assert (unit.waiting, unit.why) == ((), "first sheet of this unit")
    (officer,), _ = sign_cases(office, cases, everything(cases) - {key_of(UNIT, SECOND.serial)}, Terms())
    assert (officer.waiting, officer.why) == (("truc2",), "")


def test_who_waits_can_be_left_out_but_never_all_of_them(tmp_path: Path) -> None:
    office, terms = open_office(tmp_path), Terms(leave_out=True)
    cases = [case_of(office, sheet_of(FIRST, SECOND))]
    assert told(sign_cases(office, cases, frozenset({key_of(UNIT)}), terms)[0]) == {UNIT: "waiting"}
    confirmed = frozenset({key_of(UNIT), key_of(UNIT, FIRST.serial)})
    assert told(sign_cases(office, cases, confirmed - {key_of(UNIT)}, terms)[0]) == {UNIT: "waiting"}
    (outcome,), (sheet,) = sign_cases(office, cases, confirmed, terms)
    assert (outcome.status, outcome.waiting, sheet.sheet.officers) == ("signed", ("truc2",), (FIRST,))
    assert case_of(office, sheet_of(FIRST, SECOND)).done


def test_a_renewal_with_the_same_people_asks_nobody(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST, SECOND))
    cases = [case_of(office, sheet_of(FIRST, SECOND, n=2, at=START + DAY))]
    assert lines_of(cases) == []
    assert told(sign_cases(office, cases, frozenset(), Terms())[0]) == {UNIT: "signed"}


def test_a_run_broken_off_is_gone_on_with(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    asked = [("a.json", request_file(sheet_of(FIRST))), ("b.json", request_file(sheet_of(SECOND, unit=OTHER)))]
    cases, _ = open_cases(office, asked)
    confirmed = everything(cases)
    _, first = sign_cases(office, cases[:1], confirmed, Terms())
    again = open_office(tmp_path)
    cases, _ = open_cases(again, asked)
    outcomes, both = sign_cases(again, cases, confirmed, Terms())
    assert told(outcomes) == {UNIT: "already", OTHER: "signed"}
    assert both[0].body == first[0].body
    assert files_of(again) == [f"{SITE}_{UNIT}_1.txt", f"{SITE}_{OTHER}_1.txt"]


def test_a_sheet_can_end_earlier_than_asked_and_never_later(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    cases = [case_of(office, sheet_of(FIRST))]
    for until in (START + LIFETIME + 1, START, START - 1):
        (outcome,), found = sign_cases(office, cases, everything(cases), Terms(until))
        assert (outcome.status, found) == ("refused", [])
        assert "90 days" in outcome.why
    (outcome,), _ = sign_cases(office, cases, everything(cases), Terms(START + DAY))
    assert outcome.expires == START + DAY


def test_a_day_ends_at_midnight_in_vietnam() -> None:
    assert end_of(0) == 17 * 3600
    assert end_of(20_000) == 20_000 * DAY + 17 * 3600


def test_renewing_from_what_is_kept(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    for unit in (UNIT, OTHER):
        signed(office, sheet_of(FIRST, SECOND, unit=unit))
    later = open_office(tmp_path, START + 80 * DAY)
    outcomes, found = renew(later, chosen(later, [UNIT]), None)
    assert told(outcomes) == {UNIT: "signed"}
    new = found[0].sheet
    assert (new.n, new.issued, new.expires, new.officers) == (
        2,
        later.now,
        later.now + LIFETIME,
        (FIRST, SECOND),
    )
    assert [sheet.unit for sheet in chosen(later, (), within=30 * DAY)] == [OTHER]


def test_a_renewal_that_is_none_is_refused(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    for now, until, said in (
        (START, None, "clock is behind"),
        (START + DAY, START + 30 * DAY, "for as long already"),
        (START + DAY, START + 200 * DAY, "90 days"),
    ):
        office.now = now
        (outcome,), found = renew(office, chosen(office, [UNIT]), until)
        assert (outcome.status, found) == ("refused", [])
        assert said in outcome.why
    assert files_of(office) == [f"{SITE}_{UNIT}_1.txt"]


def test_shortening_takes_days_or_people_off(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST, SECOND))
    office.now = START + DAY
    until = START + 10 * DAY
    _, (shorter,) = shorten(office, chosen(office, [UNIT]), until, frozenset())
    assert (shorter.sheet.n, shorter.sheet.expires, shorter.sheet.officers) == (2, until, (FIRST, SECOND))
    office.now += 1
    (outcome,), (fewer,) = shorten(office, chosen(office, [UNIT]), None, frozenset({SECOND.serial}))
    assert (fewer.sheet.n, fewer.sheet.expires, fewer.sheet.officers) == (3, until, (FIRST,))
    assert outcome.left == ("truc2",)


def test_what_does_not_shorten_is_refused(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    office.now = START + DAY
    for until, without, said in (
        (START + LIFETIME, frozenset(), "not before the end"),
        (START, frozenset(), "that day is over"),
        (None, frozenset({"nobody"}), "none of these officers"),
        (None, frozenset(), "none of these officers"),
    ):
        (outcome,), found = shorten(office, chosen(office, [UNIT]), until, without)
        assert (outcome.status, found) == ("refused", [])
        assert said in outcome.why


def test_a_unit_that_never_had_a_sheet_here_is_said(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    signed(office, sheet_of(FIRST))
    with pytest.raises(NotAccepted, match="no sheet was signed with this folder for unit 18121"):
        chosen(office, [UNIT, OTHER])


def test_eighty_communes_and_four_hundred_officers(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    asked = []
    for place in range(80):
        people = tuple(replace(THIRD, serial=f"s-{place}-{n}", officer=f"truc{place}.{n}") for n in range(5))
        asked.append((f"{place}.json", request_file(sheet_of(*people, unit=f"{place:05}"))))
    cases, refused = open_cases(office, asked)
    keys = {key_of(case.sheet.unit) for case in cases}
    keys |= {key_of(case.sheet.unit, line.serial) for case in cases for line in case.new}
    seen: list[tuple[int, int]] = []
    outcomes, found = sign_cases(office, cases, keys, Terms(), report=lambda done, total: seen.append((done, total)))
    assert (len(keys), refused, {one.status for one in outcomes}, len(found)) == (480, [], {"signed"}, 80)
    assert seen[-1] == (80, 80)


def test_each_is_handed_out_as_it_is_signed(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    for unit in (UNIT, OTHER):
        signed(office, sheet_of(FIRST, unit=unit))
    office.now += DAY
    handed: list[str] = []

    def hand(one: Signed) -> None:
        handed.append(one.sheet.unit)
        raise OSError

    with pytest.raises(OSError, match=r"^$"):
        renew(office, chosen(office, ()), None, hand=hand)
    assert (handed, len(files_of(office))) == ([UNIT], 3)


def test_files_of_two_installations_have_names_of_their_own(tmp_path: Path) -> None:
    office = open_office(tmp_path)
    one = office.sign(sheet_of(FIRST))
    assert office.file_of(one) == f"sheet-{UNIT}-1.txt"
    other = office.sign(sheet_of(SECOND, site=f"{SITE}-18118", unit="1"))
    alike = office.sign(sheet_of(SECOND, unit="18118-1"))
    assert (len(files_of(office)), len({office.file_of(each) for each in (one, other, alike)})) == (3, 3)
    assert len(open_office(tmp_path).every()) == 3
