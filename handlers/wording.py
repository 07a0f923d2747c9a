"""Which of an officer's words may be shown to a reporter (DESIGN rule 11).

Owns the check. `wording_vectors.json` beside this file holds its examples; the officer's page runs the same ones.
"""

from __future__ import annotations

import re
import unicodedata

from handlers.folding import clean

_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\W_]+(?=[0-9])")
_LONG_NUMBER = re.compile(r"[0-9]{6}")
_DAY_OR_TIME = re.compile(
    r"(?<![0-9/:])(?:(?:0?[1-9]|[12][0-9]|3[01])/(?:0?[1-9]|1[0-2])(?:/20[0-9]{2})?|(?:[01]?[0-9]|2[0-3]):[0-5][0-9])"
    r"(?![0-9/:])"
)
"""20/11, 20/11/2025 and 21:04, on which an officer's question often turns. A telephone number does not look so."""
_LINK = re.compile(
    r"://|\bwww\.|[^\W_]-*[.\u3002](?:vn|com|net|org|info|biz|io|me|ly|gl|gd|co|cc|app|link|site|online|top|xyz|club|dev"
    r"|page|tv|gov|edu|ru|cn|uk|tk|ml|gg)(?![a-z0-9])"
)
_NAME = re.compile(r"([^\W_]+)-*[.\u3002](?=[a-z]{2,}(?!\w))")
"""A word, a stop and a word of plain letters without a space: an address under whatever ending."""
_ABBREVIATIONS = frozenset({"tp", "tx", "tt", "tdp", "ths", "ts", "pgs", "gs", "bs", "mr", "mrs", "ms"})
"""Before a name these stand with a stop and often without a space: TP.HCM."""


def fit_for_reporter(text: str) -> bool:
    """True if the text holds no link, no handle and no number of six digits or more.

    Whatever stands between digits and is no letter is ignored; full-width and other digits count as digits. Days and
    times as people write them are no numbers.
    """
    plain = "".join(_digit(letter) for letter in unicodedata.normalize("NFKC", clean(text)).casefold())
    if "@" in plain or _LINK.search(plain) or any(name[1] not in _ABBREVIATIONS for name in _NAME.finditer(plain)):
        return False
    return _LONG_NUMBER.search(_BETWEEN_DIGITS.sub("", _DAY_OR_TIME.sub("x", plain))) is None


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
