"""The word list and what is written with it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.passphrases import fold, new_passphrase, normal_passphrase, recovery_words, secret_from_words, words

SECRET = bytes(range(32))


def test_the_list_holds_2048_words_that_differ_without_their_marks() -> None:
    assert len(words()) == 2048
    assert len({fold(word) for word in words()}) == 2048
    for word in words():
        assert word == unicodedata.normalize("NFC", word).lower()
        assert fold(word).isascii()
        assert fold(word).isalpha()
        assert word.count("-") <= 1


@settings(derandomize=True, deadline=None)
@given(secret=st.binary(min_size=32, max_size=32))
def test_recovery_words_give_the_secret_back_with_or_without_marks(secret: bytes) -> None:
    written = recovery_words(secret)
    assert len(written) == 24
    assert secret_from_words(written) == secret
    assert secret_from_words([fold(word).upper() for word in written]) == secret


def test_wrong_words_are_refused() -> None:
    written = recovery_words(SECRET)
    for wrong in (written[:-1], [*written, "ai"], [*written[:-1], "xyz"], [], [written[1], written[0], *written[2:]]):
        with pytest.raises(Unusable):
            secret_from_words(wrong)
    with pytest.raises(Unusable):
        recovery_words(bytes(31))


def test_passphrases_are_five_words_however_typed() -> None:
    made = new_passphrase()
    assert made != new_passphrase()
    assert len(made.split()) == 5
    assert all(word in words() for word in made.split())
    decomposed = unicodedata.normalize("NFD", made.upper()).replace("-", "  ")
    assert normal_passphrase(f" {decomposed} ") == normal_passphrase(made)
    assert normal_passphrase("Đèn  ấm-áp") == "den am ap"
