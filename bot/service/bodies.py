"""Who receives at a unit, as it is called: the police of a ward, but a border post, an inspectorate, an office by name.

Owns `POLICE`, the function by which catalogues say so.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

_VIETNAMESE = (
    "đồn ", "trạm ", "bộ đội ", "bộ chỉ huy ", "ban chỉ huy ", "hải đội ", "thanh tra ", "công an ", "cảnh sát ",
    "cơ quan ", "phòng ", "đội ", "cục ", "chi cục ", "viện ", "tòa án ", "ủy ban ",
)  # fmt: skip
"""Beginnings of a name that say a body; a ward's name begins with its kind, or is a name alone."""
_ENGLISH = frozenset({
    "police", "border", "guard", "guards", "inspectorate", "office", "station", "post", "department", "agency",
    "procuracy", "court", "committee",
})  # fmt: skip
_PLACES = frozenset({"ward", "commune", "township", "city", "province", "zone", "district"})
"""What an English name of a place ends with: "Trạm Tấu commune" is no station."""


def is_body(name: str) -> bool:
    """True where the name of a unit says itself who is there."""
    small = name.casefold()
    words = small.split()
    if words and words[-1] in _PLACES:
        return False
    return small.startswith(_VIETNAMESE) or not _ENGLISH.isdisjoint(words)


def police(language: str, name: str, *, begun: str = "") -> str:
    """Who receives at the unit of this name; `begun`: as a line begins with it."""
    said = name if is_body(name) else f"Công an {name}" if language == "vi" else f"police of {name}"
    return said[:1].upper() + said[1:] if begun else said


def functions(language: str) -> dict[str, Callable[[Any], Any]]:
    """What a catalogue of this language may call."""
    return {"POLICE": partial(police, language)}
