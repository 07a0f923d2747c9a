"""The parts of a unit's name: what kind of unit it says, and its own name."""

from __future__ import annotations

_SAID = ("Thành phố", "Thành Phố", "Thị xã", "Thị Xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")
KINDS_OF_UNITS = frozenset({"ward", "commune", "township", "district", "city", "province", "special", "zone"})
"""What an English name may add to the signed proper name."""


def parted(name: str) -> tuple[str, str]:
    """The kind in small letters, empty where none is said, and the name without it."""
    for kind in _SAID:
        if name.startswith(f"{kind} "):
            return kind.casefold(), name[len(kind) + 1 :]
    return "", name


def small(name: str) -> str:
    """The name as within a sentence: "phường Nam Hồng Lĩnh"."""
    return " ".join(filter(None, parted(name)))


def english(name: str) -> str:
    """The name in English: "Nam Hồng Lĩnh ward"."""
    kind, proper = parted(name)
    return f"{proper} {_ENGLISH[kind]}" if kind else proper


_ENGLISH = {
    "phường": "ward", "xã": "commune", "thị trấn": "township", "đặc khu": "special zone", "tỉnh": "province",
    "thành phố": "city", "thị xã": "town", "huyện": "district", "quận": "district",
}  # fmt: skip


def same_name(english: str, signed: str) -> bool:
    """True where the English name is the signed one's proper words in their order, and else says only what it is."""

    def proper(name: str) -> list[str]:
        return [word for word in name.split() if word[0].isupper()]

    rest = [word for word in english.split() if not word[0].isupper()]
    return bool(proper(signed)) and proper(english) == proper(signed) and set(rest) <= KINDS_OF_UNITS
