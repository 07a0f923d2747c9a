"""A thing is what its bytes say; what cannot be cleaned is kept as it came, or refused."""

from __future__ import annotations

import io
import random
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.service.papers import paper
from unit.service.pictures import SECRET, marked, with_secrets, written
from unit.service.recordings import film, sound, with_amr

from bot.service.cleaning import words
from bot.service.cleaning.outcome import MIMES, UNKNOWN_MIME, Cleaned
from bot.service.cleaning.recognise import Family, recognise
from bot.service.cleaning.words import clean_words
from bot.service.cleaning.workshop import clean
from bot.service.errors import NotAccepted
from handlers.values import MediaKind

MP4, OGG = film("mp4", "libx264", "aac"), sound("ogg", "libopus")
SAMPLES: dict[str, tuple[bytes, Family]] = {
    **{kind: (with_secrets(kind, 6), "photo") for kind in ("JPEG", "PNG", "WEBP", "TIFF")},
    **{kind: (written(marked(), kind), "photo") for kind in ("GIF", "BMP", "HEIF", "AVIF")},
    "mp4": (MP4, "recording"),
    "webm": (film("webm", "libvpx", "libopus"), "recording"),
    "transport": (film("mpegts", "libx264", "aac"), "recording"),
    "avi": (film("avi", "libx264", "libmp3lame"), "recording"),
    "ogg": (OGG, "recording"),
    "mp3": (sound("mp3", "libmp3lame"), "recording"),
    "bare mp3": (sound("mp3", "libmp3lame", tags=False), "recording"),
    "aac": (sound("adts", "aac"), "recording"),
    "wav": (sound("wav", "pcm_s16le"), "recording"),
    "amr": (with_amr(), "recording"),
    "pdf": (paper(), "paper"),
    "words": ("Xe tải 29C đổ rác.".encode(), "words"),
}
WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def cleaned(kind: MediaKind, raw: bytes, mime: str = "") -> Cleaned:
    return clean(kind, mime, io.BytesIO(raw))


def cleaned_or_refused(kind: MediaKind, raw: bytes) -> Cleaned | None:
    """None where it was refused; anything else that is raised is a fault."""
    with suppress(NotAccepted):
        return cleaned(kind, raw)
    return None


@pytest.mark.parametrize(("raw", "family"), SAMPLES.values(), ids=SAMPLES.keys())
def test_bytes_tell_what_it_is(raw: bytes, family: Family) -> None:
    assert recognise(raw[:1024], "") == family
    assert recognise(raw[:1024], "image/svg+xml") == (family if family != "words" else "unknown")
    assert cleaned("file", raw, "").cleaned


@pytest.mark.parametrize("mime", ["image/jpeg", "application/zip", "text/html", ""])
def test_neither_the_claim_nor_the_kind_decides(mime: str) -> None:
    assert cleaned("file", with_secrets("JPEG"), mime).mime == "image/jpeg"
    assert cleaned("photo", OGG, mime).mime == "audio/webm"
    assert cleaned("voice", MP4, mime).mime == "video/mp4"


@pytest.mark.parametrize(
    ("raw", "mime", "kept"),
    [
        (b"PK\x03\x04 a document", WORD_MIME, WORD_MIME),
        (b"PK\x03\x04 an archive", "", UNKNOWN_MIME),
        (b"\x00\x01\x02\x03", "image/jpeg", UNKNOWN_MIME),
        (b"<html><meta name=author>", "text/html", UNKNOWN_MIME),
        (b"<svg/>", "", UNKNOWN_MIME),
        (b"{\\rtf1{\\info{\\author X}}}", "application/rtf", "application/rtf"),
        (b"BEGIN:VCARD\nFN:X", "text/plain", UNKNOWN_MIME),
        (b"words", "message/rfc822", UNKNOWN_MIME),
        (b"a\x00b", "text/plain", UNKNOWN_MIME),
        (b"\xff\xfb\x90\x00 no sound", "", UNKNOWN_MIME),
        (film("matroska", "ffv1"), "video/x-matroska", UNKNOWN_MIME),
    ],
)
def test_what_cannot_be_cleaned_is_kept_as_it_came(raw: bytes, mime: str, kept: str) -> None:
    assert cleaned("file", raw, mime) == Cleaned(kept, memoryview(raw), None, cleaned=False)


@pytest.mark.parametrize("kind", ["photo", "voice", "video"])
@pytest.mark.parametrize("raw", [b"", b"no picture", b"PK\x03\x04", paper(), bytes(500)])
def test_what_is_not_what_it_was_to_be_is_refused(kind: MediaKind, raw: bytes) -> None:
    with pytest.raises(NotAccepted) as refused:
        cleaned(kind, raw)
    assert (refused.value.key, refused.value.status) == ("media-bad", 422)


@pytest.mark.parametrize("raw", [with_secrets("JPEG")[:200], MP4[:400], paper()[:400]])
def test_what_is_broken_is_refused_as_a_file_too(raw: bytes) -> None:
    with pytest.raises(NotAccepted):
        cleaned("file", raw)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_words_become_utf_8(encoding: str) -> None:
    text = "Nhà số 5, tổ 4\r\nHai người\rlạ" if encoding != "cp1258" else "Hai ngýời\r\n"
    mark = b"\xff\xfe" if encoding == "utf-16-le" else b""
    done = clean_words(io.BytesIO(mark + text.encode(encoding, "ignore")))
    assert done.mime == "text/plain;charset=utf-8"
    if encoding != "cp1258":
        assert bytes(done.content).decode() == "Nhà số 5, tổ 4\nHai người\nlạ"


def test_letters_and_line_ends_stay_whole_between_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "PIECE", 3)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        text = "Đổ\r\nrác\r\n\rđó"
        assert bytes(clean_words(io.BytesIO(text.encode(encoding))).content).decode() == "Đổ\nrác\n\nđó"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.floats(0, 1), st.sampled_from(["photo", "voice", "video", "file"]))
def test_a_thing_cut_anywhere_is_cleaned_or_refused(name: str, share: float, kind: MediaKind) -> None:
    raw = SAMPLES[name][0]
    part = raw[: int(len(raw) * share)]
    done = cleaned_or_refused(kind, part)
    if done is not None:
        assert done.mime in MIMES
        assert not done.cleaned or SECRET.encode() not in bytes(done.content)


def test_damaged_things_are_cleaned_or_refused_and_nothing_else() -> None:
    chance = random.Random(20)
    for _ in range(150):
        raw = bytearray(SAMPLES[chance.choice(sorted(SAMPLES))][0])
        for _ in range(chance.choice((1, 3, 20))):
            raw[chance.randrange(min(len(raw), chance.choice((64, 400, 10**9))))] = chance.randrange(256)
        cleaned_or_refused("file", bytes(raw))
