"""The 24-digit receipt: making, recognising, stretching, and the reporter's keys that come from it.

A receipt and its seed are never stored; only the lookup id is.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from crypto.hybrid import Identity
from crypto.labels import derive
from crypto.signing import Signer

LENGTH = 24
GROUP = 4
VERSION_DIGIT = "1"
"""First digit of the receipts we give out; it names the way of stretching."""
ARGON2_KIB = 19 * 1024
"""Memory of the stretching: 19 MiB, with two passes and one lane (OWASP's Argon2id minimum)."""
ARGON2_PASSES = 2
_MISTYPED = range(20, 29)
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
"""Damm's quasigroup of order 10: catches every single wrong digit and every swap of neighbours."""
_FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}
_SEPARATOR = (
    r"[\t\n\r \u00a0\u00ad\u2000-\u200f\u2028-\u202f\u2060-\u206f\u3000\ufeff"
    r".\u00b7\u3002\uff0e\u2010-\u2015\u2212\uff0d-]"
)
"""Spaces and what shows nothing, which copying brings along; then dots and dashes."""
_NUMBER = re.compile(rf"[0-9](?:{_SEPARATOR}*[0-9])*")
_SEPARATORS = re.compile(_SEPARATOR)
_ENOUGH = re.compile(rf"(?:\D*+\d){{{_MISTYPED.start}}}")
"""What holds digits enough for a receipt, of whatever script; nearly no message does."""


@dataclass(frozen=True, slots=True)
class Good:
    """A well-formed receipt: 24 digits with a good check digit. Printing it shows nothing."""

    code: str

    def __repr__(self) -> str:
        return "Good(…)"


@dataclass(frozen=True, slots=True)
class Mistyped:
    """20–28 digits and nothing else that are no receipt: how many. 24 means a wrong digit."""

    count: int


@dataclass(frozen=True, slots=True)
class Stretched:
    """What a receipt stands for: the id under which its grant is stored, and the seed that is never stored."""

    lookup: bytes
    seed: bytes

    def __repr__(self) -> str:
        return "Stretched(…)"


def _damm(digits: str) -> str:
    check = "0"
    for digit in digits:
        check = _DAMM[int(check)][int(digit)]
    return check


def new_receipt() -> str:
    """A new receipt: version digit, 22 random digits (73 bits), check digit."""
    body = VERSION_DIGIT + f"{secrets.randbelow(10**22):022d}"
    return body + _damm(body)


def grouped(code: str) -> str:
    """The receipt as shown: six groups of four."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _is_good(digits: str) -> bool:
    return len(digits) == LENGTH and _damm(digits) == "0"


def recognise(text: str) -> Good | Mistyped | None:
    """Is this message a receipt (rules C and D of the conversation)?

    `Good`: 24 digits with a good check digit, alone or as the only long number (20 digits or more) of the text;
    spaces, dots, dashes and full-width digits are allowed. `Mistyped`: 20–28 digits, nothing else, and not good.
    """
    if not _ENOUGH.match(text):
        return None
    text = text.translate(_FULL_WIDTH)
    numbers = [_SEPARATORS.sub("", found) for found in _NUMBER.findall(text)]
    long = [number for number in numbers if len(number) >= _MISTYPED.start]
    if len(long) != 1:
        return None
    if _is_good(long[0]):
        return Good(long[0])
    alone = _SEPARATORS.sub("", text) == long[0]
    return Mistyped(len(long[0])) if alone and len(long[0]) in _MISTYPED else None


def stretch(code: str, salt: bytes) -> Stretched:
    """Lookup id and seed of a receipt under the site's public salt (8 bytes or more). Takes about 20 ms and 19 MiB."""
    argon2 = Argon2id(salt=salt, length=64, iterations=ARGON2_PASSES, lanes=1, memory_cost=ARGON2_KIB)
    stretched = argon2.derive(code.encode())
    return Stretched(stretched[:32], stretched[32:])


def reporter_identity(seed: bytes, site: str) -> Identity:
    """The key that opens the reporter's own grant."""
    return Identity.from_seed(derive(seed, site, "receipt-identity"))


def reporter_signer(seed: bytes, site: str) -> Signer:
    """The key that signs the reporter's entries."""
    return Signer.from_seed(derive(seed, site, "receipt-signing"))
