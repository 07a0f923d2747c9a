"""What stands in the words of a query: kinds of units, names and regions, each with its place.

Owns the ways a name may have been meant: as written, sounding alike, a piece of it, one letter off. Weighs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.service.country.index import KINDS, Index, Level, Name, Region
from bot.service.country.letters import words

EXACT, ALIKE, PIECE, OFF, SHORT = 1.0, 0.8, 0.62, 0.66, 0.5
"""What a name counts: as written, sounding alike, a piece of it, one letter off, abbreviated to two letters."""
_LONGEST_NAME = 6
"""Words of the longest name that is looked for."""
_MOST_TRIED = 32
"""Runs of words at most for which other spellings are tried, each of some hundred."""
_LEAST_LETTERS, _SHORT_LETTERS = 6, 2
"""Letters of a run for which other spellings are tried; of an abbreviation that may stand for several."""
_IDLE = frozenset({"o", "tai", "thuoc", "cong", "an", "cu", "police", "of", "the", "in", "at"})
"""Words that stand beside a name and say nothing of it."""
_ENGLISH = frozenset({"ward", "commune", "township", "town", "district", "city", "province"})
"""Kinds that stand behind the name."""
_TWICE = 2
"""Times that the same words are looked at: a ward and its district often have one name."""


class Span(NamedTuple):
    """Words from `start` up to `end`, and how well they are met."""

    start: int
    end: int
    quality: float

    @property
    def length(self) -> int:
        """How many words."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True where they share a word."""
        return self.start < other.end and other.start < self.end


class Found(NamedTuple):
    """A name at a place."""

    name: Name
    span: Span


class Told(NamedTuple):
    """A region at a place, and the level that the word before it says."""

    region: Region
    span: Span
    level: Level | None


class Said(NamedTuple):
    """A word of a kind: where it begins, and what it says. `kind` is empty where it fits any of its level."""

    start: int
    level: Level
    kind: str


class Reading:
    """A query's words, and what of them is known."""

    def __init__(self, text: str, names: Index) -> None:
        self._index = names
        self.words = words(text, names.known)
        self._plain = [word.plain for word in self.words]
        self._kinds = dict(self._kinds_said())
        self._runs = [*self._runs_of_words()]
        self.regions = [*self._regions()]

    def kind(self, span: Span) -> Said | None:
        """The word of a kind right before these words; in English right behind them, unless they are a number."""
        if self._plain[span.start].isdigit() and span.start in self._kinds:
            return self._kinds[span.start]
        there = span.end < len(self._plain) and not self.words[span.end].apart
        behind = self._plain[span.end] if there else ""
        return Said(span.start, *KINDS[behind]) if behind in _ENGLISH else self._kinds.get(span.start)

    def level(self, span: Span) -> Level | None:
        """The level that this kind says."""
        said = self.kind(span)
        return said.level if said else None

    def length(self, span: Span) -> int:
        """Words of a span and of its kind."""
        said = self.kind(span)
        if said is None:
            return span.length
        return span.end - said.start if said.start < span.start else span.length + 1

    def covers(self, span: Span) -> bool:
        """True where these words and their kind are all there are."""
        return self.length(span) >= self.telling

    @property
    def telling(self) -> int:
        """How many words say something of a place, or of anything else."""
        return len(self._plain) - sum(word in _IDLE for word in self._plain)

    def names(self) -> Iterator[Found]:
        """Names as they are written, or as they sound."""
        for start, end, key in self._runs:
            if key in self._index.names:
                yield from self._at(Span(start, end, EXACT), [key])
            alike = self._index.sounds.get(self._sounding(start, end), ())
            yield from self._at(Span(start, end, ALIKE), (one for one in alike if one != key))

    def pieces(self) -> Iterator[Found]:
        """Long names of which a part was said."""
        for start, end, key in self._runs:
            for name in self._index.pieces.get(key, ()):
                yield Found(name, Span(start, end, PIECE))

    def misspelt(self) -> list[Found]:
        """Names one letter off; regions one letter off are told from now on as well."""
        found: list[Found] = []
        likely = [run for run in self._runs if run[1] - run[0] < _LONGEST_NAME and run[2].isalpha()]
        for start, end, key in [run for run in likely if len(run[2]) >= _LEAST_LETTERS][:_MOST_TRIED]:
            names, regions = self._index.one_off(key, self._sounding(start, end))
            span = Span(start, end, OFF)
            found += self._at(span, names)
            self.regions += self._told(span, regions)
        return found

    def _kinds_said(self) -> Iterator[tuple[int, Said]]:
        last = 0
        for start in range(len(self._plain)):
            for length in (2, 1):
                kind, end = " ".join(self._plain[start : start + length]), start + length
                if last < end <= len(self._plain) and kind in KINDS and not self._is_apart(start + 1, end + 1):
                    last = end
                    yield end, Said(start, *KINDS[kind])
                    break

    def _runs_of_words(self) -> Iterator[tuple[int, int, str]]:
        """Where each run of words begins and ends, and the words joined; not more than twice the same."""
        said = Counter[tuple[str, bool]]()
        for start in range(len(self._plain)):
            for end in range(start + 1, min(start + _LONGEST_NAME, len(self._plain)) + 1):
                if self._is_apart(start + 1, end):
                    break
                run = "".join(self._plain[start:end]), start in self._kinds
                said[run] += 1
                if said[run] <= _TWICE:
                    yield start, end, run[0]

    def _is_apart(self, start: int, end: int) -> bool:
        """True where something new begins at one of these words."""
        return any(word.apart for word in self.words[start:end])

    def _sounding(self, start: int, end: int) -> str:
        return "".join(map(self._index.sound, self._plain[start:end]))

    def _at(self, span: Span, keys: Iterable[str]) -> Iterator[Found]:
        said = self._plain[span.start : span.end]
        sounds = [*map(self._index.sound, said)]
        for key in sorted(keys):
            for name in self._index.names[key]:
                same = span.length == 1 or span.quality == OFF or name.is_said(said, sounds)
                yield Found(name, span if same else span._replace(quality=OFF))

    def _regions(self) -> Iterator[Told]:
        for start, end, key in self._runs:
            short = len(key) <= _SHORT_LETTERS and not key.isdigit()
            span = Span(start, end, SHORT if short else EXACT)
            if key.isdigit() and self.level(span) != "district":
                continue
            yield from self._told(span, [key])
            alike = self._index.region_sounds.get(self._sounding(start, end), ())
            yield from self._told(Span(start, end, ALIKE), (one for one in alike if one != key))

    def _told(self, span: Span, keys: Iterable[str]) -> Iterator[Told]:
        for key in sorted(keys):
            for region in self._index.regions.get(key, ()):
                yield Told(region, span, self.level(span))
