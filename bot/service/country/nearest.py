"""Units near a place on the globe. What is asked is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import nsmallest
from math import asin, cos, radians, sin, sqrt

from bot.service.country.atlas import Ward, atlas

_EARTH = 6371.0
"""Kilometres: the mean radius of the earth (IUGG)."""
MOST = 5
"""Wards that are told as near."""
_FAR = 60.0
"""Kilometres from which on a place lies in no ward of the country; on land no ward reaches so far from its middle."""


def distance(latitude: float, longitude: float, ward: Ward) -> float:
    """Kilometres from a place to the middle of a ward, along a great circle."""
    there, here = radians(ward.latitude), radians(latitude)
    height, width = sin((there - here) / 2), sin(radians(ward.longitude - longitude) / 2)
    return 2 * _EARTH * asin(min(1.0, sqrt(height * height + cos(here) * cos(there) * width * width)))


def nearest(
    latitude: float, longitude: float, most: int = MOST, among: Iterable[Ward] | None = None
) -> list[tuple[Ward, float]]:
    """Wards whose middle is nearest to this place in decimal degrees, each with the kilometres; none if all are far.

    `among`: these alone, not all of the country.
    """
    wards = atlas().wards.values() if among is None else among
    every = ((distance(latitude, longitude, ward), ward.code, ward) for ward in wards)
    return [(ward, far) for far, _, ward in nsmallest(most, every) if far <= _FAR]
