"""Receipts: form, check digit, recognition in a message, stretching."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.hybrid import Identity
from crypto.receipts import (
    Good,
    Mistyped,
    Stretched,
    grouped,
    new_receipt,
    recognise,
    reporter_identity,
    reporter_signer,
    stretch,
)

CODE = "482109375562180477193068"


def test_a_new_receipt_is_version_digit_random_digits_and_check() -> None:
    codes = {new_receipt() for _ in range(200)}
    assert len(codes) == 200
    assert {len(code) for code in codes} == {24}
    assert {code[0] for code in codes} == {"1"}
    assert all(recognise(grouped(code)) == Good(code) for code in codes)


def test_grouped_as_shown() -> None:
    assert grouped(CODE) == "4821 0937 5562 1804 7719 3068"


@settings(derandomize=True, deadline=None)
@given(place=st.integers(0, 23), digit=st.sampled_from("0123456789"))
def test_every_single_wrong_digit_is_caught(place: int, digit: str) -> None:
    typed = CODE[:place] + digit + CODE[place + 1 :]
    assert recognise(typed) == (Good(CODE) if typed == CODE else Mistyped(24))


@pytest.mark.parametrize("place", range(23))
def test_every_swap_of_neighbours_is_caught(place: int) -> None:
    typed = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
    assert recognise(typed) == (Good(CODE) if typed == CODE else Mistyped(24))


@settings(derandomize=True, deadline=None, max_examples=300)
@given(text=st.text(st.sampled_from("0123456789 .-\n\uff11\u2013aạ"), max_size=60))
def test_any_text_gets_one_answer(text: str) -> None:
    found = recognise(text)
    assert found is None or isinstance(found, Good | Mistyped)
    if isinstance(found, Good):
        assert recognise(found.code) == found


def test_what_is_printed_shows_no_code_and_no_seed() -> None:
    assert CODE not in repr(Good(CODE))
    assert repr(Stretched(b"lookup", b"seed")) == "Stretched(…)"


def test_stretching_depends_on_code_and_salt_alone() -> None:
    first = stretch(CODE, b"salt" * 4)
    assert first == stretch(CODE, b"salt" * 4)
    assert (len(first.lookup), len(first.seed)) == (32, 32)
    assert len({first.lookup, stretch(CODE, b"tlas" * 4).lookup, stretch(new_receipt(), b"salt" * 4).lookup}) == 3


def test_the_reporter_s_keys_are_one_per_seed_site_and_use() -> None:
    identity = reporter_identity(bytes(32), "a")
    assert identity == reporter_identity(bytes(32), "a")
    assert identity != reporter_identity(bytes(32), "b")
    signer = reporter_signer(bytes(32), "a")
    assert signer.verify_key != reporter_signer(b"\1" * 32, "a").verify_key
    assert Identity.from_seed(signer.seed) != identity
