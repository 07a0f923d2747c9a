"""Unit sheets of many units at once: what is asked of the authority, and what comes back signed, each told apart.

What leaves for the authority is a unit's name and its officers' public keys: nothing of a tip, a box or a reporter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from bot.service.authority.requests import request_file
from bot.service.desk import mergers, sheetwork
from bot.service.endings import still_needed
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, Site
from crypto.sheets import Sheet
from storage.repositories import officers, sheets, units

DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: who is new on it, how many stay, who leaves; or (no `body`) why there is none."""

    unit: str
    name: str
    n: int = 0
    new: tuple[str, ...] = ()
    staying: int = 0
    leaving: tuple[str, ...] = ()
    body: bytes = b""
    why: str = ""

    @property
    def file(self) -> str:
        """What its file is called on the way to the authority."""
        return f"request-{self.unit}.json"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a signed sheet that was brought: who is out by it, and whom it goes on for since."""

    file: str
    status: Literal["taken", "already", "refused", "held"]
    unit: str = ""
    n: int = 0
    officers: int = 0
    shut_out: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Need:
    """Whose sheets are asked for: of these units, else of all that need one; and how near an end is, in days."""

    units: tuple[str, ...] = ()
    ending: int = 30


def requests(connection: Connection, book: SheetBook, site: Site, *, need: Need, now: int) -> list[Asked]:
    """Requests for these units, else for those where somebody waits or left, or whose sheet ends.

    Raises:
        NotAccepted: one of the units named is not here.
    """
    every = {unit.code: unit for unit in units.every_unit(connection)}
    if set(need.units) - every.keys():
        raise NotAccepted("there is no such unit here")
    people: defaultdict[str, list[officers.Officer]] = defaultdict(list)
    for officer in officers.every(connection):
        people[officer.unit].append(officer)
    found = []
    for code in dict.fromkeys(need.units) or every:
        unit, last = every[code], _last(connection, book, code)
        waiting = frozenset(one.serial for one in people[code] if one.status == "requested")
        removed = {one.serial for one in people[code] if one.status == "removed"}
        leaving = tuple(line.officer for line in last.officers if line.serial in removed) if last else ()
        is_there = still_needed(connection, book, unit, now)
        ends = last is not None and last.expires - now < need.ending * DAY
        if not (need.units or (is_there and (waiting or leaving or ends))):
            continue
        try:
            sheet = sheetwork.proposal(connection, book, site, code, approved=waiting, now=now)
        except NotAccepted as error:
            found.append(Asked(code, unit.name_vi, why=str(error)))
            continue
        new = tuple(line.officer for line in sheet.officers if line.serial in waiting)
        staying = len(sheet.officers) - len(new)
        found.append(Asked(code, sheet.name, sheet.n, new, staying, leaving, request_file(sheet)))
    return found


def _last(connection: Connection, book: SheetBook, unit: str) -> Sheet | None:
    stored = sheets.newest(connection, unit)
    return book.verified(stored.body) if stored else None


def take_in(
    connection: Connection, book: SheetBook, file: tuple[str, bytes], *, now: int, tips: int
) -> tuple[Taken, Sheet | None]:
    """Take a sheet in; the very one in force already is no fault, whatever else is refused.

    Raises:
        NotAccepted: see `sheetwork.take_in`.
    """
    name, body = file
    known = book.verified(body)
    stored = sheets.newest(connection, known.unit) if known else None
    if known is not None and stored is not None and stored.body == body and _counts(book, known, now):
        book.take_in(known)
        return Taken(name, "already", known.unit, known.n, len(known.officers)), None
    ended = mergers.newly_ended(connection, book, known) if known else ()
    before = {one for code in (known.unit, *ended) for one in _active(connection, code)} if known else set()
    sheet = sheetwork.take_in(connection, book, body, now, tips=tips)
    out = tuple(sorted(before - _active(connection, sheet.unit)))
    return Taken(name, "taken", sheet.unit, sheet.n, len(sheet.officers), out, ended), sheet


def end_units(connection: Connection, book: SheetBook, files: Sequence[tuple[str, bytes]]) -> bool:
    """True where one of these sheets goes on for a unit that it did not go on for before: much comes over then."""
    known = (book.verified(body) for _, body in files)
    return any(mergers.newly_ended(connection, book, sheet) for sheet in known if sheet is not None)


def _counts(book: SheetBook, sheet: Sheet, now: int) -> bool:
    return sheet.n >= book.floor(sheet.unit) and sheet.valid_at(now)


def _active(connection: Connection, unit: str) -> set[str]:
    return {one.account for one in officers.of_unit(connection, unit) if one.status == "active"}


class Held(NotAccepted):
    """Some sheet of a batch was refused, so that none of it is taken in."""

    def __init__(self, told: Sequence[Taken]) -> None:
        super().__init__("one of these sheets is refused, none was taken in")
        self.told = [Taken(one.file, "held", one.unit, one.n) if one.status == "taken" else one for one in told]


def take_in_whole(
    connection: Connection,
    book: SheetBook,
    files: Sequence[tuple[str, bytes]],
    *,
    now: int,
    seen: Callable[[Connection, Taken], None],
    tips: int = 0,
) -> list[tuple[Taken, Sheet | None]]:
    """Take all of them in; `seen` notes each. `tips`: see `sheetwork.take_in`.

    Raises:
        Held: one was refused; the transaction is to be undone.
    """
    found: list[tuple[Taken, Sheet | None]] = []
    for file in files:
        try:
            found.append(take_in(connection, book, file, now=now, tips=tips))
        except NotAccepted as error:
            found.append((Taken(file[0], "refused", why=str(error)), None))
    if any(told.status == "refused" for told, _ in found):
        raise Held([told for told, _ in found])
    for told, sheet in found:
        if sheet is not None:
            seen(connection, told)
    return found
