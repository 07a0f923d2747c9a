"""Sound and film coded anew, where browsers do not play what they came as: Opus, and VP8 beside it.

Owns what is coded anew, how, and how much of it: a small file can hold days of silence or a huge empty picture.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.stream import Stream
from av.video.frame import PictureType, VideoFrame
from av.video.reformatter import ColorRange
from av.video.stream import VideoStream

from bot.service.cleaning.outcome import Strange, broken

OLD = frozenset({
    "mpeg4", "h263", "h263p", "mjpeg", "flv1", "mpeg1video", "mpeg2video", "theora",
    "msmpeg4v1", "msmpeg4v2", "msmpeg4v3", "wmv1", "wmv2", "wmv3", "vc1",
})  # fmt: skip
"""Pictures of old telephones, cameras and computers, which are drawn anew."""
MOST_DRAWN = 5_000_000_000
"""Pixels of a film that are drawn anew, ten minutes of 640 × 480 at 25 pictures a second: 80 million take a second of a
processor, and `__main__.SECONDS` leaves room for one half as fast. A longer film is kept as it came."""
LARGEST_PICTURE = 1920 * 1088
"""Pixels of one picture: no old telephone or camera made larger ones."""
LONGEST_SOUND = 3 * 3600
"""Seconds of sound coded anew: a second of a processor codes 170, and days of silence fit into a file."""
RATE, CHANNEL_BITS, SAMPLE_BITS = 48_000, 48_000, 2
"""Samples a second of Opus, and its bits a second for each channel: two for each sample of the source, and no more than
48,000. A telephone's 8,000 samples need no more than 16,000 bits; more would make a long one many times its size."""
SLOWEST, FASTEST = 4_000, 384_000
"""Samples a second that a source may claim: at one a second, a few bytes would become days."""
FILM_BITS = (200_000, 4_000_000)
"""Bits a second a film gets: as many as it had, within these."""
VP8 = {"deadline": "realtime", "cpu-used": "12", "crf": "12", "auto-alt-ref": "0"}
"""Settings of the coder: a quality not told from the source, at three times the speed of the careful way."""
TICK = Fraction(1, 1000)
"""The unit of time of WebM."""
TURNS = {-90: [("transpose", "clock")], 90: [("transpose", "cclock")], 180: [("hflip", ""), ("vflip", "")]}
"""What sets a picture upright, by the angle at which it is to be shown."""


class RecodedSound:
    """A sound coded anew as Opus.

    Raises, then or while it is coded:
        Strange: more than can be coded here.
    """

    def __init__(self, source: AudioStream, target: OutputContainer) -> None:
        if not SLOWEST <= source.rate <= FASTEST:
            raise Strange
        self._out = target.add_stream("libopus", rate=RATE)
        channels = min(source.channels, 2)
        self._out.layout = "mono" if channels == 1 else "stereo"
        self._out.bit_rate = min(CHANNEL_BITS, SAMPLE_BITS * source.rate) * channels
        self._left = Fraction(LONGEST_SOUND)

    def take(self, packet: Packet[Stream], offset: int) -> Iterator[Packet[Stream]]:
        """See `recordings.Track`. A packet that cannot be decoded is a gap, as in any player."""
        for frame in decoded(packet):
            if isinstance(frame, AudioFrame):
                self._spend(frame)
                moved(frame, packet, offset)
                yield from self._out.encode(frame)

    def _spend(self, frame: AudioFrame) -> None:
        if not SLOWEST <= frame.sample_rate <= FASTEST:
            raise broken()
        self._left -= Fraction(frame.samples, frame.sample_rate)
        if self._left < 0:
            raise Strange

    def end(self) -> Iterator[Packet[Stream]]:
        """See `recordings.Track`."""
        yield from self._out.encode(None)


class RecodedFilm:
    """A film drawn anew as VP8, upright. `turn`: the angle at which it is to be shown, as in `TURNS`.

    Raises, then or while it is drawn:
        Strange: more than can be drawn here.
    """

    def __init__(self, source: VideoStream, target: OutputContainer, turn: int) -> None:
        size = (source.height, source.width) if turn in (90, -90) else (source.width, source.height)
        if not 0 < size[0] * size[1] <= LARGEST_PICTURE or _claimed(source) > MOST_DRAWN:
            raise Strange
        source.codec_context.thread_count = 1
        self._out = target.add_stream("libvpx", rate=source.average_rate or 25, options=dict(VP8))
        self._out.width, self._out.height, self._out.pix_fmt = *size, "yuv420p"
        self._out.bit_rate = min(max(source.bit_rate or FILM_BITS[1] // 4, FILM_BITS[0]), FILM_BITS[1])
        self._out.codec_context.time_base = TICK
        self._out.codec_context.thread_count = 1
        self._turn = _turner(source, turn)
        self._left, self._last = MOST_DRAWN, -1
        self._step = max(1, round(1 / (source.average_rate or 25) / TICK))

    def take(self, packet: Packet[Stream], offset: int) -> Iterator[Packet[Stream]]:
        """See `recordings.Track`. A packet that cannot be decoded is a gap."""
        for frame in decoded(packet):
            if isinstance(frame, VideoFrame):
                moved(frame, packet, offset)
                yield from self._draw(frame)

    def end(self) -> Iterator[Packet[Stream]]:
        """See `recordings.Track`."""
        yield from self._out.encode(None)

    def _draw(self, frame: VideoFrame) -> Iterator[Packet[Stream]]:
        self._left -= frame.width * frame.height
        if self._left < 0 or frame.width * frame.height > LARGEST_PICTURE:
            raise Strange
        at = self._last + self._step
        if frame.pts is not None and frame.time_base:
            at = round(frame.pts * frame.time_base / TICK)
        if at <= self._last:
            return
        width, height = self._out.width, self._out.height
        drawn = self._turn(frame).reformat(width, height, "yuv420p", dst_color_range=ColorRange.MPEG, threads=1)
        drawn.pts, drawn.time_base, self._last = at, TICK, at
        drawn.pict_type = PictureType.NONE
        yield from self._out.encode(drawn)


def decoded(packet: Packet[Stream]) -> list[object]:
    """What lies in a packet; nothing if it is damaged."""
    try:
        return list(packet.decode())
    except av.InvalidDataError:
        return []


def moved(frame: AudioFrame | VideoFrame, packet: Packet[Stream], offset: int) -> None:
    """Move a frame back by `offset` units of its packet's clock."""
    if frame.pts is not None and frame.time_base:
        frame.pts -= int(offset * packet.time_base / frame.time_base)


def angle(raw: io.BytesIO, options: dict[str, str]) -> int:
    """The angle at which the pictures of a film are to be shown, by its first one; `raw` stands as before."""
    at = raw.tell()
    raw.seek(0)
    with av.open(raw, "r", metadata_errors="ignore", options=options) as film:
        source = film.streams.video[0]
        source.codec_context.thread_count = 1
        first = next(film.decode(source), None)
    raw.seek(at)
    return first.rotation if first is not None and first.rotation in TURNS else 0


def _claimed(source: VideoStream) -> int:
    """Pixels a film says it has, as far as its container says how long it is."""
    rate = source.average_rate or source.guessed_rate or 0
    seconds = source.duration * source.time_base if source.duration and source.time_base else 0
    return int(source.width * source.height * (source.frames or rate * seconds))


def _turner(source: VideoStream, turn: int) -> Callable[[VideoFrame], VideoFrame]:
    if not turn:
        return lambda frame: frame
    graph = Graph()
    steps = [graph.add_buffer(template=source), *(graph.add(*one) for one in TURNS[turn]), graph.add("buffersink")]
    for one, following in pairwise(steps):
        one.link_to(following)
    graph.configure()

    def turned(frame: VideoFrame) -> VideoFrame:
        graph.push(frame)
        out = graph.pull()
        assert isinstance(out, VideoFrame)
        return out

    return turned
