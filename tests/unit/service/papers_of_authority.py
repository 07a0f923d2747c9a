"""Requests of many units as a server writes them, and the authority's machine that they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from installation import START, OfficerKeys

from bot.service.authority.comparing import lines_of
from bot.service.authority.kept import Office
from bot.service.authority.keys import make_authority
from bot.service.authority.requests import Case, digits_of, open_cases, request_file
from bot.service.authority.signing import Outcome, Terms, sign_cases
from crypto.sheets import LIFETIME, Officer, Sheet

SITE, UNIT, OTHER = "ab12cd34", "18118", "18121"
DAY = 24 * 3600


def line_of(serial: str, account: str, role: str = "duty") -> Officer:
    """An officer with keys of his own."""
    keys = OfficerKeys()
    return Officer(serial, account, role, keys.identity.recipient, keys.signer.verify_key, START, None)


FIRST, SECOND, CHIEF = (
    line_of("ab12cd34ef56", "truc1"),
    line_of("123456789012", "truc2"),
    line_of("1e5", "truong", "chief"),
)


def sheet_of(*officers: Officer, unit: str = UNIT, n: int = 1, at: int = START, **changes: object) -> Sheet:
    """What a server asks for."""
    plain = Sheet(SITE, False, unit, f"xã {unit}", "42", n, at, at + LIFETIME, officers, None)
    return replace(plain, **changes)  # type: ignore[arg-type] # changes of a test


def open_office(folder: Path, at: int = START) -> Office:
    """The authority's machine at a moment; its key is made if there is none."""
    if not (folder / "authority.key").exists():
        make_authority(folder)
    return Office(folder, at)


def case_of(office: Office, sheet: Sheet) -> Case:
    """One request, which is not refused."""
    cases, refused = open_cases(office, [("r.json", request_file(sheet))])
    assert not refused, refused
    return cases[0]


def why_not(office: Office, *sheets: Sheet) -> list[str]:
    """Why these requests are refused."""
    cases, refused = open_cases(office, [(f"{n}.json", request_file(sheet)) for n, sheet in enumerate(sheets)])
    assert not cases
    return [one.why for one in refused]


def everything(cases: Sequence[Case]) -> frozenset[str]:
    """A person compared all there is."""
    return frozenset(line.key for line in lines_of(cases))


def signed(office: Office, sheet: Sheet) -> Sheet:
    """The sheet, compared and signed."""
    cases = [case_of(office, sheet)]
    outcomes, found = sign_cases(office, cases, everything(cases), Terms())
    assert [one.status for one in outcomes] == ["signed"], outcomes
    return found[0].sheet


def told(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What became of each unit."""
    return {one.unit: one.status for one in outcomes}


def digits(sheet: Sheet, line: Officer) -> list[str]:
    """An officer's digits as he reads them, in groups."""
    return digits_of(sheet, line).split()
