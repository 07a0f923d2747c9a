"""Key strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.bech32 import decode, encode
from crypto.errors import Unusable


@settings(derandomize=True, deadline=None)
@given(payload=st.binary(max_size=200), prefix=st.sampled_from(("a", "age1pq", "age-secret-key-pq-")))
def test_round_trip(payload: bytes, prefix: str) -> None:
    written = encode(prefix, payload)
    assert decode(written) == (prefix, payload)
    assert decode(written.upper()) == (prefix, payload)


@pytest.mark.parametrize(
    "good",
    [
        "A12UEL5L",
        "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
        "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    ],
)
def test_the_standard_s_good_ones_pass_the_checksum(good: str) -> None:
    prefix, payload = decode(good)
    assert encode(prefix, payload) == good.lower()


@settings(derandomize=True, deadline=None, max_examples=60)
@given(place=st.integers(7, 60), letter=st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_one_wrong_letter_is_seen(place: int, letter: str) -> None:
    written = encode("age1pq", bytes(32))
    changed = written[:place] + letter + written[place + 1 :]
    if changed != written:
        with pytest.raises(Unusable):
            decode(changed)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "1",
        "a1",
        "pzry9x0s0muk",
        "1pzry9x0s0muk",
        "x1b4n0q5v",
        "li1dgmt3",
        "A1G7SGD8",
        "a12UEL5L",
        "đ12uel5l",
        "A12UEL5Lđ",
    ],
)
def test_the_standard_s_bad_ones_and_ours_are_refused(bad: str) -> None:
    with pytest.raises(Unusable):
        decode(bad)


def test_filling_that_is_not_zero_is_refused() -> None:
    """Four letters hold two bytes and four spare bits; BIP 173 wants those zero."""
    with pytest.raises(Unusable, match="filling"):
        decode("a1lqfn3a"[:2] + _with_checksum([31, 31, 31, 31]))


def _with_checksum(words: list[int]) -> str:
    from crypto import bech32  # noqa: PLC0415 - its inner parts, to write what `encode` never writes

    check = bech32._polymod(bech32._expand("a") + words + [0] * 6) ^ 1
    tail = [check >> 5 * (5 - at) & 31 for at in range(6)]
    return "".join(bech32._CHARSET[word] for word in words + tail)
