"""What a reporter's entry holds beside words: media in a blob of their own, and a place on the map.

Owns the written form of both. Sealing the blob itself is the business of tips.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from crypto.errors import Unusable
from crypto.wire import Fields, encode_raw

MediaKind = Literal["photo", "voice", "video", "file"]
MEDIA_KINDS: frozenset[str] = frozenset(get_args(MediaKind))
TIMED = frozenset({"voice", "video"})
"""Kinds that say how long they last."""
DIGEST = 32
_NAMES = ("mime", "bytes", "blob", "sha256")
_DEGREES = re.compile(r"-?(?:0|[1-9][0-9]{0,2})\.[0-9]{5}")
_LATITUDE, _LONGITUDE = 90, 180


@dataclass(frozen=True, slots=True)
class Media:
    """A sealed photo, recording, film or file: MIME type, clear size in bytes, name and SHA-256 of the sealed blob.

    `seconds` is set for a recording and a film (0 where nobody knows); `cleaned` is False where hidden information
    could not be taken out.
    """

    mime: str
    size: int
    blob: str
    sha256: bytes
    seconds: int | None = None
    cleaned: bool = True


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A place in decimal degrees, each with five digits after the point: `18.52000`, `105.70000`."""

    latitude: str
    longitude: str


def media_fields(media: Media) -> dict[str, object]:
    """The object under `media`."""
    fields: dict[str, object] = {
        "mime": media.mime,
        "bytes": media.size,
        "blob": media.blob,
        "sha256": encode_raw(media.sha256),
    }
    if media.seconds is not None:
        fields["seconds"] = media.seconds
    if not media.cleaned:
        fields["cleaned"] = False
    return fields


def read_media(fields: Fields, kind: str) -> Media:
    """The media of an entry of this kind. Raises Unusable where it is of another form."""
    timed = kind in TIMED
    raw = fields.has("cleaned")
    fields.expect((*_NAMES, *(("seconds",) if timed else ()), *(("cleaned",) if raw else ())))
    if raw and fields.flag("cleaned"):
        raise Unusable("media: cleaned is said only where it is not")
    return Media(
        mime=fields.text("mime"),
        size=fields.number("bytes"),
        blob=fields.text("blob"),
        sha256=fields.raw("sha256", DIGEST),
        seconds=fields.number("seconds") if timed else None,
        cleaned=not raw,
    )


def place_fields(coordinates: Coordinates) -> dict[str, object]:
    """The object under `place`."""
    return {"latitude": coordinates.latitude, "longitude": coordinates.longitude}


def read_place(fields: Fields) -> Coordinates:
    """The place of an entry. Raises Unusable where it is none on this earth."""
    fields.expect(("latitude", "longitude"))
    return Coordinates(_degrees(fields.text("latitude"), _LATITUDE), _degrees(fields.text("longitude"), _LONGITUDE))


def _degrees(text: str, most: int) -> str:
    if not _DEGREES.fullmatch(text) or abs(float(text)) > most or text == "-0.00000":
        raise Unusable("place: degrees")
    return text
