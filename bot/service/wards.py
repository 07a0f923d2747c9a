"""Finding a ward by what people type, and listing wards, over the units that receive here.

Owns how the units here are looked through: without marks, the kind of unit ("phường", "xã", "ward") and the
province optional, an old name leading to the unit that came after. What the country's file knows beyond that (names of
before, slips, misspellings) is asked of it, for those units here that are in it. What was typed is kept nowhere.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from bot.service.comparing import bare, both, both_bare, compared, is_marked, plain
from bot.service.country.atlas import Ward, atlas
from bot.service.country.index import index
from bot.service.country.kinds import english, small
from bot.service.country.nearest import MOST, nearest
from bot.service.country.search import Answer, search
from bot.service.site import SheetBook, find_desk
from bot.service.successors import MAX_DEPTH
from handlers.folding import fold
from handlers.values import Desk, Hit, Hits, Name, Place
from storage.database import Database
from storage.repositories import units
from storage.repositories.hamlets import Hamlet, present
from storage.repositories.units import UnitName

PAGE = 8
"""Wards on one page of a list, and at most of a search: with the question above it they fit a small screen."""
_LEAST = 2
"""Letters of a piece of a name: a single one says nothing."""
_LONGEST = 200
"""Characters of a text that are looked through for a name."""
_LONGEST_NAME = 80
"""Characters of a ward's name with its district and province; a longer text is no name alone."""
_LONGEST_HELD = 3600
"""Seconds for which the wards are remembered."""

T = TypeVar("T")
_SURE: tuple[Hit, ...] = ("named", "told", "like")


class Meant(NamedTuple):
    """A name that was meant, and the unit it is today. `split`: it is part of others as well."""

    asked: Name
    unit: UnitName
    split: bool = False


class Wards:
    """The units that receive here at a moment: those at or under one that ever had a sheet, past ones too."""

    def __init__(self, every: Iterable[UnitName]) -> None:
        self._all = {unit.code: unit for unit in every}
        self._received: dict[str, bool] = {}
        receiving = [unit for unit in self._all.values() if self._receives(unit)]
        self._every = [(unit, compared(unit.name_vi, unit.name_en)) for unit in receiving]
        self._there = [unit for unit in receiving if unit.there]
        self._parents = {unit.parent for unit in self._there}
        self._upper: dict[str, set[str]] = defaultdict(set)
        for unit in self._there:
            if unit.code in self._parents:
                for name in (*both(unit), *both_bare(unit)):
                    self._upper[name].add(unit.code)

    def get(self, code: str) -> UnitName | None:
        """The unit of this code."""
        return self._all.get(code)

    def is_leaf(self, unit: UnitName) -> bool:
        """True for a ward or commune: nothing is below it."""
        return unit.code not in self._parents

    def above(self, unit: UnitName) -> list[UnitName]:
        """The units above, nearest first."""
        found: list[UnitName] = []
        parent = self._all.get(unit.parent or "")
        while parent and parent not in found and len(found) < MAX_DEPTH:
            found.append(parent)
            parent = self._all.get(parent.parent or "")
        return found

    def today(self, codes: Iterable[str]) -> list[Meant]:
        """What these units are today, of those that receive here."""
        found = [self._all[code] for code in codes if self._received.get(code)]
        return [Meant(_name(meant.unit), meant.unit) for meant in self._present(found)]

    def tops(self) -> list[UnitName]:
        """Those with nothing above them that receives."""
        known = {unit.code for unit in self._there}
        return _by_name(unit for unit in self._there if unit.parent not in known)

    def leaves(self, top: str) -> list[UnitName]:
        """The wards under a unit."""
        return _by_name(unit for unit in self._there if self.is_leaf(unit) and self._lies(unit, {top}))

    def meant(self, words: str) -> tuple[Hit, list[Meant]]:
        """Units that these words mean, and how they say so: as a name, with one among others, as a piece of one."""
        how, found = self._meant_here(words)
        if len(found) == 1 and not self.is_leaf(found[0].unit):
            return how, found
        sure, known = self._known_of(words, alone=not found)
        if not known or (found and _SURE.index(how) < _SURE.index(sure)):
            return how, found
        if not found or _SURE.index(sure) < _SURE.index(how):
            return sure, known
        own = {meant.unit.code for meant in found}
        return how, [*found, *(meant for meant in known if meant.unit.code not in own)]

    def near(self, latitude: float, longitude: float) -> list[Meant]:
        """Wards by how near their middle is to a place in decimal degrees; those of before as what they are today."""
        order = nearest(latitude, longitude, len(self._located), self._located.values())
        found = self._present([self._all[ward.code] for ward, _ in order])
        return [meant for meant in found if self.is_leaf(meant.unit)][:MOST]

    def _known_of(self, words: str, *, alone: bool) -> tuple[Hit, list[Meant]]:
        """What the country's file makes of them, among the units here; if nothing else is found, the province above."""
        if not self._official:
            return "like", []
        every = [one for one in search(words, self._official) if one.whole or one.sure == "told"]
        found = [one for one in every if isinstance(one.unit, Ward)] or (every if alone else [])
        best = min((_SURE.index(one.sure) for one in found), default=0)
        known = [one for one in found if _SURE.index(one.sure) == best]
        if known:
            return _SURE[best], [self._known(one) for one in known]
        told = search(words) if alone and len(words) <= _LONGEST_NAME else []
        named = [one.unit for one in told if one.sure == "named" and isinstance(one.unit, Ward)]
        above = {unit.province.code for unit in named} & self._official
        return "named", [Meant(_name(self._all[code]), self._all[code]) for code in above if len(above) == 1]

    def _known(self, answer: Answer) -> Meant:
        unit, was = self._all[answer.unit.code], answer.was
        asked = Name(small(was.name), english(was.name)) if was else _name(unit)
        return Meant(asked, unit, answer.split)

    @cached_property
    def _located(self) -> dict[str, Ward]:
        """The units here, past ones too, of which the country's file says under the same name where they lie."""
        country = atlas().wards
        same = (code for code, unit in self._all.items() if code in country and _same_name(country[code].name, unit))
        return {code: country[code] for code in same if self._received[code]}

    @cached_property
    def _official(self) -> frozenset[str]:
        """Codes of the units here that are in the country's file, under the same name."""
        country = atlas()
        known = {one.code: one.name for one in country.wards.values()}
        known |= {one.code: one.name for one in country.provinces.values()}
        return frozenset(unit.code for unit in self._there if _same_name(known.get(unit.code, ""), unit))

    def _meant_here(self, words: str) -> tuple[Hit, list[Meant]]:
        asked = plain(words[:_LONGEST])
        readings = self._readings(asked)
        if named := self._present(self._named(readings, asked, words)):
            return "named", named
        if told := self._present(self._told(asked)):
            return "told", told
        return "like", self._present(self._like(readings))

    def _receives(self, unit: UnitName, depth: int = MAX_DEPTH) -> bool:
        if unit.code not in self._received:
            above = self._all.get(unit.parent or "")
            under = depth > 0 and above is not None and self._receives(above, depth - 1)
            self._received[unit.code] = bool(unit.own or under)
        return self._received[unit.code]

    def _present(self, found: list[UnitName]) -> list[Meant]:
        """Each with the unit it is today, every one of these once; past ones with none after them are left out."""
        meant: dict[str, Meant] = {}
        for unit in found:
            today: UnitName | None = unit
            for _ in range(MAX_DEPTH):
                if today is None or today.there:
                    break
                today = self._all.get(today.successor or "")
            if today is not None and today.there:
                meant.setdefault(today.code, Meant(_name(unit), today))
        return list(meant.values())

    def _readings(self, asked: str) -> list[tuple[str, set[str] | None]]:
        """What may be a ward's name in it, and codes of the units one of which must be above it; None: any."""
        ends = [(name, codes) for name, codes in self._upper.items() if asked.endswith(f" {name}")]
        cut = [(bare(asked.removesuffix(name).strip()), codes) for name, codes in ends]
        return [(bare(asked), None), *cut]

    def _lies(self, unit: UnitName, codes: set[str] | None) -> bool:
        return codes is None or unit.parent in codes or any(one.code in codes for one in self.above(unit))

    def _named(self, readings: list[tuple[str, set[str] | None]], asked: str, words: str) -> list[UnitName]:
        """Whose name it is. With its kind, its marks, or as a ward's it is another's less."""
        found = []
        for name, codes in readings:
            same = [unit for unit, compared in self._every if name in compared.bares] if name else []
            found += [unit for unit in same if self._lies(unit, codes)]
        if len(found) < _LEAST:
            return found
        whole = [unit for unit in found if asked in both(unit)]
        marked = [unit for unit in found if not words.isascii() and is_marked(unit, words)]
        return whole or marked or [unit for unit in found if self.is_leaf(unit)] or found

    def _told(self, asked: str) -> list[UnitName]:
        """Wards named with their kind among other words: "ở tổ 8 phường Cam Đường"."""
        text = f" {asked} "
        full = [unit for unit, compared in self._every if compared.vi in text or compared.en in text]
        found = [unit for unit in full if self.is_leaf(unit)]
        upper = [codes for name, codes in self._upper.items() if f" {name} " in text]
        return [unit for unit in found if any(self._lies(unit, codes) for codes in upper)] or found

    def _like(self, readings: list[tuple[str, set[str] | None]]) -> list[UnitName]:
        found = []
        for name, codes in readings:
            piece = f" {name} "
            if len(name) >= _LEAST:
                found += [unit for unit, one in self._every if piece in one.padded and self._lies(unit, codes)]
        return [unit for unit in found if unit.there and self.is_leaf(unit)]


@dataclass(frozen=True, slots=True)
class Finder:
    """Answers which wards are meant, in one open transaction at a moment."""

    connection: Connection
    book: SheetBook
    now: int

    def find(self, words: str) -> Hits:
        """The wards these words mean; a unit that is no ward has its wards listed."""
        wards = self._wards()
        how, found = wards.meant(words)
        found = found or self._of_hamlet(wards, words)
        if len(found) == 1 and not wards.is_leaf(found[0].unit):
            return self._page(wards, found[0].unit, 0)
        places = tuple(self._place(wards, meant) for meant in found[:PAGE])
        desk = self._desk(places[0].unit) if len(places) == 1 else None
        return Hits(how, places, desk, split=_divided(found))

    def near(self, latitude: float, longitude: float) -> Hits:
        """The wards nearest to a place in decimal degrees, the nearest first."""
        wards = self._wards()
        found = wards.near(latitude, longitude)
        return Hits("like", tuple(self._place(wards, meant) for meant in found))

    def listed(self, under: str | None, page: int) -> Hits:
        """A page of the wards under a unit, or of the units at the top; of the only one there the wards."""
        wards = self._wards()
        top, tops = (wards.get(under) if under else None), wards.tops()
        if top is None and len(tops) == 1 and not wards.is_leaf(tops[0]):
            top = tops[0]
        return self._page(wards, top, page)

    def named(self, words: str) -> str | None:
        """The code of the one ward that these words name; None for any other words."""
        wards = self._wards()
        how, found = wards.meant(words)
        only = found[0] if len(found) == 1 and how != "like" else None
        return only.unit.code if only and not only.split and wards.is_leaf(only.unit) else None

    def _of_hamlet(self, wards: Wards, words: str) -> list[Meant]:
        """Wards that have a hamlet of this name; none if they are more than can be chosen from.

        Never as sure as a ward's own name: other wards may have one as well that nobody has put in yet.
        """
        asked = plain(words)
        hamlets = self._remembered("hamlets", lambda: _by_name_of(present(self.connection)))
        found = wards.today(sorted(hamlets.get(asked, set()) | hamlets.get(bare(asked), set())))
        return found if len(found) <= PAGE else []

    def _wards(self) -> Wards:
        return self._remembered(None, lambda: Wards(units.names(self.connection, self.now)))

    def _remembered(self, question: str | None, make: Callable[[], T]) -> T:
        """The same for everybody until a unit begins, ends or is changed, or gets its first sheet."""

        def until() -> int:
            change = units.next_change(self.connection, self.now)
            return self.now + _LONGEST_HELD if change is None else min(change, self.now + _LONGEST_HELD)

        return self.book.wards.of(self.connection, self.now, question, make, until=until)

    def _desk(self, unit: str) -> Desk:
        return find_desk(self.connection, self.book, self.now, box=None, unit=unit)

    def _page(self, wards: Wards, top: UnitName | None, page: int) -> Hits:
        every = wards.leaves(top.code) if top else wards.tops()
        start = page * PAGE if 0 <= page * PAGE < len(every) else 0
        places = tuple(self._place(wards, Meant(_name(unit), unit)) for unit in every[start : start + PAGE])
        under = self._place(wards, Meant(_name(top), top)) if top else None
        return Hits("list", places, self._own(top.code) if top else None, under, more=start + PAGE < len(every))

    def _own(self, unit: str) -> Desk | None:
        """The desk of a unit that has officers of its own."""
        desk = self._desk(unit)
        return desk if desk.staffed and desk.receiver == unit else None

    def _place(self, wards: Wards, meant: Meant) -> Place:
        unit = meant.unit
        above = wards.above(unit)
        return Place(
            unit.code,
            self.book.name(self.connection, unit.code),
            self.book.name(self.connection, above[-1].code) if above else None,
            _begun(meant.asked) if meant.asked != _name(unit) else None,
            leaf=wards.is_leaf(unit),
        )


def _same_name(official: str, unit: UnitName) -> bool:
    return fold(official) == fold(unit.name_vi)


def _name(unit: UnitName) -> Name:
    return Name(unit.name_vi, unit.name_en)


def _divided(found: list[Meant]) -> Name | None:
    """The one former unit that all of these are parts of."""
    names = {one.asked if one.split else None for one in found}
    only = names.pop() if len(names) == 1 else None
    return _begun(only) if only else None


def _by_name_of(hamlets: Iterable[Hamlet]) -> dict[str, set[str]]:
    """Codes of the units that have a hamlet of this name."""
    found: dict[str, set[str]] = defaultdict(set)
    for hamlet in hamlets:
        for name in (hamlet.name_vi, hamlet.name_en):
            found[plain(name)].add(hamlet.unit)
    return dict(found)


def _begun(name: Name) -> Name:
    """As a sentence begins with it."""
    return Name(name.vi[:1].upper() + name.vi[1:], name.en)


def _by_name(found: Iterable[UnitName]) -> list[UnitName]:
    return sorted(found, key=lambda unit: (both_bare(unit)[0], unit.code))


async def read_country(database: Database, now: int) -> None:
    """Read the country's file in a thread where wards may be looked for, so that nobody's first search waits for it."""
    if await database.read(lambda connection: units.several_wards(connection, now)):
        await asyncio.to_thread(index)
