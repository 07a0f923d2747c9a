"""Small sealed values of one size: whatever is inside, the row looks like every other.

Owns the one layout that drawers and subscriptions share; must not decide on keys or on what is bound to a value.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.errors import Unusable
from crypto.payload import TAG

NONCE = 12
_LENGTH = 2


def seal_fixed(key: bytes, plain: bytes, *, bound: bytes, room: int) -> bytes:
    """`room` bytes of plaintext filled with zeros, sealed: nonce(12) ‖ ciphertext. `bound` is associated data.

    Raises:
        Unusable: `plain` does not fit.
    """
    if len(plain) > room - _LENGTH:
        raise Unusable("fixed: too long")
    nonce = os.urandom(NONCE)
    filled = (len(plain).to_bytes(_LENGTH, "big") + plain).ljust(room, b"\0")
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, filled, bound)


def open_fixed(key: bytes, sealed: bytes, *, bound: bytes, room: int) -> bytes:
    """The reverse.

    Raises:
        Unusable: another key, another row, another size, or a changed byte.
    """
    if len(sealed) != NONCE + room + TAG:
        raise Unusable("fixed: size")
    try:
        filled = ChaCha20Poly1305(key).decrypt(sealed[:NONCE], sealed[NONCE:], bound)
    except InvalidTag as error:
        raise Unusable("fixed: does not verify") from error
    length = int.from_bytes(filled[:_LENGTH], "big")
    if length > room - _LENGTH:
        raise Unusable("fixed: length")
    return filled[_LENGTH : _LENGTH + length]
