"""Ed25519."""

from __future__ import annotations

import pytest

from crypto.errors import Unusable
from crypto.signing import Signer, verify


def test_only_the_right_key_over_the_right_words() -> None:
    key, other = Signer.from_seed(bytes(32)), Signer.generate()
    signature = key.sign(b"label\nwords")
    assert verify(key.verify_key, signature, b"label\nwords")
    assert not verify(key.verify_key, signature, b"label\nother")
    assert not verify(other.verify_key, signature, b"label\nwords")
    assert not verify(key.verify_key, signature[:-1], b"label\nwords")
    assert not verify(b"short", signature, b"label\nwords")


def test_a_key_is_its_seed_and_shows_nothing() -> None:
    key = Signer.generate()
    assert Signer.from_seed(key.seed).verify_key == key.verify_key
    assert repr(key) == "Signer(…)"
    with pytest.raises(Unusable):
        Signer.from_seed(bytes(31))
