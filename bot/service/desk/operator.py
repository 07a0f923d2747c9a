"""The operator's acts: inviting officers, requesting and taking in unit sheets. No act of his opens a tip."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from bot.service import wording
from bot.service.auditing import Trust
from bot.service.authority import digits_of, request_file
from bot.service.boxes.addresses import Addresses
from bot.service.desk import sheetwork
from bot.service.desk.audit import export
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.desk.observing import Notebook, Observed
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.site import SheetBook, Site
from crypto.fingerprint import fingerprint
from crypto.sheets import Sheet
from storage.database import Database
from storage.repositories import officers as accounts
from storage.repositories import sessions, units
from storage.repositories.enrolments import Enrolment

T = TypeVar("T")
ROLES = ("duty", "chief")


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


@dataclass(frozen=True, slots=True)
class Approval:
    """A request for the authority, and the digits to compare with the officer first."""

    request: bytes
    digits: str


class Operator:
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
        notes: Notebook,
        audit_keys: tuple[bytes, ...],
        texts: str,
    ) -> None:
        self._database = database
        self._site = site
        self._book = self.book = book
        self._clock = clock
        self._entropy = entropy
        self._web = web
        self.addresses = Addresses(web, telegram)
        """Where residents reach the boxes here."""
        self._notes = notes
        self._audit_keys = audit_keys
        self._texts = texts

    async def invite(self, unit: str, name: str, role: str) -> str:
        """A one-time enrolment link.

        Raises:
            NotAccepted: no such unit or role.
        """
        if role not in ROLES:
            raise NotAccepted("the role must be duty or chief")
        token = self._entropy(32).hex()

        def work(connection: Connection) -> None:
            if units.find_unit(connection, unit) is None:
                raise NotAccepted("there is no such unit here")
            invite(connection, token, Enrolment(unit, role, name, self._now + LINK_LIVES))
            self._notes.leave(connection, unit, Observed("invite"), now=self._now)

        await self._run(work)
        return f"{self._web}/desk#enrol={token}"

    async def officers(self) -> list[Listed]:
        """Everybody who asked or is in, with the digits of his keys."""
        return [self._listed(one) for one in await self._run(accounts.every)]

    async def approve(self, serial: str) -> Approval:
        """The request that puts this officer on his unit's next sheet.

        Raises:
            NotAccepted: no such request.
        """

        def work(connection: Connection) -> tuple[Sheet, str]:
            found = accounts.by_serial(connection, serial)
            if found is None or found.status != "requested":
                raise NotAccepted("there is no request with this serial")
            sheet = sheetwork.proposal(
                connection, self._book, self._site, found.unit, approved=frozenset({serial}), now=self._now
            )
            line = next(line for line in sheet.officers if line.serial == serial)
            return sheet, digits_of(sheet, line)

        sheet, digits = await self._run(work)
        return Approval(request_file(sheet), digits)

    async def remove(self, serial: str) -> bytes:
        """Shut an officer out at once; the request for a sheet without him.

        Raises:
            NotAccepted: no such officer.
        """

        def work(connection: Connection) -> Sheet:
            found = accounts.by_serial(connection, serial)
            if found is None or not accounts.remove(connection, serial):
                raise NotAccepted("there is no officer with this serial")
            sessions.end_of(connection, serial)
            self._notes.leave(connection, found.unit, Observed("remove", found), now=self._now)
            return sheetwork.proposal(
                connection, self._book, self._site, found.unit, approved=frozenset(), now=self._now
            )

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

    async def take_in(self, body: bytes) -> Sheet:
        """Take in a signed sheet.

        Raises:
            NotAccepted: it is not signed by the authority of this installation, or not newer than the one in force.
        """

        def work(connection: Connection) -> Sheet:
            sheet = sheetwork.take_in(connection, self._book, body, self._now)
            seen = Observed("sheet", detail=(("sheet", sheet.n),))
            self._notes.leave(connection, sheet.unit, seen, now=self._now)
            return sheet

        sheet = await self._run(work)
        self._book.take_in(sheet)
        return sheet

    async def wording(self, *, approve: bool) -> wording.Approval:
        """The unit's newest approval of the texts, after noting one of today if it is to `approve` them."""

        def work(connection: Connection) -> wording.Approval:
            if approve:
                wording.approve(connection, self._texts, now=self._now)
            return wording.approval(connection, self._texts)

        return await self._run(work)

    async def act(self, work: Callable[[Connection, int], T]) -> T:
        """An act on what is public (units, boxes, numbers), at this moment, in one transaction.

        Raises:
            NotAccepted: as the act says.
        """
        return await self._run(lambda connection: work(connection, self._now))

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

    async def audit_trust(self) -> Trust:
        """Whose signatures count in this installation's audit chains."""
        return Trust(self._site.authority, self._audit_keys)

    def _listed(self, one: accounts.Officer) -> Listed:
        digits = fingerprint(
            recipient=one.recipient,
            signing_key=one.signing_key,
            officer=one.account,
            unit=one.unit,
            role=one.role,
            site=self._site.id,
        )
        return Listed(one.serial, one.status, one.unit, one.account, one.name, one.role, digits)

    @property
    def _now(self) -> int:
        return int(self._clock())

    async def _run(self, work: Callable[[Connection], T]) -> T:
        with store_away():
            return await self._database.run(work)
