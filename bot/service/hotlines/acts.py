"""What is done with numbers, one act a transaction: put up, changed, taken off, put in order, checked, listed.

A number is meant by its unit (or `national`) and by itself, however it is written. A built-in number can be changed and
never taken off, so that no board is without the country's numbers.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.boards import board_rows, is_stale, tel, today
from bot.service.errors import NotAccepted
from bot.service.hotlines.rules import NATIONAL, Sketch, blank, digits, drawn, reasons
from bot.service.tables import refuse
from storage.repositories import hotlines, units
from storage.repositories.hotlines import StoredHotline

NO_UNIT = "there is no such unit here"
NO_NUMBER = "there is no such number on this board: see hopthu hotline list"


@dataclass(frozen=True, slots=True)
class Listed:
    """A number as an operator sees it. `unit` is whose it is, `national` for all; `tel` is what a tap calls.

    `stale`: nobody has tried it for `STALE_DAYS`, or ever.
    """

    unit: str
    number: str
    tel: str
    kind: str
    role_vi: str
    role_en: str
    hours_vi: str
    hours_en: str
    checked: str | None
    stale: bool
    source: str | None


def listed(connection: Connection, unit: str | None, now: int) -> tuple[Listed, ...]:
    """A unit's board as people see it, inherited numbers too; without a unit, every number where it was put up.

    Raises:
        NotAccepted: no such unit.
    """
    if unit is None:
        rows = hotlines.every(connection)
    else:
        whose = _owner(connection, unit)
        rows = hotlines.own(connection, None) if whose is None else board_rows(connection, whose)
    day = today(now)
    return tuple(_listed(row, stale=is_stale(row, day)) for row in rows)


def add(
    connection: Connection,
    unit: str,
    sketch: Sketch,
    now: int,
    *,
    entropy: Callable[[int], bytes] = secrets.token_bytes,
) -> Listed:
    """Put a number up, last on its unit's board.

    Raises:
        NotAccepted: no such unit, no number, or it is there already.
    """
    whose = _owner(connection, unit)
    there = hotlines.own(connection, whose)
    position = max((row.position for row in there), default=-1) + 1
    return _write(connection, blank(entropy(16), whose, position), sketch, now)


def change(connection: Connection, unit: str, number: str, sketch: Sketch, *, now: int) -> Listed:
    """Change what is said of a number, or the number itself; it keeps its place.

    Raises:
        NotAccepted: no such number, or it cannot be so.
    """
    return _write(connection, _find(connection, unit, number), sketch, now)


def remove(connection: Connection, unit: str, number: str) -> None:
    """Take a number off its board.

    Raises:
        NotAccepted: no such number, or a built-in one.
    """
    found = _find(connection, unit, number)
    if found.source is not None:
        raise NotAccepted("a national number stays on every board: change it where it has changed")
    hotlines.remove(connection, found.id)


def check(connection: Connection, unit: str, numbers: Sequence[str], now: int) -> tuple[Listed, ...]:
    """Note that these numbers were called today and answered as the board says; none named: all the unit put up.

    Raises:
        NotAccepted: no such unit or number.
    """
    named = [_find(connection, unit, number) for number in numbers]
    found = named or hotlines.own(connection, _owner(connection, unit))
    day = today(now).isoformat()
    for row in found:
        hotlines.put(connection, replace(row, checked=day))
    return tuple(_listed(replace(row, checked=day), stale=False) for row in found)


def order(connection: Connection, unit: str, numbers: Sequence[str], now: int) -> tuple[Listed, ...]:
    """Put these numbers first on their board, in this order; the others stay behind them as they were.

    Raises:
        NotAccepted: no such unit or number.
    """
    first = [_find(connection, unit, number) for number in numbers]
    whole = hotlines.own(connection, _owner(connection, unit))
    for position, row in enumerate(dict.fromkeys((*first, *whole))):
        hotlines.put(connection, replace(row, position=position))
    return listed(connection, unit, now)


def _write(connection: Connection, before: StoredHotline, sketch: Sketch, now: int) -> Listed:
    wanted, day = drawn(before, sketch), today(now)
    refuse([*reasons(sketch, before, wanted, day)])
    for row in hotlines.own(connection, before.unit):
        if row.id != wanted.id and digits(row.number) == digits(wanted.number):
            raise NotAccepted("this number is on the board already: change it with hopthu hotline change")
    hotlines.put(connection, wanted)
    return _listed(wanted, stale=is_stale(wanted, day))


def _owner(connection: Connection, unit: str) -> str | None:
    """The unit's code; None for the country."""
    if unit == NATIONAL:
        return None
    if units.find_unit(connection, unit) is None:
        raise NotAccepted(NO_UNIT)
    return unit


def _find(connection: Connection, unit: str, number: str) -> StoredHotline:
    asked = digits(number)
    for row in hotlines.own(connection, _owner(connection, unit)):
        if digits(row.number) == asked:
            return row
    raise NotAccepted(NO_NUMBER)


def _listed(row: StoredHotline, *, stale: bool) -> Listed:
    return Listed(
        unit=row.unit or NATIONAL,
        number=row.number,
        tel=tel(row.number),
        kind=row.kind,
        role_vi=row.role_vi,
        role_en=row.role_en,
        hours_vi=row.hours_vi,
        hours_en=row.hours_en,
        checked=row.checked,
        stale=stale,
        source=row.source,
    )
