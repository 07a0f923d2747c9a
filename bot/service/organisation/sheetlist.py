"""How units stand with their signed sheets, as the console shows it: until when one counts, and what is asked for next.

Reads, changes nothing. Every number and name here comes from a sheet that the authority signed, but for who waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.service.desk.sheetbatches import DAY, Need, Standing, standings
from bot.service.organisation.lists import Line
from bot.service.organisation.looking import Beside, Look
from handlers.roster import day_of
from storage.repositories import sheets

NEAR = 30
"""Days before a sheet's end from which on the next one is asked for, as the command has it."""


@dataclass(frozen=True, slots=True)
class Past:
    """A signed sheet of a unit: its number, its days, who came onto it and who was left off."""

    n: int
    issued: str
    until: str
    officers: int
    came: tuple[str, ...]
    left: tuple[str, ...]


def need_of(codes: Collection[str], *units: str) -> Need:
    """What the console asks the authority for: those alone of who waits whose digits were compared here."""
    return Need(units, NEAR, codes, approved=True)


def lines(look: Look, codes: Collection[str]) -> Iterator[Line]:
    """Units that need a sheet, by code; those that are over and still have one that counts too."""
    for one in _standings(look, sorted(codes & look.scope.of.units.keys())):
        if one.there:
            yield _line(one)


def beside(look: Look, shown: Sequence[Line]) -> list[Beside]:
    """Days that are left, who comes and goes by the next sheet, and who waits uncompared."""
    return [_beside(look, one) for one in _standings(look, [line.key for line in shown])]


def asking(look: Look, codes: Collection[str]) -> int:
    """How many of these units need a new sheet."""
    found = _standings(look, sorted(codes & look.scope.of.units.keys()))
    return sum(one.needs(look.now, NEAR) for one in found)


def past(look: Look, unit: str) -> tuple[Past, ...]:
    """Every sheet that the authority signed for a unit, the newest first."""
    found = (look.book.verified(stored.body) for stored in sheets.every(look.connection, unit))
    signed = [sheet for sheet in found if sheet is not None and sheet.unit == unit]
    told = []
    for place, sheet in enumerate(signed):
        now = [line.officer for line in sheet.officers]
        before = [line.officer for line in signed[place + 1].officers] if place + 1 < len(signed) else []
        came, left = (tuple(one for one in some if one not in other) for some, other in ((now, before), (before, now)))
        told.append(Past(sheet.n, day_of(sheet.issued).isoformat(), _until(sheet.expires), len(now), came, left))
    return tuple(told)


def _standings(look: Look, codes: Sequence[str]) -> Iterator[Standing]:
    return standings(look.connection, look.book, codes, need=need_of(()), now=look.now)


def _until(expires: int) -> str:
    return day_of(expires - 1).isoformat()


def _line(one: Standing) -> Line:
    last = one.last
    cells = {
        "unit": one.unit.code,
        "name": one.unit.name_vi,
        "n": str(last.n) if last else "",
        "until": _until(last.expires) if last else "",
        "officers": str(len(last.officers)) if last else "0",
        "new": ", ".join(new.account for new in one.new),
        "leaving": ", ".join(line.officer for line in one.leaving),
    }
    return Line(one.unit.code, one.unit.code, cells)


def _beside(look: Look, one: Standing) -> Beside:
    counts = look.book.newest(look.connection, one.unit.code, look.now)
    missing = (one.last.n if one.last else 0) < look.book.floor(one.unit.code)
    return {
        "sheet_days": (counts.expires - look.now) // DAY if counts else None,
        "missing": missing,
        "asks": one.needs(look.now, NEAR),
        "new": [{"account": new.account, "role": new.role} for new in one.new],
        "leaving": [line.officer for line in one.leaving],
        "uncompared": one.waiting - len(one.new),
    }
