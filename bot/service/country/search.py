"""Which units of the country a person means by what he typed.

Owns the weighing: what of the words a candidate explains, and how well. Looks nothing up on a network, keeps nothing.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Literal, NamedTuple

from bot.service.country.atlas import Former, Province, Ward
from bot.service.country.index import Index, Region, index
from bot.service.country.reading import ALIKE, EXACT, PIECE, Found, Reading, Span, Told

MOST = 8
"""Answers at most."""
_WORD, _REGION, _KIND, _MARKS, _DISTRICT, _WHOLE = 10.0, 6.0, 6.0, 3.0, 4.0, 4.0
"""Weights: a word of the name, one of a region it lies in, the kind that is its own, marks as its own, a word of a
district alone, nothing left over."""
_LITTLE = 1.0
"""Settles between two that are otherwise alike: today's unit, a region said behind the name, two levels that fit."""
_ONE_WORD = 0.7
"""Names of one word alone are often words of the sentence."""
_WORTH, _NEAR = 0.5, 0.85
"""Answers that weigh less than this part of the best are no answers: of the country, of some of its units."""

_PART, _PART_IF_WRITTEN = 0.5, 0.34
"""Of the words, that must be explained by a name that is none for sure: one word or a misspelt one, longer ones."""

Sureness = Literal["named", "told", "like"]


class Answer(NamedTuple):
    """A unit of today.

    `was` is the former one that was named; `split` says that this is part of other units as well. `sure`: the words
    are its name, tell it among others, or are merely like it; `whole`: they say nothing else.
    """

    unit: Ward | Province
    was: Former | None
    split: bool
    sure: Sureness
    whole: bool
    weight: float


class _Weighed(NamedTuple):
    weight: float
    found: Found
    explained: int
    region: int


class _Query:
    """One search."""

    def __init__(self, text: str, names: Index) -> None:
        self._index = names
        self._read = Reading(text, names)

    def answers(self, among: Container[str] | None) -> list[Answer]:
        """Best first; of units `among` these codes alone."""
        found = [*self._read.names(), *self._read.pieces()]
        weighed = self._weighed(found)
        if self._leaves_much(weighed):
            found += self._read.misspelt()
            weighed = self._weighed(found)
        told = [answer for one in weighed for answer in self._answers(one)]
        return _distinct([*told, *self._whole_regions()], among)

    def _weighed(self, found: list[Found]) -> list[_Weighed]:
        best: dict[int, _Weighed] = {}
        for one in found:
            weighed, known = self._weigh(one), best.get(id(one.name))
            if weighed and (known is None or weighed.weight > known.weight):
                best[id(one.name)] = weighed
        return sorted(best.values(), key=_order)

    def _weigh(self, found: Found) -> _Weighed | None:
        """None for a number that nothing says to be a ward's."""
        name, span = found
        about, region = self._about(found)
        if not region and self._read.level(span) != "ward" and self._read.words[span.start].plain.isdigit():
            return None
        explained = self._read.length(span) + region
        weight = span.quality * _WORD * span.length * (_ONE_WORD if span.length == 1 else 1)
        weight += about + self._kind(found) + self._marks(found)
        weight += _LITTLE * isinstance(name.unit, Ward) + _WHOLE * (explained >= self._read.telling)
        return _Weighed(weight, found, explained, region)

    def _kind(self, found: Found) -> float:
        said = self._read.kind(found.span)
        if said is None:
            return 0
        if said.level != "ward":
            return -_KIND / 2
        return _KIND if said.kind in ("", found.name.kind) else _KIND / 2

    def _marks(self, found: Found) -> float:
        """For every word typed with marks: are they the name's?"""
        name, span = found
        typed = [word.marked for word in self._read.words[span.start : span.end]]
        if span.quality == PIECE or not any(typed) or len(typed) != len(name.marked):
            return 0
        same = [mine == said for mine, said in zip(name.marked, typed, strict=True) if said]
        return _MARKS if all(same) else -_MARKS * same.count(False) / len(same)

    def _about(self, found: Found) -> tuple[float, int]:
        """What the regions that were told say for it, and how many words they are."""
        best: dict[tuple[int, int], float] = {}
        for told in self._read.regions:
            if told.span.overlaps(found.span):
                continue
            if fits := self._fits(found.name.unit, told.region):
                place = told.span.start, told.span.end
                weight = fits * told.span.quality * _REGION * told.span.length
                weight += _LITTLE * (told.span.start >= found.span.end)
                known = best.get(place, 0.0)
                best[place] = max(known, weight) + _LITTLE * bool(known)
        spans, weight = _apart(best)
        return weight, sum(self._read.length(span) for span in spans)

    def _fits(self, unit: Ward | Former, region: Region) -> float:
        """How well a unit lies in a region: a former one in its own district best of all."""
        if region.province:
            wards = (unit,) if isinstance(unit, Ward) else unit.wards
            return float(any(ward.province.code == region.province for ward in wards))
        if isinstance(unit, Former):
            own = region.district in (None, unit.district) and unit.district.province == region.before
            return own * (1.1 if region.district else 1.0)
        within = self._index.within.get(unit.code, frozenset())
        if region.district is not None:
            return float(region.district in within)
        return float(any(district.province == region.before for district in within))

    def _leaves_much(self, weighed: list[_Weighed]) -> bool:
        """True where no reading explains all words as they are written: other spellings may give a better one."""
        if any(self._read.covers(told.span) for told in self._read.regions):
            return False
        return not weighed or weighed[0].found.span.quality < EXACT or weighed[0].explained < self._read.telling

    def _answers(self, one: _Weighed) -> list[Answer]:
        unit, sure = one.found.name.unit, self._sure(one)
        if sure == "like" and one.explained < self._read.telling * self._least(one.found.span):
            return []
        whole = one.explained >= self._read.telling
        if isinstance(unit, Former):
            return [Answer(ward, unit, len(unit.wards) > 1, sure, whole, one.weight) for ward in unit.wards]
        return [Answer(unit, None, False, sure, whole, one.weight)]

    @staticmethod
    def _least(span: Span) -> float:
        """The part of the words that something uncertain must explain."""
        return _PART_IF_WRITTEN if span.quality == EXACT and span.length > 1 else _PART

    def _sure(self, one: _Weighed) -> Sureness:
        span = one.found.span
        if span.quality < ALIKE:
            return "like"
        if one.explained >= self._read.telling:
            return "named"
        if span.length == 1 and self._marks(one.found) < 0:
            return "like"
        half = one.region and span.quality == EXACT and one.explained * 2 >= self._read.telling
        told = self._read.level(span) == "ward" or half
        return "told" if told else "like"

    def _whole_regions(self) -> list[Answer]:
        """Provinces that were named themselves, and the wards of districts that were."""
        found: list[Answer] = []
        for told in self._read.regions:
            if weight := self._whole(told):
                named = told.span.quality >= ALIKE and (told.region.province or told.level == "district")
                whole = self._read.covers(told.span)
                sure: Sureness = "named" if whole and named else "like"
                found += [Answer(unit, None, False, sure, whole, weight) for unit in self._in(told.region)]
        return found

    def _in(self, region: Region) -> Sequence[Ward | Province]:
        """A province itself; of a district, which is no more, today's wards."""
        if region.province:
            return (self._index.country.provinces[region.province],)
        return self._index.of_district.get(region.district, ()) if region.district else ()

    def _whole(self, told: Told) -> float:
        """What a region weighs where it was all that was meant; nothing among words that say more."""
        read, (region, span, level) = self._read, told
        others = [other for other in read.regions if not other.span.overlaps(span)]
        around = [other.span.length for other in others if region.district and other.region.before == region.before]
        near = max(around, default=0)
        if span.quality < ALIKE or read.length(span) + near < read.telling * _PART_IF_WRITTEN:
            return 0
        said = level == "district" if region.district else level == "province"
        whole = near > 0 or (read.covers(span) and (said or not region.district))
        weight = span.quality * span.length * (_WORD if whole else _DISTRICT) + _REGION * near
        return weight + _KIND * said + (_WHOLE + 2 * _LITTLE) * whole


def _apart(best: dict[tuple[int, int], float]) -> tuple[list[Span], float]:
    """Of spans with their weights those that weigh most and do not overlap, and their weight together."""
    taken, total = list[Span](), 0.0
    for (start, end), weight in sorted(best.items(), key=lambda item: -item[1]):
        span = Span(start, end, EXACT)
        if not any(span.overlaps(other) for other in taken):
            taken.append(span)
            total += weight
    return taken, total


def _order(one: _Weighed) -> tuple[float, bool, str]:
    unit = one.found.name.unit
    return -one.weight, isinstance(unit, Former), unit.wards[0].code if isinstance(unit, Former) else unit.code


def _distinct(answers: list[Answer], among: Container[str] | None) -> list[Answer]:
    """Each unit once, by its best reading: those that weigh enough beside the best there is in the country."""
    found: dict[str, Answer] = {}
    for answer in sorted(answers, key=lambda one: -one.weight):
        found.setdefault(answer.unit.code, answer)
    least = max((answer.weight for answer in found.values()), default=0) * (_WORTH if among is None else _NEAR)
    near = [answer for answer in found.values() if answer.weight >= least]
    return [answer for answer in near if among is None or answer.unit.code in among][:MOST]


def search(text: str, among: Container[str] | None = None) -> list[Answer]:
    """Units that these words may mean, the likeliest first; none where nothing is like them.

    With `among`, codes of units: these alone, and only those that are hardly less likely than any in the country.
    """
    return _Query(text, index()).answers(among)
