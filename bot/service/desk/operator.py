"""The operator's acts: inviting officers, requesting and taking in unit sheets. No act of his opens a tip."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from bot.service import wording
from bot.service.auditing import Trust
from bot.service.authority.requests import request_file
from bot.service.boxes.addresses import Addresses
from bot.service.checkpoints.content import Checkpoint, checkpoint
from bot.service.desk import invitations, sheetbatches, sheetwork, staffing
from bot.service.desk.audit import export
from bot.service.desk.observing import Notebook, Observed
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.hotlines.rules import NATIONAL
from bot.service.organisation.arranging import BY_COMMAND, Changed, Filed, arrange, digest_of, note
from bot.service.organisation.lists import NAMES, Name
from bot.service.registers.book import Book, Purpose, Say, observed_of, taken_out
from bot.service.site import SheetBook, Site
from bot.service.transacting import Transacting
from bot.service.vouching.chains import read_chains
from bot.service.vouching.rows import Mismatch, mismatches
from crypto.sheets import Sheet
from storage.database import Database
from storage.repositories import officers as accounts
from storage.repositories import units

T = TypeVar("T")
OTHER_DIGITS = (
    "these are not the digits of this officer's keys: hear them again; if they stay others, remove him and invite anew"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """An officer as the operator sees him."""

    serial: str
    status: str
    unit: str
    account: str
    name: str
    role: str
    digits: str
    approved: bool
    """True of one who waits and whose digits were compared here."""


@dataclass(frozen=True, slots=True)
class Approval:
    """A request for the authority, and the digits to compare with the officer first."""

    request: bytes
    digits: str


class Operator(Transacting):
    """Carries out acts on one installation."""

    def __init__(
        self,
        *,
        database: Database,
        site: Site,
        book: SheetBook,
        clock: Callable[[], float],
        entropy: Callable[[int], bytes],
        web: str,
        telegram: str | None = None,
        zalo: str | None = None,
        notes: Notebook,
        audit_keys: tuple[bytes, ...],
        texts: str,
    ) -> None:
        super().__init__(database, clock)
        self._site = site
        self._book = self.book = book
        self._entropy = entropy
        self._web = web
        self.addresses = Addresses(web, telegram, zalo)
        """Where residents reach the boxes here."""
        self._notes = notes
        self._audit_keys = audit_keys
        self._texts = texts

    async def invite(self, unit: str, name: str, role: str) -> str:
        """A one-time enrolment link.

        Raises:
            NotAccepted: no such unit or role, or no name.
        """
        token = self._entropy(32).hex()

        def work(connection: Connection) -> None:
            now = self._now
            staffing.invite(
                connection, staffing.Invited(unit, name, role), token, now=now, seen=self._seen(connection, now)
            )

        await self._run(work)
        return self._link(token)

    async def invite_all(self, body: bytes, *, hours: int) -> list[invitations.Link]:
        """One-time enrolment links for everybody in a table, which work for so many hours. All of them or none.

        Raises:
            RowsRefused: the file is no such table, or rows of it are wrong.
        """

        def work(connection: Connection) -> list[invitations.Link]:
            now, lives = self._now, hours * 3600
            seen, made = self._seen(connection, now), []
            for one in invitations.read(connection, body, now):
                token = self._entropy(32).hex()
                expires = staffing.invite(connection, one, token, now=now, seen=seen, lives=lives)
                made.append(invitations.Link(one, self._link(token), expires))
            return made

        return await self._run(work)

    def _link(self, token: str) -> str:
        return f"{self._web}/desk#enrol={token}"

    async def officers(
        self,
        *,
        unit: str | None = None,
        waiting: bool = False,
        report: Callable[[int, int], None] | None = None,
    ) -> list[Listed]:
        """Everybody who asked or is in, with the digits of his keys: of one unit, or who waits for a sheet, alone."""
        every = await self._run(accounts.every)
        asked = [one for one in every if unit in (None, one.unit) and not (waiting and one.status != "requested")]
        found = []
        for one in asked:
            found.append(self._listed(one))
            if report is not None:
                report(len(found), len(asked))
        return found

    async def approve(self, serial: str, *, heard: str | None = None) -> Approval:
        """The request that puts this officer on his unit's next sheet.

        `heard`: the digits that he read aloud. That they fit is noted, as at the console.

        Raises:
            NotAccepted: no such request, or his digits are others.
        """
        waits = await self.look(lambda connection, _: staffing.waiting(connection, serial, self._site.id))
        digits = staffing.digits_of(waits)
        if heard is not None and not staffing.fits(heard, digits):
            raise NotAccepted(OTHER_DIGITS)

        def work(connection: Connection) -> Sheet:
            if heard is not None:
                self._arrange(connection, ("officers",), lambda: staffing.approve(connection, serial, waits))
            asked = frozenset({serial})
            return sheetwork.proposal(connection, self._book, self._site, waits.unit, approved=asked, now=self._now)

        return Approval(request_file(await self._run(work)), digits)

    async def remove(self, serial: str, *, tips: int = 0) -> bytes:
        """Shut an officer out at once, though he alone can open so many tips; the request for a sheet without him.

        Raises:
            NotAccepted: no such officer, or he alone can open more.
        """

        def work(connection: Connection) -> Sheet:
            now = self._now
            seen = self._seen(connection, now)
            gone = self._arrange(
                connection, ("officers",), lambda: staffing.shut_out(connection, serial, seen=seen, tips=tips)
            )
            return sheetwork.proposal(connection, self._book, self._site, gone.unit, approved=frozenset(), now=now)

        return request_file(await self._run(work))

    async def request(self, unit: str) -> bytes:
        """A request for the unit's next sheet with the same people.

        Raises:
            NotAccepted: no such unit.
        """
        sheet = await self._run(
            lambda connection: sheetwork.proposal(
                connection, self._book, self._site, unit, approved=frozenset(), now=self._now
            )
        )
        return request_file(sheet)

    async def take_in(self, body: bytes, *, tips: int = 0) -> Sheet:
        """Take in a signed sheet, though by it nobody could open so many tips any more.

        Raises:
            NotAccepted: it is not signed by the authority of this installation, or not newer than the one in force; or
                it would lock more tips away.
        """
        try:
            ((_, sheet),) = await self._take_in([("", body)], tips=tips)
        except sheetbatches.Held as held:
            raise NotAccepted(held.told[0].why) from None
        if sheet is None:
            raise NotAccepted(sheetwork.NOT_NEWER)
        return sheet

    async def requests(self, need: sheetbatches.Need) -> list[sheetbatches.Asked]:
        """Requests for the next sheets of many units, each with everybody who waits there.

        Raises:
            NotAccepted: one of the units named is not here.
        """
        return await self._run(
            lambda connection: sheetbatches.requests(connection, self._book, self._site, need=need, now=self._now)
        )

    async def take_in_many(
        self,
        files: Sequence[tuple[str, bytes]],
        *,
        whole: bool = False,
        tips: int = 0,
        report: Callable[[int, int], None] | None = None,
    ) -> list[sheetbatches.Taken]:
        """Take in what can be, each for itself; `whole`: all of them or none. What became of each, by file.

        `tips`: how many open ones each may leave to nobody who is let in.
        """
        batches = [files] if whole else [[file] for file in files]
        told: list[sheetbatches.Taken] = []
        for batch in batches:
            try:
                told += [taken for taken, _ in await self._take_in(batch, tips=tips)]
            except sheetbatches.Held as held:
                told += held.told
            if report is not None:
                report(len(told), len(files))
        return told

    async def _take_in(
        self, files: Sequence[tuple[str, bytes]], *, tips: int
    ) -> list[tuple[sheetbatches.Taken, Sheet | None]]:
        """All of them in one transaction, with the history of whom they let in. Raises `Held` if one is refused."""

        def seen(connection: Connection, told: sheetbatches.Taken) -> None:
            observed = Observed("sheet", detail=(("sheet", told.n),))
            self._notes.leave(connection, told.unit, observed, now=self._now)
            for code in told.ended:
                self._notes.leave(connection, code, Observed("merge", detail=(("into", told.unit),)), now=self._now)

        def work(connection: Connection) -> list[tuple[sheetbatches.Taken, Sheet | None]]:
            names: Sequence[Name] = NAMES if sheetbatches.end_units(connection, self._book, files) else ("officers",)
            return self._arrange(
                connection,
                names,
                lambda: sheetbatches.take_in_whole(connection, self._book, files, now=self._now, seen=seen, tips=tips),
            )

        found = await self._run(work)
        for _, sheet in found:
            if sheet is not None:
                self._book.take_in(sheet)
        return found

    async def wording(self, *, approve: bool) -> wording.Approval:
        """The unit's newest approval of the texts, after noting one of today if it is to `approve` them."""

        def work(connection: Connection) -> wording.Approval:
            if approve:
                wording.approve(connection, self._texts, now=self._now)
            return wording.approval(connection, self._texts)

        return await self._run(work)

    async def act(self, work: Callable[[Connection, int], T]) -> T:
        """An act on what is public (units, boxes, numbers), at this moment, in one transaction, with its history.

        Raises:
            NotAccepted: as the act says.
        """
        return await self._run(
            lambda connection: self._arrange(connection, BY_COMMAND, lambda: work(connection, self._now))
        )

    def _arrange(self, connection: Connection, names: Sequence[Name], act: Callable[[], T]) -> T:
        """Carry an act out, with its history and what the chain of each unit is to tell of it.

        What is the country's holds for everybody: the chain of every unit with officers tells of it.
        """
        done, now = arrange(connection, names, act), self._now
        rows: defaultdict[tuple[str, Name], list[Changed]] = defaultdict(list)
        for one in done.changed:
            for unit in one.units:
                rows[unit, one.list].append(one)
        told = {of: digest_of(some) for of, some in rows.items()}
        for (unit, name), change in sorted(told.items()):
            observed = Observed("arrange", detail=(("list", name), ("change", change)))
            for concerned in _with_officers(connection) if unit == NATIONAL else (unit,):
                self._notes.leave(connection, concerned, observed, now=now)
        note(connection, [(one, Filed(None, told[one.unit, one.list])) for one in done.changed], by=None, now=now)
        return done.result

    def _seen(self, connection: Connection, now: int) -> staffing.Seen:
        return lambda unit, observed: self._notes.leave(connection, unit, observed, now=now)

    async def look(self, work: Callable[[Connection, int], T]) -> T:
        """A look at what is public, at this moment: however long it takes, nobody who writes waits for it.

        Raises:
            NotAccepted: as the look says.
        """
        with store_away():
            return await self._database.read(lambda connection: work(connection, self._now))

    async def register(self, unit: str, year: int, purpose: Purpose, say: Say) -> Book:
        """A unit's register book of a year, which its audit chain is told of, with what for.

        Raises:
            NotAccepted: no such unit or year.
        """

        def work(connection: Connection) -> Book:
            book = taken_out(connection, unit, year, say)
            self._notes.leave(connection, unit, observed_of(year, purpose), now=self._now)
            return book

        return await self._run(work)

    async def audit_file(self, unit: str) -> bytes:
        """A unit's audit chain as a file that anybody can check.

        Raises:
            NotAccepted: no such unit.
        """

        def work(connection: Connection) -> bytes:
            if units.find_unit(connection, unit) is None:
                raise NotAccepted("there is no such unit here")
            return export(connection, self._site, unit, self._audit_keys)

        return await self._run(work)

    async def checkpoint(self, unit: str) -> Checkpoint:
        """Where a unit's audit chain ends now.

        Raises:
            NotAccepted: no such unit.
        """

        def look(connection: Connection) -> Checkpoint:
            if units.find_unit(connection, unit) is None:
                raise NotAccepted("there is no such unit here")
            return checkpoint(connection, self._book, self._site, unit, now=self._now)

        return await self._read(look)

    async def audit_rows(self) -> tuple[Mismatch, ...]:
        """What in the database is other than the audit chains tell."""

        def look(connection: Connection) -> tuple[Mismatch, ...]:
            chains = read_chains(connection, self._site, self._audit_keys)
            return tuple(mismatches(connection, chains, self._book, self._notes.key))

        return await self._read(look)

    async def audit_trust(self) -> Trust:
        """Whose signatures count in this installation's audit chains."""
        return Trust(self._site.authority, self._audit_keys)

    def _listed(self, one: accounts.Officer) -> Listed:
        digits = staffing.digits_of(staffing.waiting_as(one, self._site.id))
        waits = one.status == "requested" and one.approved
        return Listed(one.serial, one.status, one.unit, one.account, one.name, one.role, digits, waits)


def _with_officers(connection: Connection) -> tuple[str, ...]:
    """Units that somebody is let in to, or asks to be."""
    return tuple(sorted({one.unit for one in accounts.every(connection) if one.status != "removed"}))
