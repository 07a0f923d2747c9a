"""The subscriptions' subkey: what it finds and opens, and that rows look alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crypto.errors import Unusable
from crypto.labels import derive
from crypto.subscriptions import ROOM, SubscriptionKey, number_of, subscriptions_subkey

MASTER = bytes(range(32))
KEY = SubscriptionKey(3, subscriptions_subkey(MASTER, "site"), "site")
ROW = KEY.row("telegram-42", "7")


def test_the_same_chat_has_the_same_row_and_no_other() -> None:
    assert KEY.row("telegram-42", "7") == ROW
    others = {KEY.row("telegram-4", "27"), KEY.row("telegram-42", "8"), KEY.row("telegram-427", "")}
    assert ROW not in others
    assert len(others) == 3


def test_an_address_comes_back_and_names_its_key() -> None:
    sealed = KEY.seal(ROW, b"chat 4171829400000123")
    assert KEY.open(ROW, sealed) == b"chat 4171829400000123"
    assert number_of(sealed) == 3
    assert b"4171829400000123" not in sealed


def test_every_address_has_one_size() -> None:
    assert len({len(KEY.seal(ROW, b"x" * n)) for n in (0, 90, ROOM - 2)}) == 1


@pytest.mark.parametrize(
    "other", [replace(KEY, number=4), replace(KEY, secret=bytes(32)), replace(KEY, site="b")], ids=["n", "key", "site"]
)
def test_another_key_opens_and_finds_nothing(other: SubscriptionKey) -> None:
    with pytest.raises(Unusable):
        other.open(ROW, KEY.seal(ROW, b"words"))
    assert other.number != KEY.number or other.row("telegram-42", "7") != ROW


def test_an_address_moved_to_another_row_opens_nothing() -> None:
    with pytest.raises(Unusable):
        KEY.open(KEY.row("telegram-42", "8"), KEY.seal(ROW, b"words"))


@pytest.mark.parametrize("sealed", [b"", b"\x01\0\0", b"\x02" * 300])
def test_what_is_no_address_is_refused(sealed: bytes) -> None:
    with pytest.raises(Unusable):
        KEY.open(ROW, sealed)


def test_the_subkey_is_the_masters_for_this_use_alone() -> None:
    assert subscriptions_subkey(MASTER, "site") == derive(MASTER, "site", "subscriptions")
    assert subscriptions_subkey(MASTER, "site") != derive(MASTER, "site", "fake-salt")


def test_a_key_of_another_form_is_refused_and_never_printed() -> None:
    for number, secret in ((1, b"short"), (-1, bytes(32)), (1 << 32, bytes(32))):
        with pytest.raises(Unusable):
            SubscriptionKey(number, secret)
    assert "secret" not in repr(KEY)
