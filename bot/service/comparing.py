"""Names of the installation's own units made comparable with what people type: folded, with or without their kind.

Owns which words may stand around a name. Remembers names of units, which are public, and nothing that was typed.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from handlers.folding import fold, spelt
from storage.repositories.units import UnitName

_REMEMBERED = 1 << 13
"""Units whose folded names are remembered: more than the country has. Names of units are public; queries are not."""
_BEFORE = (
    "cong an", "police of", "the", "o", "tai", "thuoc", "in", "at",
    "phuong", "xa", "thi tran", "dac khu", "quan", "huyen", "thi xa", "thanh pho", "tinh", "p", "x", "tt", "tx", "tp",
)  # fmt: skip
_AFTER = ("ward", "commune", "township", "district", "city", "province", "special zone", "town")
_NEVER = "|"
"""In no folded text."""
_BREAKS = str.maketrans(dict.fromkeys(".,;:!?()[]\"'/-–|", " "))


def plain(words: str) -> str:
    """Folded, without punctuation."""
    return fold(words.translate(_BREAKS))


def bare(name: str) -> str:
    """A folded name without its kind; one that is nothing else stays."""
    while kind := next((word for word in _BEFORE if name.startswith(f"{word} ")), None):
        name = name.removeprefix(kind).strip()
    while kind := next((word for word in _AFTER if name.endswith(f" {word}")), None):
        name = name.removesuffix(kind).strip()
    return name


class Compared(NamedTuple):
    """A unit's two names as they are compared: whole and bare, all bare ones and each whole one between spaces.

    One without its kind is no whole one: it is found among other words by chance.
    """

    names: tuple[str, str]
    bares: tuple[str, str]
    padded: str
    vi: str
    en: str


@lru_cache(maxsize=_REMEMBERED)
def compared(vi: str, en: str) -> Compared:
    """A unit's names made comparable."""
    names = plain(vi), plain(en)
    bares = bare(names[0]), bare(names[1])
    told = [f" {name} " if name != bare else _NEVER for name, bare in zip(names, bares, strict=True)]
    return Compared(names, bares, f" {bares[0]} | {bares[1]} ", *told)


def both(unit: UnitName) -> tuple[str, str]:
    """Its two names, whole."""
    return compared(unit.name_vi, unit.name_en).names


def both_bare(unit: UnitName) -> tuple[str, str]:
    """Its two names, bare."""
    return compared(unit.name_vi, unit.name_en).bares


def is_marked(unit: UnitName, words: str) -> bool:
    """True where the words hold the unit's own name with its very marks."""
    length = len(both_bare(unit)[0].split())
    own = " ".join(spelt(unit.name_vi).split()[-length:])
    return f" {own} " in f" {spelt(words)} "
