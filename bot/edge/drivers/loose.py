"""Reading other people's JSON without trusting its shape: a wrong or missing field is simply not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

_WHOLE = re.compile(r"-?[0-9]{1,19}")
_DEGREES = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,20})?")
_LARGEST = 2**63
_TURN = 360
_NOTHING: Json = {}


def branch(raw: Json, key: str) -> Json:
    """The object under `key`, or an empty one."""
    found = raw.get(key)
    return found if isinstance(found, Mapping) else _NOTHING


def has_branch(raw: Json, key: str) -> bool:
    """True where an object lies under `key`."""
    return isinstance(raw.get(key), Mapping)


def branches(raw: Json, key: str) -> list[Json]:
    """The objects in the list under `key`; whatever else lies in it is left out."""
    found = raw.get(key)
    return [item for item in found if isinstance(item, Mapping)] if isinstance(found, list) else []


def words(raw: Json, key: str) -> str:
    """The text under `key`, or an empty one. Halves of broken characters become the replacement character."""
    found = raw.get(key)
    if not isinstance(found, str):
        return ""
    return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def whole(raw: Json, key: str) -> int | None:
    """The whole number under `key`, also where it was written as a string or with a fraction of zero."""
    found = raw.get(key)
    if isinstance(found, bool):
        return None
    if isinstance(found, float):
        return int(found) if found.is_integer() and abs(found) < _LARGEST else None
    if isinstance(found, str) and _WHOLE.fullmatch(found):
        found = int(found)
    return found if isinstance(found, int) and abs(found) < _LARGEST else None


def degrees(raw: Json, key: str) -> str:
    """The decimal degrees under `key` as text, or an empty one. Whether there is such a place is not asked here."""
    found = raw.get(key)
    if isinstance(found, str):
        return found if _DEGREES.fullmatch(found) else ""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return ""
    return f"{found:.7f}" if abs(found) <= _TURN else ""
