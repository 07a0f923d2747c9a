"""Unit sheets of many units at once: what is asked of the authority, and what comes back signed, each told apart.

What leaves for the authority is a unit's name and its officers' public keys: nothing of a tip, a box or a reporter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from bot.service.authority.requests import request_file
from bot.service.desk import mergers, sheetwork
from bot.service.endings import still_needed
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, Site
from crypto.sheets import Officer, Sheet
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
    """Whose sheets are asked for: of these units, else of all that need one; and how near an end is, in days.

    `among`: of these units at most. `approved`: with those alone of who waits whose digits were compared here.
    """

    units: tuple[str, ...] = ()
    ending: int = 30
    among: Collection[str] | None = None
    approved: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with its sheet: the last one signed, who would be new on the next one, who off it.

    `waiting`: how many wait, proposed or not. `there`: a sheet of it is needed still.
    """

    unit: units.Unit
    last: Sheet | None
    new: tuple[officers.Officer, ...]
    leaving: tuple[Officer, ...]
    waiting: int
    there: bool

    def needs(self, now: int, ending: int) -> bool:
        """Whether a new sheet is to be asked for: somebody waits or left, or the last one ends in so many days."""
        ends = self.last is not None and self.last.expires - now < ending * DAY
        return self.there and bool(self.new or self.leaving or ends)


def standings(
    connection: Connection, book: SheetBook, codes: Sequence[str], *, need: Need, now: int
) -> Iterator[Standing]:
    """How each of these units stands, new ones as `need` counts them."""
    every = {unit.code: unit for unit in units.every_unit(connection)}
    people: defaultdict[str, list[officers.Officer]] = defaultdict(list)
    for officer in officers.every(connection):
        people[officer.unit].append(officer)
    for code in codes:
        last = _last(connection, book, code)
        known = {line.serial for line in last.officers} if last else set()
        asking = [one for one in people[code] if one.status == "requested" and one.serial not in known]
        new = tuple(one for one in asking if one.approved or not need.approved)
        removed = {one.serial for one in people[code] if one.status == "removed"}
        leaving = tuple(line for line in last.officers if line.serial in removed) if last else ()
        there = still_needed(connection, book, every[code], now)
        yield Standing(every[code], last, new, leaving, len(asking), there)


def requests(connection: Connection, book: SheetBook, site: Site, *, need: Need, now: int) -> list[Asked]:
    """Requests for these units, else for those where somebody waits or left, or whose sheet ends.

    Raises:
        NotAccepted: one of the units named is not here.
    """
    every = [unit.code for unit in units.every_unit(connection) if need.among is None or unit.code in need.among]
    if not set(need.units) <= set(every):
        raise NotAccepted("there is no such unit here")
    codes = tuple(dict.fromkeys(need.units)) or every
    found = standings(connection, book, codes, need=need, now=now)
    wanted = [one for one in found if need.units or one.needs(now, need.ending)]
    return [_asked(connection, book, site, one, now=now) for one in wanted]


def _asked(connection: Connection, book: SheetBook, site: Site, one: Standing, *, now: int) -> Asked:
    code, waiting = one.unit.code, frozenset(new.serial for new in one.new)
    try:
        sheet = sheetwork.proposal(connection, book, site, code, approved=waiting, now=now)
    except NotAccepted as error:
        return Asked(code, one.unit.name_vi, why=str(error))
    new = tuple(line.officer for line in sheet.officers if line.serial in waiting)
    leaving = tuple(line.officer for line in one.leaving)
    return Asked(code, sheet.name, sheet.n, new, len(sheet.officers) - len(new), leaving, request_file(sheet))


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
