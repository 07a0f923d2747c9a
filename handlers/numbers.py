"""When a message is a choice from a menu (FLOWS §2.1 "Numbers").

Owns reading a number out of a short text. What the number means is decided by the state it is said in.
"""

from __future__ import annotations

import re

from handlers.folding import Phrases, bare, fold

_NUMBER = re.compile(r"(?:(?:so|chon|chon so|muc|number|choose|option) )?(\d{1,2})")
_WORDS = (
    ("không", "no", "zero"),
    ("một", "one"),
    ("hai", "two"),
    ("ba", "three"),
    ("bốn", "tư", "four"),
    ("năm", "five"),
)
_WORD_PATTERNS = tuple(Phrases(words) for words in _WORDS)
_LONGEST = 40
"""Characters; a longer message is content without looking."""
_AROUND = dict.fromkeys(map(ord, ".)"), " ") | dict.fromkeys(map(ord, "\ufe0f\u20e3"), "")
"""What may stand around a number: "1.", "1)", and the keycap of a number emoji."""
_YES = Phrases(("có", "ok", "oke", "yes", "đồng ý"))
_CODE_DIGITS = re.compile(r"[\d\s.\-–—]+")


def chosen_number(text: str, *, words: bool) -> int | None:
    """The 1–2 digit number this message is, or None. `words`: number words count here too."""
    if len(text) > _LONGEST:
        return None
    plain = fold(text.translate(_AROUND))
    if found := _NUMBER.fullmatch(plain):
        return int(found[1])
    if not words:
        return None
    short = bare(text)
    return next((n for n, pattern in enumerate(_WORD_PATTERNS) if pattern.fullmatch(short)), None)


def is_yes(text: str) -> bool:
    """True for "có", "ok" and the like as the whole message. "đúng" is not one: unaccented it is "dừng"."""
    return len(text) <= _LONGEST and _YES.fullmatch(bare(text)) is not None


def count_digits(text: str) -> int | None:
    """How many digits a message of nothing but digits and separators holds; None for any other message."""
    if not _CODE_DIGITS.fullmatch(text.strip()):
        return None
    return sum(letter.isdecimal() for letter in text) or None
