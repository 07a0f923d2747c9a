"""The written form inside sealed and signed things: one line of JSON, base64url, a signature line, filling.

Reading is strict: every field is expected by name and type, an unknown `v` is refused. Knows no keys.
"""

from __future__ import annotations

import binascii
import json
import re
from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from datetime import date
from typing import Self

from crypto.errors import Unusable
from crypto.labels import VERSION

ENTRY_BUCKET = 4 * 1024
"""Smallest size class of an entry's plaintext, in bytes (CRYPTO "Size")."""
MEDIA_BUCKET = 64 * 1024
"""Smallest size class of the plaintext of media, in bytes."""
GRANT_BUCKET = 1024
"""Size class of a grant's plaintext, in bytes: all grants look alike."""
SIGNATURE = 64
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_HALF = re.compile("[\ud800-\udfff]")
_LARGEST = 2**53 - 1


def bucket(length: int, smallest: int) -> int:
    """The size class of `length` bytes: `smallest`, or the next power of two."""
    return max(smallest, 1 << max(length - 1, 0).bit_length())


def encode_raw(raw: bytes) -> str:
    """Base64url without filling marks, as every byte value inside JSON is written."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode_raw(text: str) -> bytes:
    """The reverse. Raises Unusable for anything but the one canonical spelling."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise Unusable("field: base64url") from error
    if encode_raw(raw) != text:
        raise Unusable("field: base64url")
    return raw


def encode_line(fields: Mapping[str, object]) -> bytes:
    """One line of compact JSON in UTF-8; holds no line end."""
    try:
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    except UnicodeEncodeError as error:
        raise Unusable("line: half a character") from error


def signed(line: bytes, signature: bytes) -> bytes:
    """Line 1 and, in standard base64, its signature as line 2."""
    return line + b"\n" + b64encode(signature) + b"\n"


def split_signed(body: bytes) -> tuple[bytes, bytes, bytes]:
    """Line 1, the signature, and what follows line 2. Raises Unusable where the shape is another."""
    line, first, rest = body.partition(b"\n")
    written, second, filling = rest.partition(b"\n")
    try:
        signature = b64decode(written, validate=True)
    except binascii.Error as error:
        raise Unusable("signature line") from error
    if not (first and second) or len(signature) != SIGNATURE or b64encode(signature) != written:
        raise Unusable("signature line")
    return line, signature, filling


def fill(body: bytes, smallest: int) -> bytes:
    """`body` and spaces up to its size class."""
    return body.ljust(bucket(len(body), smallest))


def check_filling(filling: bytes, total: int, smallest: int) -> None:
    """Raises Unusable where the filling is not spaces up to the size class exactly."""
    if filling.strip(b" ") or total != bucket(total - len(filling), smallest):
        raise Unusable("filling")


def _refuse(_: str) -> object:
    raise Unusable("line: number")


class Fields:
    """A JSON object being read: each getter checks the type and raises Unusable where it is another."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    @classmethod
    def parse(cls, line: bytes, *, up_to: int = VERSION) -> Self:
        """A line of JSON with a `v` we know: 1, or one of what has later forms. Raises Unusable otherwise."""
        try:
            parsed = json.loads(line.decode(), parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise Unusable("line: not JSON") from error
        if not isinstance(parsed, dict):
            raise Unusable("line: not an object")
        fields = cls(parsed)
        if not VERSION <= fields.number("v") <= up_to:
            raise Unusable("unknown version")
        return fields

    def expect(self, names: Collection[str]) -> None:
        """Raises Unusable unless the fields are exactly these."""
        if set(self._fields) != set(names):
            raise Unusable("fields: others than expected")

    @property
    def names(self) -> tuple[str, ...]:
        """The fields there are, where nobody can say before which."""
        return tuple(self._fields)

    def has(self, name: str) -> bool:
        """True where the field is there and not null."""
        return self._fields.get(name) is not None

    def text(self, name: str) -> str:
        """A string of whole characters."""
        value = self._fields.get(name)
        if not isinstance(value, str) or _HALF.search(value):
            raise Unusable("field: not text")
        return value

    def maybe_text(self, name: str) -> str | None:
        """A string or null."""
        return self.text(name) if self.has(name) else None

    def shown(self, name: str) -> str:
        """A string that people read on a terminal or a page: nothing in it moves, hides or reorders what stands by."""
        value = self.text(name)
        if not value.isprintable():
            raise Unusable("field: not printable")
        return value

    def maybe_shown(self, name: str) -> str | None:
        """Such a string or null."""
        return self.shown(name) if self.has(name) else None

    def number(self, name: str) -> int:
        """A whole number from 0 to 2^53 - 1."""
        value = self._fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _LARGEST:
            raise Unusable("field: not a whole number")
        return value

    def maybe_number(self, name: str) -> int | None:
        """A whole number or null."""
        return self.number(name) if self.has(name) else None

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._fields.get(name)
        if not isinstance(value, bool):
            raise Unusable("field: not true or false")
        return value

    def raw(self, name: str, length: int) -> bytes:
        """Exactly `length` bytes."""
        value = decode_raw(self.text(name))
        if len(value) != length:
            raise Unusable("field: length")
        return value

    def day(self, name: str) -> str:
        """An ISO day, `2026-11-22`."""
        return check_day(self.text(name))

    def part(self, name: str) -> Fields:
        """An object inside."""
        value = self._fields.get(name)
        if not isinstance(value, dict):
            raise Unusable("field: not an object")
        return Fields(value)

    def parts(self, name: str) -> tuple[Fields, ...]:
        """A list of objects inside."""
        value = self._fields.get(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise Unusable("field: not a list of objects")
        return tuple(Fields(one) for one in value)

    def every_shown(self, name: str) -> tuple[str, ...]:
        """A list of strings that people read."""
        value = self._fields.get(name)
        if not isinstance(value, list):
            raise Unusable("field: not a list")
        return tuple(Fields({name: one}).shown(name) for one in value)


def check_day(day: str) -> str:
    """`day` itself. Raises Unusable where it is no ISO day."""
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise Unusable("field: not a day") from error
    if not _DAY.fullmatch(day):
        raise Unusable("field: not a day")
    return day
