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


@pytest.mark.parametrize("prefix", ["a", "age1pq", "age-secret-key-pq-"])
@pytest.mark.parametrize("length", [0, 1, 2, 3, 4, 5, 32, 1216])
def test_groups_taken_two_at_a_time_are_the_standard_s_one_by_one(prefix: str, length: int) -> None:
    payload = bytes(at * 37 % 256 for at in range(length))
    bits = "".join(f"{byte:08b}" for byte in payload)
    words = [int(bits[at : at + 5].ljust(5, "0"), 2) for at in range(0, len(bits), 5)]
    assert encode(prefix, payload) == f"{prefix}1{_with_checksum(words, prefix)}"


def _with_checksum(words: list[int], prefix: str = "a") -> str:
    """The letters of these groups and their checksum, as BIP 173 writes it down."""
    expanded = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = 1
    for word in (*expanded, *words, 0, 0, 0, 0, 0, 0):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ word
        for bit, generator in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= generator if top >> bit & 1 else 0
    check ^= 1
    tail = [check >> 5 * (5 - at) & 31 for at in range(6)]
    return "".join("qpzry9x8gf2tvdw0s3jn54khce6mua7l"[word] for word in words + tail)
