"""Which of an officer's words may be shown to a reporter (DESIGN rule 11).

Owns the check. `wording_vectors.json` beside this file holds its examples; the officer's page runs the same ones.
"""

from __future__ import annotations

import re
import unicodedata

from handlers.folding import clean

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s.\u00b7\u2010-\u2015\u2212-]+(?=[0-9])")
_LONG_NUMBER = re.compile(r"[0-9]{6}")
_LINK = re.compile(
    r"://|\bwww\.|[a-z0-9-]\.(?:vn|com|net|org|info|biz|io|me|ly|gl|gd|co|cc|app|link|site|online|top|xyz|club|dev"
    r"|page|tv|gov|edu|ru|cn|uk|tk|ml|gg)(?![a-z0-9])"
)


def fit_for_reporter(text: str) -> bool:
    """True if the text holds no link, no handle and no number of six digits or more.

    Spaces, dots and dashes between digits are ignored; full-width and other digits count as digits.
    """
    plain = "".join(_digit(letter) for letter in unicodedata.normalize("NFKC", clean(text)).casefold())
    if "@" in plain or _LINK.search(plain):
        return False
    return _LONG_NUMBER.search(_BETWEEN_DIGITS.sub("", plain)) is None


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
