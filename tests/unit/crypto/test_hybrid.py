"""Hybrid key pairs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import Unusable
from crypto.header import Stanza, encode_base64
from crypto.hybrid import Identity, wrap

KEY = Identity.from_seed(bytes(range(32)))


@settings(derandomize=True, deadline=None, max_examples=20)
@given(seed=st.binary(min_size=32, max_size=32))
def test_an_identity_is_its_seed(seed: bytes) -> None:
    identity = Identity.from_seed(seed)
    again = Identity.parse(identity.encode())
    assert again == identity
    assert hash(again) == hash(identity)
    assert again.recipient == identity.recipient
    assert (len(identity.encode()), len(identity.recipient)) == (77, 1959)


def test_generated_ones_differ_and_show_nothing() -> None:
    first, second = Identity.generate(), Identity.generate()
    assert first != second
    assert first != first.encode()
    assert repr(first) == "Identity(…)"


@pytest.mark.parametrize("text", ["", KEY.recipient, KEY.encode().lower(), KEY.encode()[:-1], "AGE-SECRET-KEY-1QQQ"])
def test_other_strings_are_no_identities(text: str) -> None:
    with pytest.raises(Unusable):
        Identity.parse(text)


def test_a_public_key_that_is_none_is_refused() -> None:
    from crypto import bech32  # noqa: PLC0415 - to write a key string around bytes that are no key

    with pytest.raises(Unusable):
        wrap(bytes(16), bech32.encode("age1pq", b"\xff" * 1216))
    with pytest.raises(Unusable):
        wrap(bytes(16), bech32.encode("age1pq", bytes(1215)))


@pytest.mark.parametrize("length", [0, 31])
def test_seeds_have_32_bytes(length: int) -> None:
    with pytest.raises(Unusable):
        Identity.from_seed(bytes(length))


def test_stanzas_of_other_types_are_passed_over() -> None:
    stanza = wrap(b"k" * 16, KEY.recipient)
    assert KEY.unwrap((Stanza(("X25519", "x"), b""), stanza)) == b"k" * 16
    assert KEY.unwrap((Stanza(("X25519", "x"), b""),)) is None


@pytest.mark.parametrize(
    "stanza",
    [
        Stanza(("mlkem768x25519",), bytes(32)),
        Stanza(("mlkem768x25519", encode_base64(bytes(1119)).decode()), bytes(32)),
        Stanza(("mlkem768x25519", encode_base64(bytes(1120)).decode()), bytes(33)),
        Stanza(("mlkem768x25519", encode_base64(bytes(1120)).decode()), bytes(32)),
    ],
)
def test_misshapen_stanzas_are_refused_before_any_opening(stanza: Stanza) -> None:
    with pytest.raises(Unusable):
        KEY.unwrap((stanza,))
