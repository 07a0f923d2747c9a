"""The parts of a unit's name: what kind of unit it says, and its own name."""

from __future__ import annotations

_SAID = ("Thành phố", "Thành Phố", "Thị xã", "Thị Xã", "Thị trấn", "Đặc khu", "Phường", "Huyện", "Quận", "Tỉnh", "Xã")


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
