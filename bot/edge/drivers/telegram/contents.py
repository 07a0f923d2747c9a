"""What a Telegram message holds: its content as an arrival's, everything else left behind.

Reads no name, handle, title, number, forward origin or file name, and of a place its coordinates alone; a kind that
is not known here is None.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from bot.edge.drivers.loose import Json, branch, branches, degrees, has_branch, whole, words
from bot.service.arrivals import Contact, Content, Incoming, KeptPressed, Opened, Place, Pressed, Refused, Sticker, Text
from handlers.values import MediaKind

MAX_FILE = 20 * 1024 * 1024
"""Largest file a bot may fetch, in bytes (Bot API, getFile)."""
Download = Callable[[str], AsyncIterator[bytes]]
"""Streams the file behind a file id."""

_START = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*")
_PRESS = re.compile(r"m:(.+):(-?[0-9]{1,4})")
_KEPT = re.compile(r"k:([0-9a-f]{32})")
_PLAYFUL = ("sticker", "dice", "poll", "game")
_MIME = re.compile(r"[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60}")
_ANY = "application/octet-stream"
_FILES: dict[str, tuple[MediaKind, str]] = {
    "voice": ("voice", "audio/ogg"),
    "audio": ("voice", "audio/mpeg"),
    "video": ("video", "video/mp4"),
    "video_note": ("video", "video/mp4"),
    "animation": ("video", "video/mp4"),
    "document": ("file", _ANY),
}
"""What each of Telegram's files is to us, and its type where none is said. An animation comes as a document too."""
_PICTURES = frozenset(f"image/{make}" for make in ("jpeg", "png", "webp", "gif", "bmp", "tiff", "heic", "heif", "avif"))
"""Types of documents that are photos. What any other turns out to be is seen where it is cleaned."""
_LONGEST = 1_000_000
"""Seconds; a longer recording is a wrong number."""
_NOT_TAKEN = (
    "live_photo",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "giveaway",
    "rich_message",
)


@dataclass(frozen=True, slots=True)
class _File:
    kind: MediaKind
    id: str
    size: int | None
    mime: str
    seconds: int | None


def read_message(message: Json, download: Download, *, answer: bool) -> Content | None:
    """The content of a new message; `answer` is False for an album's later photos."""
    if text := words(message, "text"):
        return _text(text)
    if "contact" in message:
        return Contact()
    if any(key in message for key in _PLAYFUL):
        return Sticker()
    caption = words(message, "caption")
    if "location" in message or "venue" in message:
        return _place(branch(message, "location") or branch(branch(message, "venue"), "location"))
    if (file := _found(message)) is not None:
        return _incoming(file, caption, partial(download, file.id), answer=answer)
    if any(key in message for key in _NOT_TAKEN):
        return Refused("bad", caption)
    return Text(caption) if caption else None


def read_edit(message: Json) -> Content | None:
    """The content of a changed message: its words alone. A file already taken is not fetched twice."""
    text = words(message, "text") or words(message, "caption")
    return Text(text, edited=True) if text else None


def read_press(query: Json) -> Content | None:
    """The button that was pressed, None if it is none of ours."""
    if kept := _KEPT.fullmatch(words(query, "data")):
        return KeptPressed(bytes.fromhex(kept[1]))
    found = _PRESS.fullmatch(words(query, "data"))
    return Pressed(found[1], int(found[2])) if found else None


def _text(text: str) -> Content:
    found = _START.fullmatch(text)
    return Opened(found[1]) if found else Text(text)


def _place(location: Json) -> Content:
    return Place(degrees(location, "latitude"), degrees(location, "longitude"))


def _incoming(file: _File, caption: str, fetch: Callable[[], AsyncIterator[bytes]], *, answer: bool) -> Content:
    if not file.id:
        return Refused("bad", caption, file.kind)
    if file.size is not None and file.size > MAX_FILE:
        return Refused("big", caption, file.kind)
    return Incoming(file.kind, file.size, caption, answer, file.mime, file.seconds, fetch)


def _found(message: Json) -> _File | None:
    sizes = branches(message, "photo")
    if sizes:
        return _file(max(sizes, key=_area), "photo", "image/jpeg")
    for name, (kind, mime) in _FILES.items():
        if has_branch(message, name):
            return _file(branch(message, name), kind, mime)
    return None


def _area(size: Json) -> tuple[bool, int, int]:
    area = (whole(size, "width") or 0) * (whole(size, "height") or 0)
    return bool(words(size, "file_id")), area, whole(size, "file_size") or 0


def _file(raw: Json, kind: MediaKind, mime: str) -> _File:
    said = words(raw, "mime_type").partition(";")[0].strip().lower()
    mime = said if _MIME.fullmatch(said) else mime
    kind = "photo" if kind == "file" and mime in _PICTURES else kind
    seconds = whole(raw, "duration")
    timed = kind in ("voice", "video") and seconds is not None and 0 <= seconds <= _LONGEST
    return _File(kind, words(raw, "file_id"), whole(raw, "file_size"), mime, seconds if timed else None)
