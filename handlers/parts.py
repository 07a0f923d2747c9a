"""What beside words can be a part of a tip: media and places.

Owns how each is kept, the line that says so, and what a place on this earth is. Order and number of parts are
`intake`'s.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

from handlers.conversation import WEIGHT, Part
from handlers.facts import MediaReceived, PlaceReceived
from handlers.records import replace
from handlers.values import Asked, Line, Media, line
from handlers.wishes import KeepMedia, KeepPlace

Thing = MediaReceived | PlaceReceived
"""A part that is no text."""

_NUMBER = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_DIGITS = Decimal("0.00001")
"""A place is kept to about a metre: enough to find a house, no more than a map needs."""
_NEAR = Decimal("0.01")
"""About a kilometre: enough to know which wards are near."""
_LATITUDE, _LONGITUDE = 90, 180


def rounded(place: PlaceReceived) -> PlaceReceived | None:
    """The place with five digits after each point; None for what is nowhere on this earth."""
    latitude, longitude = _degrees(place.latitude, _LATITUDE), _degrees(place.longitude, _LONGITUDE)
    if latitude is None or longitude is None:
        return None
    return replace(place, latitude=latitude, longitude=longitude)


def nearby(place: PlaceReceived) -> str:
    """The place to about a kilometre, as "18.52:105.70"; only for one that there is."""
    degrees = (Decimal(said).quantize(_NEAR, ROUND_HALF_EVEN) for said in (place.latitude, place.longitude))
    return ":".join(map(_written, degrees))


def _degrees(said: str, most: int) -> str | None:
    if not _NUMBER.fullmatch(said) or abs(Decimal(said)) > most:
        return None
    return _written(Decimal(said).quantize(_DIGITS, ROUND_HALF_EVEN))


def _written(degrees: Decimal) -> str:
    return str(abs(degrees) if degrees.is_zero() else degrees)


def kept(thing: Thing, draft: bytes, part: bytes) -> KeepMedia | KeepPlace:
    """The wish that stores it as part `part` of draft `draft`."""
    if isinstance(thing, MediaReceived):
        return KeepMedia(draft, part, thing.kind, thing.media)
    return KeepPlace(draft, part, thing.latitude, thing.longitude)


def part(wish: KeepMedia | KeepPlace, about: Asked | None = None) -> Part:
    """The part of the draft it becomes; `about`: the question it answers."""
    if isinstance(wish, KeepPlace):
        return Part(wish.part, "place", about)
    agreed = wish.kind != "file" or wish.media.cleaned
    return Part(wish.part, wish.kind, about, agreed, weight(wish.media))


def weight(media: Media) -> int:
    """Its size in units of `WEIGHT`, rounded up."""
    return -(-media.size // WEIGHT)


def noted(wish: KeepMedia | KeepPlace) -> Line:
    """The line that says it is stored, and what could still tell who sent it."""
    if isinstance(wish, KeepPlace):
        return line("draft-place")
    media = wish.media
    if wish.kind == "voice":
        return line("draft-voice", seconds=media.seconds or 0)
    if wish.kind == "file":
        return line("draft-file")
    return line(f"draft-{wish.kind}", cleaned="yes" if media.cleaned else "no")


def head(wish: KeepMedia | KeepPlace) -> str:
    """What `ReadHeads` will say of it once it is stored."""
    return str(wish.media.seconds or 0) if isinstance(wish, KeepMedia) and wish.kind == "voice" else ""
