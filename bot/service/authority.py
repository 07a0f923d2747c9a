"""The authority's side, on its own machine: its key, units' recovery identities, and signing what was compared.

Reads and writes two kinds of small files in one folder: `authority.key` and `recovery-<unit>.key`. No database.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from bot.service.answers import UNIT_CODE
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.fingerprint import fingerprint
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, draft_sheet, read_draft, sign_sheet
from crypto.signing import Signer


@dataclass(frozen=True, slots=True)
class Request:
    """A sheet to sign, each officer with the digits he read aloud."""

    sheet: Sheet
    officers: tuple[tuple[Officer, str], ...]


def make_authority(folder: Path) -> bytes:
    """Make the authority's key; its public part.

    Raises:
        NotAccepted: the folder holds one already.
    """
    path = folder / "authority.key"
    if path.exists():
        raise NotAccepted("this folder holds an authority's key already")
    signer = Signer.generate()
    _write(path, signer.seed)
    return signer.verify_key


def make_recovery(folder: Path, unit: str) -> str:
    """Make a unit's recovery identity; its public part.

    Raises:
        NotAccepted: the unit's code is none, or the folder holds one already.
    """
    if not UNIT_CODE.fullmatch(unit):
        raise NotAccepted("the unit's code is its official one: five digits, a province's two")
    path = folder / f"recovery-{unit}.key"
    if path.exists():
        raise NotAccepted("this folder holds a recovery identity of this unit already")
    identity = Identity.generate()
    _write(path, identity.encode().encode() + b"\n")
    return identity.recipient


def request_file(sheet: Sheet) -> bytes:
    """A sheet as it travels to the authority: unsigned."""
    return draft_sheet(sheet)


def read_request(content: bytes, folder: Path) -> Request:
    """The request, with the unit's recovery identity of this folder put on it, and everybody's digits.

    Raises:
        NotAccepted: the file is no request, or the recovery identity is damaged.
    """
    try:
        sheet = read_draft(content)
    except SealError:
        raise NotAccepted("this file is no request for a unit sheet") from None
    recovery = _recovery_of(sheet.unit, folder)
    if recovery is not None:
        sheet = replace(sheet, recovery=recovery)
    return Request(sheet, tuple((line, digits_of(sheet, line)) for line in sheet.officers))


def _recovery_of(unit: str, folder: Path) -> str | None:
    """The public part of the recovery identity this folder holds for a unit."""
    if Path(unit).name != unit:
        raise NotAccepted("this file is no request for a unit sheet")
    path = folder / f"recovery-{unit}.key"
    if not path.exists():
        return None
    try:
        return Identity.parse(path.read_text("ascii").strip()).recipient
    except (SealError, UnicodeDecodeError):
        raise NotAccepted("the unit's recovery identity in this folder is damaged") from None


def sign_request(request: Request, folder: Path) -> bytes:
    """The signed sheet.

    Raises:
        NotAccepted: no key here, or the sheet says what no sheet may say.
    """
    try:
        signer = Signer.from_seed((folder / "authority.key").read_bytes())
        return sign_sheet(request.sheet, signer)
    except FileNotFoundError:
        raise NotAccepted("there is no authority.key in this folder") from None
    except SealError:
        raise NotAccepted("this sheet cannot be signed: keys, serials or dates are wrong") from None


def digits_of(sheet: Sheet, line: Officer) -> str:
    """The twenty digits of an officer's keys."""
    return fingerprint(
        recipient=line.recipient,
        signing_key=line.signing_key,
        officer=line.officer,
        unit=sheet.unit,
        role=line.role,
        site=sheet.site,
    )


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
