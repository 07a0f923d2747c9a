"""Vietnamese letters made comparable: with marks, without them, whatever the keyboard.

Owns cleaning of what was typed and the two ways of comparing. Never changes what is stored beyond `clean`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Self

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""What shows nothing: control and format characters, marks of direction and joining, letters without a shape.

`web/src/desk/thread/wording.ts` has the same; both are held to `handlers/invisible_vectors.json`.
"""
BOX_CODE = re.compile(r"(?=.*[-_0-9])(?!\d+$)[A-Za-z0-9_-]{3,64}")
"""Codes of boxes that can be typed as a message: a number alone is a choice, a word alone a word."""
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TOLD = {
    ord(form): unicodedata.normalize("NFC", letter) + tone
    for letter in _LETTERS
    for tone in ("", *sorted(_TONES))
    for form in (unicodedata.normalize("NFC", case + tone) for case in (letter, letter.upper()))
    if len(form) == 1
}
"""Each letter that Vietnamese is written with, small, and behind it the tone that it carried."""
_PLAIN = {form: unicodedata.normalize("NFD", told)[0].replace("đ", "d") for form, told in _TOLD.items()}
"""The same letters without any mark."""
_PLAIN_WORD = re.compile(r"[a-z0-9]+")
_LETTERS_TOGETHER = re.compile(r"[^\W_]+")
_MARKS = "".join(sorted(_TONES))
_FOREIGN = re.compile(rf"[^\x00-\x7f{''.join(map(chr, _TOLD))}]")
_TWO_TONES = re.compile(rf"[{_MARKS}][^\W_]*[{_MARKS}]")
_TONE_WITHIN = re.compile(rf"([{_MARKS}])([^\W_]+)")
_BREAKS = re.compile(rf"[^\w\s{_MARKS}]+|_+|[\n\r]+")
_WORD_OR_BREAK = re.compile(r"[^\W_]+|[^\w\s]+|_+|[\n\r]+")
BREAK = "|"
"""Stands between words that punctuation or a line end keeps apart."""


def clean(text: str) -> str:
    """What was typed, in NFC, without what shows nothing or turns the writing round. Nothing visible is lost."""
    return unicodedata.normalize("NFC", _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _INVISIBLE.sub("", text)))


def fold(text: str) -> str:
    """Lower case without any mark, `đ` as `d`, spaces collapsed: for search, never for storing."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.replace("đ", "d").replace("ð", "d").split())


def spell(word: str) -> str:
    """Lower case with marks, the tone moved to the end: `hoà` and `hòa` spell alike, `cầm` and `cấm` do not."""
    if word.isascii():
        return word.casefold()
    letters = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", word).casefold())
    tones = [letter for letter in letters if letter in _TONES]
    shape = "".join(letter for letter in letters if letter not in _TONES)
    return unicodedata.normalize("NFC", shape) + "".join(tones)


def spelt(text: str) -> str:
    """All words spelt, one space between; punctuation and line ends become `BREAK`.

    Asked several times of every message: a text in Vietnamese letters alone is spelt as a whole, not word by word.
    """
    if not _FOREIGN.search(text):
        told = text.translate(_TOLD)
        if not _TWO_TONES.search(told):
            return " ".join(_BREAKS.sub(f" {BREAK} ", _TONE_WITHIN.sub(r"\2\1", told)).split())
    return _spelt_by_word(text)


def _spelt_by_word(text: str) -> str:
    found = _WORD_OR_BREAK.findall(text)
    spellings = {word: spell(word) if word[0].isalnum() else BREAK for word in set(found)}
    return " ".join(spellings[word] for word in found)


def bare(text: str) -> str:
    """The spelt words of a short message without punctuation around or between them."""
    return " ".join(word for word in spelt(text).split() if word != BREAK)


class Phrases:
    """Finds whole phrases in `spelt` text: each word as written here, or typed without any mark.

    A word typed with other marks is another word: `cầm dao` is found in "cam dao", not in "cấm đào". With `marked`
    only the word as written counts, for words that mean something else without marks. What is looked for is worked
    out when it is first looked for: all lists together would take a twentieth of a start.
    """

    def __init__(self, data: Iterable[str], *, marked: bool = False) -> None:
        self._data = tuple(data)
        self._form = _exact if marked else _either

    def search(self, words: str) -> re.Match[str] | None:
        """The first of them in these words."""
        return self._pattern.search(words)

    def fullmatch(self, words: str) -> re.Match[str] | None:
        """The one that these words are."""
        return self._pattern.fullmatch(words)

    def each(self, words: str) -> Iterator[re.Match[str]]:
        """All of them in these words, from left to right."""
        return self._pattern.finditer(words)

    def without(self, words: str) -> str:
        """The words with a `BREAK` in place of each of them."""
        return self._pattern.sub(BREAK, words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        variants = (" ".join(self._form(word) for word in phrase.split()) for phrase in self._data)
        return re.compile(rf"(?<!\S)(?:{'|'.join(variants)})(?!\S)")


def plain_words(text: str) -> Sequence[str]:
    """All words of a text without marks, in their order. No two of what `spelt` keeps apart are taken together."""
    apart = fold(" ".join(_LETTERS_TOGETHER.findall(text))) if _FOREIGN.search(text) else text.translate(_PLAIN)
    words: list[str] = _PLAIN_WORD.findall(apart)
    return words


@dataclass(frozen=True, slots=True)
class Heads:
    """What phrases begin with, without marks: the first two words of each, or the only one.

    Nearly every text holds none of them, and then none of the phrases: cheaper asked than spelling and looking.
    """

    alone: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, *data: Iterable[str]) -> Self:
        """The heads of all these phrases."""
        words = [fold(phrase).split() for phrases in data for phrase in phrases]
        return cls(
            frozenset(first for first, *rest in words if not rest),
            frozenset((first, rest[0]) for first, *rest in words if rest),
        )

    def may_be_in(self, plain: Sequence[str]) -> bool:
        """False where none of the phrases can be in the text of these `plain_words`, whatever stands between them."""
        return not (self.pairs.isdisjoint(pairwise(plain)) and self.alone.isdisjoint(plain))


def _exact(word: str) -> str:
    return re.escape(spell(word))


def _either(word: str) -> str:
    exact, plain = _exact(word), re.escape(fold(word))
    return exact if exact == plain else f"(?:{exact}|{plain})"
