"""The desk's use cases as its API and the command line call them: one transaction each, errors of one family."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.boards import count_stale
from bot.service.desk import casework, enrolment, forwarding, login, workflow
from bot.service.desk.attachments import Sealed, fetched
from bot.service.desk.audit import Ledger, Signed, Stretch
from bot.service.desk.demonstrating import Demonstration
from bot.service.desk.hands import Hands
from bot.service.desk.observing import Observed
from bot.service.desk.rooms import Rooms, Seat, Told
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.registers.book import Purpose
from bot.service.site import SheetBook, Site
from bot.service.transacting import Transacting
from crypto.acts import Detail
from crypto.sheets import READER_ROLES
from crypto.signing import Signer
from handlers.values import Name
from storage.blobs import Blobs
from storage.database import Database
from storage.repositories import notices, officers, sheets, units, worklists

T = TypeVar("T")
BELL_EVERY = 5.0
"""Seconds between looks for due notices when nothing rings."""
OVERLAP = 120
"""Seconds looked back: an urgent notice says only the minute, and another process may commit it late."""


@dataclass(frozen=True, slots=True)
class Me:
    """The officer of a session, his unit's name, and the session's token."""

    officer: officers.Officer
    unit_name: Name
    token: str

    @property
    def reads(self) -> bool:
        """False for one who arranges the organisation alone: no grant is ever made for him."""
        return self.officer.role in READER_ROLES


@dataclass(frozen=True, slots=True)
class Ring:
    """The bell: something came, and whether it is urgent. Nothing else."""

    kind: str
    urgent: bool


class Counter(Transacting):
    """Where officers are served.

    `authority` is set in a demonstration alone: there the server signs at once. `fake_salts` is the key of the salts
    that unknown accounts are given, the same in every process. `ledger` keeps the audit chain.
    """

    def __init__(
        self,
        *,
        database: Database,
        blobs: Blobs,
        site: Site,
        book: SheetBook,
        clock: Callable[[], float],
        entropy: Callable[[int], bytes],
        authority: Signer | None,
        fake_salts: bytes,
        ledger: Ledger,
        throttle: login.Throttle,
    ) -> None:
        self.site = site
        self.rooms = Rooms()
        super().__init__(database, clock)
        self._blobs = blobs
        self._book = book
        self._entropy = entropy
        self._demonstration = None if authority is None else Demonstration(authority, book, site, ledger)
        self._throttle = throttle
        self._fake_salts = fake_salts
        self._ledger = ledger
        self._bell = asyncio.Event()
        self.hands = Hands(database=database, book=book, ledger=ledger, clock=clock, rooms=self.rooms)

    async def look(self, token: str) -> enrolment.Invitation:
        """What an enrolment link is for."""
        return await self._read(lambda connection: enrolment.look(connection, token, self._now))

    async def enrol(self, token: str, application: enrolment.Application) -> tuple[officers.Officer, str]:
        """File a request, in a demonstration sign it too; the officer as he stands now, and a session for him."""
        serial = self._entropy(6).hex()

        def work(connection: Connection) -> tuple[officers.Officer, str]:
            asked = enrolment.apply(connection, token, application, serial=serial, now=self._now)
            if self._demonstration is not None:
                self._demonstration.let_in(connection, asked, self._now)
            session = login.open_session(connection, serial, self._now, self._entropy)
            found = officers.by_serial(connection, serial)
            assert found is not None
            self._observe(connection, "enrol", found)
            return found, session

        officer, session = await self._run(work)
        await self._floors(officer.unit)
        return officer, session

    async def salt(self, account: str) -> bytes:
        """The salt to stretch this account's passphrase with."""
        return await self._read(lambda connection: login.salt_of(connection, account, self._fake_salts))

    async def login(self, account: str, auth: bytes) -> Me:
        """Open a session.

        Raises:
            NotAccepted: `login-bad` for whatever is wrong, `login-wait` after many wrong tries.
        """
        tries = self._throttle.begin(account, self._now)

        def work(connection: Connection) -> Me | None:
            found = login.check(connection, account, auth)
            self._observe_tries(
                connection, found or login.standing(connection, account), tries, right=found is not None
            )
            if found is None:
                return None
            self._observe(connection, "login", found)
            token = login.open_session(connection, found.serial, self._now, self._entropy)
            return Me(found, _unit_name(connection, found.unit), token)

        me = await self._run(work)
        if me is None:
            raise login.wrong()
        self._throttle.right(account)
        return me

    async def who(self, token: str) -> Me:
        """The officer of a session.

        Raises:
            NotAccepted: `login-again`.
        """

        def work(connection: Connection) -> Me:
            found = login.who(connection, token, self._now)
            return Me(found, _unit_name(connection, found.unit), token)

        return await self._read(work)

    async def who_acts(self, token: str) -> Me:
        """The officer of a session, who stands on a sheet.

        Raises:
            NotAccepted: `login-again`, or `desk-refused` for one who has only asked to be put on it.
        """
        me = await self.who(token)
        login.active(me.officer)
        return me

    async def who_reads(self, token: str) -> Me:
        """The officer of a session, who may be shown tips.

        Raises:
            NotAccepted: `login-again`, or `desk-refused` for one who is on no sheet, or arranges alone.
        """
        me = await self.who_acts(token)
        if not me.reads:
            raise NotAccepted("desk-refused", status=403)
        return me

    async def boxes(self, me: Me) -> tuple[units.Box, ...]:
        """The boxes whose tips the officer's unit may receive."""
        return await self._read(lambda connection: casework.boxes(connection, me.officer.unit))

    async def stale_numbers(self, me: Me) -> int:
        """How many numbers of his unit's board want calling; a demonstration's are invented."""
        if self.site.demo:
            return 0
        return await self._read(lambda connection: count_stale(connection, me.officer.unit, self._now))

    async def logout(self, me: Me) -> None:
        """End the session."""

        def work(connection: Connection) -> None:
            login.close_session(connection, me.token)
            self._observe(connection, "logout", me.officer)

        await self._run(work)

    async def sheets(self, unit: str) -> list[tuple[int, bytes]]:
        """A unit's signed sheets, newest first, then those of units it goes on for: officers' browsers check them."""

        def work(connection: Connection) -> list[sheets.StoredSheet]:
            codes = (unit, *self._book.goes_on_for(connection, unit))
            return [sheet for code in codes for sheet in sheets.every(connection, code)]

        return [(sheet.n, sheet.body) for sheet in await self._read(work)]

    async def called(self, unit: str) -> tuple[Name, str | None]:
        """A unit's name, its code where there is none such; and the unit that goes on for it where it is over."""
        return await self._read(lambda one: (self._book.name(one, unit), self._book.heir(one, unit)))

    async def inbox(self, me: Me, asked: casework.Asked) -> worklists.Page:
        """A page of the inbox."""
        return await self._read(lambda connection: casework.inbox(connection, me.officer, asked, now=self._now))

    async def quiet_inbox(self, me: Me, asked: casework.Asked) -> casework.QuietPage:
        """A page of the inbox for a console that loads it by itself."""
        return await self._read(lambda connection: casework.quiet_inbox(connection, me.officer, asked, now=self._now))

    async def thread(self, me: Me, tip: bytes) -> casework.ThreadView:
        """The thread of a tip the officer has opened before, from now on read."""
        return await self._run(lambda connection: casework.thread(connection, me.officer, tip))

    async def reread(self, me: Me, asked: casework.Rereading) -> casework.Reread:
        """Some threads the officer has opened before, for his browser to search; nothing counts as read."""
        return await self._read(lambda connection: casework.reread(connection, me.officer, asked, now=self._now))

    async def open_first(self, me: Me, tip: bytes, record: bytes) -> casework.ThreadView:
        """A tip's thread, opened for the first time; `record` is the officer's signed act of doing so."""
        act = self._signed(record)
        found = await self._run(lambda connection: casework.open_first(connection, me.officer, tip, act=act))
        if found.first:
            self.rooms.changed(me.officer.unit, tip, by=me.officer.serial)
        return found

    async def add_entry(self, me: Me, tip: bytes, entry: casework.NewEntry, record: bytes) -> int:
        """File an officer's entry with his signed act; the thread's new length."""
        act, named = self._signed(record), replace(entry, news=self._entropy(16))
        length = await self._run(lambda connection: casework.add_entry(connection, me.officer, tip, named, act=act))
        self.rooms.changed(me.officer.unit, tip, by=me.officer.serial)
        return length

    async def act_on(self, me: Me, tip: bytes, done: workflow.Done, record: bytes) -> int:
        """Do with a tip what its officer's signed act says; the thread's new length."""
        act, named = self._signed(record), replace(done, entry=replace(done.entry, news=self._entropy(16)))
        length = await self._run(lambda connection: workflow.act_on(connection, me.officer, tip, named, act=act))
        self.rooms.changed(me.officer.unit, tip, by=me.officer.serial)
        return length

    async def take(self, me: Me, tip: bytes, taking: casework.Taking, record: bytes) -> str:
        """Become answerable for a tip, by a signed act; the officer's serial."""
        act = self._signed(record)
        serial = await self._run(lambda connection: casework.take(connection, me.officer, tip, taking, act=act))
        self.rooms.changed(me.officer.unit, tip, by=serial)
        return serial

    async def neighbours(self, me: Me, words: str) -> tuple[forwarding.Neighbour, ...]:
        """The units that a tip of the officer's unit can be passed on to, by words of their names."""
        book, unit = self._book, me.officer.unit
        return await self._read(lambda connection: forwarding.neighbours(connection, book, unit, words, now=self._now))

    async def forward(self, me: Me, tip: bytes, sealed: forwarding.Forwarding, record: bytes) -> None:
        """Pass a tip on to another unit, by a signed act."""
        act, named = self._signed(record), replace(sealed, notice=self._entropy(16))
        await self._floors(sealed.to)  # before the act: nothing may fail once it is done
        await self._run(
            lambda connection: forwarding.forward(connection, me.officer, tip, named, act=act, book=self._book)
        )
        self.rooms.changed(me.officer.unit, tip, by=me.officer.serial)
        self.ring()

    async def export(self, me: Me, tip: bytes, purpose: Purpose, record: bytes) -> None:
        """A tip is taken out, by a signed act; what its officer may read already is all he gets."""
        act = self._signed(record)
        await self._run(lambda connection: casework.export(connection, me.officer, tip, purpose, act=act))

    async def audit(self, me: Me, first: int) -> Stretch:
        """The records of the unit's audit chain from number `first` on, as many as one answer holds."""
        return await self._run(lambda connection: self._ledger.stretch(connection, me.officer, first, now=self._now))

    async def audit_file(self, me: Me) -> bytes:
        """The unit's audit chain, as far as the officer may know it, as a file that anybody can check."""
        return await self._read(lambda connection: self._ledger.export(connection, me.officer))

    async def blob(self, me: Me, name: str) -> Sealed:
        """A sealed attachment of the officer's unit; its beginning is there when this returns.

        Raises:
            NotAccepted: there is no such attachment.
        """
        size = await self._read(lambda connection: casework.blob_size(connection, me.officer, name))
        return await fetched(self._blobs, name, size)

    async def told(self, me: Me, seat: Seat) -> AsyncIterator[Told]:
        """What this console should know of colleagues, of tips alone that the officer may know of.

        Raises:
            OutsideFailed: the store cannot say now which these are.
        """
        before: Mapping[bytes, tuple[str, ...]] = {}
        async for told in self.rooms.told(seat):
            ids = {*told.here, *told.changed}
            known = await self._read(partial(casework.known_of, officer=me.officer, ids=ids))
            here = {tip: serials for tip, serials in told.here.items() if tip in known}
            if here != before or told.changed & known:
                before = here
                yield Told(here, told.changed & known)

    def ring(self) -> None:
        """Something was filed: open bells look at once."""
        self._bell.set()
        self._bell = asyncio.Event()

    async def bell(self, me: Me) -> AsyncIterator[Ring]:
        """What becomes due for this officer's unit from now on, each once. Ends with his session.

        What is due at the first look stands in the list he loads himself. While the store cannot be read the bell is
        silent, and says afterwards what it missed in the last minutes: notices are kept no longer.
        """
        after = self._now - OVERLAP
        told: frozenset[bytes] | None = None
        while True:
            bell = self._bell  # taken before the look: what rings meanwhile is not missed
            try:
                due = await self._read(partial(self._due, token=me.token, after=after))
            except OutsideFailed:
                due = None
            except NotAccepted:
                return
            if due is not None:
                seen = frozenset(notice.id for notice, _ in due)
                known = seen if told is None else told
                for notice, urgent in due:
                    if notice.id not in known:
                        yield Ring(notice.kind, urgent)
                told = seen
            with suppress(TimeoutError):
                async with asyncio.timeout(BELL_EVERY):
                    await bell.wait()

    def _due(self, connection: Connection, *, token: str, after: int) -> list[tuple[notices.Notice, bool]]:
        officer = login.active(login.who(connection, token, self._now))
        if officer.role not in READER_ROLES:
            return []
        return casework.due(connection, officer, self._now, after)

    def _signed(self, record: bytes) -> Signed:
        return Signed(record, self._ledger, self._now)

    def _observe(self, connection: Connection, what: str, officer: officers.Officer, detail: Detail = ()) -> None:
        self._ledger.observe(connection, officer.unit, Observed(what, officer, detail), now=self._now)

    def _observe_tries(
        self, connection: Connection, officer: officers.Officer | None, tries: int, *, right: bool
    ) -> None:
        """Wrong log-ins of an account that there is: some of a long row, and what a right one ends."""
        wrong = tries - 1 if right else tries
        if officer is not None and wrong and (wrong in login.TOLD) != right:
            self._observe(connection, "login-failed", officer, (("count", wrong),))

    async def _floors(self, unit: str) -> None:
        sheet = await self._read(lambda connection: self._book.newest(connection, unit, self._now))
        if sheet is not None:
            self._book.take_in(sheet)


def _unit_name(connection: Connection, code: str) -> Name:
    unit = units.find_unit(connection, code)
    return Name(unit.name_vi, unit.name_en) if unit else Name(code, code)
