"""Drawers: what is bound to what, and that every row looks alike."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from crypto.drawers import ADDRESS_ROOM, Drawer, token_digest
from crypto.errors import Unusable

ROW, TOKEN, CHAT = b"r" * 16, b"t" * 16, b"telegram-42:7"
DRAWER = Drawer(ROW, bytes(range(32)))
OPENS = b"l" * 32 + b"s" * 32


def test_an_address_comes_back_and_does_not_show() -> None:
    sealed = DRAWER.seal_address(b"chat 4171829400000123")
    assert DRAWER.open_address(sealed) == b"chat 4171829400000123"
    assert b"4171829400000123" not in sealed


def test_every_address_has_one_size() -> None:
    sizes = {len(DRAWER.seal_address(b"x" * n)) for n in (0, 1, 150, ADDRESS_ROOM - 2)}
    assert len(sizes) == 1


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(Unusable):
        DRAWER.seal_address(b"x" * (ADDRESS_ROOM - 1))


@pytest.mark.parametrize(
    "other", [Drawer.new(ROW), replace(DRAWER, row=b"q" * 16), replace(DRAWER, site="b")], ids=["key", "row", "site"]
)
def test_another_drawer_opens_nothing(other: Drawer) -> None:
    with pytest.raises(Unusable):
        other.open_address(DRAWER.seal_address(b"words"))
    with pytest.raises(Unusable):
        other.open_access(TOKEN, CHAT, DRAWER.seal_access(TOKEN, CHAT, OPENS))


def test_a_button_needs_its_drawer_its_token_and_its_chat() -> None:
    sealed = DRAWER.seal_access(TOKEN, CHAT, OPENS)
    assert DRAWER.open_access(TOKEN, CHAT, sealed) == OPENS
    for token, chat in ((b"u" * 16, CHAT), (TOKEN, b"telegram-42:8")):
        with pytest.raises(Unusable):
            DRAWER.open_access(token, chat, sealed)


@pytest.mark.parametrize("token", [b"", b"t" * 15, b"t" * 17])
def test_a_token_of_another_length_is_none(token: bytes) -> None:
    with pytest.raises(Unusable):
        DRAWER.seal_access(token, CHAT, OPENS)


@pytest.mark.parametrize("at", [0, 1, 13, 40, -1])
def test_a_changed_byte_opens_nothing(at: int) -> None:
    sealed = bytearray(DRAWER.seal_address(b"words"))
    sealed[at] ^= 1
    with pytest.raises(Unusable):
        DRAWER.open_address(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 20, b"\x02" * 509])
def test_what_is_no_address_is_refused(sealed: bytes) -> None:
    with pytest.raises(Unusable):
        DRAWER.open_address(sealed)


def test_a_key_of_another_length_is_refused_and_never_printed() -> None:
    with pytest.raises(Unusable):
        Drawer(ROW, b"short")
    assert "secret" not in repr(DRAWER)


def test_a_row_is_found_by_the_digest_of_its_token() -> None:
    assert token_digest(TOKEN) == hashlib.sha256(TOKEN).digest()
