"""What a box may be among the others: its code, its unit and hamlet, and where it leads once it is closed.

Owns the plain reasons. Reads the store, changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.naming import LONGEST_NAME, LONGEST_PLACE, code_fault, padded, words_fault
from bot.service.site import LONGEST_CHAIN
from handlers.folding import fold
from storage.repositories import boxes, hamlets, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.units import Box

Why = tuple[str, str]
"""A column's name and, in plain words, what is wrong with what stands there."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a box must fit to.

    `units` are those ever here, each with whether it is there now; `folded` are the boxes' codes in small letters;
    `named` are the hamlets by unit and name, where that names one alone.
    """

    units: Mapping[str, bool]
    hamlets: Mapping[str, Hamlet]
    boxes: Mapping[str, Box]
    folded: frozenset[str]
    named: Mapping[tuple[str, str], str]

    def unit(self, said: str) -> str:
        """The code of the unit that is meant, if a spreadsheet took the noughts before it off; else `said` itself."""
        return said if said in self.units else next((code for code in padded(said) if code in self.units), said)

    def hamlet(self, unit: str, said: str) -> str:
        """The code of the hamlet that is meant by its code, or by its name in this unit; `said` itself if none is."""
        return said if said in self.hamlets else self.named.get((unit, fold(said)), said)


def around(connection: Connection, now: int) -> Around:
    """Everything as it is now: three reads, however many boxes are asked about then."""
    there = {unit.code: bool(unit.there) for unit in units.names(connection, now)}
    present, found = hamlets.present(connection), {box.code: box for box in boxes.every(connection)}
    names = [(one.unit, name, one.code) for one in present for name in {fold(one.name_vi), fold(one.name_en)}]
    often = Counter((unit, name) for unit, name, _ in names)
    named = {(unit, name): code for unit, name, code in names if often[unit, name] == 1}
    return Around(there, {one.code: one for one in present}, found, frozenset(map(str.lower, found)), named)


def reasons(box: Box, there: Around) -> Iterator[Why]:
    """Why this box cannot be written as it is. Whether closed boxes lead in a circle is `circles`'s."""
    before = there.boxes.get(box.code)
    if before is None:
        yield from _code(box.code, there)
        yield from _unit(box.unit, there)
    elif before.unit != box.unit:
        yield "unit", "a box stays with its unit, whose officers know it: replace it by one of the other unit"
    for column, text, longest in (
        ("label_vi", box.label_vi, LONGEST_NAME), ("label_en", box.label_en, LONGEST_NAME),
        ("place", box.place, LONGEST_PLACE),
        ("contact_role", box.contact_role, LONGEST_NAME), ("contact_reach", box.contact_reach, LONGEST_NAME),
    ):  # fmt: skip
        why = words_fault(text, longest, needed=column == "label_vi")
        if why:
            yield column, why
    if box.hamlet is not None and (before is None or before.hamlet != box.hamlet):
        found = there.hamlets.get(box.hamlet)
        if found is None or found.unit != box.unit:
            yield "hamlet", "there is no such hamlet in the unit"
    if box.successor is not None and not box.closed:
        yield "successor", "only a closed box has one after it"


def circles(after: Mapping[str, Box]) -> dict[str, str]:
    """Which closed boxes could not lead on, by code, and why, if these were all boxes there are."""
    wrong: dict[str, str] = {}
    for start, box in after.items():
        code, passed = start, 0
        while code in after and after[code].closed and after[code].successor and passed <= LONGEST_CHAIN:
            code, passed = after[code].successor or "", passed + 1
            if code == start:
                wrong[start] = "closed boxes would lead in a circle"
                break
        if passed > LONGEST_CHAIN:
            wrong.setdefault(start, f"more than {LONGEST_CHAIN} closed boxes would lead one to the other")
        if box.successor is not None and box.successor not in after:
            wrong[start] = "there is no such box"
    return wrong


def _code(code: str, there: Around) -> Iterator[Why]:
    why = code_fault(code)
    if why:
        yield "code", why
    elif code.lower() in there.folded:
        yield "code", "another box's code differs from it by capital letters alone"


def _unit(unit: str, there: Around) -> Iterator[Why]:
    if unit not in there.units:
        yield "unit", "there is no such unit here"
    elif not there.units[unit]:
        yield "unit", "this unit is not there now"
