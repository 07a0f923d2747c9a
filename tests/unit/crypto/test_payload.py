"""STREAM: chunks cannot be dropped, moved, doubled or cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.payload import CHUNK, TAG, PayloadSealer, open_payload, seal_payload
from crypto.reader import ByteReader

KEY = bytes(range(32))
THREE = list(seal_payload(KEY, [b"a" * CHUNK, b"b" * CHUNK, b"c"]))


def _open(chunks: list[bytes]) -> bytes:
    return b"".join(open_payload(KEY, ByteReader(chunks)))


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_round_trip_and_size(length: int) -> None:
    sealed = list(seal_payload(KEY, [bytes(length)]))
    assert len(sealed) == max(1, -(-length // CHUNK))
    assert sum(map(len, sealed)) == length + TAG * len(sealed)
    assert _open(sealed) == bytes(length)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(lengths=st.lists(st.sampled_from((0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK)), max_size=4))
def test_bytes_pushed_in_are_sealed_alike(lengths: list[int]) -> None:
    sealer, pieces = PayloadSealer(KEY), [bytes([n + 1]) * length for n, length in enumerate(lengths)]
    pushed = [*(sealer.add(piece) for piece in pieces), sealer.end()]
    assert b"".join(pushed) == b"".join(seal_payload(KEY, pieces))
    assert _open(pushed) == b"".join(pieces)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(order=st.lists(st.integers(0, 2), max_size=4).filter(lambda order: order != [0, 1, 2]))
def test_every_other_order_is_refused(order: list[int]) -> None:
    with pytest.raises(Unusable):
        _open([THREE[at] for at in order])


def test_an_empty_last_chunk_after_a_full_one_is_refused() -> None:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # noqa: PLC0415 - writes what we never do

    cipher = ChaCha20Poly1305(KEY)
    full, empty = cipher.encrypt(bytes(12), bytes(CHUNK), None), cipher.encrypt(bytes(10) + b"\1\1", b"", None)
    with pytest.raises(Unusable, match="empty last"):
        _open([full, empty])
