"""Does a text name its own writer?

Owns the guesses of FLOWS §2.1 rule K. They are worked out in memory, only ever ask, and never block sending.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Trace = Literal["name", "phone", "address"]

_SEPARATORS = re.compile(r"(?<=\d)[ .\-]+(?=\d)")
_PHONE = re.compile(r"(?<!\d)(?:0|\+?84)\d{9}(?!\d)")
_FULL_NAME_AFTER = re.compile(r"\b(?:tôi|toi|em|cháu|chau) (?:là|la) |\b(?:i am|i'm) ", re.IGNORECASE)
_ANY_NAME_AFTER = re.compile(
    r"\b(?:(?:họ )?tên (?:tôi|cháu|em)(?: là)?|(?:ho )?ten (?:toi|chau|em)(?: la)?"
    r"|(?:tôi|cháu|em) tên(?: là)?|(?:toi|chau|em) ten(?: la)?|my name is|my name's):? ",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:nhà (?:tôi|cháu|em) (?:ở|số)|nha (?:toi|chau|em) (?:o|so)|địa chỉ (?:của )?(?:tôi|nhà tôi)"
    r"|dia chi (?:cua )?(?:toi|nha toi)|i live at|my house is|my address is)\b",
    re.IGNORECASE,
)
_HINTS = (
    *(f"{who} {is_} " for who in ("tôi", "toi", "em", "cháu", "chau") for is_ in ("là", "la")),
    *("i am ", "i'm ", "tên", "ten", "name"),
)
_HOMES = ("nhà ", "nha ", "địa chỉ", "dia chi", "live at", "my house", "my address")
"""Without any of these in a text none of the patterns is in it, and looking for them is cheap."""
_DIGITS = re.compile(r"\d(?:\D*\d){8}")
"""Between two digits no digit: one way to match, so a long text with fewer of them costs one walk through it."""
_NOT_NAMES = frozenset({"công", "cong", "người", "nguoi", "dân", "dan", "đảng", "dang", "vietnamese", "a", "the"})


def found(text: str) -> Trace | None:
    """The first of name, phone, home that seems to be the writer's own."""
    text = unicodedata.normalize("NFC", text)
    folded = text.casefold()
    if any(hint in folded for hint in _HINTS) and _named(text):
        return "name"
    if _DIGITS.search(text) and _PHONE.search(_SEPARATORS.sub("", text)):
        return "phone"
    return "address" if any(home in folded for home in _HOMES) and _HOME.search(text) else None


def _named(text: str) -> bool:
    if text.isupper():  # all capitals: no word stands out as a name
        return False
    full = any(_capitals(text[hit.end() :]) >= 2 for hit in _FULL_NAME_AFTER.finditer(text))  # noqa: PLR2004 - two names
    return full or any(_capitals(text[hit.end() :]) >= 1 for hit in _ANY_NAME_AFTER.finditer(text))


def _capitals(text: str) -> int:
    """How many capitalised words the text begins with, if they may be a name."""
    words = re.findall(r"\w+", text[:60].splitlines()[0] if text else "")
    if words and words[0].casefold() in _NOT_NAMES:
        return 0
    count = 0
    for word in words:
        if not word[0].isupper():
            break
        count += 1
    return count
