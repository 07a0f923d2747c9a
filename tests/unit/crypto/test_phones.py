"""The phones' subkey: it finds and opens what is its own, and codes cannot be tried out without it."""

from __future__ import annotations

import hashlib

import pytest

from crypto.errors import Unusable
from crypto.phones import PhoneKey, phones_subkey
from crypto.subscriptions import SubscriptionKey, subscriptions_subkey

MASTER = bytes(range(32))
KEY = PhoneKey(3, phones_subkey(MASTER, "site"), "site")


def test_it_is_the_masters_for_this_use_alone() -> None:
    assert phones_subkey(MASTER, "site") != subscriptions_subkey(MASTER, "site")


def test_the_same_secret_for_another_use_finds_and_opens_nothing() -> None:
    other = SubscriptionKey(KEY.number, KEY.secret, KEY.site)
    row = KEY.row("telegram-42", "7")
    assert other.row("telegram-42", "7") != row
    assert KEY.open(row, KEY.seal(row, b"chat")) == b"chat"
    with pytest.raises(Unusable):
        other.open(row, KEY.seal(row, b"chat"))


def test_a_code_is_stored_as_what_the_key_alone_can_make() -> None:
    stored = KEY.code("123456789012")
    assert stored == KEY.code("123456789012")
    assert stored != KEY.code("123456789013")
    assert stored != PhoneKey(3, bytes(32), "site").code("123456789012")
    assert stored != hashlib.sha256(b"123456789012").digest()
    assert "secret" not in repr(KEY)
