"""What the row of a draft's part says, before it is sealed: of media their size and kind, of a place where it is.

Owns both directions. The words of a text part are written as they are.
"""

from __future__ import annotations

import json

from crypto.contents import Coordinates
from handlers.values import Media
from handlers.wishes import Keep, KeepMedia, KeepPlace, KeepText


def written(wish: Keep) -> bytes:
    """The plain row of this part."""
    match wish:
        case KeepText(text=text):
            return text.encode()
        case KeepMedia(media=media):
            said = {"size": media.size, "mime": media.mime, "seconds": media.seconds, "cleaned": media.cleaned}
            return json.dumps(said, separators=(",", ":")).encode()
        case KeepPlace(latitude=latitude, longitude=longitude):
            return f"{latitude} {longitude}".encode()


def read_media(blob: str, plain: str) -> Media:
    """Media out of their row; `blob` is the name the row carries beside."""
    if not plain.startswith("{"):  # a photo noted before there were other kinds; it lives for two days at most
        size, mime = plain.split(" ", 1)
        return Media(blob, int(size), mime)
    said = json.loads(plain)
    return Media(blob, said["size"], said["mime"], said["seconds"], said["cleaned"])


def read_place(plain: str) -> Coordinates:
    """A place out of its row."""
    latitude, longitude = plain.split(" ")
    return Coordinates(latitude, longitude)
