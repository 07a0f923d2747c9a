"""What came after a unit, as the rows of units say: who is there in its place, and what ended in it.

Rows lead; whether the unit they lead to goes on for the other with officers and tips is said by its signed sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from storage.repositories import units

MAX_DEPTH = 8
"""How far the tree of units is followed, upwards and from one to the next; deeper than any real one, and an end to a
false one."""


def present_unit(connection: Connection, code: str | None, now: int) -> units.Unit | None:
    """The unit with this code, or the one after it where it is no more and has a successor."""
    found = tuple(present_units(connection, code, now))
    return found[-1] if found else None


def present_units(connection: Connection, code: str | None, now: int) -> Iterator[units.Unit]:
    """The unit with this code, then each that came after the one before."""
    found = units.find_unit(connection, code) if code else None
    for _ in range(MAX_DEPTH):
        if found is None:
            return
        yield found
        if found.valid_to is None or now < found.valid_to or found.successor is None:
            return
        found = units.find_unit(connection, found.successor)


def later_units(connection: Connection, code: str) -> Iterator[str]:
    """Codes of the units that come after this one, whenever they do."""
    for _ in range(MAX_DEPTH):
        found = units.find_unit(connection, code)
        if found is None or found.successor is None:
            return
        code = found.successor
        yield code


def ended_into(connection: Connection, unit: str, now: int) -> tuple[str, ...]:
    """Codes of the units that this one came after, nearest first."""
    found: dict[str, None] = {}
    latest: tuple[str, ...] = (unit,)
    for _ in range(MAX_DEPTH):
        latest = tuple(code for code in units.ended_into(connection, latest, now) if code not in found)
        found.update(dict.fromkeys(latest))
        if not latest:
            break
    return tuple(code for code in found if code != unit)
