"""One sheet out of several: everybody line for line from sheets of this authority, nobody from anywhere else."""

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
    SITE,
    UNIT,
    line_of,
    open_office,
    sheet_of,
    signed,
    why_not,
)

from bot.service.authority.kept import Office
from bot.service.authority.keys import make_recovery
from bot.service.authority.merging import Merger, merged
from bot.service.authority.requests import request_file
from bot.service.authority.signing import chosen, renew, shorten
from bot.service.errors import NotAccepted
from crypto.sheets import LIFETIME, Sheet

NEW, PROVINCE = "18200", "42"
BOTH = Merger((UNIT, OTHER), NEW, "xã Mới")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Two wards and the province above them, signed a day ago."""
    found = open_office(tmp_path)
    signed(found, sheet_of(FIRST))
    signed(found, sheet_of(SECOND, unit=OTHER))
    signed(found, sheet_of(CHIEF, unit=PROVINCE, parent=None))
    found.now += DAY
    return found


def sign(office: Office, merger: Merger) -> Sheet:
    office.now += DAY
    return office.sign(merged(office, merger, None)).sheet


def test_everybody_comes_along_line_for_line(office: Office) -> None:
    sheet = merged(office, BOTH, None)
    assert sheet == Sheet(
        SITE, False, NEW, "xã Mới", PROVINCE, 1, office.now, office.now + LIFETIME, (FIRST, SECOND), None, (UNIT, OTHER)
    )


def test_a_unit_that_has_a_sheet_goes_on_with_its_own_first(office: Office) -> None:
    sheet = merged(office, Merger((UNIT,), OTHER), office.now + 9 * DAY)
    assert (sheet.unit, sheet.name, sheet.parent, sheet.n) == (OTHER, f"xã {OTHER}", PROVINCE, 2)
    assert (sheet.officers, sheet.goes_on_for) == ((SECOND, FIRST), (UNIT,))
    assert sheet.expires == office.now + 9 * DAY


def test_whom_the_old_units_went_on_for_comes_along(office: Office) -> None:
    sign(office, Merger((UNIT,), OTHER))
    assert sign(office, Merger((OTHER,), NEW, "xã Mới")).goes_on_for == (UNIT, OTHER)


def test_what_was_merged_stays_so_when_it_is_signed_again(office: Office) -> None:
    sign(office, BOTH)
    office.now += DAY
    _, (longer,) = renew(office, chosen(office, [NEW]), None)
    office.now += DAY
    _, (fewer,) = shorten(office, chosen(office, [NEW]), None, frozenset({SECOND.serial}))
    assert (longer.sheet.goes_on_for, fewer.sheet.goes_on_for) == ((UNIT, OTHER), (UNIT, OTHER))
    assert fewer.sheet.officers == (FIRST,)


def test_of_units_that_were_gone_on_for_nothing_is_signed(office: Office) -> None:
    sign(office, BOTH)
    office = Office(office.folder, office.now)
    assert [sheet.unit for sheet in chosen(office, ())] == [NEW, PROVINCE]
    said = f"unit {NEW} goes on for unit {UNIT}"
    with pytest.raises(NotAccepted, match=said):
        chosen(office, [UNIT])
    with pytest.raises(NotAccepted, match=said):
        merged(office, Merger((PROVINCE,), UNIT), None)
    with pytest.raises(NotAccepted, match=said):
        merged(office, Merger((UNIT,), PROVINCE), None)
    (why,) = why_not(office, sheet_of(FIRST, n=2, at=START + DAY))
    assert said in why


def test_no_request_says_for_whom_a_unit_goes_on(office: Office) -> None:
    why = "only hopthu authority merge says so"
    assert why in why_not(office, sheet_of(FIRST, n=2, at=START + DAY, goes_on_for=(OTHER,)))[0]
    assert why in why_not(office, sheet_of(FIRST, unit=NEW, goes_on_for=(OTHER,)))[0]
    sheet = sign(office, BOTH)
    asked = replace(sheet, n=2, issued=office.now, expires=office.now + LIFETIME)
    assert why in why_not(office, replace(asked, goes_on_for=()))[0]
    assert why in why_not(office, replace(asked, goes_on_for=(UNIT,)))[0]
    assert request_file(asked)


def test_the_unit_above_is_one_that_goes_on(office: Office) -> None:
    assert merged(office, Merger((PROVINCE,), UNIT), None).parent is None
    assert merged(office, Merger((PROVINCE, UNIT), NEW, "x"), None).parent is None
    assert merged(office, replace(BOTH, parent="44"), None).parent == "44"
    assert merged(office, replace(BOTH, top=True), None).parent is None
    with pytest.raises(NotAccepted, match="cannot be signed"):
        office.sign(merged(office, replace(BOTH, parent=OTHER), None))


def test_units_of_several_parents_ask_which_it_is(office: Office) -> None:
    signed(office, sheet_of(line_of("s-9", "truc9"), unit="18300", parent="44"))
    office.now += DAY
    with pytest.raises(NotAccepted, match="say which unit is above now"):
        merged(office, Merger((UNIT, "18300"), NEW, "x"), None)


REFUSED = {
    "into itself": (Merger((UNIT, OTHER), UNIT), "another one that goes on"),
    "one twice": (Merger((UNIT, UNIT), NEW, "x"), "each unit that ends once"),
    "one never signed": (Merger((UNIT, "18999"), NEW, "x"), "no sheet was signed with this folder for unit 18999"),
    "a new one without a name": (Merger((UNIT, OTHER), NEW), "say what it is called"),
    "a path": (Merger((UNIT, OTHER), "../x", "x"), "letters and digits"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_merger_that_makes_no_sense_is_refused(office: Office, what: str) -> None:
    merger, said = REFUSED[what]
    with pytest.raises(NotAccepted, match=said):
        merged(office, merger, None)


def test_sheets_of_another_installation_do_not_mix(office: Office) -> None:
    signed(office, sheet_of(line_of("s-9", "truc9"), unit="18300", site="ffff"))
    signed(office, sheet_of(line_of("s-8", "truc8"), unit="18301", demo=True))
    office.now += DAY
    for other in ("18300", "18301"):
        with pytest.raises(NotAccepted, match="several installations"):
            merged(office, Merger((UNIT, other), NEW, "x"), None)
    signed(office, sheet_of(line_of("s-7", "truc7"), unit=UNIT, site="ffff"))
    with pytest.raises(NotAccepted, match="has sheets of several installations"):
        merged(office, BOTH, None)


@pytest.mark.parametrize("same", ["serial", "officer"])
def test_two_officers_of_one_name_stop_it(office: Office, same: str) -> None:
    twin = replace(line_of("s-9", "truc9"), **{same: getattr(FIRST, same)})
    signed(office, sheet_of(twin, unit="18300"))
    office.now += DAY
    with pytest.raises(NotAccepted, match="two officers of these units"):
        merged(office, Merger((UNIT, "18300"), NEW, "x"), None)


def test_a_clock_that_is_behind_is_said(office: Office) -> None:
    office.now = START
    with pytest.raises(NotAccepted, match="clock is behind the sheet of unit"):
        merged(office, BOTH, None)


def with_recovery(office: Office, *codes: str) -> dict[str, str]:
    """Recovery identities for these units, on the next sheets of those that have one."""
    found = {code: make_recovery(office.folder, code) for code in codes}
    for n, (code, line) in enumerate(((UNIT, FIRST), (OTHER, SECOND)), 2):
        if code in found:
            signed(office, sheet_of(line, unit=code, n=n, at=office.now))
    office.now += DAY
    return found


def test_whoever_could_read_one_units_tips_in_need_does_not_come_to_read_the_others(office: Office) -> None:
    with_recovery(office, UNIT)
    with pytest.raises(NotAccepted, match="no recovery identity in common"):
        merged(office, BOTH, None)
    with_recovery(office, OTHER)
    with pytest.raises(NotAccepted, match="no recovery identity in common"):
        merged(office, BOTH, None)
    new = make_recovery(office.folder, NEW)
    assert merged(office, BOTH, None).recovery == new


def test_a_unit_that_goes_on_keeps_its_own_recovery_or_none(office: Office) -> None:
    own = with_recovery(office, UNIT)
    assert merged(office, Merger((OTHER,), UNIT), None).recovery == own[UNIT]
    assert merged(office, Merger((UNIT,), OTHER), None).recovery is None


def test_the_one_that_all_have_goes_on(office: Office) -> None:
    shared = OfficerKeys().identity.recipient
    for unit, line in (("18300", line_of("s-7", "truc7")), ("18301", line_of("s-8", "truc8"))):
        office.sign(sheet_of(line, unit=unit, recovery=shared))
    assert merged(office, Merger(("18300", "18301"), NEW, "x"), None).recovery == shared
