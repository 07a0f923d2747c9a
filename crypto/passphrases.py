"""Passphrases and recovery words, from one list of 2,048 Vietnamese words that stay unique without their marks."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from crypto.errors import Unusable

PASSPHRASE_WORDS = 5
"""Words of a generated passphrase: 55 bits, stretched and joined with the device secret (CRYPTO "Officer's login")."""
RECOVERY_WORDS = 24
"""Words that write 32 bytes and 8 check bits, 11 bits each."""
_COUNT, _BITS = 2048, 11
_SECRET, _CHECK_BITS = 32, 8
_MARKS = re.compile(r"[\u0300-\u036f\s-]")


@cache
def words() -> tuple[str, ...]:
    """The list, in order: position is value. Lower case, NFC; a compound is joined with a hyphen."""
    return tuple((files("crypto") / "words.txt").read_text(encoding="utf-8").split())


def fold(word: str) -> str:
    """A word without case, marks and hyphens, as many people type it: `Đường` and `duong` are one."""
    apart = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return _MARKS.sub("", apart)


@cache
def _positions() -> dict[str, int]:
    return {fold(word): position for position, word in enumerate(words())}


def new_passphrase() -> str:
    """Five random words with spaces between them."""
    return " ".join(secrets.choice(words()) for _ in range(PASSPHRASE_WORDS))


def normal_passphrase(typed: str) -> str:
    """A typed passphrase as it goes into the stretching: folded, one space between syllables."""
    return " ".join(fold(word) for word in typed.replace("-", " ").split())


def recovery_words(secret: bytes) -> list[str]:
    """The 24 words of a 32-byte secret; the last one carries 8 bits of its SHA-256."""
    if len(secret) != _SECRET:
        raise Unusable("recovery words: length")
    number = int.from_bytes(secret + hashlib.sha256(secret).digest()[:1], "big")
    shifts = range((RECOVERY_WORDS - 1) * _BITS, -1, -_BITS)
    return [words()[number >> shift & _COUNT - 1] for shift in shifts]


def secret_from_words(typed: Sequence[str]) -> bytes:
    """The secret back, with or without marks. Raises Unusable for a wrong count, an unknown word or a wrong check."""
    positions = [_positions().get(fold(word)) for word in typed]
    number = 0
    for position in positions:
        if position is None or len(positions) != RECOVERY_WORDS:
            raise Unusable("recovery words: unknown word or wrong count")
        number = number << _BITS | position
    secret = (number >> _CHECK_BITS).to_bytes(_SECRET, "big")
    if not positions or hashlib.sha256(secret).digest()[0] != number & 0xFF:
        raise Unusable("recovery words: check")
    return secret
