"""STREAM: authenticated chunks of 64 KiB under one key, in constant memory.

The key must be used for one payload only; the chunk counter and the last-chunk mark are the nonce.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.errors import Unusable
from crypto.reader import ByteReader

CHUNK = 64 * 1024
"""Plaintext bytes of every chunk but the last."""
TAG = 16


def chunk_nonce(counter: int, last: bool) -> bytes:
    """The nonce of chunk `counter`; the last one is marked."""
    return counter.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


class PayloadSealer:
    """The same for bytes that are pushed in as they come: `add` gives what can be sealed by now, `end` the rest."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)
        self._held = bytearray()
        self._counter = 0

    def add(self, plain: bytes) -> bytes:
        """Sealed chunks, maybe none: the last full one is held back, as it may be the last of all."""
        self._held += plain
        ready = bytearray()
        while len(self._held) > CHUNK:
            ready += self._seal(last=False)
        return bytes(ready)

    def end(self) -> bytes:
        """The last chunk. Nothing may be added after it."""
        return self._seal(last=True)

    def _seal(self, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(chunk_nonce(self._counter, last), bytes(self._held[:CHUNK]), None)
        del self._held[:CHUNK]
        self._counter += 1
        return sealed


def seal_payload(key: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Sealed chunks of the joined `chunks`, whatever their sizes. Only an empty payload has an empty last chunk."""
    cipher = ChaCha20Poly1305(key)
    reader = ByteReader(chunks)
    counter, last = 0, False
    while not last:
        plain = reader.read(CHUNK)
        last = reader.ended
        yield cipher.encrypt(chunk_nonce(counter, last), plain, None)
        counter += 1


def open_payload(key: bytes, reader: ByteReader) -> Iterator[bytes]:
    """Plain chunks up to the end of `reader`. Raises Unusable at the first that does not verify, or if none is last.

    What was yielded before the end is not to be used until the iterator has ended.
    """
    cipher = ChaCha20Poly1305(key)
    counter, last = 0, False
    while not last:
        sealed = reader.read(CHUNK + TAG)
        last = reader.ended
        try:
            plain = cipher.decrypt(chunk_nonce(counter, last), sealed, None)
        except InvalidTag as error:
            raise Unusable("payload: chunk does not verify") from error
        if counter and not plain:
            raise Unusable("payload: empty last chunk")
        yield plain
        counter += 1
