"""Sound and film in a new container: the coded picture and sound are carried over, every word around them is not.

No title, place, date, device, chapter, cover, attachment, subtitle or data track gets through, nor do the messages that
encoders and cameras hide between the pictures. What browsers do not play is coded anew (`recoding`). Time begins at
zero: counters of a device tell how long it had been on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

import av
import av.subtitles.stream
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.codec.context import CodecContext
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from bot.service.cleaning.frames import frames_of
from bot.service.cleaning.outcome import LONGEST, Bounded, Cleaned, Strange, broken
from bot.service.cleaning.recoding import OLD, RecodedFilm, RecodedSound, angle

READ = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,aac,amr,wav,flac,caf,aiff,avi,flv,asf,mpegts,mpeg"
"""Formats opened; none of them leads to another file or to the network."""
BOUNDS = {"format_whitelist": READ, "protocol_whitelist": ""}
MOST_STREAMS = 8
"""Pictures and sounds of one recording; dashboard cameras have two or three."""
MESSAGES = {"h264": "6", "hevc": "39-40", "av1": "5"}
"""Kinds of units with messages between the pictures, by codec: SEI (H.264 table 7-1, H.265 table 7-1), AV1 metadata."""
_H264_MESSAGES, _HEVC_MESSAGES = (6,), (39, 40)
_START = re.compile(rb"\x00\x00\x00?\x01")
FILMS = {"h264": "mp4", "hevc": "mp4", "vp8": "webm", "vp9": "webm", "av1": "webm"}
"""Pictures carried over, and what they are put in. Those of `OLD` are drawn anew, for WebM."""
SOUNDS = {"opus": "webm", "aac": "mp4", "mp3": "mp3"}
"""Sounds carried over, and what they are put in when alone. Others (AMR, WAV, FLAC, Vorbis …) become Opus."""
BESIDE = {"mp4": ("aac", "mp3", "opus"), "webm": ("opus",)}
"""Sounds carried over beside a picture."""
STILL = frozenset({"mjpeg", "png", "bmp", "gif", "webp", "tiff"})
"""Covers and previews that come as a track of pictures."""
QUIET = {
    "mp4": {"fflags": "+bitexact", "write_tmcd": "0", "use_editlist": "1"},
    "webm": {"fflags": "+bitexact"},
    "mp3": {"fflags": "+bitexact", "id3v2_version": "0", "write_id3v1": "0", "write_xing": "0"},
}
"""Settings under which a muxer writes no program name, date or tag of its own."""


class Track(Protocol):
    """One track on its way into the new container."""

    def take(self, packet: Packet[Stream], offset: int) -> Iterator[Packet[Stream]]:
        """What a packet becomes; its times are moved back by `offset` of its own units."""
        ...

    def end(self) -> Iterator[Packet[Stream]]:
        """What is still held."""
        ...


class Carried:
    """A track carried over as it is coded."""

    def __init__(self, source: Stream, target: OutputContainer) -> None:
        self._out = target.add_stream_from_template(source, opaque=True)
        kinds = MESSAGES.get(_codec(source))
        units = f"filter_units=remove_types={kinds}"
        self._filter = BitStreamFilterContext(units, source, self._out) if kinds else None
        self._frames = _codec(source) == "mp3"
        context = self._out.codec_context
        context.codec_tag = "\0\0\0\0"  # what the old container called it
        if context.extradata and _codec(source) in ("h264", "hevc"):
            context.extradata = without_messages(context.extradata, _codec(source))

    def take(self, packet: Packet[Stream], offset: int) -> Iterator[Packet[Stream]]:
        """See `Track.take`."""
        packet.pts = None if packet.pts is None else packet.pts - offset
        packet.dts = None if packet.dts is None else packet.dts - offset
        base = packet.time_base
        if self._frames:
            packet = bare(packet)
        for one in self._filter.filter(packet) if self._filter else [packet]:
            one.stream, one.time_base = self._out, base
            if one.size:
                yield one

    def end(self) -> Iterator[Packet[Stream]]:
        """See `Track.end`: filters of units hold nothing."""
        return iter(())


def bare(packet: Packet[Stream]) -> Packet[Stream]:
    """The packet with MP3 frames alone."""
    kept = Packet(frames_of(bytes(packet)))
    kept.pts, kept.dts, kept.duration = packet.pts, packet.dts, packet.duration
    return kept


def without_messages(head: bytes, codec: str) -> bytes:
    """What a decoder is told before the first picture, as units after start codes, without the messages among them."""
    kept = []
    for unit in _START.split(head):
        kind = unit[:1] and (unit[0] & 0x1F if codec == "h264" else unit[0] >> 1 & 0x3F)
        if unit and kind not in (_H264_MESSAGES if codec == "h264" else _HEVC_MESSAGES):
            kept.append(b"\0\0\0\1" + unit)
    return b"".join(kept)


def clean_recording(raw: io.BytesIO) -> Cleaned:
    """The same sound or film without anything said about it, and its length.

    Raises:
        NotAccepted: `media-bad`.
        Strange: it can be read, but not put into a container of ours.
    """
    try:
        with av.open(raw, "r", metadata_errors="ignore", options=BOUNDS) as source:
            return _anew(source, raw)
    except (av.FFmpegError, ValueError, OverflowError, MemoryError):
        raise broken() from None


def _codec(stream: Stream) -> str:
    """The codec's own name, whoever decodes it here; empty if nobody does."""
    context: CodecContext | None = stream.codec_context
    return context.codec.canonical_name if context else ""


def _anew(source: InputContainer, raw: io.BytesIO) -> Cleaned:
    streams = _kept(source)
    container = _container(streams)
    turn = angle(raw, BOUNDS) if _codec(streams[0]) in OLD else 0
    out = Bounded(raw)
    target = av.open(out, "w", format=container, options=QUIET[container])
    tracks = {stream.index: _track(stream, target, container, turn) for stream in streams}
    seconds = _carry(source, streams, tracks, target)
    target.close()
    family = "video" if streams[0].type == "video" else "audio"
    mime = "audio/mpeg" if container == "mp3" else f"{family}/{container}"
    return Cleaned(mime, out.getbuffer(), seconds=seconds)


def _kept(source: InputContainer) -> list[Stream]:
    films = [one for one in source.streams.video if not one.disposition & Disposition.attached_pic]
    moving = [one for one in films if _codec(one) not in STILL] or [one for one in films if _runs(one)]
    sounds = list(source.streams.audio)
    if films and not moving and not sounds:
        raise Strange
    kept: list[Stream] = [*moving, *sounds]
    if not kept:
        raise broken()
    if len(kept) > MOST_STREAMS or not all(_codec(one) for one in kept):
        raise Strange
    return kept


def _runs(film: Stream) -> bool:
    """Whether pictures that might be a cover are a film: cameras of old wrote each one as a photo."""
    return _codec(film) in OLD and film.frames != 1


def _container(streams: list[Stream]) -> str:
    if streams[0].type == "audio":
        return SOUNDS.get(_codec(streams[0]), "webm") if len(streams) == 1 else "webm"
    films = [_codec(one) for one in streams if one.type == "video"]
    if len(films) == 1 and films[0] in OLD:
        return "webm"
    found = {FILMS.get(one) for one in films}
    container = found.pop()
    if container is None or found:
        raise Strange
    return container


def _track(stream: Stream, target: OutputContainer, container: str, turn: int) -> Track:
    codec = _codec(stream)
    if isinstance(stream, VideoStream):
        return RecodedFilm(stream, target, turn) if codec in OLD else Carried(stream, target)
    if container == SOUNDS.get(codec) or codec in BESIDE.get(container, ()):
        return Carried(stream, target)
    assert isinstance(stream, AudioStream)
    return RecodedSound(stream, target)


def _carry(source: InputContainer, streams: list[Stream], tracks: dict[int, Track], target: OutputContainer) -> int:
    start = Fraction(source.start_time or 0, av.time_base)
    end = Fraction(0)
    for packet in source.demux(streams):
        if packet.dts is None and not packet.size:
            continue
        base = packet.time_base
        offset = int(start / base)
        at = packet.dts if packet.pts is None else packet.pts
        if at is not None:
            end = max(end, (at - offset + (packet.duration or 0)) * base)
        target.mux(list(tracks[packet.stream_index].take(packet, offset)))
    for track in tracks.values():
        target.mux(list(track.end()))
    if not 0 < end < LONGEST:
        raise broken()
    return max(1, round(end))
