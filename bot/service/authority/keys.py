"""The authority's key and the units' recovery identities: small files in one folder, which lies on no server.

`authority.key`, locked under a passphrase or open, and `recovery-<unit>.key`, each of mode 0600. `recovery-<unit>.txt`
is the public part of one that lies in shares on paper, and goes before.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from bot.service.answers import UNIT_CODE
from bot.service.errors import NotAccepted
from crypto.age import parse_recipient
from crypto.errors import SealError
from crypto.hybrid import Identity
from crypto.keylock import LOCKED, lock_seed, unlock_seed
from crypto.signing import Signer

KEY_FILE = "authority.key"
Ask = Callable[[], str]
"""Asks a person for the passphrase of the key."""
HELD = "this folder holds a recovery identity of this unit already"


def nobody_asked() -> str:
    """Where no person is there to type a passphrase.

    Raises:
        NotAccepted: always.
    """
    raise NotAccepted("the authority.key in this folder is locked, and nobody was asked for its passphrase")


def make_authority(folder: Path, passphrase: str | None = None) -> bytes:
    """Make the authority's key, locked under the passphrase if there is one; its public part.

    Raises:
        NotAccepted: the folder holds one already.
    """
    path = folder / KEY_FILE
    if path.exists():
        raise NotAccepted("this folder holds an authority's key already")
    signer = Signer.generate()
    _write(path, signer.seed if passphrase is None else lock_seed(signer.seed, passphrase))
    return signer.verify_key


def open_signer(folder: Path, ask: Ask = nobody_asked) -> Signer:
    """The authority's key; `ask` is asked only where it is locked.

    Raises:
        NotAccepted: there is none here, it is damaged, or the passphrase is another.
    """
    try:
        return Signer.from_seed(_seed((folder / KEY_FILE).read_bytes(), ask))
    except FileNotFoundError:
        raise NotAccepted("there is no authority.key in this folder") from None
    except SealError:
        raise NotAccepted("the authority.key in this folder is damaged") from None


def lock_authority(folder: Path, signer: Signer, passphrase: str | None) -> None:
    """Write the folder's opened key anew, locked under this passphrase; without one it is opened for good."""
    _exchange(folder / KEY_FILE, signer.seed if passphrase is None else lock_seed(signer.seed, passphrase))


def _seed(written: bytes, ask: Ask) -> bytes:
    if len(written) != LOCKED:
        return written
    seed = unlock_seed(written, ask())
    if seed is None:
        raise NotAccepted("the passphrase is another, or the authority.key in this folder is damaged")
    return seed


def check_code(unit: str) -> None:
    """See that this can be a unit's code, and part of a file's name.

    Raises:
        NotAccepted: it cannot.
    """
    if not UNIT_CODE.fullmatch(unit):
        raise NotAccepted("the unit's code is its official one: five digits, a province's two")


def make_recovery(folder: Path, unit: str) -> str:
    """Make a unit's recovery identity; its public part.

    Raises:
        NotAccepted: the unit's code is none, or the folder holds one already.
    """
    check_code(unit)
    path = _recovery_file(folder, unit)
    if path.exists() or public_file(folder, unit).exists():
        raise NotAccepted(HELD)
    identity = Identity.generate()
    _write(path, identity.encode().encode() + b"\n")
    return identity.recipient


def recovery_of(folder: Path, unit: str) -> str | None:
    """The public part of the recovery identity this folder holds for a unit.

    Raises:
        NotAccepted: it is damaged.
    """
    try:
        if public_file(folder, unit).exists():
            recipient = public_file(folder, unit).read_text("ascii").strip()
            parse_recipient(recipient)
            return recipient
        whole = whole_identity(folder, unit)
    except (SealError, UnicodeDecodeError):
        raise NotAccepted("the unit's recovery identity in this folder is damaged") from None
    return whole.recipient if whole else None


def whole_identity(folder: Path, unit: str) -> Identity | None:
    """The recovery identity of a unit where it lies here as a file. Raises SealError, UnicodeDecodeError if damaged."""
    path = _recovery_file(folder, unit)
    return Identity.parse(path.read_text("ascii").strip()) if path.exists() else None


def public_file(folder: Path, unit: str) -> Path:
    """Where the public part lies of a recovery identity that is in shares."""
    return folder / f"recovery-{unit}.txt"


def _recovery_file(folder: Path, unit: str) -> Path:
    return folder / f"recovery-{unit}.key"


def _exchange(path: Path, content: bytes) -> None:
    """Other content for a key's file: a crash leaves the old or the new one. What stood there before is overwritten."""
    draft = path.with_suffix(".new")
    with path.open("r+b") as old:
        _write(draft, content)
        draft.replace(path)
        settle(path.parent)
        old.write(bytes(os.fstat(old.fileno()).st_size))
        old.flush()
        os.fsync(old.fileno())


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    with path.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def settle(folder: Path) -> None:
    """A name in a folder lasts once the folder was written too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
