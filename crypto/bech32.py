"""Bech32 as the age format uses it: BIP 173's checksum without its limit on length. Knows nothing of keys.

A hybrid recipient has 1,950 groups of five bits and every tip makes and reads two, so groups are not handled one by
one: `int` reads base 32 whole, and the checksum takes two groups a step.
"""

from __future__ import annotations

from base64 import b32encode

from crypto.errors import Unusable

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_RFC4648 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
"""What `b32encode` writes and what `int` reads for the groups 0 to 31."""
_WRITTEN = str.maketrans(_RFC4648, _CHARSET)
_READ = str.maketrans(_CHARSET, _DIGITS)
_GROUPS = bytes.maketrans(_CHARSET.encode(), bytes(range(32)))
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def _step(check: int, group: int) -> int:
    """The checksum after one more group of five bits."""
    top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ group
    for bit, generator in enumerate(_GENERATOR):
        check ^= generator if top >> bit & 1 else 0
    return check


_CARRIES = tuple(_step(_step(top << 20, 0), 0) for top in range(1 << 10))
"""What the ten bits that two steps push out give back."""


def _polymod(prefix: str, groups: bytes) -> int:
    values = bytes([ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]) + groups
    check, carries = 1, _CARRIES
    if len(values) % 2:
        check, values = _step(check, values[0]), values[1:]
    for first, second in zip(values[::2], values[1::2], strict=True):
        check = (check & 0xFFFFF) << 10 ^ first << 5 ^ second ^ carries[check >> 20]
    return check


def _payload(letters: str) -> bytes:
    """The bytes of these letters. The last group is filled with zero bits."""
    length, spare = divmod(len(letters) * 5, 8)
    number = int(letters.translate(_READ) or "0", 32)
    if spare >= 5 or number & (1 << spare) - 1:  # noqa: PLR2004 - a whole spare group, or filling that is not zero
        raise Unusable("not a key string: filling")
    return (number >> spare).to_bytes(length, "big")


def encode(prefix: str, payload: bytes) -> str:
    """`payload` under a lower-case `prefix`, in lower case."""
    letters = b32encode(payload).decode().rstrip("=").translate(_WRITTEN)
    check = _polymod(prefix, letters.encode().translate(_GROUPS) + bytes(_CHECKSUM_LENGTH)) ^ 1
    groups = (check >> 5 * at & 31 for at in reversed(range(_CHECKSUM_LENGTH)))
    return f"{prefix}1{letters}{''.join(_CHARSET[group] for group in groups)}"


def decode(text: str) -> tuple[str, bytes]:
    """Prefix in lower case and payload. Raises Unusable where case is mixed or the checksum does not hold."""
    if text not in (text.lower(), text.upper()):
        raise Unusable("not a key string: mixed case")
    prefix, mark, rest = text.lower().rpartition("1")
    if not mark or not prefix or not prefix.isascii() or not set(rest) <= set(_CHARSET) or len(rest) < _CHECKSUM_LENGTH:
        raise Unusable("not a key string")
    if _polymod(prefix, rest.encode().translate(_GROUPS)) != 1:
        raise Unusable("not a key string: checksum")
    return prefix, _payload(rest[:-_CHECKSUM_LENGTH])
