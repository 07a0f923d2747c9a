"""Names of the country's units by what may be typed of them.

Owns which words lead to which names: whole ones, ones that sound alike, pieces of long ones, and regions (provinces and
districts, today's and former ones) by their names and abbreviations. Knows nothing of a query as a whole.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from typing import Literal, NamedTuple

from bot.service.country import letters
from bot.service.country.atlas import Atlas, District, Former, Ward, atlas
from bot.service.country.kinds import parted
from handlers import folding

Level = Literal["ward", "district", "province"]
KINDS: dict[str, tuple[Level, str]] = {
    "phuong": ("ward", "phường"), "p": ("ward", "phường"), "f": ("ward", "phường"), "ph": ("ward", "phường"),
    "ward": ("ward", ""), "xa": ("ward", "xã"), "x": ("ward", "xã"), "commune": ("ward", "xã"),
    "thi tran": ("ward", "thị trấn"), "tt": ("ward", "thị trấn"), "township": ("ward", "thị trấn"),
    "town": ("ward", "thị trấn"), "dac khu": ("ward", "đặc khu"), "dk": ("ward", "đặc khu"),
    "dao": ("ward", "đặc khu"), "quan": ("district", "quận"), "q": ("district", "quận"),
    "huyen": ("district", "huyện"), "h": ("district", "huyện"), "district": ("district", ""),
    "thi xa": ("district", "thị xã"), "tx": ("district", "thị xã"), "thanh pho": ("district", "thành phố"),
    "tp": ("district", "thành phố"), "city": ("district", "thành phố"), "tinh": ("province", "tỉnh"),
    "t": ("province", "tỉnh"), "province": ("province", "tỉnh"),
}  # fmt: skip
"""What stands before a name (in English behind it): the level it tells of, and the kind it says."""
_SHORT = {
    "hn": "Hà Nội", "hcm": "Hồ Chí Minh", "tphcm": "Hồ Chí Minh", "sg": "Hồ Chí Minh", "saigon": "Hồ Chí Minh",
    "hp": "Hải Phòng", "dn": "Đà Nẵng", "ct": "Cần Thơ", "bn": "Bắc Ninh", "bg": "Bắc Giang", "th": "Thanh Hóa",
    "na": "Nghệ An", "ht": "Hà Tĩnh", "qb": "Quảng Bình", "qt": "Quảng Trị", "tth": "Huế", "thuathienhue": "Huế",
    "qn": "Quảng Nam", "qng": "Quảng Ngãi", "kh": "Khánh Hòa", "nt": "Ninh Thuận", "ld": "Lâm Đồng",
    "bd": "Bình Dương", "dnai": "Đồng Nai", "la": "Long An", "dt": "Đồng Tháp", "vl": "Vĩnh Long", "ag": "An Giang",
    "kg": "Kiên Giang", "st": "Sóc Trăng", "bl": "Bạc Liêu", "cm": "Cà Mau", "hg": "Hà Giang", "tq": "Tuyên Quang",
    "cb": "Cao Bằng", "ls": "Lạng Sơn", "tn": "Thái Nguyên", "lc": "Lào Cai", "yb": "Yên Bái", "pt": "Phú Thọ",
    "vp": "Vĩnh Phúc", "hy": "Hưng Yên", "hd": "Hải Dương", "tb": "Thái Bình", "nd": "Nam Định", "nb": "Ninh Bình",
    "sl": "Sơn La", "db": "Điện Biên", "hb": "Hòa Bình", "gl": "Gia Lai", "bt": "Bến Tre",
    "brvt": "Bà Rịa - Vũng Tàu", "vungtau": "Bà Rịa - Vũng Tàu", "baria": "Bà Rịa - Vũng Tàu", "tv": "Trà Vinh",
    "tg": "Tiền Giang", "bp": "Bình Phước", "py": "Phú Yên", "qni": "Quảng Ninh",
    "daclak": "Đắk Lắk", "dacnong": "Đắk Nông",
}  # fmt: skip
"""Abbreviations of regions; those of two letters stand for others as well and count little."""
_WORDS_OF_NAME = re.compile(r"[^\W_]+")
_JOINING = re.compile(r"['’]")
_LEAST_PIECE, _LEAST_REGION, _ONE_FAULT = 2, 4, 6
"""Words of a piece; letters of a region misspelt; letters of a key that is looked for with one kind of fault alone."""


fold, spell, sound = cache(folding.fold), cache(folding.spell), cache(letters.sound)
"""Of names alone, whose words are few: what people type is remembered nowhere."""


class Region(NamedTuple):
    """A province of today, a former province, or a district of one. The parts it does not say are empty."""

    province: str = ""
    before: str = ""
    district: District | None = None


class Name(NamedTuple):
    """A name and what it is the name of. `marked`: each of its words as spelt."""

    marked: tuple[str, ...]
    kind: str
    unit: Ward | Former

    def is_said(self, said: Sequence[str], sounds: Sequence[str]) -> bool:
        """True where these words, or their sounds, are its words one by one: "công an" is not "Cô Ngân".

        A letter alone is what an apostrophe parted: "Ea H Leo".
        """
        plain = [*map(fold, self.marked)]
        return plain == said or [*map(sound, plain)] == sounds or any(len(word) == 1 for word in said)


def syllables(name: str) -> list[str]:
    """The words of a name with their marks; an apostrophe parts none."""
    return [word.lstrip("0") or word for word in _WORDS_OF_NAME.findall(_JOINING.sub("", name))]


class Index:
    """What may be typed, and the names it may mean. Keys are words joined, plain or as they sound."""

    def __init__(self, country: Atlas) -> None:
        self.country = country
        self.known: set[str] = {word for kind in KINDS for word in kind.split()}
        self.names: dict[str, list[Name]] = defaultdict(list)
        self.sounds: dict[str, set[str]] = defaultdict(set)
        self.pieces: dict[str, list[Name]] = defaultdict(list)
        self.regions: dict[str, list[Region]] = defaultdict(list)
        self.region_sounds: dict[str, set[str]] = defaultdict(set)
        for ward in country.wards.values():
            self._name(ward, ward.name, pieces=True)
        for former in country.former:
            self._name(former, former.name, pieces=False)
        self._provinces()
        self._districts()

    def _name(self, unit: Ward | Former, name: str, *, pieces: bool) -> None:
        kind, proper = parted(name)
        marked = syllables(proper)
        plain = [fold(word) for word in marked]
        found = Name(tuple(spell(word) for word in marked), kind, unit)
        key = "".join(plain)
        self.names[key].append(found)
        self.known.update(plain)
        if not key.isdigit():
            self.sounds["".join(map(sound, plain))].add(key)
        if pieces:
            for piece in _pieces(plain):
                self.pieces[piece].append(found)

    def _provinces(self) -> None:
        for province in self.country.provinces.values():
            self._region(parted(province.name)[1], Region(province=province.code))
        befores = {district.province for district in self.country.districts}
        for before in befores:
            self._region(parted(before)[1], Region(before=before))
        for short, name in _SHORT.items():
            key = "".join(fold(word) for word in syllables(name))
            self.regions[short] += self.regions[key]

    def _districts(self) -> None:
        for district in self.country.districts:
            region = Region(before=district.province, district=district)
            self._region(parted(district.name)[1], region)
            for older in district.older:
                self.regions[older].append(region)
        self.regions["bmt"] += self.regions["buonmathuot"]

    def _region(self, proper: str, region: Region) -> None:
        plain = [fold(word) for word in syllables(proper)]
        key = "".join(plain)
        self.regions[key].append(region)
        self.known.update(plain)
        if not key.isdigit():
            self.region_sounds["".join(map(sound, plain))].add(key)

    @staticmethod
    def sound(word: str) -> str:
        """See `letters.sound`."""
        return letters.sound(word)

    def one_off(self, key: str, sounding: str) -> tuple[AbstractSet[str], AbstractSet[str]]:
        """Keys of names and of regions that are this one with one letter other, as written or as it sounds."""
        written, sounds = self._keys
        near = written & letters.one_off(key)
        for alike in sounds & letters.one_off(sounding) if sounding != key and len(key) > _ONE_FAULT else ():
            near |= self.sounds.get(alike, set()) | self.region_sounds.get(alike, set())
        return near & self.names.keys(), {one for one in near if len(one) > _LEAST_REGION} & self.regions.keys()

    @cached_property
    def _keys(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset((*self.names, *self.regions)), frozenset((*self.sounds, *self.region_sounds))

    @cached_property
    def within(self) -> dict[str, frozenset[District]]:
        """Of each ward by its code the districts that it, or a part of it, was in."""
        found: dict[str, set[District]] = defaultdict(set)
        for former in self.country.former:
            for ward in former.wards:
                found[ward.code].add(former.district)
        return {code: frozenset(districts) for code, districts in found.items()}

    @cached_property
    def of_district(self) -> dict[District, tuple[Ward, ...]]:
        """Today's wards of each former district."""
        found: dict[District, dict[str, Ward]] = defaultdict(dict)
        for former in self.country.former:
            for ward in former.wards:
                found[former.district][ward.code] = ward
        return {district: tuple(wards[code] for code in sorted(wards)) for district, wards in found.items()}


def _pieces(plain: list[str]) -> Iterator[str]:
    """Joined neighbours of a name's words, at least two of them and not all."""
    for length in range(_LEAST_PIECE, len(plain)):
        for start in range(len(plain) - length + 1):
            yield "".join(plain[start : start + length])


@cache
def index() -> Index:
    """The country's, made when first asked for."""
    made = Index(atlas())
    assert made.within, made.of_district
    assert made.one_off("", "x")
    return made
