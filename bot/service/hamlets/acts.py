"""What is done with hamlets, one at a time. Nothing is overwritten: a change begins a new state under the same code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace as changed

from sqlalchemy import Connection

from bot.service.boxes.rules import unit_faults
from bot.service.days import read_day
from bot.service.errors import NotAccepted
from bot.service.naming import code_faults, code_of, tidy, words_faults
from bot.service.tables import Fault, refuse
from handlers.values import Name
from storage.repositories import boxes, hamlets, units
from storage.repositories.hamlets import Hamlet

NO_HAMLET = "there is no such hamlet"


def sketch(code: str, unit: str, name_vi: str, name_en: str) -> Hamlet:
    """A hamlet as it is asked for, before it begins."""
    return Hamlet(code, 0, tidy(unit), name_vi, name_en)


def add(connection: Connection, hamlet: Hamlet, now: int) -> Hamlet:
    """Put a hamlet on its unit's list; without a code (empty) it gets that of its name.

    Raises:
        NotAccepted: it cannot be so, or the code was ever given.
    """
    name = tidy(hamlet.name_vi)
    code = tidy(hamlet.code) or code_of(name, hamlet.unit)
    fresh = changed(hamlet, code=code, valid_from=now, name_vi=name, name_en=tidy(hamlet.name_en) or name)
    if code in hamlets.codes(connection):
        raise NotAccepted("this code was given to a hamlet before: choose another with --code")
    refuse([*reasons(fresh, {unit.code: bool(unit.there) for unit in units.names(connection, now)})])
    hamlets.write(connection, new=(fresh,), changed=())
    return fresh


def rename(connection: Connection, code: str, name: Name, now: int) -> Hamlet:
    """Call it otherwise from now on; without an English name (empty) by the Vietnamese one.

    Raises:
        NotAccepted: there is no such hamlet, or it cannot be called so.
    """
    hamlet, vietnamese = _there(connection, code), tidy(name.vi)
    fresh = changed(hamlet, name_vi=vietnamese, name_en=tidy(name.en) or vietnamese)
    refuse([*reasons(fresh, {hamlet.unit: True})])
    write(connection, [(hamlet, fresh)], now)
    return fresh


def end(connection: Connection, code: str, successor: str | None, now: int) -> int:
    """It is no more; its boxes are of the one that came after it, or of none. How many those are.

    Raises:
        NotAccepted: there is no such hamlet, or the one after it is not of the same unit.
    """
    hamlet = _there(connection, code)
    after = _there(connection, successor) if successor is not None else None
    if after is not None and (after.unit != hamlet.unit or after.code == code):
        raise NotAccepted("the hamlet after it must be another one of the same unit")
    over = changed(hamlet, valid_to=max(now, hamlet.valid_from), successor=successor)
    hamlets.write(connection, new=(), changed=(over,))
    theirs = [box for box in boxes.every(connection, hamlet.unit) if box.hamlet == code]
    boxes.write(connection, new=(), changed=[changed(box, hamlet=successor) for box in theirs])
    return len(theirs)


def see_board(connection: Connection, code: str, day: str | None) -> Hamlet:
    """Note the day on which its board of numbers was seen hanging there; None: there is none any more.

    Raises:
        NotAccepted: there is no such hamlet, or no such day.
    """
    seen = None if day is None else read_day(day)
    if day is not None and seen is None:
        refuse([Fault(0, "row-day", "board")])
    fresh = changed(_there(connection, code), board=seen.isoformat() if seen else None)
    hamlets.write(connection, new=(), changed=(fresh,))
    return fresh


def reasons(hamlet: Hamlet, there: Mapping[str, bool]) -> Iterator[Fault]:
    """Why this hamlet cannot be written as it is, among units of which `there` says whether they are there now."""
    yield from code_faults(hamlet.code)
    yield from unit_faults(hamlet.unit, there)
    yield from words_faults("name_vi", hamlet.name_vi, needed=True)
    yield from words_faults("name_en", hamlet.name_en)


def write(connection: Connection, turned: list[tuple[Hamlet, Hamlet]], now: int) -> None:
    """Hamlets as they are and will be: what is called otherwise begins anew, the day of a board is only noted."""
    begun, noted = [], []
    for old, new in turned:
        if (old.name_vi, old.name_en) == (new.name_vi, new.name_en) or now <= old.valid_from:
            noted.append(new)
        else:
            begun.append(changed(new, valid_from=now))
            noted.append(changed(old, valid_to=now))
    hamlets.write(connection, new=begun, changed=noted)


def listed(connection: Connection, unit: str | None = None, of: str | None = None) -> tuple[Hamlet, ...]:
    """The hamlets there are now, of one unit if it is named; or (`of`) how the hamlet of this code was, oldest first.

    Raises:
        NotAccepted: there never was such a hamlet.
    """
    if of is None:
        return hamlets.present(connection, unit)
    found = hamlets.history(connection, of)
    if not found:
        raise NotAccepted(NO_HAMLET)
    return found


def _there(connection: Connection, code: str) -> Hamlet:
    found = hamlets.find(connection, code)
    if found is None:
        raise NotAccepted(NO_HAMLET)
    return found
