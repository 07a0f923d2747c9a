"""What a box, a hamlet or a place may be called, what their codes are made of, and which unit's code was meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from bot.service.tables import Fault
from handlers.folding import clean, fold

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link can carry whatever the messenger: also the limit of Telegram's `start`."""
LONGEST_CODE, LONGEST_NAME, LONGEST_PLACE = 64, 200, 400
_DIGITS = (5, 2)
"""Of a ward's and a province's official code: a spreadsheet takes the noughts before it off."""
_ELSE = re.compile(r"[^a-z0-9]+")


def tidy(text: str) -> str:
    """One line, in NFC, without what shows nothing; runs of spaces as one."""
    return " ".join(clean(text).split())


def code_faults(code: str) -> Iterator[Fault]:
    """Why this cannot be a code."""
    if not CODE.fullmatch(code):
        yield Fault(0, "row-code", "code")


def words_faults(column: str, text: str, longest: int = LONGEST_NAME, *, needed: bool = False) -> Iterator[Fault]:
    """Why this cannot stand in a column of names or places as it is after `tidy`."""
    if needed and not text:
        yield Fault(0, "row-empty", column)
    if len(text) > longest:
        yield Fault(0, "row-long", column, {"most": longest})


def meant(said: str, codes: Collection[str]) -> str | None:
    """Which of these codes of units is meant, if a spreadsheet took the noughts before it off too; None if none is."""
    return next((code for code in meanings(said) if code in codes), None)


def meanings(said: str) -> tuple[str, ...]:
    """The codes of units that may be meant, the likeliest first."""
    plain = tidy(said)
    padded = (plain.zfill(digits) for digits in _DIGITS if plain.isascii() and plain.isdigit())
    return (plain, *padded)


def code_of(name: str, unit: str) -> str:
    """The code that a name of this unit gives: short, in small letters, easily typed off a poster.

    "Tổ dân phố 4" of 18118 is `to-dan-pho-4-18118`; always the same for the same name.
    """
    end = f"-{unit}"
    head = _ELSE.sub("-", fold(name)).strip("-")[: LONGEST_CODE - len(end)].rstrip("-")
    return f"{head}{end}" if head else unit
