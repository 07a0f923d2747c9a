"""Clean sound and film plays as before and tells nothing else."""

from __future__ import annotations

import io
import random
import wave

import av
import pytest
from unit.service.pictures import SECRET
from unit.service.recordings import SPOT, TAKEN, film, sound, turned, with_amr

from bot.service.cleaning import recordings
from bot.service.cleaning.outcome import RECORDING_MIMES, Cleaned, Strange
from bot.service.cleaning.recordings import clean_recording, without_messages
from bot.service.errors import NotAccepted

SOUNDS = {
    "opus in ogg": (("ogg", "libopus"), "audio/webm"),
    "opus in webm": (("webm", "libopus"), "audio/webm"),
    "aac": (("adts", "aac"), "audio/mp4"),
    "m4a": (("ipod", "aac"), "audio/mp4"),
    "aac in 3gp": (("3gp", "aac"), "audio/mp4"),
    "mp3": (("mp3", "libmp3lame"), "audio/mpeg"),
    "wav": (("wav", "pcm_s16le"), "audio/webm"),
    "flac": (("flac", "flac"), "audio/webm"),
}
FILMS = {
    "mp4": (("mp4", "libx264", "aac"), "video/mp4"),
    "silent mp4": (("mp4", "libx264"), "video/mp4"),
    "mov": (("mov", "libx264", "pcm_s16le"), "video/mp4"),
    "hevc": (("mp4", "libx265", "aac"), "video/mp4"),
    "3gp": (("3gp", "libx264", "aac"), "video/mp4"),
    "mkv": (("matroska", "libx264", "aac"), "video/mp4"),
    "webm": (("webm", "libvpx", "libopus"), "video/webm"),
    "vp9 in mkv": (("matroska", "libvpx-vp9", "libopus"), "video/webm"),
    "transport stream": (("mpegts", "libx264", "aac"), "video/mp4"),
    "avi": (("avi", "libx264", "libmp3lame"), "video/mp4"),
    "flv": (("flv", "libx264", "aac"), "video/mp4"),
}
OLD = {
    "h263 in 3gp": ("3gp", "h263", "aac"),
    "mpeg-4 in 3gp": ("3gp", "mpeg4", "aac"),
    "mpeg-4 in avi": ("avi", "mpeg4", "libmp3lame"),
    "photos in avi": ("avi", "mjpeg", "pcm_s16le"),
    "photos in mov": ("mov", "mjpeg"),
    "divx": ("avi", "msmpeg4", "mp2"),
    "wmv": ("asf", "wmv2", "aac"),
    "flv": ("flv", "flv", "libmp3lame"),
    "mpeg-2": ("mpeg", "mpeg2video", "mp2"),
}
"""Films of old telephones and cameras."""
MARKS = [mark.encode() for mark in (SECRET, SPOT, TAKEN, TAKEN[:10], "x264", "x265", "Lavf62", "timecode", "tmcd")]


def clean(raw: bytes) -> Cleaned:
    cleaned = clean_recording(io.BytesIO(raw))
    assert cleaned.cleaned
    assert cleaned.mime in RECORDING_MIMES
    return cleaned


def played(cleaned: Cleaned) -> tuple[dict[str, int], float]:
    """How many pictures and sounds it decodes to, and how long it says it lasts."""
    frames: dict[str, int] = {}
    with av.open(io.BytesIO(bytes(cleaned.content))) as source:
        assert not source.chapters()
        for packet in source.demux():
            for _ in packet.decode():
                frames[packet.stream.type] = frames.get(packet.stream.type, 0) + 1
        return frames, (source.duration or 0) / av.time_base


@pytest.mark.parametrize(("made", "mime"), SOUNDS.values(), ids=SOUNDS.keys())
def test_sound_says_nothing_and_plays(made: tuple[str, str], mime: str) -> None:
    cleaned = clean(sound(*made))
    frames, lasts = played(cleaned)
    assert (cleaned.mime, cleaned.seconds) == (mime, 2)
    assert [mark for mark in MARKS if mark in bytes(cleaned.content)] == []
    assert frames["audio"] >= 80
    assert lasts == pytest.approx(2, abs=0.1)


@pytest.mark.parametrize(("made", "mime"), FILMS.values(), ids=FILMS.keys())
def test_film_says_nothing_and_plays(made: tuple[str, ...], mime: str) -> None:
    cleaned = clean(film(*made))
    frames, lasts = played(cleaned)
    assert (cleaned.mime, cleaned.seconds) == (mime, 2)
    assert [mark for mark in MARKS if mark in bytes(cleaned.content)] == []
    assert frames["video"] == 20
    assert ("audio" in frames) == (len(made) == 3)
    assert lasts == pytest.approx(2, abs=0.15)


@pytest.mark.parametrize("made", OLD.values(), ids=OLD.keys())
def test_an_old_film_becomes_what_browsers_play(made: tuple[str, ...]) -> None:
    cleaned = clean(film(*made))
    frames, lasts = played(cleaned)
    assert (cleaned.mime, cleaned.seconds) == ("video/webm", 2)
    assert [mark for mark in MARKS if mark in bytes(cleaned.content)] == []
    assert frames["video"] == pytest.approx(20, abs=1)
    assert ("audio" in frames) == (len(made) == 3)
    assert lasts == pytest.approx(2, abs=0.15)


def test_an_old_film_shows_the_same() -> None:
    raw = film("avi", "mjpeg")
    with av.open(io.BytesIO(raw)) as before, av.open(io.BytesIO(bytes(clean(raw).content))) as after:
        for one, other in zip(before.decode(video=0), after.decode(video=0), strict=True):
            assert _grey(other) == pytest.approx(_grey(one), abs=8)


def _grey(frame: av.VideoFrame) -> float:
    light = bytes(frame.reformat(format="gray").planes[0])
    return sum(light) / len(light)


def test_the_marks_had_been_there() -> None:
    """Else their absence would show nothing."""
    for made in (("mp4", "libx264", "aac"), ("matroska", "libx264", "aac"), ("mov", "libx264", "pcm_s16le")):
        raw = film(*made)
        assert [mark for mark in (SECRET.encode(), b"x264") if mark not in raw] == []
    assert SPOT.encode() in film("mov", "libx264", "pcm_s16le")
    assert b"tmcd" in film("mov", "libx264", "pcm_s16le")
    assert TAKEN[:10].encode() in sound("mp3", "libmp3lame")
    assert b"ID3" in sound("mp3", "libmp3lame")
    assert SECRET.encode() in sound("ogg", "libopus")


def test_boxes_of_an_mp4_hold_no_time() -> None:
    raw = film("mp4", "libx264", "aac")
    for name in (b"mvhd", b"tkhd", b"mdhd"):
        for content, empty in ((raw, False), (bytes(clean(raw).content), True)):
            at = content.index(name) + 8
            assert (content[at : at + 8] == bytes(8)) is empty
    assert b"chpl" in raw
    assert b"chpl" not in bytes(clean(raw).content)


def test_attachments_and_covers_do_not_get_through() -> None:
    cleaned = clean(film("matroska", "libx264", "aac", attached=True))
    with av.open(io.BytesIO(bytes(cleaned.content))) as source:
        assert sorted(stream.type for stream in source.streams) == ["audio", "video"]


def test_a_film_taken_upright_stands_upright() -> None:
    for raw in (film("mp4", "libx264"), turned(film("mp4", "libx264"))):
        with av.open(io.BytesIO(raw)) as before, av.open(io.BytesIO(bytes(clean(raw).content))) as after:
            wanted = next(before.decode(video=0)).rotation
            assert next(after.decode(video=0)).rotation == wanted
    assert wanted in (90, -90)


def test_an_old_film_taken_upright_is_drawn_upright() -> None:
    cleaned = clean(turned(film("mp4", "mpeg4", "aac")))
    with av.open(io.BytesIO(bytes(cleaned.content))) as after:
        first = next(after.decode(video=0))
    assert (first.rotation, first.width, first.height) == (0, 48, 64)


def test_the_voice_of_an_old_phone_becomes_what_browsers_play() -> None:
    cleaned = clean(with_amr())
    assert (cleaned.mime, cleaned.seconds) == ("audio/webm", 2)
    assert played(cleaned)[0]["audio"] >= 95


def test_a_telephones_sound_is_not_made_many_times_its_size() -> None:
    """At most two bits for each of its samples, and what the container needs."""
    raw, seconds, rate = io.BytesIO(), 10, 8_000
    with wave.open(raw, "wb") as out:
        out.setparams((1, 2, rate, 0, "NONE", "not compressed"))
        out.writeframes(random.Random(7).randbytes(2 * rate * seconds))
    cleaned = clean(raw.getvalue())
    assert (cleaned.mime, cleaned.seconds) == ("audio/webm", seconds)
    assert len(cleaned.content) < 1.5 * 2 * rate * seconds / 8


def test_time_begins_at_zero() -> None:
    """A counter of the device would tell how long it had been on."""
    for raw in (film("mpegts", "libx264", begin=5000), film("matroska", "libx264", begin=5000)):
        with av.open(io.BytesIO(raw)) as before:
            assert before.start_time
            assert before.start_time >= 5000 * av.time_base
        cleaned = clean(raw)
        assert cleaned.seconds == 2
        with av.open(io.BytesIO(bytes(cleaned.content))) as after:
            assert abs(after.start_time or 0) < av.time_base // 5
            assert (after.duration or 0) < 3 * av.time_base


def test_messages_go_and_what_the_decoder_needs_stays() -> None:
    start = b"\0\0\0\1"
    assert without_messages(start + b"\x67a" + b"\0\0\1" + b"\x06b" + start + b"\x68c", "h264") == (
        start + b"\x67a" + start + b"\x68c"
    )
    assert without_messages(start + b"\x40\x01a" + start + b"\x4e\x01b", "hevc") == start + b"\x40\x01a"


def test_a_make_that_cannot_be_carried_over_is_strange(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Strange):
        clean_recording(io.BytesIO(film("matroska", "ffv1")))
    monkeypatch.setattr(recordings, "MOST_STREAMS", 1)
    with pytest.raises(Strange):
        clean_recording(io.BytesIO(film("mp4", "libx264", "aac")))


def test_a_claim_beyond_all_clocks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LONGEST", 1)
    with pytest.raises(NotAccepted, match="media-bad"):
        clean(sound("ogg", "libopus"))


def playlist() -> bytes:
    return b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    "raw",
    [b"", b"OggS", b"hello", playlist(), b"ffconcat version 1.0\nfile '/etc/passwd'\n", film("mp4", "libx264")[:300]],
    ids=["empty", "head", "words", "playlist", "list of files", "half a film"],
)
def test_what_is_no_recording_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAccepted) as refused:
        clean(raw)
    assert (refused.value.key, refused.value.__cause__) == ("media-bad", None)
