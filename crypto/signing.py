"""Ed25519 signatures. Who may sign what is the business of sheets.py and entries.py."""

from __future__ import annotations

from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from crypto.errors import Unusable

KEY = 32
"""Bytes of a seed and of a verify key."""


class Signer:
    """A private signing key. Printing it shows nothing."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    @classmethod
    def generate(cls) -> Self:
        """A new key from the operating system's randomness."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The key of a 32-byte secret. Raises Unusable for any other length."""
        if len(seed) != KEY:
            raise Unusable("signing key: length")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def seed(self) -> bytes:
        """The 32-byte secret, for keeping the key in a key file."""
        return self._key.private_bytes_raw()

    @property
    def verify_key(self) -> bytes:
        """The 32-byte public key."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature. `message` must start with a label of its own use."""
        return self._key.sign(message)

    def __repr__(self) -> str:
        return "Signer(…)"


def verify(verify_key: bytes, signature: bytes, message: bytes) -> bool:
    """True where `signature` over `message` was made with the private half of `verify_key`."""
    try:
        Ed25519PublicKey.from_public_bytes(verify_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
