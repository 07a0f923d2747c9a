"""The lock on the authority's key: its seed sealed under a passphrase alone (FORMAT.md "Authority's key").

Owns what such a file says. Where it lies, and who is asked for the passphrase, is others' business.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from crypto.errors import Unusable
from crypto.labels import derive
from crypto.passphrases import normal_passphrase
from crypto.payload import TAG
from crypto.signing import KEY

SALT, NONCE = 16, 12
LOCKED = 1 + SALT + NONCE + KEY + TAG
"""Bytes of a locked key's file; an open one has `KEY`."""
_FORMAT = b"\1"
_BOUND = b"hopthu/v1/authority-key"
_KIB, _PASSES = 64 * 1024, 3
"""Memory and passes of the stretching: an officer's passphrase's."""


def lock_seed(seed: bytes, passphrase: str) -> bytes:
    """The file of a locked key. Takes about a fifth of a second and 64 MiB."""
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    return _FORMAT + salt + nonce + _cipher(passphrase, salt).encrypt(nonce, seed, _BOUND)


def unlock_seed(locked: bytes, passphrase: str) -> bytes | None:
    """The seed, typed with or without marks; None where the passphrase is another, or a byte was changed.

    Raises:
        Unusable: this is no locked key, or one of an unknown format.
    """
    if len(locked) != LOCKED or locked[:1] != _FORMAT:
        raise Unusable("authority's key: unknown format")
    salt, nonce, sealed = locked[1 : 1 + SALT], locked[1 + SALT : 1 + SALT + NONCE], locked[1 + SALT + NONCE :]
    try:
        return _cipher(passphrase, salt).decrypt(nonce, sealed, _BOUND)
    except InvalidTag:
        return None


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    argon2 = Argon2id(salt=salt, length=KEY, iterations=_PASSES, lanes=1, memory_cost=_KIB)
    return AESGCM(derive(argon2.derive(normal_passphrase(passphrase).encode()), "-", "authority-lock"))
