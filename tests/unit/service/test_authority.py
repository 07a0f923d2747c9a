"""The authority's machine: its key, recovery identities, and digits that show what was tampered with."""

from __future__ import annotations

import stat
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from installation import OfficerKeys
from unit.service.operating_world import UNIT, Machine, make_machine

from bot.service.authority import (
    Request,
    digits_of,
    make_authority,
    make_recovery,
    read_request,
    request_file,
    sign_request,
)
from bot.service.errors import NotAccepted
from crypto.hybrid import Identity
from crypto.sheets import read_draft, verify_sheet


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


def test_a_recovery_identity_is_made_once_a_unit(tmp_path: Path) -> None:
    recipient = make_recovery(tmp_path, UNIT)
    path = tmp_path / f"recovery-{UNIT}.key"
    assert Identity.parse(path.read_text().strip()).recipient == recipient
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(NotAccepted, match="recovery identity of this unit already"):
        make_recovery(tmp_path, UNIT)
    assert make_recovery(tmp_path, "18119") != recipient


def test_a_request_shows_everybodys_digits(machine: Machine, request_bytes: bytes) -> None:
    found = read_request(request_bytes, machine.usb)
    ((line, digits),) = found.officers
    assert (line.officer, found.sheet.unit, found.sheet.recovery) == ("trucban1", UNIT, None)
    assert digits == digits_of(found.sheet, line)
    assert digits.replace(" ", "").isdecimal()
    assert len(digits.replace(" ", "")) == 20


def test_what_is_signed_is_what_was_shown(machine: Machine, request_bytes: bytes) -> None:
    recovery = make_recovery(machine.usb, UNIT)
    found = read_request(request_bytes, machine.usb)
    sheet = verify_sheet(sign_request(found, machine.usb), machine.site.authority)
    assert sheet == found.sheet
    assert sheet.recovery == recovery


@pytest.mark.parametrize("field", ["recipient", "signing_key", "officer", "role"])
def test_a_tampered_request_has_other_digits(machine: Machine, request_bytes: bytes, field: str) -> None:
    other = OfficerKeys()
    forged = {
        "recipient": other.identity.recipient,
        "signing_key": other.signer.verify_key,
        "officer": "trucban9",
        "role": "chief",
    }
    sheet = read_draft(request_bytes)
    tampered = request_file(replace(sheet, officers=(replace(sheet.officers[0], **{field: forged[field]}),)))  # type: ignore[arg-type]
    read_aloud = read_request(request_bytes, machine.usb).officers[0][1]
    assert read_request(tampered, machine.usb).officers[0][1] != read_aloud


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]"])
def test_what_is_no_request_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(NotAccepted, match="no request"):
        read_request(content, tmp_path)


def test_a_unit_that_is_a_path_is_refused(machine: Machine, request_bytes: bytes) -> None:
    sheet = replace(read_draft(request_bytes), unit="../../etc/x")
    with pytest.raises(NotAccepted, match="no request"):
        read_request(request_file(sheet), machine.usb)


@pytest.mark.parametrize("content", [b"nothing", b"\xff"])
def test_a_damaged_recovery_identity_is_said(machine: Machine, request_bytes: bytes, content: bytes) -> None:
    (machine.usb / f"recovery-{UNIT}.key").write_bytes(content)
    with pytest.raises(NotAccepted, match="recovery identity in this folder is damaged"):
        read_request(request_bytes, machine.usb)


def test_without_a_key_nothing_is_signed(tmp_path: Path, machine: Machine, request_bytes: bytes) -> None:
    found = read_request(request_bytes, machine.usb)
    with pytest.raises(NotAccepted, match=r"no authority\.key"):
        sign_request(found, tmp_path)
    (tmp_path / "authority.key").write_bytes(b"short")
    with pytest.raises(NotAccepted, match="cannot be signed"):
        sign_request(found, tmp_path)


def test_a_sheet_that_says_too_much_is_not_signed(machine: Machine, request_bytes: bytes) -> None:
    found = read_request(request_bytes, machine.usb)
    long_lived = replace(found.sheet, expires=found.sheet.expires + 1)
    with pytest.raises(NotAccepted, match="cannot be signed"):
        sign_request(Request(long_lived, found.officers), machine.usb)
