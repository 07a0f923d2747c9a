"""What is done to the organisation that no table says: each act in the transaction of whoever carries it out.

Owns what an act must look at itself, before the rows it changed are looked at: whether what it names is the officer's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from sqlalchemy import Connection

from bot.service import routing, tree
from bot.service.desk import staffing
from bot.service.desk.counter import Me
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.hamlets import acts as hamlet_acts
from bot.service.organisation.lists import Name
from bot.service.organisation.printing import said_as
from bot.service.organisation.scope import Scope, refused
from bot.service.rosters import acts as roster_acts
from bot.service.site import SheetBook
from handlers.roster import Swap
from storage.repositories import hamlets, officers


@dataclass(frozen=True, slots=True)
class Removal:
    """Who is shut out. `tips`: how many that are open he alone can open, as was said before."""

    serial: str
    tips: int = 0


@dataclass(frozen=True, slots=True)
class Merger:
    """Units that end at a moment (UTC seconds; None, or one that is over: now), and the one that goes on for them."""

    olds: tuple[str, ...]
    into: str
    when: int | None


@dataclass(frozen=True, slots=True)
class HamletEnd:
    """A hamlet that is no more, and the one that its boxes belong to from now on, if any."""

    code: str
    into: str | None


@dataclass(frozen=True, slots=True)
class Exchange:
    """On this day `instead` stands wherever a unit's week says `officer`; None: the week holds again."""

    unit: str
    day: date
    officer: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Feast:
    """Days, the last one too, that are holidays of a unit and those under it; without a name they are so no more.

    `working`: they are worked instead of others.
    """

    unit: str
    first: date
    last: date
    name: str | None
    working: bool = False


@dataclass(frozen=True, slots=True)
class RouteEnd:
    """Of this kind of matter the unit says no more where it goes: what is said above it holds."""

    unit: str
    category: str


Act = Removal | Merger | HamletEnd | Exchange | Feast | RouteEnd


@dataclass(frozen=True, slots=True)
class Doing:
    """An act under way: whose it is and within what, when, and what it wants told in audit chains behind its record."""

    connection: Connection
    book: SheetBook
    me: Me
    scope: Scope
    now: int
    told: list[tuple[str, Observed]]

    def seen(self, unit: str, observed: Observed) -> None:
        """Have the chain of a unit tell this too."""
        self.told.append((unit, observed))


def list_of(act: Act) -> Name:
    """Which list an act changes, as its record says."""
    match act:
        case Removal():
            return "officers"
        case Merger() | RouteEnd():
            return "units"
        case HamletEnd():
            return "hamlets"
        case Exchange():
            return "swaps"
        case Feast():
            return "holidays"


def carry_out(doing: Doing, act: Act) -> None:
    """Do it.

    Raises:
        NotAccepted: it is not his to do, or cannot be done so.
    """
    match act:
        case Removal():
            _remove(doing, act)
        case Merger():
            _merge(doing, act)
        case HamletEnd():
            _end(doing, act)
        case Exchange():
            _exchange(doing, act)
        case Feast():
            _feast(doing, act)
        case RouteEnd():
            _take_back(doing, act)
        case _:
            assert_never(act)


def _remove(doing: Doing, act: Removal) -> None:
    """Nobody shuts himself out, nor the last one who reads at a unit while its signed sheet says so.

    Whoever alone can open some tips is shut out by naming how many.
    """
    found = officers.by_serial(doing.connection, act.serial)
    if act.serial == doing.me.officer.serial:
        raise refused()
    if found is None or found.unit not in doing.scope.codes:
        raise NotAccepted("org-no-row", status=404)
    reading = staffing.reading(doing.connection, doing.book, found, doing.now)
    doing.scope.shuts_out(found.unit, reads=reading.this)
    if reading.this and not reading.others:
        raise NotAccepted("org-last-reader", status=422)
    try:
        with said_as("org-no-row"):
            staffing.shut_out(doing.connection, act.serial, seen=doing.seen, tips=act.tips)
    except staffing.LastKey:
        raise NotAccepted("org-last-key", status=409) from None


def _merge(doing: Doing, act: Merger) -> None:
    for code in (*act.olds, act.into):
        doing.scope.within(code)
    when = max(doing.now, act.when or 0)
    with said_as("org-bad-merge"):
        tree.merge(doing.connection, doing.book, act.olds, into=act.into, now=doing.now, when=when)


def _end(doing: Doing, act: HamletEnd) -> None:
    for code in (act.code, act.into):
        found = None if code is None else hamlets.find(doing.connection, code)
        if code is not None and (found is None or found.unit not in doing.scope.codes):
            raise NotAccepted("org-no-row", status=404)
    with said_as("org-bad-hamlet-end"):
        hamlet_acts.end(doing.connection, act.code, act.into, doing.now)


def _exchange(doing: Doing, act: Exchange) -> None:
    doing.scope.within(act.unit)
    with said_as("org-bad-swap"):
        if act.instead is None:
            roster_acts.unswap(doing.connection, act.unit, act.day, act.officer)
        else:
            wanted = Swap(act.day, act.officer, act.instead)
            roster_acts.swap(doing.connection, act.unit, wanted, now=doing.now)


def _feast(doing: Doing, act: Feast) -> None:
    doing.scope.within(act.unit)
    days = (act.first, act.last)
    with said_as("org-bad-holiday"):
        if act.name is None:
            roster_acts.no_holiday(doing.connection, act.unit, days)
        else:
            roster_acts.holiday(doing.connection, act.unit, days, act.name, now=doing.now, working=act.working)


def _take_back(doing: Doing, act: RouteEnd) -> None:
    doing.scope.within(act.unit)
    with said_as("org-no-row"):
        routing.take_back(doing.connection, act.unit, act.category)
