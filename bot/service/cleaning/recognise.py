"""What a thing is, by its first bytes: never by a name, and by a claimed MIME type only where bytes do not tell.

A family is what one workshop takes. Signatures are those of the formats' own specifications.
"""

from __future__ import annotations

import re
from typing import Literal

Family = Literal["photo", "recording", "paper", "words", "unknown"]

HEAD = 1024
"""Bytes looked at. A PDF may begin within the first 1024 (ISO 32000-1, annex H)."""
_PHOTOS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")
_PHOTO_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif", b"avis", b"hevc", b"hevx", b"msf1"})
"""Brands of still pictures in a file type box (ISO 23008-12, AVIF)."""
_RECORDINGS = (
    b"\x1a\x45\xdf\xa3",  # Matroska, WebM
    b"OggS",
    b"fLaC",
    b"ID3",
    b"#!AMR",
    b"caff",
    b"FLV\x01",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",  # ASF: WMA, WMV
    b"\x00\x00\x01\xba",  # MPEG program stream
)
_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
"""First boxes of the MP4 family, old QuickTime files among them."""
_RIFF = {b"WEBP": "photo", b"WAVE": "recording", b"AVI ": "recording"}
_BITMAP_HEADERS = frozenset({12, 40, 52, 56, 64, 108, 124})
"""Lengths of the second header of a BMP file."""
_PACKET, _SYNC = 188, 0x47
"""MPEG transport stream: packets of 188 bytes that begin with the same one."""
_FRAME = re.compile(rb"\xff[\xe2-\xe5\xf0-\xf5\xf8-\xfd]")
"""Start of an MP3 or ADTS frame: a few bits, which other files may begin with too."""
_MARKUP = (b"<", b"{\\rtf", b"%!", b"begin:")
"""Words with a hidden part: pages, drawings, RTF, PostScript, cards and calendars."""
_PLAIN_MIME = re.compile(r"(text/(plain|csv|markdown)|application/octet-stream)?(;.*)?", re.IGNORECASE)


def recognise(head: bytes, mime: str = "") -> Family:
    """The family of a thing that begins with `head` (`HEAD` bytes are enough); `mime` as claimed."""
    if _is_photo(head):
        return "photo"
    if _is_recording(head):
        return "recording"
    if b"%PDF-" in head[:HEAD]:
        return "paper"
    return "words" if _is_plain(head, mime) else "unknown"


def is_certain(head: bytes) -> bool:
    """False where the first bytes of a recording are so few that it may well be something else."""
    return not (_FRAME.match(head) or _is_transport(head))


def _is_photo(head: bytes) -> bool:
    if head.startswith(b"BM"):
        return int.from_bytes(head[14:18], "little") in _BITMAP_HEADERS
    brand = head[4:8] == b"ftyp" and head[8:12] in _PHOTO_BRANDS
    return brand or head.startswith(_PHOTOS) or _riff(head) == "photo"


def _is_recording(head: bytes) -> bool:
    known = head.startswith(_RECORDINGS) or head[4:8] in _BOXES or _riff(head) == "recording"
    return known or not is_certain(head)


def _is_transport(head: bytes) -> bool:
    return len(head) > 2 * _PACKET and all(head[at] == _SYNC for at in (0, _PACKET, 2 * _PACKET))


def _riff(head: bytes) -> str:
    return _RIFF.get(head[8:12], "") if head.startswith(b"RIFF") else ""


def _is_plain(head: bytes, mime: str) -> bool:
    if not _PLAIN_MIME.fullmatch(mime):
        return False
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return bool(start) and not start.startswith(_MARKUP)
