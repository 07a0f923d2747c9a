"""The authority's key, recovery identities, and digits that show what was tampered with."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from installation import OfficerKeys
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.authority.comparing import lines_of
from bot.service.authority.kept import Office
from bot.service.authority.keys import lock_authority, make_authority, make_recovery, open_signer
from bot.service.authority.requests import digits_of, open_case, read_request
from bot.service.errors import NotAccepted
from crypto.hybrid import Identity
from crypto.keylock import LOCKED
from crypto.sheets import draft_sheet, read_draft, verify_sheet


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    found = await make_machine(tmp_path)
    yield found
    await found.database.close()


@pytest.fixture
async def request_bytes(machine: Machine) -> bytes:
    applied = await machine.applied("trucban1")
    return (await machine.operator.approve(applied.serial)).request


def test_a_key_is_made_once_and_is_its_owners(tmp_path: Path) -> None:
    public = make_authority(tmp_path)
    path = tmp_path / "authority.key"
    assert (len(public), len(path.read_bytes()), stat.S_IMODE(path.stat().st_mode)) == (32, 32, 0o600)
    with pytest.raises(NotAccepted, match="holds an authority's key already"):
        make_authority(tmp_path)


def test_a_locked_key_asks_for_its_words_and_is_the_same_key(tmp_path: Path) -> None:
    public, path = make_authority(tmp_path, "đèn ấm áp"), tmp_path / "authority.key"
    assert (len(path.read_bytes()), stat.S_IMODE(path.stat().st_mode)) == (LOCKED, 0o600)
    assert open_signer(tmp_path, lambda: "den am ap").verify_key == public
    with pytest.raises(NotAccepted, match="passphrase is another, or"):
        Office(tmp_path, 0, lambda: "den am")
    with pytest.raises(NotAccepted, match="locked, and nobody was asked"):
        Office(tmp_path, 0)


def test_an_open_key_asks_nobody_and_leaves_nothing_of_itself_when_locked(tmp_path: Path) -> None:
    public = make_authority(tmp_path)
    path, other_name = tmp_path / "authority.key", tmp_path / "as-it-was"
    os.link(path, other_name)
    lock_authority(tmp_path, open_signer(tmp_path), "đèn ấm áp")
    assert other_name.read_bytes() == bytes(32)
    assert open_signer(tmp_path, lambda: "den am ap").verify_key == public
    assert {one.name for one in tmp_path.iterdir()} == {"authority.key", "as-it-was"}
    path.write_bytes(b"\2" + path.read_bytes()[1:])
    with pytest.raises(NotAccepted, match="damaged"):
        open_signer(tmp_path, lambda: "den am ap")


def test_a_recovery_identity_is_made_once_a_unit(tmp_path: Path) -> None:
    recipient = make_recovery(tmp_path, UNIT)
    path = tmp_path / f"recovery-{UNIT}.key"
    assert Identity.parse(path.read_text().strip()).recipient == recipient
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(NotAccepted, match="recovery identity of this unit already"):
        make_recovery(tmp_path, UNIT)
    assert make_recovery(tmp_path, "18119") != recipient


def test_a_request_shows_everybodys_digits(machine: Machine, request_bytes: bytes) -> None:
    case = open_case(machine.office(), "r.json", read_request(request_bytes))
    unit, one = lines_of([case])
    assert (unit.unit, unit.what, unit.digits) == (UNIT, "first sheet of this unit", "")
    assert (one.account, case.sheet.recovery) == ("trucban1", None)
    assert one.digits == digits_of(case.sheet, case.sheet.officers[0])
    assert one.digits.replace(" ", "").isdecimal()
    assert len(one.digits.replace(" ", "")) == 20


def test_what_is_signed_is_what_was_shown(machine: Machine, request_bytes: bytes) -> None:
    recovery = make_recovery(machine.usb, UNIT)
    office = machine.office()
    case = open_case(office, "r.json", read_request(request_bytes))
    sheet = verify_sheet(office.sign(case.sheet).body, machine.site.authority)
    assert sheet == case.sheet
    assert sheet.recovery == recovery


@pytest.mark.parametrize("field", ["recipient", "signing_key", "officer", "role"])
def test_a_tampered_request_has_other_digits(request_bytes: bytes, field: str) -> None:
    other = OfficerKeys()
    forged = {
        "recipient": other.identity.recipient,
        "signing_key": other.signer.verify_key,
        "officer": "trucban9",
        "role": "chief",
    }
    sheet = read_draft(request_bytes)
    line = replace(sheet.officers[0], **{field: forged[field]})  # type: ignore[arg-type] # chosen by the test
    assert digits_of(sheet, line) != digits_of(sheet, sheet.officers[0])


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]"])
def test_what_is_no_request_is_refused(content: bytes) -> None:
    with pytest.raises(NotAccepted, match="no request"):
        read_request(content)


@pytest.mark.parametrize("change", [{"unit": "../../etc/x"}, {"site": "../x"}, {"unit": ""}])
def test_a_unit_that_is_a_path_is_refused(request_bytes: bytes, change: dict[str, str]) -> None:
    sheet = replace(read_draft(request_bytes), **change)  # type: ignore[arg-type] # chosen by the test
    with pytest.raises(NotAccepted, match="no request"):
        read_request(draft_sheet(sheet))


@pytest.mark.parametrize("content", [b"nothing", b"\xff"])
def test_a_damaged_recovery_identity_is_said(machine: Machine, request_bytes: bytes, content: bytes) -> None:
    (machine.usb / f"recovery-{UNIT}.key").write_bytes(content)
    with pytest.raises(NotAccepted, match="recovery identity in this folder is damaged"):
        open_case(machine.office(), "r.json", read_request(request_bytes))


def test_without_a_key_nothing_is_opened(tmp_path: Path) -> None:
    with pytest.raises(NotAccepted, match=r"no authority\.key"):
        Office(tmp_path, 0)
    (tmp_path / "authority.key").write_bytes(b"short")
    with pytest.raises(NotAccepted, match=r"authority\.key in this folder is damaged"):
        Office(tmp_path, 0)


def test_a_sheet_that_says_too_much_is_not_signed(machine: Machine, request_bytes: bytes) -> None:
    sheet = read_request(request_bytes)
    with pytest.raises(NotAccepted, match="cannot be signed"):
        machine.office().sign(replace(sheet, expires=sheet.expires + 1))
    assert not list((machine.usb / "signed").glob("*")) if (machine.usb / "signed").exists() else True
