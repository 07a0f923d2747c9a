"""What cleaning gives back, and how a thing that cannot be cleaned is told from a broken one."""

from __future__ import annotations

import io
from dataclasses import dataclass

from bot.service.errors import NotAccepted

UNKNOWN_MIME = "application/octet-stream"
"""MIME type of what is kept as it came: nothing that a browser would open by itself."""
PHOTO_MIME, PAPER_MIME, WORDS_MIME = "image/jpeg", "application/pdf", "text/plain;charset=utf-8"
RECORDING_MIMES = frozenset({"audio/webm", "audio/mp4", "audio/mpeg", "video/webm", "video/mp4"})
DOCUMENTS = frozenset({
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/rtf",
    "application/zip",
})  # fmt: skip
"""Claimed types that are passed on for what is kept as it came: without them an officer cannot tell what to open it
with, and nobody is known by them."""
MIMES = frozenset({UNKNOWN_MIME, PHOTO_MIME, PAPER_MIME, WORDS_MIME}) | RECORDING_MIMES | DOCUMENTS
"""Every type that comes out of cleaning."""
LONGEST = 100 * 3600
"""Seconds a recording may claim; the sixth digit of a clock is where claims become absurd."""
GROWTH, LEAST, MOST = 4, 20_000_000, 250_000_000
"""Bytes that may come out: four for each that went in (a letter of one byte may become three, an old film may have been
coded better), or 20 MB, as for the noisiest photo; never more than the console opens in one piece (256 MiB)."""


def most(size: int) -> int:
    """Bytes that may come out of a thing of `size` bytes."""
    return min(MOST, max(LEAST, GROWTH * size))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The clean thing. `seconds` for sound and film; `cleaned` False: kept as it came, its marks still in it."""

    mime: str
    content: bytes | memoryview
    seconds: int | None = None
    cleaned: bool = True


class Bounded(io.BytesIO):
    """The clean thing while it is made. Writing more than `most` of what went in raises NotAccepted: `media-bad`."""

    def __init__(self, raw: io.BytesIO) -> None:
        super().__init__()
        self._most = most(raw.getbuffer().nbytes)

    def write(self, some: bytes | memoryview) -> int:  # type: ignore[override] # what its writers here give
        """As its parent does, within bounds."""
        if self.tell() + memoryview(some).nbytes > self._most:
            raise broken()
        return super().write(some)


class Strange(Exception):
    """Whole as far as one can see, but of a make that cannot be cleaned here: no error of the sender."""


def broken() -> NotAccepted:
    """The refusal of what cannot be read."""
    return NotAccepted("media-bad", status=422)
