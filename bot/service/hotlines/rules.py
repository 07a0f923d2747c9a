"""What a number on a board must be: one that can be called, whose role is said, known once on its unit's board.

Owns what is said against it and what is filled in where nothing is said. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.service.boards import dialled
from bot.service.hotlines import words
from bot.service.naming import tidy, words_faults
from bot.service.tables import Fault
from handlers.telephones import NoTelephone, telephone
from storage.repositories.hotlines import HotlineKind, StoredHotline

NATIONAL = "national"
"""Stands where a unit's code stands, for the numbers of the whole country."""
LONGEST_ROLE, LONGEST_HOURS = 200, 100


@dataclass(frozen=True, slots=True)
class Sketch:
    """A number as it is wanted; None: as it is, or as follows from the rest.

    `checked` is the day on which it was tried; `named` lets a role name a person who has agreed.
    """

    number: str | None = None
    role_vi: str | None = None
    role_en: str | None = None
    hours_vi: str | None = None
    hours_en: str | None = None
    kind: HotlineKind | None = None
    checked: date | None = None
    named: bool = False


def blank(hotline: bytes, unit: str | None, position: int) -> StoredHotline:
    """A number of which nothing is known yet."""
    return StoredHotline(hotline, unit, "", "", "", "", "", position)


def drawn(before: StoredHotline, sketch: Sketch) -> StoredHotline:
    """The number as it is wanted. A new number, unlike a new word beside it, has not been checked."""
    role = _tidy(sketch.role_vi, before.role_vi)
    hours = _tidy(sketch.hours_vi, before.hours_vi)
    number = before.number if sketch.number is None else _shown(sketch.number)
    checked = before.checked if digits(number) == digits(before.number) else None
    return replace(
        before,
        number=number,
        role_vi=role,
        role_en=_english(sketch.role_en, before.role_en, words.role_in_english(role), role == before.role_vi),
        hours_vi=hours,
        hours_en=_english(sketch.hours_en, before.hours_en, words.hours_in_english(hours), hours == before.hours_vi),
        kind=sketch.kind or (before.kind if role == before.role_vi else words.kind_of_role(role)),
        checked=sketch.checked.isoformat() if sketch.checked else checked,
    )


def reasons(sketch: Sketch, before: StoredHotline, wanted: StoredHotline, today: date) -> Iterator[Fault]:
    """Why the number cannot be put up so; nothing if it can. A person named before has agreed."""
    try:
        telephone(wanted.number)
    except NoTelephone as wrong:
        yield Fault(0, wrong.key, "number")
    yield from words_faults("role_vi", wanted.role_vi, LONGEST_ROLE, needed=True)
    yield from words_faults("role_en", wanted.role_en, LONGEST_ROLE)
    yield from words_faults("hours_vi", wanted.hours_vi, LONGEST_HOURS)
    yield from words_faults("hours_en", wanted.hours_en, LONGEST_HOURS)
    named = words.names_a_person(wanted.role_vi) or words.names_a_person(wanted.role_en)
    if named and not sketch.named and (before.role_vi, before.role_en) != (wanted.role_vi, wanted.role_en):
        yield Fault(0, "row-person", "role_vi")
    if sketch.checked is not None and sketch.checked > today:
        yield Fault(0, "row-future", "checked")


def digits(number: str) -> str:
    """What makes a number the same as another, however it is written."""
    found = dialled(number)
    return found.digits if found else number


def _shown(number: str) -> str:
    found = dialled(number)
    return found.shown if found else " ".join(number.split())


def _tidy(wanted: str | None, before: str) -> str:
    return before if wanted is None else tidy(wanted)


def _english(wanted: str | None, before: str, follows: str, unchanged: bool) -> str:
    """What is said in English, else as it was, else what follows from the Vietnamese."""
    if wanted:
        return _tidy(wanted, before)
    return before if unchanged and before else follows
