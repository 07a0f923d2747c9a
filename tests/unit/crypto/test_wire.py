"""Strict reading of lines, fields and filling."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.wire import (
    Fields,
    bucket,
    check_filling,
    decode_raw,
    encode_line,
    encode_raw,
    fill,
    signed,
    split_signed,
)


@pytest.mark.parametrize(
    ("length", "size"), [(0, 4096), (1, 4096), (4096, 4096), (4097, 8192), (8192, 8192), (8193, 16384)]
)
def test_size_classes(length: int, size: int) -> None:
    assert bucket(length, 4096) == size


@settings(derandomize=True, deadline=None)
@given(raw=st.binary(max_size=80))
def test_base64url_has_one_spelling(raw: bytes) -> None:
    assert decode_raw(encode_raw(raw)) == raw


@pytest.mark.parametrize("text", ["A", "AB", "AA=", "AA==", "A+/A", "AAAA\n", "đ", "AA A"])
def test_other_spellings_are_refused(text: str) -> None:
    with pytest.raises(Unusable):
        decode_raw(text)


LINE = b'{"v":1}'
SIGNED = signed(LINE, bytes(64))


def test_signed_bodies_come_apart_again() -> None:
    assert split_signed(SIGNED) == (LINE, bytes(64), b"")
    assert split_signed(SIGNED + b"  ") == (LINE, bytes(64), b"  ")


@pytest.mark.parametrize(
    "body", [b"", LINE, LINE + b"\n", SIGNED[:-1], LINE + b"\nAAAA\n", SIGNED.replace(b"==", b""), LINE + b"\n\xff\n"]
)
def test_other_shapes_are_refused(body: bytes) -> None:
    with pytest.raises(Unusable):
        split_signed(body)


@settings(derandomize=True, deadline=None)
@given(length=st.integers(0, 9000))
def test_filling_is_spaces_to_the_size_class_exactly(length: int) -> None:
    body = b"x" * length
    filled = fill(body, 4096)
    filling = filled[length:]
    check_filling(filling, len(filled), 4096)
    for wrong, total in ((filling + b" ", len(filled) + 1), (b"\0" + filling[1:], len(filled))):
        if wrong.strip(b" ") or total != len(filled):
            with pytest.raises(Unusable):
                check_filling(wrong, total, 4096)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b'{"v":2}',
        b'{"v":true}',
        b'{"v":"1"}',
        b'{"v":1.5}',
        b"[" * 100_000,
        b'{"v":NaN}',
    ],
)
def test_lines_that_are_no_object_of_our_version(line: bytes) -> None:
    with pytest.raises(Unusable):
        Fields.parse(line)


Getter = Callable[[Fields], object]


@pytest.mark.parametrize(
    ("value", "getter"),
    [
        (1, lambda fields: fields.text("x")),
        (None, lambda fields: fields.text("x")),
        ("\ud800", lambda fields: fields.text("x")),
        ("1", lambda fields: fields.number("x")),
        (-1, lambda fields: fields.number("x")),
        (2**53, lambda fields: fields.number("x")),
        (True, lambda fields: fields.number("x")),
        (1, lambda fields: fields.flag("x")),
        ("AAAA", lambda fields: fields.raw("x", 4)),
        ("2026-02-30", lambda fields: fields.day("x")),
        ("20261122", lambda fields: fields.day("x")),
        ("2026-11-22 ", lambda fields: fields.day("x")),
        ([], lambda fields: fields.part("x")),
        ({}, lambda fields: fields.parts("x")),
        ([1], lambda fields: fields.parts("x")),
        ({}, lambda fields: fields.every_shown("x")),
        (["a", 1], lambda fields: fields.every_shown("x")),
        (["\x1b"], lambda fields: fields.every_shown("x")),
        (1, lambda fields: fields.expect(("x", "y"))),
        (1, lambda fields: fields.expect(())),
    ],
)
def test_fields_of_another_type_are_refused(value: object, getter: Getter) -> None:
    with pytest.raises(Unusable):
        getter(Fields({"x": value}))


def test_fields_are_given_as_they_are() -> None:
    fields = Fields.parse(encode_line({"v": 1, "s": "chữ", "n": 7, "f": False, "o": {"a": "b"}, "l": [{}], "no": None}))
    assert (fields.text("s"), fields.number("n"), fields.flag("f")) == ("chữ", 7, False)
    assert fields.part("o").text("a") == "b"
    assert len(fields.parts("l")) == 1
    assert (fields.maybe_text("no"), fields.maybe_number("no"), fields.maybe_text("s")) == (None, None, "chữ")


def test_half_a_character_is_not_written() -> None:
    with pytest.raises(Unusable):
        encode_line({"x": "\ud800"})
