"""Files in the age v1 format, sealed to post-quantum hybrid recipients only.

Two verbs, `seal` and `open_`, each whole and streamed. Nothing here pads, signs or names anybody.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.errors import Unusable
from crypto.header import encode_header, read_header
from crypto.hybrid import Identity, parse_recipient, wrap
from crypto.payload import open_payload, seal_payload
from crypto.reader import ByteReader

__all__ = ["Identity", "open_", "open_stream", "parse_recipient", "seal", "seal_stream"]

_FILE_KEY, _NONCE = 16, 16


def payload_key(file_key: bytes, nonce: bytes) -> bytes:
    """The key of one payload, from its file key and the nonce before it."""
    return HKDF(algorithm=SHA256(), length=32, salt=nonce, info=b"payload").derive(file_key)


def seal_stream(chunks: Iterable[bytes], recipients: Sequence[str]) -> Iterator[bytes]:
    """The joined `chunks`, sealed to every recipient (1–32), in constant memory: header first, then sealed chunks.

    Raises Unusable at the first step where a recipient is no hybrid key.
    """
    file_key, nonce = os.urandom(_FILE_KEY), os.urandom(_NONCE)
    yield encode_header([wrap(file_key, recipient) for recipient in recipients], file_key) + nonce
    yield from seal_payload(payload_key(file_key, nonce), chunks)


def open_stream(chunks: Iterable[bytes], identity: Identity) -> Iterator[bytes]:
    """What `identity` can open of a sealed file given in chunks of any size, in constant memory.

    Raises Unusable where it is broken or not addressed to this key. What was yielded is not to be used before the
    iterator has ended.
    """
    plain = _begin(ByteReader(chunks), identity)
    if plain is None:
        raise Unusable("not addressed to this key")
    yield from plain


def seal(plain: bytes, recipients: Sequence[str]) -> bytes:
    """`plain` sealed to every recipient (1–32). Raises Unusable where one is no hybrid key."""
    return b"".join(seal_stream((plain,), recipients))


def open_(sealed: bytes, identity: Identity) -> bytes | None:
    """What was sealed; None where it is not addressed to this key. Raises Unusable where it is broken."""
    plain = _begin(ByteReader((sealed,)), identity)
    return None if plain is None else b"".join(plain)


def _begin(reader: ByteReader, identity: Identity) -> Iterator[bytes] | None:
    header = read_header(reader)
    file_key = identity.unwrap(header.stanzas)
    if file_key is None:
        return None
    header.check(file_key)
    nonce = reader.read(_NONCE)
    if len(nonce) != _NONCE:
        raise Unusable("payload: no nonce")
    return open_payload(payload_key(file_key, nonce), reader)
