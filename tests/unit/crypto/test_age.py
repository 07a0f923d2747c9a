"""Sealing and opening, whole and in chunks."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.age import Identity, open_, open_stream, parse_recipient, seal, seal_stream
from crypto.errors import Unusable

KEY, OTHER = Identity.from_seed(bytes(range(32))), Identity.from_seed(bytes(32))
EDGES = (0, 1, 65_535, 65_536, 65_537, 131_071, 131_072, 131_073)
lengths = st.one_of(st.sampled_from(EDGES), st.integers(0, 300))
steps = st.sampled_from((1_000, 65_535, 65_536, 65_552, 65_553, 200_000))


def _pieces(whole: bytes, step: int) -> list[bytes]:
    return [whole[at : at + step] for at in range(0, len(whole), step)]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(length=lengths, sealing=steps, opening=steps)
def test_what_was_sealed_comes_back_whatever_the_chunks(length: int, sealing: int, opening: int) -> None:
    plain = bytes(at * 7 % 256 for at in range(length))
    sealed = b"".join(seal_stream(_pieces(plain, sealing), [KEY.recipient]))
    assert open_(sealed, KEY) == plain
    assert b"".join(open_stream(_pieces(sealed, opening), KEY)) == plain


@pytest.mark.parametrize("length", EDGES)
def test_whole_files_of_every_edge_length(length: int) -> None:
    assert open_(seal(bytes(length), [OTHER.recipient, KEY.recipient]), KEY) == bytes(length)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_changed_bit_goes_unseen(place: float, bit: int) -> None:
    sealed = bytearray(seal(b"x" * 3000, [KEY.recipient]))
    sealed[int(place * len(sealed))] ^= 1 << bit
    try:
        opened = open_(bytes(sealed), KEY)
    except Unusable:
        return
    assert opened is None


@settings(derandomize=True, deadline=None, max_examples=40)
@given(keep=st.floats(0, 1, exclude_max=True))
def test_no_cut_goes_unseen(keep: float) -> None:
    sealed = seal(b"x" * 70_000, [KEY.recipient])
    with pytest.raises(Unusable):
        open_(sealed[: int(keep * len(sealed))], KEY)


def test_a_file_that_ends_before_its_payload_is_refused() -> None:
    sealed = seal(b"", [KEY.recipient])
    for length in (len(sealed) - 16 - 16, len(sealed) - 16 - 1):
        with pytest.raises(Unusable, match="no nonce"):
            open_(sealed[:length], KEY)


def test_bytes_after_the_end_are_refused() -> None:
    with pytest.raises(Unusable):
        open_(seal(b"", [KEY.recipient]) + b"\0", KEY)


def test_another_key_opens_nothing() -> None:
    sealed = seal(b"words", [KEY.recipient])
    assert open_(sealed, OTHER) is None
    with pytest.raises(Unusable, match="not addressed"):
        list(open_stream([sealed], OTHER))


def test_two_sealings_share_nothing_but_the_version_line() -> None:
    first, second = seal(b"words", [KEY.recipient]), seal(b"words", [KEY.recipient])
    assert first.split(b"\n")[1:] != second.split(b"\n")[1:]
    assert first[-21:] != second[-21:]


@pytest.mark.parametrize("count", [0, 33])
def test_none_and_more_than_thirty_two_recipients_are_refused(count: int) -> None:
    with pytest.raises(Unusable, match="limits"):
        seal(b"", [KEY.recipient] * count)


def test_thirty_two_recipients_fit() -> None:
    assert open_(seal(b"all", [OTHER.recipient] * 31 + [KEY.recipient]), KEY) == b"all"


@pytest.mark.parametrize("recipient", ["", "age1pq1", KEY.encode(), KEY.recipient.upper(), KEY.recipient[:-1] + "q"])
def test_only_hybrid_recipients_are_sealed_to(recipient: str) -> None:
    with pytest.raises(Unusable):
        seal(b"words", [recipient])
    with pytest.raises(Unusable):
        parse_recipient(recipient)


def test_a_stream_is_sealed_without_being_gathered() -> None:
    """Chunks come out while chunks still go in: what is held is two chunks at most."""
    taken = 0

    def endless() -> chain[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(65_536)

    sealed = seal_stream(endless(), [KEY.recipient])
    next(sealed)
    for number in range(1, 20):
        next(sealed)
        assert taken <= number + 1
