"""The post-quantum hybrid key pair of the age format, and its `mlkem768x25519` stanza.

HPKE (RFC 9180) with KEM 0x647a: ML-KEM-768 and X25519 joined, both expanded from one 32-byte seed with SHAKE256.
"""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.hashes import SHAKE256, Hash
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey, Suite

from crypto import bech32
from crypto.errors import Unusable
from crypto.header import Stanza, decode_base64, encode_base64

STANZA_TYPE = "mlkem768x25519"
_INFO = b"age-encryption.org/mlkem768x25519"
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_SEED, _FILE_KEY, _TAG = 32, 16, 16
_MLKEM_SEED, _MLKEM_PUBLIC, _X25519 = 64, 1184, 32
_ENCAPSULATED = 1088 + _X25519
_SECRET_PREFIX, _PUBLIC_PREFIX = "age-secret-key-pq-", "age1pq"


def _expand(seed: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    digest = Hash(SHAKE256(_MLKEM_SEED + _X25519))
    digest.update(seed)
    expanded = digest.finalize()
    return (
        MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED:]),
    )


class Identity:
    """A hybrid private key. Printing it shows nothing."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != _SEED:
            raise Unusable("identity: length")
        self._seed = bytes(seed)

    @classmethod
    def generate(cls) -> Self:
        """A new identity from the operating system's randomness."""
        return cls(os.urandom(_SEED))

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The identity of a 32-byte secret. Raises Unusable for any other length."""
        return cls(seed)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The identity written as `AGE-SECRET-KEY-PQ-1…`. Raises Unusable for anything else."""
        prefix, seed = bech32.decode(text)
        if prefix != _SECRET_PREFIX or text != text.upper():
            raise Unusable("identity: not a hybrid key")
        return cls(seed)

    @property
    def seed(self) -> bytes:
        """The 32 bytes everything follows from: for shares on paper, and for nothing else."""
        return self._seed

    def encode(self) -> str:
        """`AGE-SECRET-KEY-PQ-1…`, as the age tool reads it."""
        return bech32.encode(_SECRET_PREFIX, self._seed).upper()

    @cached_property
    def recipient(self) -> str:
        """The public key, `age1pq1…` (1,959 letters)."""
        mlkem, x25519 = _expand(self._seed)
        public = mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()
        return bech32.encode(_PUBLIC_PREFIX, public)

    @cached_property
    def _private(self) -> MLKEM768X25519PrivateKey:
        return MLKEM768X25519PrivateKey(*_expand(self._seed))

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        """The file key out of the first stanza addressed here; None if none is. Raises Unusable for malformed ones."""
        for stanza in stanzas:
            if stanza.args[0] == STANZA_TYPE and (file_key := self._unwrap(stanza)) is not None:
                return file_key
        return None

    def _unwrap(self, stanza: Stanza) -> bytes | None:
        encapsulated = decode_base64(stanza.args[1].encode()) if len(stanza.args) == 2 else b""  # noqa: PLR2004 - type and key
        if len(encapsulated) != _ENCAPSULATED or len(stanza.body) != _FILE_KEY + _TAG:
            raise Unusable("stanza: shape")
        try:
            return _SUITE.decrypt(encapsulated + stanza.body, self._private, _INFO)
        except InvalidTag:
            self._refuse_low_order(encapsulated)
            return None

    def _refuse_low_order(self, encapsulated: bytes) -> None:
        """Raises Unusable where the X25519 share is one of the few that give every key the same secret."""
        share = X25519PublicKey.from_public_bytes(encapsulated[-_X25519:])
        try:
            _expand(self._seed)[1].exchange(share)
        except ValueError as error:
            raise Unusable("stanza: low-order share") from error

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and bytes_eq(self._seed, other._seed)

    def __hash__(self) -> int:
        return hash(self.recipient)

    def __repr__(self) -> str:
        return "Identity(…)"


@lru_cache(maxsize=1024)
def parse_recipient(text: str) -> MLKEM768X25519PublicKey:
    """The public key written as `age1pq1…`. Raises Unusable for anything else."""
    prefix, public = bech32.decode(text)
    if prefix != _PUBLIC_PREFIX or text != text.lower() or len(public) != _MLKEM_PUBLIC + _X25519:
        raise Unusable("recipient: not a hybrid key")
    try:
        mlkem = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
    except ValueError as error:
        raise Unusable("recipient: not a hybrid key") from error
    return MLKEM768X25519PublicKey(mlkem, X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]))


def wrap(file_key: bytes, recipient: str) -> Stanza:
    """The stanza that gives `file_key` to `recipient`."""
    wrapped = _SUITE.encrypt(file_key, parse_recipient(recipient), _INFO)
    encapsulated = encode_base64(wrapped[:_ENCAPSULATED]).decode()
    return Stanza((STANZA_TYPE, encapsulated), wrapped[_ENCAPSULATED:])
