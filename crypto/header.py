"""The textual header of an age v1 file: version line, recipient stanzas, MAC line.

Reads and writes any stanza; what a stanza means is its type's business (hybrid.py). Limits: 64 KiB, 32 stanzas.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.errors import Unusable
from crypto.reader import ByteReader

VERSION_LINE = b"age-encryption.org/v1"
HEADER_LIMIT = 64 * 1024
"""Bytes of header we read or write."""
STANZA_LIMIT = 32
"""Recipient stanzas we read or write."""
_COLUMNS = 64
_MAC_LENGTH = 32
_ARGUMENTS = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)")
_MARK = b"---"


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient stanza: its arguments, the type first, and its body."""

    args: tuple[str, ...]
    body: bytes


def encode_base64(raw: bytes) -> bytes:
    """Standard base64 without filling marks."""
    return b64encode(raw).rstrip(b"=")


def decode_base64(text: bytes) -> bytes:
    """The reverse. Raises Unusable for filling marks, foreign letters and non-canonical ends."""
    try:
        raw = b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise Unusable("header: base64") from error
    if encode_base64(raw) != text:
        raise Unusable("header: base64")
    return raw


def _encode_stanza(stanza: Stanza) -> bytes:
    body = encode_base64(stanza.body)
    lines = [body[at : at + _COLUMNS] for at in range(0, len(body) + 1, _COLUMNS)]
    return b"-> " + " ".join(stanza.args).encode() + b"\n" + b"".join(line + b"\n" for line in lines)


def _mac(file_key: bytes, covered: bytes) -> HMAC:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"header").derive(file_key)
    mac = HMAC(key, SHA256())
    mac.update(covered)
    return mac


def encode_header(stanzas: list[Stanza], file_key: bytes) -> bytes:
    """The header that wraps `file_key` in these stanzas. Raises Unusable where it would pass the limits."""
    covered = VERSION_LINE + b"\n" + b"".join(_encode_stanza(stanza) for stanza in stanzas) + _MARK
    header = covered + b" " + encode_base64(_mac(file_key, covered).finalize()) + b"\n"
    if not 0 < len(stanzas) <= STANZA_LIMIT or len(header) > HEADER_LIMIT:
        raise Unusable("header: limits")
    return header


@dataclass(frozen=True, slots=True)
class Header:
    """A header as read: its stanzas, the bytes its MAC covers, and the MAC."""

    stanzas: tuple[Stanza, ...]
    covered: bytes
    mac: bytes

    def check(self, file_key: bytes) -> None:
        """Raises Unusable where the MAC does not hold under `file_key`."""
        try:
            _mac(file_key, self.covered).verify(self.mac)
        except InvalidSignature as error:
            raise Unusable("header: MAC") from error


class _Lines:
    """The header's lines within its limit, remembered as bytes for the MAC."""

    def __init__(self, reader: ByteReader) -> None:
        self._reader = reader
        self.seen = bytearray()

    def next(self) -> bytes:
        line = self._reader.line(HEADER_LIMIT - len(self.seen))
        self.seen += line + b"\n"
        return line


def _read_body(lines: _Lines) -> bytes:
    body = bytearray()
    while True:
        line = lines.next()
        if len(line) > _COLUMNS:
            raise Unusable("header: stanza body")
        body += decode_base64(line)
        if len(line) < _COLUMNS:
            return bytes(body)


def read_header(reader: ByteReader) -> Header:
    """The header at the reader's place; leaves the reader at the payload. Raises Unusable for anything not v1."""
    lines = _Lines(reader)
    if lines.next() != VERSION_LINE:
        raise Unusable("header: version")
    stanzas: list[Stanza] = []
    while not (line := lines.next()).startswith(_MARK):
        found = _ARGUMENTS.fullmatch(line)
        if found is None or len(stanzas) == STANZA_LIMIT:
            raise Unusable("header: stanza")
        stanzas.append(Stanza(tuple(found[1].decode().split(" ")), _read_body(lines)))
    mac = decode_base64(line[len(_MARK) + 1 :])
    if not stanzas or line[len(_MARK) : len(_MARK) + 1] != b" " or len(mac) != _MAC_LENGTH:
        raise Unusable("header: MAC line")
    covered = bytes(lines.seen[: len(lines.seen) - len(line) - 1]) + _MARK
    return Header(tuple(stanzas), covered, mac)
