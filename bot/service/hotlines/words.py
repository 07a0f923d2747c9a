"""What roles and hours are in English, and of which kind a role is, where whoever puts a number up does not say.

Owns the lists. A role that is on none stays as it is in Vietnamese.
"""

from __future__ import annotations

import re

from handlers.folding import fold
from storage.repositories.hotlines import HotlineKind

_PLACES = {
    "phường": ("ward", "ward"),
    "xã": ("commune", "commune"),
    "đặc khu": ("special zone", "special zone"),
    "tỉnh": ("province", "provincial"),
    "thành phố": ("city", "city"),
}
"""Kinds of units, and as they stand before another word."""
_ROLES = {
    "Trực ban Công an": "{1} police duty desk",
    "Công an": "{1} police",
    "Trưởng Công an": "Chief of the {1} police",
    "Phó Trưởng Công an": "Deputy chief of the {1} police",
    "Giám đốc Công an": "Director of the {1} police",
    "Phó Giám đốc Công an": "Deputy director of the {1} police",
    "Bí thư Đảng ủy": "Party secretary of the {0}",
    "Chủ tịch": "Chair of the {0}",
    "Chủ tịch UBND": "Chair of the {0}",
    "Phó Chủ tịch": "Deputy chair of the {0}",
    "Phó Chủ tịch UBND": "Deputy chair of the {0}",
    "Trạm y tế": "{1} health station",
}
_ALONE = {
    "Cảnh sát khu vực": "Neighbourhood police officer",
    "Tổ trưởng tổ dân phố": "Head of the residential group",
    "Trưởng thôn": "Head of the hamlet",
    "Trưởng bản": "Head of the village",
}
_ENGLISH = {
    fold(f"{role} {place}"): said.format(*words) for role, said in _ROLES.items() for place, words in _PLACES.items()
} | {fold(role): said for role, said in _ALONE.items()}
_HOURS = {"24/24": "24 h", "24/7": "24 h", "ca ngay dem": "day and night", "gio hanh chinh": "office hours"}
_POLICE = re.compile(r"\b(?:cong an|canh sat|police|pccc)\b")
_LEADERS = re.compile(r"\b(?:chu tich|bi thu|lanh dao|to truong|truong thon|truong ban|chair|head|leader)\b")
_ADDRESS = frozenset({"ông", "bà", "anh", "chị", "đ/c", "mr", "mrs", "ms"})
"""Before a person's name. With a capital it is one only where the role begins: Bà Rịa is a place."""
KINDS: dict[str, HotlineKind] = {
    "police": "police",
    "cong an": "police",
    "leaders": "leaders",
    "lanh dao": "leaders",
    "other": "other",
    "khac": "other",
}


def role_in_english(role: str) -> str:
    """The role in English, else as it is."""
    found = _ENGLISH.get(fold(role))
    return found[:1].upper() + found[1:] if found else role


def hours_in_english(hours: str) -> str:
    """The hours in English, else as they are: figures are the same."""
    return _HOURS.get(fold(hours), hours)


def kind_of_role(role: str) -> HotlineKind:
    """Whose number it seems to be."""
    plain = fold(role)
    return "police" if _POLICE.search(plain) else "leaders" if _LEADERS.search(plain) else "other"


def names_a_person(role: str) -> bool:
    """True if somebody is called by name in it: a form of address, and two words that begin in capitals."""
    told = role.replace("Đồng chí", "đ/c").replace("đồng chí", "đ/c").replace("Đ/c", "đ/c").replace(",", " ").split()
    for place, (address, first, last) in enumerate(zip(told, told[1:], told[2:], strict=False)):
        known = address.rstrip(".") in _ADDRESS or (place == 0 and address.rstrip(".").lower() in _ADDRESS)
        if known and first[0].isupper() and last[0].isupper():
            return True
    return False
