"""The number two people read to each other before the authority signs an officer onto a unit sheet."""

from __future__ import annotations

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from crypto.receipts import ARGON2_KIB, ARGON2_PASSES

DIGITS = 20
GROUP = 5
_SALT = b"hopthu/v1/fingerprint"
_LENGTH = 32


def fingerprint(*, recipient: str, signing_key: bytes, officer: str, unit: str, role: str, site: str) -> str:
    """Twenty decimal digits in four groups of five over an officer's keys and place. Takes about 20 ms.

    Every field is preceded by its length, so that no letter can move from one to the next.
    """
    fields = (recipient.encode(), signing_key, officer.encode(), unit.encode(), role.encode(), site.encode())
    named = b"".join(len(one).to_bytes(4, "big") + one for one in fields)
    argon2 = Argon2id(salt=_SALT, length=_LENGTH, iterations=ARGON2_PASSES, lanes=1, memory_cost=ARGON2_KIB)
    digits = int.from_bytes(argon2.derive(named), "big") * 10**DIGITS >> 8 * _LENGTH
    written = f"{digits:0{DIGITS}d}"
    return " ".join(written[at : at + GROUP] for at in range(0, DIGITS, GROUP))
