"""What was typed as comparable words: whatever the keyboard did, and however it sounds to who typed it.

Owns Telex and VNI slips, abbreviations of kinds, and the letters that are commonly taken for each other.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from handlers.folding import clean, fold, spell

MOST_CHARACTERS, MOST_WORDS = 200, 40
_JOINING = re.compile(r"(?<=\w)['’`´ʼ](?=\w)")
_WORD = re.compile(r"([^\W_]+)|[.,;:!?()\n|]")
_SHORT = 2
"""Letters of a word behind which a full stop says that it is shortened: "p. 5", "tx. Hồng Lĩnh"."""
_NUMBERED = re.compile(
    r"(p|f|ph|phuong|q|quan|to|tdp|thon|ap|khu|kp|xom|khom|doi|ban|buon|lang|so)(\d{1,2})|(\d{1,2})([a-z]{1,6})"
)
_VNI = re.compile(r"(?=.*[aeiouy])[a-z]+\d[a-z\d]*")
_DIGITS = re.compile(r"\d")
_VOWEL = re.compile(r"[aeiouy]")
_TONE = "sfrxj"
_SHAPES = (("dd", "d"), ("aa", "a"), ("ee", "e"), ("oo", "o"))
_INITIAL = re.compile(r"ngh|gh|gie|gi(?=[aeiou])|ph|qu|tr|ch|[cdfgjklnqrsxzw](?![gh])|nh|ng")
_SOUND = {"ngh": "ng", "gh": "g", "gie": "die", "gi": "d", "ph": "f", "qu": "ku", "tr": "c", "ch": "c", "c": "k",
          "q": "k", "n": "l", "r": "d", "z": "d", "j": "d", "x": "s", "w": "ku"}  # fmt: skip


class Word(NamedTuple):
    """A word without marks, and as it is spelt where it was typed with some. `apart`: a sentence or a clause begins."""

    plain: str
    marked: str | None
    apart: bool = False


def words(text: str, known: Container[str]) -> list[Word]:
    """The words of what was typed; one that is no syllable of any `known` name is read as a keyboard's slip."""
    joined = _JOINING.sub("", clean(text[:MOST_CHARACTERS]))
    found: list[Word] = []
    apart = False
    for typed in _WORD.finditer(joined):
        if typed[1]:
            first, *more = _read(typed[1], known)
            found += [first._replace(apart=apart), *more]
            apart = False
        elif not (typed[0] == "." and found and len(found[-1].plain) <= _SHORT):
            apart = bool(found)
    return found[:MOST_WORDS]


def _read(typed: str, known: Container[str]) -> Iterator[Word]:
    plain = fold(typed).replace(" ", "")
    if not typed.isascii():
        yield Word(plain, spell(typed))
    elif plain.isdigit():
        yield Word(plain.lstrip("0") or "0", None)
    elif numbered := _NUMBERED.fullmatch(plain):
        for part in filter(None, numbered.groups()):
            yield Word((part.lstrip("0") or "0") if part.isdigit() else part, None)
    elif _VNI.fullmatch(plain):
        yield Word(_DIGITS.sub("", plain), None)
    else:
        yield Word(plain if plain in known else _without_telex(plain, known), None)


def _without_telex(word: str, known: Container[str]) -> str:
    """The syllable that these keys are in Telex; the word itself where they are none."""
    shape = word
    for typed, letter in _SHAPES:
        shape = shape.replace(typed, letter)
    shape = re.sub(r"(?<![aeiouy])w", "u", shape).replace("w", "")
    if shape in known:
        return shape
    for place in range(len(shape) - 1, 0, -1):
        if shape[place] in _TONE and _VOWEL.search(shape[:place]):
            toneless = shape[:place] + shape[place + 1 :]
            if toneless in known:
                return toneless
    return word


def sound(word: str) -> str:
    """A plain syllable in which letters are alike that are mistaken: l and n, tr and ch, s and x, i and y, d and gi."""
    word = word.replace("y", "i")
    initial = _INITIAL.match(word)
    first, rest = (initial[0], word[initial.end() :]) if initial else ("", word)
    if rest.endswith("c"):
        rest = f"{rest[:-1]}k"
    return _SOUND.get(first, first) + rest


def one_off(key: str) -> set[str]:
    """Every word that is this one with a letter more, less, other, or with two neighbours exchanged."""
    splits = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    found = {head + letter + tail for head, tail in splits for letter in _ALPHABET}
    found.update([head + letter + tail[1:] for head, tail in splits[:-1] for letter in _ALPHABET])
    found.update([head + tail[1:] for head, tail in splits[:-1]])
    found.update([head + tail[1] + tail[0] + tail[2:] for head, tail in splits[:-2]])
    return found


_ALPHABET = "abcdefghiklmnopqrstuvx"
