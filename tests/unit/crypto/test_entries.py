"""One entry: written form, signature, size class."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.crypto.sealing_world import (
    AT,
    DAY,
    REPORTER_SIGNER,
    SITE,
    identity,
    officer_entry,
    seal_fields,
    secret,
    signer,
)

from crypto.age import open_, seal
from crypto.contents import Coordinates, Media
from crypto.entries import Entry, Opening, Place, digest, first_prev, open_entry, seal_entry
from crypto.errors import Tampered, Unusable
from crypto.wire import encode_raw

KEY = identity("tip")
PLACE = Place(SITE, secret("tip")[:16], 1, secret("prev"))
TEXT = Entry(PLACE, "text", "reporter", day=DAY, text="Đêm qua ở ngõ 5")
PHOTO = Entry(PLACE, "photo", "reporter", day=DAY, media=Media("image/jpeg", 3, "ab", bytes(32)))
VOICE = Entry(PLACE, "voice", "reporter", day=DAY, media=Media("audio/ogg", 3, "ab", bytes(32), seconds=38))
RAW = Entry(PLACE, "file", "reporter", day=DAY, media=Media("image/vnd.dwg", 3, "ab", bytes(32), cleaned=False))
SPOT = Entry(PLACE, "place", "reporter", day=DAY, coordinates=Coordinates("18.52000", "-105.70000"))
OPENING = Entry(
    replace(PLACE, seq=0),
    "opening",
    "reporter",
    day=DAY,
    opening=Opening("xa", None, None, identity("reporter").recipient, REPORTER_SIGNER.verify_key, 3),
)
QUESTION = officer_entry(PLACE, "question", "Lúc mấy giờ?", at=AT - AT % 60)


WRITTEN = [TEXT, PHOTO, VOICE, RAW, SPOT, OPENING, QUESTION, officer_entry(PLACE, "state", "verify", at=0)]
WRITTEN += [replace(VOICE, kind="video"), replace(PHOTO, kind="file")]


@pytest.mark.parametrize("entry", WRITTEN)
def test_every_kind_comes_back_as_written(entry: Entry) -> None:
    opened = open_entry(seal_entry(entry, REPORTER_SIGNER, KEY.recipient), KEY)
    assert opened is not None
    assert opened.verified(REPORTER_SIGNER.verify_key) == entry


@settings(derandomize=True, deadline=None, max_examples=60)
@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=600))
def test_any_text_comes_back(text: str) -> None:
    opened = open_entry(seal_entry(replace(TEXT, text=text), REPORTER_SIGNER, KEY.recipient), KEY)
    assert opened is not None
    assert opened.entry.text == text


def test_an_officer_s_second_is_rounded_down_to_the_minute() -> None:
    opened = open_entry(seal_entry(officer_entry(PLACE, "answer", "x", at=119), signer("duty"), KEY.recipient), KEY)
    assert opened is not None
    assert opened.entry.at == 60


def test_what_is_printed_shows_no_words() -> None:
    for entry, told in ((TEXT, "ngõ"), (VOICE, "audio"), (SPOT, "105")):
        assert told not in repr(entry)


def test_only_the_author_s_signature_holds() -> None:
    opened = open_entry(seal_entry(QUESTION, signer("duty"), KEY.recipient), KEY)
    assert opened is not None
    for key in (signer("chief").verify_key, None, b""):
        with pytest.raises(Tampered, match="signature"):
            opened.verified(key)


def test_another_key_opens_nothing() -> None:
    assert open_entry(seal_entry(TEXT, REPORTER_SIGNER, KEY.recipient), identity("other")) is None


@pytest.mark.parametrize("length", [1, 100, 3000])
def test_short_entries_all_have_one_size(length: int) -> None:
    sealed = seal_entry(replace(TEXT, text="a" * length), REPORTER_SIGNER, KEY.recipient)
    assert len(sealed) == len(seal_entry(OPENING, REPORTER_SIGNER, KEY.recipient))
    assert len(open_(sealed, KEY) or b"") == 4096


def test_long_ones_go_to_the_next_power_of_two() -> None:
    sealed = seal_entry(replace(TEXT, text="a" * 4000), REPORTER_SIGNER, KEY.recipient)
    assert len(open_(sealed, KEY) or b"") == 8192


MIXED = {
    "a reporter's question": replace(QUESTION, by="reporter", at=None, day=DAY),
    "an officer's text": replace(TEXT, by="s-1", day=None, at=0),
    "no author": replace(QUESTION, by=""),
    "an unknown state": officer_entry(PLACE, "state", "lost"),
    "an unknown kind": replace(TEXT, kind="song"),
    "a text as a voice": replace(TEXT, kind="voice"),
    "a voice without seconds": replace(PHOTO, kind="voice"),
    "a photo with seconds": replace(VOICE, kind="photo"),
    "a place off this earth": replace(SPOT, coordinates=Coordinates("91.00000", "0.00000")),
    "a place without place": replace(SPOT, coordinates=None),
    "text and place": replace(TEXT, coordinates=SPOT.coordinates),
    "a reporter with a minute": replace(TEXT, at=60),
    "an officer with a day": replace(QUESTION, day=DAY),
    "no day": replace(TEXT, day=None),
    "a day that is none": replace(TEXT, day="hôm qua"),
    "text and photo": replace(TEXT, media=PHOTO.media),
    "a photo without photo": replace(PHOTO, media=None),
    "a text without text": replace(TEXT, text=None),
    "an opening further on": replace(OPENING, place=PLACE),
    "a text at the beginning": replace(TEXT, place=replace(PLACE, seq=0)),
    "a tip id of 15 bytes": replace(TEXT, place=replace(PLACE, tip=bytes(15))),
    "a digest of 31 bytes": replace(TEXT, place=replace(PLACE, prev=bytes(31))),
    "a photo's digest of 31 bytes": replace(PHOTO, media=Media("image/jpeg", 3, "ab", bytes(31))),
    "half a character": replace(TEXT, text="\ud800"),
}


@pytest.mark.parametrize("why", MIXED)
def test_entries_no_reader_would_take_are_not_sealed(why: str) -> None:
    with pytest.raises(Unusable):
        seal_entry(MIXED[why], REPORTER_SIGNER, KEY.recipient)


FIELDS: dict[str, object] = {
    "v": 1,
    "site": SITE,
    "tip": encode_raw(PLACE.tip),
    "seq": 1,
    "prev": encode_raw(PLACE.prev),
    "kind": "text",
    "by": "reporter",
    "day": DAY,
    "text": "x",
}
WRONG = [{"v": 2}, {"v": None}, {"more": 1}, {"seq": "1"}, {"seq": -1}, {"kind": "song"}, {"text": 5}, {"at": 60}]
WRONG += [{"by": "s-1"}, {"day": "2026-13-01"}, {"tip": "AAAA"}, {"prev": "+" * 43}]


def test_the_honest_form_of_the_wrong_ones_is_taken() -> None:
    opened = open_entry(seal_fields(FIELDS, REPORTER_SIGNER, KEY.recipient), KEY)
    assert opened is not None
    assert opened.entry.text == "x"


@pytest.mark.parametrize("changes", WRONG)
def test_signed_entries_of_another_form_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(Unusable):
        open_entry(seal_fields(FIELDS | changes, REPORTER_SIGNER, KEY.recipient), KEY)


def test_an_officer_s_minute_must_be_whole() -> None:
    fields = {name: value for name, value in FIELDS.items() if name != "day"}
    fields |= {"by": "s-1", "kind": "answer", "at": 61}
    with pytest.raises(Unusable, match="minute"):
        open_entry(seal_fields(fields, signer("duty"), KEY.recipient), KEY)


@pytest.mark.parametrize(
    "change", [lambda plain: plain + b" ", lambda plain: plain[:-1] + b"\0", lambda plain: plain[:200]]
)
def test_filling_of_another_form_is_refused(change: object) -> None:
    assert callable(change)
    plain = open_(seal_entry(TEXT, REPORTER_SIGNER, KEY.recipient), KEY)
    with pytest.raises(Unusable):
        open_entry(seal(change(plain), [KEY.recipient]), KEY)


def test_digests() -> None:
    assert digest(b"") != first_prev(b"", "x")
    assert first_prev(bytes(16), KEY.recipient) != first_prev(bytes(16), identity("other").recipient)
