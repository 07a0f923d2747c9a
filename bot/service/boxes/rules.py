"""What a box may be among the others: its code, its unit and hamlet, and where it leads once it is closed.

Owns what is said against it. Reads the store, changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.naming import LONGEST_NAME, LONGEST_PLACE, code_faults, meant, tidy, words_faults
from bot.service.site import LONGEST_CHAIN
from bot.service.tables import Fault
from handlers.folding import fold
from storage.repositories import boxes, hamlets, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.units import Box


@dataclass(frozen=True, slots=True)
class Sketch:
    """A box as it is asked for. `None`: as the code, or the box it takes the place of, says.

    `hamlet` is meant by its code or its name in the unit; an empty one means none. Without a label in English, or with
    an empty one, it is called as in Vietnamese.
    """

    unit: str | None = None
    code: str | None = None
    label_vi: str | None = None
    label_en: str | None = None
    place: str | None = None
    hamlet: str | None = None
    contact_role: str | None = None
    contact_reach: str | None = None


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
        """The code of the unit that is meant; `said` itself if none is."""
        return meant(said, self.units) or said

    def hamlet(self, unit: str, said: str) -> str | None:
        """The code of the hamlet meant by its code, or by its name in this unit; `said` itself if none is."""
        if not said:
            return None
        return said if said in self.hamlets else self.named.get((unit, fold(said)), said)


def around(connection: Connection, now: int) -> Around:
    """Everything as it is now: three reads, however many boxes are asked about then."""
    there = {unit.code: bool(unit.there) for unit in units.names(connection, now)}
    present, found = hamlets.present(connection), {box.code: box for box in boxes.every(connection)}
    names = [(one.unit, name, one.code) for one in present for name in {fold(one.name_vi), fold(one.name_en)}]
    often = Counter((unit, name) for unit, name, _ in names)
    named = {(unit, name): code for unit, name, code in names if often[unit, name] == 1}
    return Around(there, {one.code: one for one in present}, found, frozenset(map(str.lower, found)), named)


def drawn(box: Box, sketch: Sketch, there: Around) -> Box:
    """The box with what the sketch says otherwise; its code and unit stay."""
    label = _said(sketch.label_vi, box.label_vi)
    return replace(
        box,
        label_vi=label,
        label_en=_said(sketch.label_en, "" if box.label_en == box.label_vi else box.label_en) or label,
        place=_said(sketch.place, box.place),
        hamlet=box.hamlet if sketch.hamlet is None else there.hamlet(box.unit, tidy(sketch.hamlet)),
        contact_role=_said(sketch.contact_role, box.contact_role),
        contact_reach=_said(sketch.contact_reach, box.contact_reach),
    )


def _said(text: str | None, otherwise: str) -> str:
    return otherwise if text is None else tidy(text)


def reasons(box: Box, there: Around) -> Iterator[Fault]:
    """Why this box cannot be written as it is. Whether closed boxes lead in a circle is `circles`'s."""
    before = there.boxes.get(box.code)
    if before is None:
        yield from code_faults(box.code)
        if box.code.lower() in there.folded:
            yield Fault(0, "row-box-case", "code")
        yield from unit_faults(box.unit, there.units)
    elif before.unit != box.unit:
        yield Fault(0, "row-box-unit", "unit")
    yield from words_faults("label_vi", box.label_vi, needed=True)
    for column, text, longest in (
        ("label_en", box.label_en, LONGEST_NAME), ("place", box.place, LONGEST_PLACE),
        ("contact_role", box.contact_role, LONGEST_NAME), ("contact_reach", box.contact_reach, LONGEST_NAME),
    ):  # fmt: skip
        yield from words_faults(column, text, longest)
    if box.hamlet is not None and (before is None or before.hamlet != box.hamlet):
        found = there.hamlets.get(box.hamlet)
        if found is None or found.unit != box.unit:
            yield Fault(0, "row-no-hamlet", "hamlet")
    if box.successor is not None and not box.closed:
        yield Fault(0, "row-box-open", "successor")


def unit_faults(unit: str, there: Mapping[str, bool]) -> Iterator[Fault]:
    """Why nothing new can hang in this unit, of units with whether each is there now."""
    if unit not in there:
        yield Fault(0, "row-no-unit", "unit")
    elif not there[unit]:
        yield Fault(0, "row-unit-ended", "unit")


def circles(after: Mapping[str, Box]) -> dict[str, Fault]:
    """Which closed boxes could not lead on, by code, and why, if these were all boxes there are."""
    wrong: dict[str, Fault] = {}
    for start, box in after.items():
        code, passed = start, 0
        while code in after and after[code].closed and after[code].successor and passed <= LONGEST_CHAIN:
            code, passed = after[code].successor or "", passed + 1
            if code == start:
                wrong[start] = Fault(0, "row-box-circle", "successor")
                break
        if passed > LONGEST_CHAIN:
            wrong.setdefault(start, Fault(0, "row-box-chain", "successor", {"most": LONGEST_CHAIN}))
        if box.successor is not None and box.successor not in after:
            wrong[start] = Fault(0, "row-no-box", "successor")
    return wrong
