"""Whole tips: sealing, adding, opening, and every way a thread may be tampered with."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.crypto.sealing_world import (
    AT,
    DAY,
    PHOTO,
    REPORTER_SIGNER,
    SITE,
    STRETCHED,
    UNIT,
    VERIFY,
    begin,
    identity,
    officer_entry,
    seal_fields,
    sealed_photo,
    sheet,
    signer,
    tip,
)

from crypto.age import Identity
from crypto.contents import Coordinates, Media
from crypto.entries import Entry, Place, digest, first_prev, seal_entry
from crypto.errors import SealError, Tampered, Unusable
from crypto.grants import open_grant, seal_grant
from crypto.receipts import reporter_identity
from crypto.tips import (
    Answered,
    Attachment,
    Seen,
    Thread,
    TipSeal,
    append,
    next_place,
    open_media,
    open_thread,
    seal_media,
    seal_tip,
)
from crypto.wire import encode_raw

KEY = identity("tip")


def _thread(sealed: list[bytes], **changes: object) -> Thread:
    checks: dict[str, object] = {"site": SITE, "tip": begin().tip, "unit": UNIT} | changes
    return open_thread(sealed, KEY, VERIFY.get, **checks)


def _asked(sealed: list[bytes], kind: str = "question", text: str = "Lúc mấy giờ?", serial: str = "s-1") -> list[bytes]:
    """The thread with an officer's entry after it."""
    author = signer("duty" if serial == "s-1" else "chief")
    entry = officer_entry(next_place(_thread(sealed)), kind, text, serial)
    return [*sealed, seal_entry(entry, author, KEY.recipient)]


PLAIN = list(tip("Một", "Hai").entries)
THREAD = _asked(_asked(PLAIN), "state", "verify", "s-2")


def test_a_tip_opens_for_each_recipient_and_nobody_else() -> None:
    sealed = tip("Một", "Hai")
    said = {"site": SITE, "tip": sealed.tip, "unit": UNIT}
    assert set(sealed.grants) == {"s-1", "s-2", "recovery"}
    for serial, name in (("s-1", "duty"), ("s-2", "chief"), ("recovery", "recovery")):
        key = open_grant(sealed.grants[serial], identity(name), officer=name, serial=serial, **said)
        assert key is not None
        assert key.recipient == sealed.recipient
        assert open_grant(sealed.grants[serial], identity("clerk"), officer=name, serial=serial, **said) is None
    own = reporter_identity(STRETCHED.seed, SITE)
    assert open_grant(sealed.reporter_grant, own, officer="reporter", serial="reporter", **said) == KEY


def test_the_thread_says_what_was_sent() -> None:
    thread = _thread(PLAIN)
    assert [entry.text for entry in thread.entries] == [None, "Một", "Hai"]
    assert {entry.day for entry in thread.entries} == {DAY}
    assert (thread.opening.unit, thread.opening.box, thread.opening.category) == (UNIT, "hop-3", "ma-tuy")
    assert thread.opening.sheet == 3
    assert thread.opening.verify_key == REPORTER_SIGNER.verify_key
    assert thread.opening.recipient == reporter_identity(STRETCHED.seed, SITE).recipient
    assert thread.head == digest(PLAIN[-1])


def test_officers_and_reporter_go_on_writing() -> None:
    place = next_place(_thread(THREAD))
    more = append(KEY, place, parts=["Khoảng 10 giờ", "Tối"], day="2026-11-23", signer=REPORTER_SIGNER)
    entries = _thread([*THREAD, *more]).entries
    assert [entry.by for entry in entries] == ["reporter"] * 3 + ["s-1", "s-2"] + ["reporter"] * 2
    assert entries[3].at == AT - AT % 60
    assert [entry.place.seq for entry in entries] == list(range(7))


def test_a_tip_without_parts_is_its_opening() -> None:
    assert len(_thread(list(tip().entries)).entries) == 1


def test_new_tips_share_nothing() -> None:
    first, second = TipSeal.begin(SITE), TipSeal.begin(SITE)
    assert first.tip != second.tip
    assert first.recipient != second.recipient


def test_words_alone_go_in_one_step() -> None:
    said = {"sheet": sheet(), "box": None, "category": None, "day": DAY, "at": AT, "seed": STRETCHED.seed}
    sealed = seal_tip(site=SITE, parts=["Một"], **said)
    key = open_grant(
        sealed.grants["s-1"], identity("duty"), site=SITE, tip=sealed.tip, unit=UNIT, officer="duty", serial="s-1"
    )
    assert key is not None
    thread = open_thread(sealed.entries, key, VERIFY.get, site=SITE, tip=sealed.tip, unit=UNIT)
    assert [entry.text for entry in thread.entries] == [None, "Một"]


TAMPERED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "nothing": lambda _: [],
    "the opening dropped": lambda sealed: sealed[1:],
    "one dropped": lambda sealed: [*sealed[:2], *sealed[3:]],
    "two swapped": lambda sealed: [sealed[0], sealed[2], sealed[1], *sealed[3:]],
    "one doubled": lambda sealed: [*sealed[:2], sealed[1], *sealed[2:]],
    "one from a repeated sealing": lambda sealed: [*sealed[:2], tip("Một", "Hai").entries[2], *sealed[3:]],
    "another tip's opening": lambda sealed: [TipSeal.begin(SITE).finish(**_said()).entries[0], *sealed[1:]],
    "one changed": lambda sealed: [*sealed[:3], sealed[3][:-1] + bytes([sealed[3][-1] ^ 1]), *sealed[4:]],
    "one cut": lambda sealed: [*sealed[:3], sealed[3][:-1], *sealed[4:]],
    "one for another key": lambda sealed: [*sealed, _next(sealed, signer("duty"), recipient="other")],
    "a forged officer's": lambda sealed: [*sealed, _next(sealed, signer("forger"))],
    "an officer's under another serial": lambda sealed: [*sealed, _next(sealed, signer("duty"), serial="s-2")],
    "one by a serial on no sheet": lambda sealed: [*sealed, _next(sealed, signer("duty"), serial="s-7")],
    "a forged reporter's": lambda sealed: [
        *sealed,
        *append(KEY, next_place(_thread(sealed)), parts=["x"], day=DAY, signer=signer("duty")),
    ],
    "one of another site": lambda sealed: [*sealed, _next(sealed, signer("duty"), site="khac")],
    "one of another tip": lambda sealed: [*sealed, _next(sealed, signer("duty"), tip=bytes(16))],
    "one with a gap": lambda sealed: [*sealed, _next(sealed, signer("duty"), seq=len(sealed) + 1)],
    "one on another head": lambda sealed: [*sealed, _next(sealed, signer("duty"), prev=bytes(32))],
}


def _said() -> dict[str, object]:
    return {
        "sheet": sheet(),
        "box": None,
        "category": None,
        "parts": [],
        "day": DAY,
        "at": AT,
        "seed": STRETCHED.seed,
    }


def _next(sealed: list[bytes], key: object, serial: str = "s-1", recipient: str = "tip", **changes: object) -> bytes:
    place = replace(next_place(_thread(sealed)), **changes)
    return seal_entry(officer_entry(place, "answer", "x", serial), key, identity(recipient).recipient)


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_seen(how: str) -> None:
    assert len(_thread(THREAD).entries) == 5
    with pytest.raises(SealError):
        _thread(TAMPERED[how](THREAD))


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    order=st.lists(st.integers(0, 4), max_size=6).filter(lambda order: order != list(range(len(order))) or not order)
)
def test_no_other_order_passes(order: list[int]) -> None:
    with pytest.raises(Tampered):
        _thread([THREAD[at] for at in order])


@pytest.mark.parametrize("changes", [{"site": "khac"}, {"tip": bytes(16)}, {"unit": "xa-khac"}])
def test_another_place_than_expected_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Tampered):
        _thread(THREAD, **changes)


def test_a_swapped_key_in_a_grant_opens_no_thread() -> None:
    """A thief with write access makes a tip of his own and puts its key into an officer's grant."""
    forged, said = Identity.generate(), {"site": SITE, "tip": begin().tip, "unit": UNIT}
    grant = seal_grant(forged, identity("duty").recipient, officer="duty", serial="s-1", **said)
    key = open_grant(grant, identity("duty"), officer="duty", serial="s-1", **said)
    assert key is not None
    with pytest.raises(Tampered):
        open_thread(THREAD, key, VERIFY.get, **said)


def test_a_thread_never_becomes_shorter_or_other_than_seen() -> None:
    seen = Seen(5, digest(THREAD[-1]))
    assert _thread(THREAD, seen=seen).head == seen.head
    assert len(_thread([*THREAD, _next(THREAD, signer("duty"))], seen=seen).entries) == 6
    other = [*THREAD[:4], _asked(THREAD[:4], "state", "closed")[-1]]
    for sealed in (THREAD[:4], other, [*other, *THREAD[5:]]):
        _thread(sealed)
        with pytest.raises(Tampered):
            _thread(sealed, seen=seen)


def test_an_opening_by_an_officer_is_refused() -> None:
    fields = {
        "v": 1,
        "site": SITE,
        "tip": encode_raw(begin().tip),
        "seq": 0,
        "prev": encode_raw(first_prev(begin().tip, KEY.recipient)),
        "kind": "state",
        "by": "s-1",
        "at": 60,
        "text": "closed",
    }
    with pytest.raises(Unusable):
        _thread([seal_fields(fields, signer("duty"), KEY.recipient)])


WRONG_SHEETS = {
    "expired": {"expires": AT},
    "another site's": {"site": "khac"},
    "nobody on it": {"officers": (), "recovery": None},
    "no reader on it": {"officers": sheet().officers[2:], "recovery": None},
}


@pytest.mark.parametrize("why", WRONG_SHEETS)
def test_nothing_is_sealed_by_a_sheet_that_will_not_do(why: str) -> None:
    with pytest.raises(Unusable):
        begin().finish(**(_said() | {"sheet": sheet(**WRONG_SHEETS[why])}))


def test_a_unit_without_officers_is_still_read_by_its_recovery_key() -> None:
    sealed = begin().finish(**(_said() | {"sheet": sheet(officers=())}))
    assert set(sealed.grants) == {"recovery"}


def test_every_kind_of_part_is_an_entry_of_its_own() -> None:
    media = Media("video/mp4", 3, "ab", bytes(32), seconds=12)
    place = Coordinates("18.52000", "-105.70000")
    entries = _thread(list(tip(Attachment("video", media), "Một", place).entries)).entries[1:]
    assert [entry.kind for entry in entries] == ["video", "text", "place"]
    assert [entries[0].media, entries[1].text, entries[2].coordinates] == [media, "Một", place]


def test_a_part_names_the_question_it_answers() -> None:
    place = Coordinates("18.52000", "-105.70000")
    entries = _thread(list(tip("Một", Answered("Sau chợ", "where"), Answered(place, "where")).entries)).entries
    assert [(entry.kind, entry.about) for entry in entries] == [
        ("opening", None),
        ("text", None),
        ("text", "where"),
        ("place", "where"),
    ]


@pytest.mark.parametrize("about", ["why", ""])
def test_a_question_that_readers_pass_over_is_not_written(about: str) -> None:
    with pytest.raises(Unusable):
        tip(Answered("Một", about))  # type: ignore[arg-type] # no question of ours


def test_photos_are_sealed_to_the_tip_and_named_by_their_entry() -> None:
    begun = begin()
    blob, photo = sealed_photo(begun)
    entry = _thread(list(tip("Một", photo, begun=begun).entries)).entries[2]
    media = photo.media
    assert (entry.kind, entry.media) == ("photo", media)
    assert media.sha256 == hashlib.sha256(blob).digest()
    pieces = [blob[at : at + 999] for at in range(0, len(blob), 999)]
    assert b"".join(open_media(pieces, media.size, KEY)) == PHOTO
    assert PHOTO[:64] not in blob


@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, 140_000])
def test_photos_of_any_size_come_back_in_size_classes(size: int) -> None:
    plain = bytes(at % 251 for at in range(size))
    blob = b"".join(seal_media([plain[:100], plain[100:]], size, KEY.recipient))
    classes = max(65_536, 1 << max(size - 1, 0).bit_length())
    header = len(b"".join(seal_media([], 0, KEY.recipient))) - 65_536 - 16
    assert len(blob) == header + classes + 16 * (classes // 65_536)
    assert b"".join(open_media([blob], size, KEY)) == plain


def test_a_photo_of_another_size_than_said_is_refused() -> None:
    with pytest.raises(Unusable):
        list(seal_media([b"abc"], 4, KEY.recipient))
    with pytest.raises(Unusable):
        list(seal_media([b"abc"], 2, KEY.recipient))
    blob = b"".join(seal_media([b"abc"], 3, KEY.recipient))
    for size in (2, 65_537):
        with pytest.raises(Unusable):
            list(open_media([blob], size, KEY))


def test_places_follow_each_other() -> None:
    entry = Entry(Place(SITE, bytes(16), 4, bytes(32)), "text", "reporter", day=DAY, text="")
    thread = replace(_thread(PLAIN), entries=(entry,), head=b"h" * 32, length=5)
    assert next_place(thread) == Place(SITE, bytes(16), 5, b"h" * 32)
