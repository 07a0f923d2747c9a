"""The organisation as officers see and change it at the console: one transaction each, errors of one family.

A change goes with the officer's signed act or not at all. What other units' rows it changed is told, as observed, in
their chains too. No look and no change here reaches a tip.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from sqlalchemy import Connection

from bot.service import tree, unitrows
from bot.service.boxes import acts as box_acts
from bot.service.boxes import rows as box_rows
from bot.service.boxes.addresses import Addresses
from bot.service.coverage import Covered
from bot.service.desk import login, staffing
from bot.service.desk.audit import Deed, Ledger, Signed
from bot.service.desk.counter import Me
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.hamlets import rows as hamlet_rows
from bot.service.hotlines import rows as hotline_rows
from bot.service.naming import meant
from bot.service.organisation import history, showing, weeks
from bot.service.organisation.arranging import TOUCHED, Arranged, arrange
from bot.service.organisation.lists import COLUMNS, READ, Name, table
from bot.service.organisation.printing import Printing, posters_of, require_box, said_as
from bot.service.organisation.scope import Scope, refused, scope_of
from bot.service.organisation.showing import Asked, Look, Shown
from bot.service.posters.content import Poster
from bot.service.queues import Queue
from bot.service.rosters import rows as roster_rows
from bot.service.site import SheetBook
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from crypto.acts import Detail
from storage.database import Database
from storage.repositories import holders, officers, units

if TYPE_CHECKING:
    from bot.service.posters.press import Press

T = TypeVar("T")
Unit = units.UnitName
"""A unit as edges know it."""
FIRST_ROW = 2
"""The number of the row below the header, as a spreadsheet counts."""
UNPACKED = 8 << 20
"""Bytes that a workbook sent here may unpack to: more than the thousands of rows that can be sent at once."""
WAITING = 8
"""Officers who wait for a print, and for other slow work, while one is served."""
TAKE_IN: Final[Mapping[Name, Callable[[Connection, bytes, int], object]]] = {
    "units": unitrows.take_in,
    "hamlets": hamlet_rows.take_in,
    "boxes": box_rows.take_in,
    "hotlines": hotline_rows.take_in,
    "roster": lambda connection, body, _now: roster_rows.take_in(connection, body),
}
"""How the table of a list is taken in; officers are invited and shut out one by one."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What an officer sent to change a list: the bytes that his record names, and the record."""

    what: bytes
    record: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows of a list are new, changed or gone, or as the table says without it."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Link:
    """An enrolment link and until when it works (UTC seconds)."""

    link: str
    expires: int


@dataclass(frozen=True, slots=True)
class Merger:
    """Units that end at a moment (UTC seconds; None, or one that is over: now), and the one that goes on for them."""

    olds: tuple[str, ...]
    into: str
    when: int | None


@dataclass(frozen=True, slots=True)
class _Doing:
    """An act under way: for whom it is bounded, when, and what it wants told in audit chains behind its record."""

    connection: Connection
    scope: Scope
    now: int
    told: list[tuple[str, Observed]]

    def seen(self, unit: str, observed: Observed) -> None:
        self.told.append((unit, observed))


class OrganisationDesk:
    """Where the organisation is arranged. `open_press` opens what prints, once it is asked for."""

    def __init__(
        self,
        *,
        database: Database,
        book: SheetBook,
        ledger: Ledger,
        site: str,
        clock: Callable[[], float],
        entropy: Callable[[int], bytes],
        links: Addresses,
        open_press: Callable[[], Press],
    ) -> None:
        self._database = database
        self._book = book
        self._ledger = ledger
        self._site = site
        self._clock = clock
        self._entropy = entropy
        self._links = links
        self._open_press = open_press
        self._prints = Queue("posters", at_once=1, waiting=WAITING, full=_busy)
        self._papers = Queue("tables", at_once=1, waiting=WAITING, full=_busy)

    async def page(self, me: Me, name: Name, asked: Asked) -> Shown:
        """A page of a list. The digits of whoever waits for the authority are made beside the loop."""
        shown = await self._look(me, lambda look: showing.page(look, name, asked))
        return await self._papers.run(lambda: showing.with_digits(shown)) if showing.waits(shown) else shown

    async def tree(self, me: Me) -> tuple[Unit, ...]:
        """Every unit that is his, past ones too, by code."""

        def work(look: Look) -> tuple[Unit, ...]:
            every = look.scope.of.units
            return tuple(every[code] for code in sorted(look.scope.codes & every.keys()))

        return await self._look(me, work)

    async def week(self, me: Me, unit: str, first: date) -> tuple[weeks.Day, ...]:
        """Seven days of a unit's roster from this one on."""
        return await self._look(me, lambda look: weeks.week(look, unit, first))

    async def coverage(self, me: Me, unit: str) -> tuple[Covered, ...]:
        """What hangs in this unit and in those under it."""
        return await self._look(me, lambda look: showing.covered(look, unit))

    async def file(self, me: Me, name: Name, kind: Kind, unit: str | None) -> bytes:
        """The list's table, as the command writes it."""
        found = await self._look(me, lambda look: showing.whole(look, name, unit))
        return await self._papers.run(lambda: table(kind, name, found))

    async def history(self, me: Me, name: Name, key: str) -> tuple[history.Past, ...]:
        """What became of one row, as far as it was his."""

        def work(look: Look) -> tuple[history.Past, ...]:
            look.scope.list_of(name)
            return history.history(look.connection, name, key, look.scope.codes)

        return await self._look(me, work)

    async def code_of(self, me: Me, box: str) -> bytes:
        """The QR code of a box's page, as SVG."""

        def work(look: Look) -> bytes:
            require_box(look, box)
            return box_acts.picture(look.connection, box, look.links, name="qr.svg", chat=False)

        return await self._look(me, work)

    async def posters(self, me: Me, wanted: Printing) -> bytes:
        """Posters as one PDF, made beside the loop, one request after the other."""
        found = await self._look(me, lambda look: posters_of(look, wanted))
        return await self._prints.run(lambda: self._pdf(found, wanted))

    def _pdf(self, found: Sequence[Poster], wanted: Printing) -> bytes:
        return self._press.pdf(self._press.set_up(found, wanted.size, bilingual=wanted.bilingual))

    @cached_property
    def _press(self) -> Press:
        return self._open_press()

    async def take_in(self, me: Me, name: Name, sent: Sent) -> Taken:
        """Take a table in, all rows or none. It is read beside the loop, one at a time, and for nobody who may not.

        Raises:
            RowsRefused: it is no such table, or rows are wrong, or of units that are not his; nothing was written.
            NotAccepted: he may not, or the record does not fit.
        """
        take = TAKE_IN.get(name)
        if take is None:
            raise refused()
        await self._look(me, lambda look: look.scope.changing())
        rows, body = await self._papers.run(lambda: _readied(sent.what, name))

        def act(doing: _Doing) -> int:
            refuse(_strangers(rows, doing.scope))
            return _said_by(take(doing.connection, body, doing.now))

        done = await self._change(me, name, sent, act)
        mine = [one for one in done.changed if one.list == name]
        new = sum(one.before is None for one in mine)
        gone = sum(one.after is None for one in mine)
        return Taken(new, len(mine) - new, max(0, done.result - (len(mine) - gone)))

    async def invite(self, me: Me, invited: staffing.Invited, sent: Sent) -> Link:
        """A one-time enrolment link for somebody of one of his units.

        Raises:
            NotAccepted: he may not, nobody can be invited so, or the record does not fit.
        """
        token = self._entropy(32).hex()

        def act(doing: _Doing) -> int:
            doing.scope.within(invited.unit)
            with said_as("org-bad-invite"):
                return staffing.invite(doing.connection, invited, token, now=doing.now, seen=doing.seen)

        done = await self._change(me, "officers", sent, act, also=(invited.unit,))
        return Link(f"{self._links.web}/desk#enrol={token}", done.result)

    async def remove(self, me: Me, serial: str, sent: Sent, *, tips: int) -> None:
        """Shut an officer of one of his units out at once, though that one alone can open so many tips.

        Raises:
            NotAccepted: he may not, there is no such officer, it is himself, nobody would read at that unit any more
                while its signed sheet says so, he alone can open more tips, or the record does not fit.
        """

        def act(doing: _Doing) -> None:
            found = officers.by_serial(doing.connection, serial)
            if serial == me.officer.serial:
                raise refused()
            if found is None or found.unit not in doing.scope.codes:
                raise NotAccepted("org-no-row", status=404)
            reading = staffing.reading(doing.connection, self._book, found, doing.now)
            doing.scope.shuts_out(found.unit, reads=reading.this)
            if reading.this and not reading.others:
                raise NotAccepted("org-last-reader", status=422)
            if holders.sole(doing.connection).get(serial, 0) > tips:
                raise NotAccepted("org-last-key", status=409)
            with said_as("org-no-row"):
                staffing.shut_out(doing.connection, serial, seen=doing.seen, tips=tips)

        await self._change(me, "officers", sent, act)

    async def merge(self, me: Me, merger: Merger, sent: Sent) -> None:
        """Units under his end, and another one that is his goes on.

        Raises:
            NotAccepted: he may not, they cannot be merged so, or the record does not fit.
        """

        def act(doing: _Doing) -> None:
            for code in (*merger.olds, merger.into):
                doing.scope.within(code)
            when = max(doing.now, merger.when or 0)
            with said_as("org-bad-merge"):
                tree.merge(doing.connection, self._book, merger.olds, into=merger.into, now=doing.now, when=when)

        await self._change(me, "units", sent, act)

    async def _change(
        self, me: Me, name: Name, sent: Sent, act: Callable[[_Doing], T], *, also: Sequence[str] = ()
    ) -> Arranged[T]:
        """Carry an act out with its signed record, all of it or nothing.

        Behind the record stands what the server observed: in the chain of every other unit whose rows changed, or that
        is named in `also`, who changed them.
        """
        detail: Detail = (("list", name), ("change", hashlib.sha256(sent.what).digest()))

        def work(connection: Connection) -> Arranged[T]:
            now, officer = self._now, me.officer
            scope = scope_of(connection, self._book, officer, now)
            scope.changing()
            doing = _Doing(connection, scope, now, [])
            done = arrange(connection, TOUCHED[name], lambda: act(doing), by=officer.serial, now=now)
            scope.allow(done.changed)
            login.active(login.who(connection, me.token, now))  # asked last: he may have been shut out meanwhile
            signed = Signed(sent.record, self._ledger, now)
            signed.take_in(connection, officer, Deed(("arrange",), None, detail))
            touched = {unit for one in done.changed for unit in one.units} | {*also}
            others = [(unit, Observed("arrange", officer, detail)) for unit in sorted(touched - {officer.unit})]
            for unit, observed in (*others, *doing.told):
                self._ledger.observe(connection, unit, observed, now=now)
            return done

        with store_away():
            return await self._database.run(work)

    async def _look(self, me: Me, work: Callable[[Look], T]) -> T:
        def looked(connection: Connection) -> T:
            now = self._now
            scope = scope_of(connection, self._book, me.officer, now)
            return work(Look(connection, self._book, scope, self._links, self._site, now))

        with store_away():
            return await self._database.read(looked)

    @property
    def _now(self) -> int:
        return int(self._clock())


def _readied(what: bytes, name: Name) -> tuple[tuple[Row, ...], bytes]:
    """The rows of a table, and the same as CSV, each in its line: reading that again takes next to no time."""
    rows = read_table(what, READ[name], unpacked=UNPACKED)
    header = [Column(one) for one in rows[0].cells] if rows else COLUMNS[name]
    told: list[Mapping[str, str]] = []
    for row in rows:
        told += [{}] * (row.number - FIRST_ROW - len(told))
        told.append(row.cells)
    return rows, write_table("csv", header, told)


def _strangers(rows: Sequence[Row], scope: Scope) -> list[Fault]:
    """Rows of units that are not his: whether they would be right is not said."""
    told = ((row.number, column) for row in rows if (column := _beyond(row, scope)))
    return [Fault(number, "row-scope", column) for number, column in told]


def _beyond(row: Row, scope: Scope) -> str:
    """The column in which a row names a unit that is not his; empty where it names none such.

    A row of units names itself, or, where it is new, the unit above it.
    """
    if row["unit"]:
        return "" if scope.has(row["unit"]) else "unit"
    code, parent = row["code"], row["parent"]
    if meant(code, scope.of.units) is not None:
        return "" if scope.has(code) else "code"
    return "parent" if parent and not scope.has(parent) else ""


def _said_by(taken: object) -> int:
    """How many rows of a list the table says."""
    match taken:
        case roster_rows.Taken(duties=duties):
            return duties
        case box_rows.Taken(new, changed, same) | hotline_rows.Taken(new, changed, same):
            return new + changed + same
        case _:
            return 0


def _busy() -> NotAccepted:
    return NotAccepted("org-busy", status=429)
