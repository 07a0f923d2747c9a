"""The authority's key and the units' recovery identities: small files in one folder, which lies on no server.

`authority.key` and `recovery-<unit>.key`, each of mode 0600.
"""

from __future__ import annotations

from pathlib import Path

from bot.service.answers import UNIT_CODE
from bot.service.errors import NotAccepted
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.signing import Signer


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


def open_signer(folder: Path) -> Signer:
    """The authority's key.

    Raises:
        NotAccepted: there is none here, or it is damaged.
    """
    try:
        return Signer.from_seed((folder / "authority.key").read_bytes())
    except FileNotFoundError:
        raise NotAccepted("there is no authority.key in this folder") from None
    except SealError:
        raise NotAccepted("the authority.key in this folder is damaged") from None


def make_recovery(folder: Path, unit: str) -> str:
    """Make a unit's recovery identity; its public part.

    Raises:
        NotAccepted: the unit's code is none, or the folder holds one already.
    """
    if not UNIT_CODE.fullmatch(unit):
        raise NotAccepted("the unit's code is its official one: five digits, a province's two")
    path = _recovery_file(folder, unit)
    if path.exists():
        raise NotAccepted("this folder holds a recovery identity of this unit already")
    identity = Identity.generate()
    _write(path, identity.encode().encode() + b"\n")
    return identity.recipient


def recovery_of(folder: Path, unit: str) -> str | None:
    """The public part of the recovery identity this folder holds for a unit.

    Raises:
        NotAccepted: it is damaged.
    """
    path = _recovery_file(folder, unit)
    if not path.exists():
        return None
    try:
        return Identity.parse(path.read_text("ascii").strip()).recipient
    except (SealError, UnicodeDecodeError):
        raise NotAccepted("the unit's recovery identity in this folder is damaged") from None


def _recovery_file(folder: Path, unit: str) -> Path:
    return folder / f"recovery-{unit}.key"


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
