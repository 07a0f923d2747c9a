"""Sealing what is handed over piece by piece, where nobody can be asked for the next piece.

The same bytes as `crypto.age.seal_stream` makes, in constant memory. One sealer serves one file and is then spent.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from crypto.age import payload_key
from crypto.header import encode_header
from crypto.hybrid import wrap
from crypto.payload import CHUNK, chunk_nonce

_FILE_KEY, _NONCE = 16, 16


class Sealer:
    """A file being sealed to every recipient (1–32)."""

    def __init__(self, recipients: Sequence[str]) -> None:
        """Raises Unusable where a recipient is no hybrid key."""
        file_key, nonce = os.urandom(_FILE_KEY), os.urandom(_NONCE)
        self._head = encode_header([wrap(file_key, recipient) for recipient in recipients], file_key) + nonce
        self._cipher = ChaCha20Poly1305(payload_key(file_key, nonce))
        self._buffer = bytearray()
        self._counter = 0

    def update(self, plain: bytes) -> bytes:
        """What can be written once `plain` is known, the header first. May be empty."""
        self._buffer += plain
        sealed = bytearray(self._begun())
        while len(self._buffer) > CHUNK:
            sealed += self._chunk(CHUNK, last=False)
        return bytes(sealed)

    def finish(self) -> bytes:
        """The end of the file."""
        return self._begun() + self._chunk(len(self._buffer), last=True)

    def _begun(self) -> bytes:
        head, self._head = self._head, b""
        return head

    def _chunk(self, length: int, *, last: bool) -> bytes:
        plain = bytes(self._buffer[:length])
        del self._buffer[:length]
        nonce = chunk_nonce(self._counter, last)
        self._counter += 1
        return self._cipher.encrypt(nonce, plain, None)
