"""Headers: limits and shapes the public vectors do not reach."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.header import HEADER_LIMIT, STANZA_LIMIT, Stanza, encode_header, read_header
from crypto.reader import ByteReader

FILE_KEY = bytes(range(16))
words = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=8)
stanzas = st.builds(Stanza, st.lists(words, min_size=1, max_size=3).map(tuple), st.binary(max_size=130))


@settings(derandomize=True, deadline=None)
@given(written=st.lists(stanzas, min_size=1, max_size=5))
def test_round_trip(written: list[Stanza]) -> None:
    reader = ByteReader([encode_header(written, FILE_KEY) + b"payload"])
    header = read_header(reader)
    header.check(FILE_KEY)
    assert header.stanzas == tuple(written)
    assert reader.read(99) == b"payload"


def test_another_file_key_fails_the_mac() -> None:
    header = read_header(ByteReader([encode_header([Stanza(("x",), b"")], FILE_KEY)]))
    with pytest.raises(Unusable, match="MAC"):
        header.check(bytes(16))


def test_more_stanzas_than_the_limit_are_neither_written_nor_read() -> None:
    with pytest.raises(Unusable, match="limits"):
        encode_header([Stanza(("x",), b"")] * (STANZA_LIMIT + 1), FILE_KEY)
    lines = b"age-encryption.org/v1\n" + b"-> x\n\n" * (STANZA_LIMIT + 1) + b"--- " + b"A" * 43 + b"\n"
    with pytest.raises(Unusable, match="stanza"):
        read_header(ByteReader([lines]))


def test_a_header_longer_than_the_limit_is_neither_written_nor_read() -> None:
    with pytest.raises(Unusable, match="limits"):
        encode_header([Stanza(("x",), bytes(HEADER_LIMIT))], FILE_KEY)
    endless = (b"A" * 64 + b"\n" for _ in range(10**9))
    with pytest.raises(Unusable):
        read_header(ByteReader(part for source in ([b"age-encryption.org/v1\n-> x\n"], endless) for part in source))


@pytest.mark.parametrize("mac", [b"---", b"--- ", b"---A", b"--- " + b"A" * 42, b"--- " + b"A" * 42 + b"B"])
def test_mac_lines_of_another_shape_are_refused(mac: bytes) -> None:
    with pytest.raises(Unusable):
        read_header(ByteReader([b"age-encryption.org/v1\n-> x\n\n" + mac + b"\n"]))


def test_a_header_without_stanzas_is_refused() -> None:
    with pytest.raises(Unusable):
        read_header(ByteReader([b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n"]))
