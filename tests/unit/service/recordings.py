"""Sound and film with secrets in them, for what cleans them. Made anew each run; the same within one."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from functools import cache

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from unit.service.pictures import SECRET

SPOT = "+10.7626+106.6602/"
"""A place as phones write it into a film (ISO 6709)."""
TAKEN = "2026-11-22T01:02:03.000000Z"
TAGS = {"title": SECRET, "artist": SECRET, "comment": SECRET, "creation_time": TAKEN, "location": SPOT}
RATE, PICTURES = 48_000, 10
"""Samples and pictures a second."""


@cache
def sound(format_: str, codec: str, *, seconds: int = 2, rate: int = RATE, tags: bool = True) -> bytes:
    """A quiet tone's worth of sound with a title, an author, a place and a date."""
    out = io.BytesIO()
    with av.open(out, "w", format=format_) as target:
        track = target.add_stream(codec, rate=rate)
        assert isinstance(track, AudioStream)
        track.layout = "mono"
        if tags:
            target.metadata.update(TAGS)
            track.metadata["title"] = SECRET
        _silence(target, track, seconds)
    return out.getvalue()


@cache
def film(
    format_: str, codec: str, beside: str | None = None, *, seconds: int = 2, attached: bool = False, begin: int = 0
) -> bytes:
    """A few grey pictures, said to be by somebody, somewhere, some day; with chapters and, if asked, an attachment."""
    out = io.BytesIO()
    with av.open(out, "w", format=format_) as target:
        track = target.add_stream(codec, rate=PICTURES if codec != "mpeg1video" else 25)
        assert isinstance(track, VideoStream)
        track.width, track.height = (176, 144) if codec == "h263" else (64, 48)
        track.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        voice = target.add_stream(beside, rate=RATE, layout="mono") if beside else None
        target.metadata.update(TAGS)
        track.metadata.update(title=SECRET, creation_time=TAKEN, timecode="01:02:03:04", handler_name=SECRET)
        target.set_chapters([{"id": 1, "start": 0, "end": 1, "time_base": Fraction(1), "metadata": {"title": SECRET}}])
        if attached:
            target.add_attachment(f"{SECRET}.txt", "text/plain", SECRET.encode())
        _pictures(target, track, range(begin * PICTURES, (begin + seconds) * PICTURES))
        if voice is not None:
            assert isinstance(voice, AudioStream)
            _silence(target, voice, seconds)
    return out.getvalue()


def av1() -> bytes:
    """A film in AV1. Run by root, its encoder gives the calling thread real-time priority for good: it has its own."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(film, "matroska", "libsvtav1", "libopus").result()


def _pictures(target: OutputContainer, track: VideoStream, moments: range) -> None:
    for n in moments:
        frame = av.VideoFrame(track.width, track.height, track.pix_fmt or "yuv420p")
        for plane in frame.planes:
            plane.update(bytes([n * 5 % 256]) * plane.buffer_size)
        frame.pts, frame.time_base = n, Fraction(1, PICTURES)
        target.mux(track.encode(frame))
    target.mux(track.encode(None))


def _silence(target: OutputContainer, track: AudioStream, seconds: int) -> None:
    rate = track.rate
    for n in range(0, seconds * rate, 960):
        frame = av.AudioFrame(format=track.format.name, layout="mono", samples=min(960, seconds * rate - n))
        frame.sample_rate, frame.pts, frame.time_base = rate, n, Fraction(1, rate)
        for plane in frame.planes:
            plane.update(bytes(plane.buffer_size))
        target.mux(track.encode(frame))
    target.mux(track.encode(None))


def turned(mp4: bytes) -> bytes:
    """The film as a phone held upright writes it: the matrix of its first track turns it by 90 degrees."""
    at = mp4.index(b"tkhd") + 4 + 40
    one, minus = (0x10000).to_bytes(4, "big"), (-0x10000 & 0xFFFFFFFF).to_bytes(4, "big")
    matrix = bytes(4) + one + bytes(4) + minus + bytes(4 * 4) + (0x40000000).to_bytes(4, "big")
    return mp4[:at] + matrix + mp4[at + 36 :]


def with_amr(frames: int = 100) -> bytes:
    """A voice note of an old phone: AMR, 20 milliseconds a frame, comfort noise (RFC 4867)."""
    return b"#!AMR\n" + (b"\x3c" + bytes(31)) * frames


def repeating(times: int, size: int = 100_000) -> bytes:
    """A small sound whose table names the same bytes for each of its samples: followed, it becomes `times` as large."""
    m4a = sound("ipod", "aac", seconds=20)
    sizes, end = m4a.index(b"stsz") - 4, m4a.index(b"stco") + 16
    count = (end - sizes - 20 - 16) // 4
    runs = m4a.index(b"stsc") + 16
    one_each = m4a[:runs] + (1).to_bytes(4, "big") + m4a[runs + 4 : sizes]
    words = [20, b"stsz", 0, size, count, 16 + 4 * count, b"stco", 0, count, *[48] * count]
    table = b"".join(word if isinstance(word, bytes) else word.to_bytes(4, "big") for word in words)
    return (one_each + table + m4a[end:]).ljust(count * size // times, b"\0")


def paced(wav: bytes, rate: int) -> bytes:
    """The sound as if it had so many samples a second."""
    at = wav.index(b"fmt ") + 12
    return wav[:at] + rate.to_bytes(4, "little") + wav[at + 4 :]
