"""Exact reads out of any chunks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.reader import ByteReader


@settings(derandomize=True, deadline=None)
@given(chunks=st.lists(st.binary(max_size=9)), lengths=st.lists(st.integers(0, 12)))
def test_reads_give_what_the_joined_chunks_hold(chunks: list[bytes], lengths: list[int]) -> None:
    reader, rest = ByteReader(chunks), b"".join(chunks)
    for length in lengths:
        assert reader.read(length) == rest[:length]
        rest = rest[length:]
    assert reader.ended == (rest == b"")


def test_lines_lose_their_end_mark_and_leave_the_rest() -> None:
    reader = ByteReader([b"on", b"e\ntw", b"", b"o\n\nrest"])
    assert [reader.line(10), reader.line(10), reader.line(10), reader.read(9)] == [b"one", b"two", b"", b"rest"]


@pytest.mark.parametrize("chunks", [[], [b"no end"], [b"far too long\n"], [b"x" * 50]])
def test_a_line_must_end_within_its_limit(chunks: list[bytes]) -> None:
    with pytest.raises(Unusable):
        ByteReader(chunks).line(6)
