"""What a Telegram message holds: its content as an arrival's, everything else left behind.

Reads no name, handle, place, number, forward origin or file name; a kind that is not known here is None.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial

from bot.edge.drivers.loose import Json, branch, branches, has_branch, whole, words
from bot.service.arrivals import Contact, Content, Incoming, Opened, Pressed, Refused, Sticker, Text

MAX_FILE = 20 * 1024 * 1024
"""Largest file a bot may fetch, in bytes (Bot API, getFile)."""
Download = Callable[[str], AsyncIterator[bytes]]
"""Streams the file behind a file id."""

_START = re.compile(r"/start(?:@\w+)?(?:\s+([A-Za-z0-9_-]{1,64}))?\s*")
_PRESS = re.compile(r"m:(.+):(-?[0-9]{1,4})")
_PLAYFUL = ("sticker", "dice", "poll", "game")
_NOT_TAKEN = (
    "voice",
    "audio",
    "video",
    "video_note",
    "animation",
    "live_photo",
    "document",
    "location",
    "venue",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "giveaway",
    "rich_message",
)


@dataclass(frozen=True, slots=True)
class _File:
    id: str
    size: int | None


def read_message(message: Json, download: Download, *, answer: bool) -> Content | None:
    """The content of a new message; `answer` is False for an album's later photos."""
    if text := words(message, "text"):
        return _text(text)
    if "contact" in message:
        return Contact()
    if any(key in message for key in _PLAYFUL):
        return Sticker()
    caption = words(message, "caption")
    if (file := _picture(message)) is not None:
        return _photo(file, caption, partial(download, file.id), answer=answer)
    if any(key in message for key in _NOT_TAKEN):
        return Refused("bad", caption)
    return Text(caption) if caption else None


def read_edit(message: Json) -> Content | None:
    """The content of a changed message: its words alone. A picture already taken is not fetched twice."""
    text = words(message, "text") or words(message, "caption")
    return Text(text, edited=True) if text else None


def read_press(query: Json) -> Content | None:
    """The button that was pressed, None if it is none of ours."""
    found = _PRESS.fullmatch(words(query, "data"))
    return Pressed(found[1], int(found[2])) if found else None


def _text(text: str) -> Content:
    found = _START.fullmatch(text)
    return Opened(found[1]) if found else Text(text)


def _photo(file: _File, caption: str, fetch: Callable[[], AsyncIterator[bytes]], *, answer: bool) -> Content:
    if not file.id:
        return Refused("bad", caption)
    if file.size is not None and file.size > MAX_FILE:
        return Refused("big", caption, "photo")
    return Incoming("photo", file.size, caption, answer, "image/jpeg", None, fetch)


def _picture(message: Json) -> _File | None:
    sizes = branches(message, "photo")
    if sizes:
        return _file(max(sizes, key=_area))
    document = branch(message, "document")
    if has_branch(message, "document") and "animation" not in message:
        return _file(document) if words(document, "mime_type").lower().startswith("image/") else None
    return None


def _area(size: Json) -> tuple[bool, int, int]:
    area = (whole(size, "width") or 0) * (whole(size, "height") or 0)
    return bool(words(size, "file_id")), area, whole(size, "file_size") or 0


def _file(raw: Json) -> _File:
    return _File(words(raw, "file_id"), whole(raw, "file_size"))
