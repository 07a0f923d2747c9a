"""No place in a file where telephones, programs or people hide something gets through."""

from __future__ import annotations

import io
import struct
import zlib

import av
import pytest
from unit.service import hiding
from unit.service.hiding import ARCHIVE, MARK
from unit.service.papers import laid_open, paper
from unit.service.pictures import SECRET, marked, opened, with_secrets, written
from unit.service.recordings import film, sound

from bot.service.cleaning.frames import frames_of
from bot.service.cleaning.outcome import Cleaned
from bot.service.cleaning.workshop import clean
from bot.service.errors import NotAccepted

PLACES = {
    "moving photo": hiding.moving_photo(),
    **{f"profile of {kind}": written(marked(), kind, icc_profile=hiding.icc()) for kind in ("WEBP", "TIFF")},
    "profile of AVIF": written(marked(), "AVIF", icc_profile=hiding.icc()),
    "boxes": hiding.boxed(),
    "words": hiding.with_words(),
    "cover": hiding.with_cover(),
    "harmful paper": hiding.harmful_paper(),
}
TWO_IN_ONE = {
    "photo and archive": with_secrets("JPEG") + ARCHIVE,
    "drawing and archive": written(marked(), "GIF") + ARCHIVE,
    "web picture and archive": with_secrets("WEBP") + ARCHIVE,
    "film and archive": film("mp4", "libx264", "aac") + ARCHIVE,
    "sound and archive": sound("wav", "pcm_s16le") + ARCHIVE,
    "song and archive": sound("mp3", "libmp3lame", tags=False) + ARCHIVE,
    "aac and archive": sound("adts", "aac") + ARCHIVE,
    "flac and archive": sound("flac", "flac") + ARCHIVE,
    "voice and archive": sound("ogg", "libopus") + ARCHIVE,
    "page and paper": b"<html><script>" + MARK + b"</script>\n" + paper(),
    "paper and archive": paper() + ARCHIVE,
}


def cleaned(raw: bytes) -> Cleaned:
    done = clean("file", "", io.BytesIO(raw))
    assert done.cleaned
    return done


@pytest.mark.parametrize("raw", [*PLACES.values(), *TWO_IN_ONE.values()], ids=[*PLACES, *TWO_IN_ONE])
def test_nothing_hidden_gets_through(raw: bytes) -> None:
    assert MARK in raw
    content = bytes(cleaned(raw).content)
    if content.startswith(b"%PDF"):
        content += laid_open(content)
    assert [
        mark for mark in (MARK, SECRET.encode("utf-16-be"), b"PK\x03\x04", b"\xa9xyz", b"loci") if mark in content
    ] == []


def test_what_is_seen_and_heard_is_left() -> None:
    assert opened(bytes(cleaned(PLACES["moving photo"]).content)).size == (64, 32)
    for name, tracks in (("boxes", ["audio", "video"]), ("words", ["video"]), ("cover", ["audio"])):
        done = cleaned(PLACES[name])
        assert done.seconds == 2
        with av.open(io.BytesIO(bytes(done.content))) as source:
            assert sorted(stream.type for stream in source.streams) == tracks


def test_a_paper_does_nothing() -> None:
    content = laid_open(bytes(cleaned(PLACES["harmful paper"]).content))
    acts = (
        b"Launch",
        b"XFA",
        b"AcroForm",
        b"SubmitForm",
        b"RichMedia",
        b"EmbeddedFile",
        b"Rendition",
        b"/Movie",
        b"/AA",
    )
    assert [act for act in acts if act in PLACES["harmful paper"]] == list(acts)
    assert [act for act in acts if act in content] == []


def test_a_drawing_made_of_words_is_kept_as_it_came() -> None:
    """SVG is a page with scripts; it is handed out as bytes, after a question."""
    for raw in (b"<svg onload='x()'/>", b"\xef\xbb\xbf<?xml version='1.0'?><svg/>"):
        done = clean("file", "image/svg+xml", io.BytesIO(raw))
        assert (done.cleaned, done.mime) == (False, "application/octet-stream")


def test_packed_words_in_a_picture_are_not_unpacked_without_end() -> None:
    """70 MB of nothing in a few thousand bytes, as a text and as a colour profile."""
    packed = zlib.compress(bytes(70_000_000))
    head, rest = written(marked(), "PNG")[:33], written(marked(), "PNG")[33:]
    for name in (b"zTXt", b"iCCP"):
        body = name + b"a\0\0" + packed
        bomb = head + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + rest
        with pytest.raises(NotAccepted, match="media-bad"):
            cleaned(bomb)


def test_only_whole_frames_of_a_song_are_taken() -> None:
    for rate in (8_000, 24_000, 48_000):
        told = sound("mp3", "libmp3lame", tags=False, rate=rate)
        song = told[told.index(b"\xff") :]
        assert frames_of(song) == song
    assert frames_of(song + ARCHIVE) == song
    assert frames_of(song[:-1]) == song[: len(frames_of(song[:-1]))] != song[:-1]
    for head in (b"", b"\xff\xfb", b"\xff\xfb\x00\x00", b"\xff\xfb\xf0\x00", b"\xff\xfb\x9c\x00", b"\xff\xeb\x90\x00"):
        assert frames_of(head + bytes(5000)) == b""
