"""Epoch keys: what is bound to what, and what size shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import epochs
from crypto.epochs import MOST_IN_TRACE, TRACE, EpochKey, epoch_of
from crypto.errors import Unusable
from crypto.labels import derive

KEY = EpochKey(7, 1000, bytes(range(32)))
CHAT, DRAFT, PART, LANE = (hashlib.sha256(name).digest() for name in (b"chat", b"draft", b"part", b"lane"))
DRAFT, PART = DRAFT[:16], PART[:16]

Opens = Callable[[EpochKey, bytes], bytes]
SEALED: dict[str, tuple[bytes, Opens]] = {
    "state": (KEY.seal_state(CHAT, b"words"), lambda key, sealed: key.open_state(CHAT, sealed)),
    "part": (KEY.seal_part(DRAFT, PART, b"words"), lambda key, sealed: key.open_part(DRAFT, PART, sealed)),
    "outgoing": (KEY.seal_outgoing(LANE, 3, b"words"), lambda key, sealed: key.open_outgoing(LANE, 3, sealed)),
    "trace": (KEY.seal_trace(LANE, PART, b"words"), lambda key, sealed: key.open_trace(LANE, PART, sealed)),
    "stream": (
        b"".join(KEY.seal_part_stream(DRAFT, PART, [b"wo", b"rds"])),
        lambda key, sealed: b"".join(key.open_part_stream(DRAFT, PART, [sealed])),
    ),
}
WRONG: dict[str, Opens] = {
    "state of another chat": lambda key, sealed: key.open_state(LANE, sealed),
    "part of another draft": lambda key, sealed: key.open_part(PART, PART, sealed),
    "another part": lambda key, sealed: key.open_part(DRAFT, DRAFT, sealed),
    "parts swapped": lambda key, sealed: key.open_part(PART, DRAFT, sealed),
    "another lane": lambda key, sealed: key.open_outgoing(CHAT, 3, sealed),
    "another place": lambda key, sealed: key.open_outgoing(LANE, 4, sealed),
    "trace of another lane": lambda key, sealed: key.open_trace(CHAT, PART, sealed),
    "another trace": lambda key, sealed: key.open_trace(LANE, DRAFT, sealed),
    "stream of another draft": lambda key, sealed: b"".join(key.open_part_stream(PART, PART, [sealed])),
    "another stream": lambda key, sealed: b"".join(key.open_part_stream(DRAFT, DRAFT, [sealed])),
}


@pytest.mark.parametrize("use", SEALED)
def test_the_same_key_and_place_open_it(use: str) -> None:
    sealed, opens = SEALED[use]
    assert opens(KEY, sealed) == b"words"
    assert epoch_of(sealed) == 7
    assert b"words" not in sealed


@pytest.mark.parametrize("use", SEALED)
@pytest.mark.parametrize("key", [replace(KEY, secret=bytes(32)), replace(KEY, number=8), replace(KEY, site="b")])
def test_another_key_opens_nothing(use: str, key: EpochKey) -> None:
    sealed, opens = SEALED[use]
    with pytest.raises(Unusable):
        opens(key, sealed)


@pytest.mark.parametrize("use", SEALED)
@pytest.mark.parametrize("wrong", WRONG)
def test_any_other_place_opens_nothing(use: str, wrong: str) -> None:
    with pytest.raises(Unusable):
        WRONG[wrong](KEY, SEALED[use][0])


@pytest.mark.parametrize("use", SEALED)
def test_changed_cut_and_foreign_bytes_are_refused(use: str) -> None:
    sealed, opens = SEALED[use]
    for place in (0, 1, 4, 5, 20, len(sealed) // 2, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises(Unusable):
            opens(KEY, bytes(changed))
    for length in (0, 4, 5, 16, 21, len(sealed) - 1):
        with pytest.raises(Unusable):
            opens(KEY, sealed[:length])


def test_a_length_beyond_the_bytes_is_refused() -> None:
    from crypto.labels import derive  # noqa: PLC0415 - seals by hand what `seal_state` never seals

    cipher = ChaCha20Poly1305(derive(KEY.secret, KEY.site, "state"))
    body = cipher.encrypt(bytes(12), b"\0\0\0\5word", CHAT + b"\0\0\0\7")
    with pytest.raises(Unusable, match="length"):
        KEY.open_state(CHAT, b"\1\0\0\0\7" + bytes(12) + body)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(length=st.one_of(st.integers(0, 20_000), st.sampled_from((4_059, 4_058, 4_060))))
def test_states_come_back_and_sizes_are_powers_of_two(length: int) -> None:
    plain = bytes(length)
    sealed = KEY.seal_state(CHAT, plain)
    assert KEY.open_state(CHAT, sealed) == plain
    assert len(sealed) >= 4096
    assert len(sealed) & len(sealed) - 1 == 0
    assert (len(sealed) == 4096) == (length <= 4059)


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 65_537, 200_000])
def test_streams_come_back(length: int) -> None:
    sealed = b"".join(KEY.seal_part_stream(DRAFT, PART, [bytes(length)]))
    again = [sealed[at : at + 1000] for at in range(0, len(sealed), 1000)]
    assert b"".join(KEY.open_part_stream(DRAFT, PART, again)) == bytes(length)


@pytest.mark.parametrize("length", [0, 1, 65_534, 65_535, 65_536, 65_537, 200_000])
def test_parts_pushed_in_come_back(length: int) -> None:
    sealer = KEY.part_sealer(DRAFT, PART)
    sealed = b"".join([sealer.add(bytes(length // 3)), sealer.add(bytes(length - length // 3)), *sealer.end()])
    assert b"".join(KEY.open_part_stream(DRAFT, PART, [sealed])) == bytes(length)
    assert sealer.length == length
    assert len(sealed) == len(b"".join(KEY.seal_part_stream(DRAFT, PART, [bytes(length)])))
    assert epoch_of(sealed) == 7


def test_the_same_words_never_look_the_same() -> None:
    assert KEY.seal_state(CHAT, b"") != KEY.seal_state(CHAT, b"")


def test_pseudonyms_are_one_per_key_channel_and_chat() -> None:
    made = {
        key.pseudonym(channel, chat)
        for key in (KEY, replace(KEY, secret=bytes(32)))
        for channel, chat in (("telegram", "12"), ("telegram1", "2"), ("telegra", "m12"))
    }
    assert len(made) == 6
    assert KEY.pseudonym("web", "x") == KEY.pseudonym("web", "x")
    assert KEY.replay("web", "x") != KEY.pseudonym("web", "x")
    assert len(KEY.replay("bot", "1")) == 32


def test_new_keys_are_random_and_never_printed() -> None:
    first, second = EpochKey.new(1, 0), EpochKey.new(1, 0)
    assert first.secret != second.secret
    assert "secret" not in repr(first)


@pytest.mark.parametrize(("number", "secret"), [(-1, bytes(32)), (2**32, bytes(32)), (0, bytes(31))])
def test_keys_of_another_shape_are_refused(number: int, secret: bytes) -> None:
    with pytest.raises(Unusable):
        EpochKey(number, 0, secret)


def test_subkeys_are_derived_once_and_go_with_their_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing beside the key remembers them: the same key made again begins anew."""
    asked: list[str] = []

    def counted(secret: bytes, site: str, use: str) -> bytes:
        asked.append(use)
        return derive(secret, site, use)

    monkeypatch.setattr(epochs, "derive", counted)
    for _ in range(2):
        key = EpochKey(3, 0, bytes(32), "a site of this test alone")
        for _ in range(3):
            assert key.open_state(b"x" * 32, key.seal_state(b"x" * 32, b"state")) == b"state"
            key.pseudonym("web", "x")
    assert asked == ["state", "pseudonym"] * 2


def test_subkeys_are_no_part_of_what_a_key_is() -> None:
    used, fresh = replace(KEY), replace(KEY)
    used.pseudonym("web", "x")
    assert used == fresh
    assert hash(used) == hash(fresh)
    assert repr(used) == repr(fresh)
    other = replace(used, secret=bytes(32))
    assert other.pseudonym("web", "x") != used.pseudonym("web", "x")


def test_a_trace_shows_nothing_of_how_much_it_holds() -> None:
    sizes = {len(KEY.seal_trace(LANE, PART, bytes(n))) for n in range(MOST_IN_TRACE + 1)}
    assert sizes == {TRACE} == {128}
    with pytest.raises(Unusable):
        KEY.seal_trace(LANE, PART, bytes(MOST_IN_TRACE + 1))


def test_a_traces_id_says_nothing_without_the_key() -> None:
    ids = {
        key.trace_id(*place)
        for key in (KEY, replace(KEY, secret=bytes(32)))
        for place in ((LANE, 3, 0), (LANE, 3, 1), (LANE, 4, 0), (CHAT, 3, 0))
    }
    assert {len(one) for one in ids} == {16}
    assert len(ids) == 8
    assert KEY.trace_id(LANE, 3, 0) in ids
