"""The organisation as officers see and change it at the console: one transaction each, errors of one family.

A change goes with the officer's signed act or not at all. What other units' rows it changed is told, as observed, in
their chains too. No look and no change here reaches a tip.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection

from bot.service.boxes import acts as box_acts
from bot.service.boxes.addresses import Addresses
from bot.service.coverage import Covered
from bot.service.desk import invitations, login, staffing
from bot.service.desk.audit import Deed, Ledger, Signed, Stretch
from bot.service.desk.counter import Me
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.organisation import history, logs, routelist, showing, weeks
from bot.service.organisation.acts import Act, Doing, carry_out, list_of
from bot.service.organisation.admitting import Admission
from bot.service.organisation.arranging import TOUCHED, Arranged, Changed, Filed, arrange, digest_of, note
from bot.service.organisation.lists import READ, Name, View, mark, standing, table, told_as
from bot.service.organisation.looking import Look
from bot.service.organisation.printing import Printing, posters_of, require_box, said_as
from bot.service.organisation.scope import refused, scope_of
from bot.service.organisation.showing import Asked, Shown
from bot.service.organisation.tables import TAKE_IN, readied, said_by, strangers
from bot.service.posters.content import Poster
from bot.service.queues import Queue
from bot.service.site import SheetBook, Site
from bot.service.tables import Column, Fault, Kind, Row, refuse
from crypto.acts import Detail
from storage.database import Database
from storage.repositories import editions, units

if TYPE_CHECKING:
    from bot.service.posters.press import Press

T = TypeVar("T")
Unit = units.UnitName
"""A unit as edges know it."""
MOST_INVITED = 200
"""People invited at once: their links are handed over one by one within half an hour."""
WAITING = 8
"""Officers who wait for a print, and for other slow work, while one is served."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What an officer sent to change a list: the bytes that his record names, and the record.

    `seen`: the marks of the units' rows that he saw; where any are given, he changes these units' rows and no others.
    """

    what: bytes
    record: bytes
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """How many rows of a list are new, changed or gone, or as the table says without it."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody who was invited, his enrolment link, and until when it works (UTC seconds)."""

    invited: staffing.Invited
    link: str
    expires: int


class OrganisationDesk:
    """Where the organisation is arranged. `open_press` opens what prints, once it is asked for."""

    def __init__(
        self,
        *,
        database: Database,
        book: SheetBook,
        ledger: Ledger,
        site: Site,
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
        self.admission = Admission(self, book, site, self._papers)

    async def page(self, me: Me, name: View, asked: Asked) -> Shown:
        """A page of a list. The digits of whoever waits for the authority are made beside the loop."""
        shown = await self.look(me, lambda look: showing.page(look, name, asked))
        return await self._papers.run(lambda: showing.with_digits(shown)) if showing.waits(shown) else shown

    async def tree(self, me: Me) -> tuple[Unit, ...]:
        """Every unit that is his, past ones too, by code."""

        def work(look: Look) -> tuple[Unit, ...]:
            every = look.scope.of.units
            return tuple(every[code] for code in sorted(look.scope.codes & every.keys()))

        return await self.look(me, work)

    async def targets(self, me: Me) -> tuple[Unit, ...]:
        """The units that he may send a kind of matter to, by code."""
        return await self.look(me, routelist.targets)

    async def week(self, me: Me, unit: str, first: date) -> tuple[weeks.Day, ...]:
        """Seven days of a unit's roster from this one on."""
        return await self.look(me, lambda look: weeks.week(look, unit, first))

    async def coverage(self, me: Me, unit: str) -> tuple[Covered, ...]:
        """What hangs in this unit and in those under it."""
        return await self.look(me, lambda look: showing.covered(look, unit))

    async def file(self, me: Me, name: View, kind: Kind, unit: str | None) -> bytes:
        """The list's table, as the command writes it."""
        found = await self.look(me, lambda look: showing.whole(look, name, unit))
        return await self._papers.run(lambda: table(kind, name, found))

    async def history(self, me: Me, name: View, key: str) -> tuple[history.Past, ...]:
        """What became of one row, as far as it was his."""

        def work(look: Look) -> tuple[history.Past, ...]:
            look.scope.list_of(name)
            return history.history(look.connection, told_as(name), key, look.scope.codes)

        return await self.look(me, work)

    async def former(self, me: Me) -> tuple[Unit, ...]:
        """Units that are over and whose audit chains he reads besides his own."""
        return await self.look(me, logs.former)

    async def log(self, me: Me, unit: str, first: int) -> Stretch:
        """The records of one of these from number `first` on, as many as one answer holds."""

        def work(connection: Connection) -> Stretch:
            look = self._looking(connection, me)
            logs.require_former(look, unit)
            return self._ledger.stretch(connection, me.officer, first, now=look.now, over=unit)

        with store_away():
            return await self._database.run(work)

    async def log_file(self, me: Me, unit: str) -> bytes:
        """One of these as a file that anybody can check."""

        def work(look: Look) -> bytes:
            logs.require_former(look, unit)
            return self._ledger.export(look.connection, me.officer, over=unit)

        return await self.look(me, work)

    async def code_of(self, me: Me, box: str) -> bytes:
        """The QR code of a box's page, as SVG."""

        def work(look: Look) -> bytes:
            require_box(look, box)
            return box_acts.picture(look.connection, box, look.links, name="qr.svg", chat=False)

        return await self.look(me, work)

    async def posters(self, me: Me, wanted: Printing) -> bytes:
        """Posters as one PDF, made beside the loop, one request after the other."""
        found = await self.look(me, lambda look: posters_of(look, wanted))
        return await self._prints.run(lambda: self._pdf(found, wanted))

    def _pdf(self, found: Sequence[Poster], wanted: Printing) -> bytes:
        return self._press.pdf(self._press.set_up(found, wanted.size, bilingual=wanted.bilingual))

    @cached_property
    def _press(self) -> Press:
        return self._open_press()

    async def take_in(self, me: Me, name: View, sent: Sent) -> Taken:
        """Take a table in, all rows or none. It is read beside the loop, one at a time, and for nobody who may not.

        Raises:
            RowsRefused: it is no such table, or rows are wrong, or of units that are not his; nothing was written.
            NotAccepted: he may not, the record does not fit, or he saw another list than there is now.
        """
        take = TAKE_IN.get(name)
        if take is None:
            raise refused()
        rows, body = await self._table(me, sent, READ[name])

        def act(doing: Doing) -> int:
            refuse(strangers(rows, doing.scope))
            return said_by(take(doing.connection, body, doing.now))

        done = await self.change(me, told_as(name), sent, act)
        mine = [one for one in done.changed if one.list == told_as(name)]
        new = sum(one.before is None for one in mine)
        gone = sum(one.after is None for one in mine)
        return Taken(new, len(mine) - new, max(0, done.result - (len(mine) - gone)))

    async def invite(self, me: Me, invited: staffing.Invited, sent: Sent) -> Link:
        """A one-time enrolment link for somebody of one of his units.

        Raises:
            NotAccepted: he may not, nobody can be invited so, or the record does not fit.
        """
        (made,) = await self._invite(me, sent, lambda _: (invited,))
        return made

    async def invite_all(self, me: Me, sent: Sent) -> tuple[Link, ...]:
        """One-time enrolment links for everybody in a table, all of them or none.

        Raises:
            RowsRefused: it is no such table, or rows are wrong, or of units that are not his.
            NotAccepted: he may not, or the record does not fit.
        """
        rows, body = await self._table(me, sent, invitations.COLUMNS)

        def read(doing: Doing) -> tuple[staffing.Invited, ...]:
            refuse(strangers(rows, doing.scope))
            found = invitations.read(doing.connection, body, doing.now)
            if len(found) > MOST_INVITED:
                refuse([Fault(0, "row-file-many", args={"most": MOST_INVITED})])
            return found

        return await self._invite(me, sent, read)

    async def _invite(
        self, me: Me, sent: Sent, read: Callable[[Doing], tuple[staffing.Invited, ...]]
    ) -> tuple[Link, ...]:
        def act(doing: Doing) -> tuple[Link, ...]:
            made: list[Link] = []
            for one in read(doing):
                doing.scope.within(one.unit)
                token = self._entropy(32).hex()
                with said_as("org-bad-invite"):
                    expires = staffing.invite(doing.connection, one, token, now=doing.now, seen=doing.seen)
                made.append(Link(one, f"{self._links.web}/desk#enrol={token}", expires))
            return tuple(made)

        return (await self.change(me, "officers", sent, act)).result

    async def act(self, me: Me, wanted: Act, sent: Sent) -> None:
        """Do what no table says (see `acts`).

        Raises:
            NotAccepted: he may not, it cannot be done so, or the record does not fit.
        """
        await self.change(me, list_of(wanted), sent, lambda doing: carry_out(doing, wanted))

    async def _table(self, me: Me, sent: Sent, columns: Sequence[Column]) -> tuple[tuple[Row, ...], bytes]:
        """A table that was sent, read for whoever may change anything."""
        await self.look(me, lambda look: look.scope.changing())
        return await self._papers.run(lambda: readied(sent.what, columns))

    async def change(
        self,
        me: Me,
        name: Name,
        sent: Sent,
        act: Callable[[Doing], T],
        *,
        names: Sequence[Name] = (),
        signed: bool = False,
    ) -> Arranged[T]:
        """Carry an act out with its signed record, all of it or nothing.

        Behind the record stands what the server observed: in the chain of every other unit whose rows changed, or that
        the act tells of, who changed them. `names`: lists it may change besides those of `name`. `signed`: what it
        changes is the authority's word.
        """
        change = hashlib.sha256(sent.what).digest()
        detail: Detail = (("list", name), ("change", change))

        def work(connection: Connection) -> Arranged[T]:
            editions.hold(connection)  # before anything is looked at: what his scope is stays so
            now, officer = self._now, me.officer
            scope = scope_of(connection, self._book, officer, now)
            scope.changing()
            doing = Doing(connection, self._book, me, scope, now, [])
            own = TOUCHED[name]
            _as_seen(doing, name, sent.seen)
            done = arrange(connection, tuple(dict.fromkeys((*own, *names))), lambda: act(doing))
            (scope.allow_signed if signed else scope.allow)(done.changed)
            _of_seen(done.changed, sent.seen)
            login.active(login.who(connection, me.token, now))  # asked last: he may have been shut out meanwhile
            records = {officer.unit: self._sign(doing, sent, detail)}
            mine = [one for one in done.changed if one.list in own]
            touched = {unit for one in mine for unit in one.units} | {unit for unit, _ in doing.told}
            for unit in sorted(touched - {officer.unit}):
                records[unit] = self._ledger.observe(connection, unit, Observed("arrange", officer, detail), now=now)
            for unit, observed in doing.told:
                self._ledger.observe(connection, unit, observed, now=now)
            filed = [(one, Filed(records[one.unit], change)) for one in mine]
            beside = [one for one in done.changed if one.list not in own]
            note(connection, [*filed, *self._observed(doing, beside)], by=officer.serial, now=now)
            return done

        with store_away():
            return await self._database.run(work)

    def _observed(self, doing: Doing, found: Sequence[Changed]) -> Iterator[tuple[Changed, Filed]]:
        """Rows of other lists that changed with it, each with what the chain of its unit tells of that list."""
        for unit, name in sorted({(one.unit, one.list) for one in found}):
            some = [one for one in found if (one.unit, one.list) == (unit, name)]
            change = digest_of(some)
            observed = Observed("arrange", doing.me.officer, (("list", name), ("change", change)))
            record = self._ledger.observe(doing.connection, unit, observed, now=doing.now)
            yield from ((one, Filed(record, change)) for one in some)

    def _sign(self, doing: Doing, sent: Sent, detail: Detail) -> int:
        signed = Signed(sent.record, self._ledger, doing.now)
        return signed.take_in(doing.connection, doing.me.officer, Deed(("arrange",), None, detail))

    async def look(self, me: Me, work: Callable[[Look], T]) -> T:
        """What a look at his lists finds; nobody who writes waits for it."""
        with store_away():
            return await self._database.read(lambda connection: work(self._looking(connection, me)))

    def _looking(self, connection: Connection, me: Me) -> Look:
        now = self._now
        scope = scope_of(connection, self._book, me.officer, now)
        return Look(connection, self._book, scope, self._links, self._site.id, now)

    @property
    def _now(self) -> int:
        return int(self._clock())


def _as_seen(doing: Doing, name: View, seen: Mapping[str, str]) -> None:
    """Let him change these units' rows as he saw them.

    Raises:
        NotAccepted: somebody has changed them since.
    """
    for unit, shown in seen.items():
        doing.scope.within(unit)
        if mark(standing(doing.connection, name, unit)) != shown:
            raise _changed_since()


def _of_seen(found: Sequence[Changed], seen: Mapping[str, str]) -> None:
    """Let changes pass that are of rows he saw, where he said which he saw.

    Raises:
        NotAccepted: another unit's row was changed too.
    """
    if seen and any(one.units - seen.keys() for one in found):
        raise _changed_since()


def _changed_since() -> NotAccepted:
    return NotAccepted("desk-changed", status=409)


def _busy() -> NotAccepted:
    return NotAccepted("org-busy", status=429)
