"""Bech32 as the age format uses it: BIP 173's checksum without its limit on length. Knows nothing of keys."""

from __future__ import annotations

from crypto.errors import Unusable

_CHARSET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {letter: value for value, letter in enumerate(_CHARSET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_LENGTH = 6


def _carry(top: int) -> int:
    carry = 0
    for bit, generator in enumerate(_GENERATOR):
        carry ^= generator if top >> bit & 1 else 0
    return carry


_CARRIES = tuple(_carry(top) for top in range(32))


def _polymod(values: list[int]) -> int:
    check = 1
    carries = _CARRIES
    for value in values:
        check = (check & 0x1FFFFFF) << 5 ^ value ^ carries[check >> 25]
    return check


def _expand(prefix: str) -> list[int]:
    return [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]


def _words(payload: bytes) -> list[int]:
    """Bytes as groups of five bits, the last one filled with zero bits."""
    count = -(-len(payload) * 8 // 5)
    number = int.from_bytes(payload, "big") << (count * 5 - len(payload) * 8)
    bits = f"{number:0{count * 5}b}" if count else ""
    return [int(bits[at : at + 5], 2) for at in range(0, len(bits), 5)]


def _payload(words: list[int]) -> bytes:
    bits = "".join(f"{word:05b}" for word in words)
    length, spare = divmod(len(bits), 8)
    if spare >= 5 or "1" in bits[length * 8 :]:  # noqa: PLR2004 - a whole spare group, or filling that is not zero
        raise Unusable("not a key string: filling")
    return int(bits[: length * 8] or "0", 2).to_bytes(length, "big")


def encode(prefix: str, payload: bytes) -> str:
    """`payload` under a lower-case `prefix`, in lower case."""
    words = _words(payload)
    check = _polymod(_expand(prefix) + words + [0] * _CHECKSUM_LENGTH) ^ 1
    words += [check >> 5 * (_CHECKSUM_LENGTH - 1 - at) & 31 for at in range(_CHECKSUM_LENGTH)]
    return prefix + "1" + "".join(_CHARSET[word] for word in words)


def decode(text: str) -> tuple[str, bytes]:
    """Prefix in lower case and payload. Raises Unusable where case is mixed or the checksum does not hold."""
    if text not in (text.lower(), text.upper()):
        raise Unusable("not a key string: mixed case")
    prefix, mark, rest = text.lower().rpartition("1")
    words = [_VALUES[letter] for letter in rest if letter in _VALUES]
    if not mark or not prefix or not prefix.isascii() or len(words) != len(rest) or len(rest) < _CHECKSUM_LENGTH:
        raise Unusable("not a key string")
    if _polymod(_expand(prefix) + words) != 1:
        raise Unusable("not a key string: checksum")
    return prefix, _payload(words[:-_CHECKSUM_LENGTH])
