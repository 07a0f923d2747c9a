"""Test-only: opens files of the format's older X25519 type with our header and payload code, for the public vectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto import bech32
from crypto.age import payload_key
from crypto.errors import Unusable
from crypto.header import Stanza, decode_base64, read_header
from crypto.hybrid import Identity
from crypto.payload import open_payload
from crypto.reader import ByteReader


class X25519Identity:
    """A classic private key, `AGE-SECRET-KEY-1…`."""

    def __init__(self, text: str) -> None:
        prefix, scalar = bech32.decode(text)
        assert prefix == "age-secret-key-"
        self._private = X25519PrivateKey.from_private_bytes(scalar)

    def unwrap(self, stanzas: tuple[Stanza, ...]) -> bytes | None:
        for stanza in stanzas:
            if stanza.args[0] == "X25519" and (file_key := self._unwrap(stanza)) is not None:
                return file_key
        return None

    def _unwrap(self, stanza: Stanza) -> bytes | None:
        if len(stanza.args) != 2 or len(stanza.body) != 32:
            raise Unusable("stanza: shape")
        share = decode_base64(stanza.args[1].encode())
        try:
            shared = self._private.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:
            raise Unusable("stanza: share") from error
        salt = share + self._private.public_key().public_bytes_raw()
        key = HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"age-encryption.org/v1/X25519").derive(shared)
        try:
            return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
        except InvalidTag:
            return None


def parse_any(text: str) -> Identity | X25519Identity:
    """A key of either type."""
    return Identity.parse(text) if text.startswith("AGE-SECRET-KEY-PQ-1") else X25519Identity(text)


def open_any(chunks: Iterable[bytes], identities: list[Identity | X25519Identity]) -> Iterator[bytes] | None:
    """What any of these keys opens; None where none is addressed."""
    reader = ByteReader(chunks)
    header = read_header(reader)
    keys = [identity.unwrap(header.stanzas) for identity in identities]
    file_key = next((key for key in keys if key is not None), None)
    if file_key is None:
        return None
    header.check(file_key)
    nonce = reader.read(16)
    if len(nonce) != 16:
        raise Unusable("payload: no nonce")
    return open_payload(payload_key(file_key, nonce), reader)
