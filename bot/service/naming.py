"""What a box, a hamlet or a place may be called, and what their codes are made of. Owns the plain reasons."""

from __future__ import annotations

import re

from bot.service.errors import NotAccepted
from handlers.folding import clean, fold

CODE = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a link can carry whatever the messenger: also the limit of Telegram's `start`."""
CODE_IS = "a code is 1 to 64 letters without marks, digits, _ and -"
LONGEST_CODE, LONGEST_NAME, LONGEST_PLACE = 64, 200, 400
_ELSE = re.compile(r"[^a-z0-9]+")


def tidy(text: str) -> str:
    """One line, in NFC, without what shows nothing; runs of spaces as one."""
    return " ".join(clean(text).split())


def code_fault(code: str) -> str | None:
    """Why this cannot be a code."""
    return None if CODE.fullmatch(code) else CODE_IS


def words_fault(text: str, longest: int = LONGEST_NAME, *, needed: bool = False) -> str | None:
    """Why this cannot be a name or a place as it stands after `tidy`."""
    if needed and not text:
        return "is empty"
    if len(text) > longest:
        return f"is longer than {longest} characters"
    return None


def padded(code: str) -> tuple[str, ...]:
    """What the official code of a unit was before a spreadsheet took it for a number: five digits, a province's two."""
    return tuple(code.zfill(digits) for digits in (5, 2)) if code.isascii() and code.isdigit() else ()


def code_of(name: str, unit: str) -> str:
    """The code that a name of this unit gives: short, in small letters, easily typed off a poster.

    "Tổ dân phố 4" of 18118 is `to-dan-pho-4-18118`; always the same for the same name.
    """
    end = f"-{unit}"
    head = _ELSE.sub("-", fold(name)).strip("-")[: LONGEST_CODE - len(end)].rstrip("-")
    return f"{head}{end}" if head else unit


def accept(*faults: tuple[str, str | None]) -> None:
    """Let an act pass whose `(what, why not)` hold no reason.

    Raises:
        NotAccepted: the first reason there is.
    """
    for what, reason in faults:
        if reason is not None:
            raise NotAccepted(f"{what}: {reason}")
