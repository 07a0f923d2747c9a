"""Numbers that can be called in Viet Nam: what one is, how it is shown, how it is dialled.

Owns the rules of the numbering plan as it is since 2018, with those that libraries lack: the police's own lines (069),
short numbers (which no +84 goes before), 1800 and 1900. Must not know boards, nor whose number it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["short", "mobile", "landline", "network", "free", "paid"]
"""`network`: lines of the police (069) and of the government (080). `free`, `paid`: 1800 and 1900."""

_AREAS = "0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|5[124-9]|6[0-39]|7[0-7]|9[0-4679]"
"""Area codes of three digits since 2017, without their first: 203 to 299. Beside them are 24 and 28, for two cities."""
_FORMS: tuple[tuple[Kind, re.Pattern[str], tuple[int, ...]], ...] = (
    ("short", re.compile(r"11\d|156|10\d\d"), ()),
    ("mobile", re.compile(r"0[35789]\d{8}"), (4, 3, 3)),
    ("landline", re.compile(r"02[48]\d{8}"), (3, 4, 4)),
    ("landline", re.compile(rf"02(?:{_AREAS})\d{{7}}"), (4, 3, 4)),
    ("network", re.compile(r"069\d{7}"), (3, 3, 4)),
    ("network", re.compile(r"080\d{5}"), (3, 5)),
    ("free", re.compile(r"1800\d{6}"), (4, 3, 3)),
    ("free", re.compile(r"1800\d{4,5}"), (4, 5)),
    ("paid", re.compile(r"1900\d{6}"), (4, 3, 3)),
    ("paid", re.compile(r"1900\d{4,5}"), (4, 5)),
)
"""Each kind by the whole number's digits, and in which groups they are shown."""
_BETWEEN = re.compile(r"[\s.()\-\u2010-\u2015]+")
"""What people put between digits."""
_COUNTRY = re.compile(r"(?:\+84|0084|84(?=\d{9,10}$))0?(?P<rest>\d+)")
_WRONG: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?:\+|00).*"), "row-tel-foreign"),
    (re.compile(r".{13,}"), "row-tel-digits"),
    (re.compile(r"069.*"), "row-tel-police"),
    (re.compile(r"01\d{9}"), "row-tel-old-mobile"),
    (re.compile(r"0[46]\d{8,9}"), "row-tel-old-area"),
    (re.compile(r"02\d{9}"), "row-tel-area"),
    (re.compile(r"02.*"), "row-tel-landline"),
    (re.compile(r"0[35789].*"), "row-tel-mobile"),
    (re.compile(r"1[89]00.*"), "row-tel-free"),
    (re.compile(r"[2-9]\d{8,9}"), "row-tel-zero"),
    (re.compile(r"[2-9]\d{5,7}"), "row-tel-no-area"),
)
"""Why digits are no number, by what they look like: the first that fits names its text in the catalogues."""


class NoTelephone(ValueError):
    """This is no number that can be called. `key` names the text that says why; it is never what was given."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Telephone:
    """A number as it is dialled within the country."""

    digits: str
    kind: Kind

    @property
    def shown(self) -> str:
        """In groups, as people read it out: "0239 385 5555"."""
        groups, start = [], 0
        for length in self._groups():
            groups.append(self.digits[start : start + length])
            start += length
        return " ".join(groups) or self.digits

    @property
    def address(self) -> str:
        """What a tap calls. Mobiles and landlines are reached from abroad too; the others know no country code."""
        return f"tel:+84{self.digits[1:]}" if self.kind in ("mobile", "landline") else f"tel:{self.digits}"

    def _groups(self) -> tuple[int, ...]:
        return next(groups for kind, form, groups in _FORMS if kind == self.kind and form.fullmatch(self.digits))


def telephone(text: str) -> Telephone:
    """The number that was written, with dots, dashes, spaces or +84, or without.

    Raises:
        NoTelephone: it is none.
    """
    plain = _BETWEEN.sub("", unicodedata.normalize("NFKC", text))
    if not plain:
        raise NoTelephone("row-empty")
    if any(letter.isalpha() for letter in plain):
        raise NoTelephone("row-tel-letters")
    if not re.fullmatch(r"\+?[0-9]+", plain):
        raise NoTelephone("row-tel-signs")
    digits = _national(plain)
    kind = next((kind for kind, form, _ in _FORMS if form.fullmatch(digits)), None)
    if kind is None:
        raise NoTelephone(next((key for form, key in _WRONG if form.fullmatch(digits)), "row-tel-none"))
    return Telephone(digits, kind)


def _national(plain: str) -> str:
    """The digits as dialled within the country; what only looks international stays as it is."""
    found = _COUNTRY.fullmatch(plain)
    if found is None:
        return plain
    rest = found["rest"]
    return rest if rest.startswith("1") else f"0{rest}"
