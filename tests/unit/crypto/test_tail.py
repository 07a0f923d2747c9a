"""Filling of streams of unknown length."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.tail import cut_tail, with_tail
from crypto.wire import MEDIA_BUCKET

pieces = st.lists(st.sampled_from((b"", b"\0", b"\x80", b"\x80\0\0", b"\0\x80", b"word", bytes(70_000))), max_size=6)


@settings(derandomize=True, deadline=None)
@given(chunks=pieces, step=st.sampled_from((1_000, 65_536, 65_537)))
def test_round_trip_in_size_classes_of_powers_of_two(chunks: list[bytes], step: int) -> None:
    filled = b"".join(with_tail(chunks))
    assert len(filled) >= MEDIA_BUCKET
    assert len(filled) & len(filled) - 1 == 0
    again = [filled[at : at + step] for at in range(0, len(filled), step)]
    assert b"".join(cut_tail(again)) == b"".join(chunks)


@pytest.mark.parametrize("chunks", [[], [b""], [bytes(100)], [b"\x80", b"words", bytes(9)]])
def test_no_mark_at_the_end_is_refused(chunks: list[bytes]) -> None:
    with pytest.raises(Unusable):
        b"".join(cut_tail(chunks))
