"""Which hamlets have a box and a board of numbers, and which lack what: the share that a ward answers for.

Reads units, boxes and hamlets; says nothing about tips.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from sqlalchemy import Connection

from bot.service.boxes.belonging import Belonging
from handlers.values import Name
from storage.repositories import boxes, hamlets, hotlines, units
from storage.repositories.hamlets import Hamlet
from storage.repositories.units import UnitName


@dataclass(frozen=True, slots=True)
class Lacking:
    """A hamlet that lacks a box, a board of numbers, or both."""

    code: str
    name: Name
    box: bool
    board: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """What hangs in a unit. `numbers` are its own on its board; `percent` None: it has no list of hamlets."""

    unit: str
    name: Name
    hamlets: int
    boxes: int
    with_box: int
    with_board: int
    with_both: int
    numbers: int
    percent: float | None
    lacking: tuple[Lacking, ...]


def coverage(connection: Connection, now: int, unit: str | None = None) -> tuple[Covered, ...]:
    """Every unit there is now that hamlets, boxes or officers belong to, by code; one unit alone if it is named.

    What belongs to a unit that is no more counts for the one after it. A unit above others is left out unless something
    hangs in it.
    """
    of = Belonging(units.names(connection, now))
    lists: defaultdict[str, list[Hamlet]] = defaultdict(list)
    hanging: defaultdict[str, list[str | None]] = defaultdict(list)
    for hamlet in hamlets.present(connection):
        lists[of.today(hamlet.unit)].append(hamlet)
    for box in boxes.every(connection):
        if not box.closed:
            hanging[of.today(box.unit)].append(box.hamlet)
    above = {one.parent for one in of.units.values() if one.there}
    asked = [one for one in of.units.values() if one.there and unit in (None, one.code)]
    shown = [one for one in asked if one.code in lists or one.code in hanging or (one.own and one.code not in above)]
    own = hotlines.counted(connection)
    return tuple(
        _covered(one, lists.get(one.code, []), hanging.get(one.code, []), own.get(one.code, 0))
        for one in sorted(shown, key=lambda one: one.code)
    )


def percent(done: int, of: int) -> float | None:
    """Hundredths with one digit, rounded down: 100 means all of them. None of none."""
    return float((Decimal(100 * done) / of).quantize(Decimal("0.1"), ROUND_FLOOR)) if of else None


def _covered(unit: UnitName, listed: list[Hamlet], hanging: Iterable[str | None], numbers: int) -> Covered:
    held = list(hanging)
    lacking = tuple(
        Lacking(one.code, Name(one.name_vi, one.name_en), box=one.code not in held, board=one.board is None)
        for one in listed
        if one.code not in held or one.board is None
    )
    return Covered(
        unit=unit.code,
        name=Name(unit.name_vi, unit.name_en),
        hamlets=len(listed),
        boxes=len(held),
        with_box=len(listed) - sum(one.box for one in lacking),
        with_board=len(listed) - sum(one.board for one in lacking),
        with_both=len(listed) - len(lacking),
        numbers=numbers,
        percent=percent(len(listed) - len(lacking), len(listed)),
        lacking=lacking,
    )
