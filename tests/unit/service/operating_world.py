"""A real installation with an operator, and the authority's machine beside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from installation import Clock, OfficerKeys

from bot.service.authority.kept import Office
from bot.service.authority.keys import make_authority
from bot.service.authority.requests import open_case, read_request
from bot.service.desk import enrolment
from bot.service.desk.observing import Notebook
from bot.service.desk.operator import Operator
from bot.service.founding import Founding, found, found_national
from bot.service.site import MemoryFloors, SheetBook, Site
from storage.database import Database, open_database
from storage.repositories import officers
from storage.repositories.officers import Officer
from storage.repositories.units import Box, Unit

UNIT = "18118"
NOTES = b"n" * 32
WARD = Founding(
    Unit(UNIT, "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", None, 0, contact="0239"),
    Box(f"box-{UNIT}", UNIT, "Hòm thư chung", "Common box"),
    (),
)


@dataclass
class Machine:
    """The operator's side, with what the authority's side needs: `usb` is its folder."""

    database: Database
    site: Site
    book: SheetBook
    clock: Clock
    operator: Operator
    usb: Path

    async def applied(
        self, account: str, role: str = "duty", keys: OfficerKeys | None = None, *, unit: str = UNIT
    ) -> Officer:
        """Somebody used an enrolment link."""
        link = await self.operator.invite(unit, f"Đ/c {account}", role)
        keys, serial = keys or OfficerKeys(), os.urandom(6).hex()
        token = link.rpartition("=")[2]
        now = int(self.clock())
        return await self.database.run(
            lambda connection: enrolment.apply(connection, token, keys.application(account), serial=serial, now=now)
        )

    async def let_in(self, account: str, role: str = "duty", *, unit: str = UNIT) -> Officer:
        """Approved, signed, taken in."""
        applied = await self.applied(account, role, unit=unit)
        approval = await self.operator.approve(applied.serial)
        await self.operator.take_in(self.signed(approval.request))
        found = await self.status(applied.serial)
        assert found is not None
        return found

    def signed(self, request: bytes, usb: Path | None = None) -> bytes:
        office = self.office(usb)
        return office.sign(open_case(office, "request.json", read_request(request)).sheet).body

    def office(self, usb: Path | None = None) -> Office:
        """The authority's machine, whose clock goes right."""
        return Office(usb or self.usb, int(self.clock()))

    async def status(self, serial: str) -> Officer | None:
        return await self.database.read(lambda connection: officers.by_serial(connection, serial))


async def make_machine(folder: Path) -> Machine:
    usb = folder / "usb"
    usb.mkdir(mode=0o700)
    site = Site("ab12cd34", b"s" * 16, demo=False, authority=make_authority(usb))
    database, book, clock = open_database("sqlite://"), SheetBook(site, MemoryFloors()), Clock()
    operator = Operator(
        database=database,
        site=site,
        book=book,
        clock=clock,
        entropy=os.urandom,
        web="https://hopthu.example",
        audit_keys=(),
        texts="5ea1",
        notes=Notebook(site.id, NOTES, os.urandom),
    )
    await database.run(lambda connection: found(connection, WARD, os.urandom))
    await database.run(lambda connection: found_national(connection, os.urandom))
    return Machine(database, site, book, clock, operator, usb)
