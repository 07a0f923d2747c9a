"""A province with two wards, somebody of every role at their desks, and the organisation's own desk."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from acts import arranged
from installation import UNIT, Installation, Officer, open_installation
from sqlalchemy import Connection
from unit.service.operating_world import NOTES

from bot.run.app import open_ledger
from bot.run.desks import open_organisation
from bot.run.foundation import known_audit_keys, notes_key
from bot.service import tree
from bot.service.auditing import Trust, verify_export
from bot.service.desk.enrolment import LINK_LIVES, invite
from bot.service.desk.observing import Notebook
from bot.service.desk.operator import Operator
from bot.service.desk.staffing import Invited
from bot.service.errors import NotAccepted
from bot.service.organisation import acts
from bot.service.organisation.acts import Merger, Removal, list_of
from bot.service.organisation.desk import Link, OrganisationDesk, Sent, Taken
from bot.service.organisation.lists import Name, View, told_as
from bot.service.organisation.showing import Asked, Shown
from bot.service.tables import RowsRefused
from crypto.acts import Act, read_record
from storage.repositories import units
from storage.repositories.enrolments import Enrolment

PROVINCE, OTHER = "42", "18115"


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


@dataclass
class Arranger:
    """An officer who looks at lists and changes them, signing as his browser does."""

    officer: Officer
    desk: OrganisationDesk

    async def sent(self, name: Name, what: bytes) -> Sent:
        return Sent(what, await self.officer.sign("arrange", None, arranged(name, what)))

    async def brings(self, name: View, *lines: str) -> Taken:
        return await self.desk.take_in(self.officer.me, name, await self.sent(told_as(name), csv(*lines)))

    async def sees(self, name: View, **asked: object) -> Shown:
        return await self.desk.page(self.officer.me, name, Asked(**asked))  # type: ignore[arg-type] # a test's words

    async def keys(self, name: View, **asked: object) -> list[str]:
        return [line.key for line, _ in (await self.sees(name, **asked)).rows]

    async def invites(self, unit: str, role: str = "duty") -> Link:
        said = Invited(unit, "Đ/c mới", role)
        what = json.dumps({"unit": said.unit, "name": said.name, "role": said.role}).encode()
        return await self.desk.invite(self.officer.me, said, await self.sent("officers", what))

    async def does(self, act: acts.Act) -> None:
        await self.desk.act(self.officer.me, act, await self.sent(list_of(act), repr(act).encode()))

    async def removes(self, serial: str, tips: int = 0) -> None:
        await self.does(Removal(serial, tips))

    async def merges(self, *olds: str, into: str, when: int | None = None) -> None:
        await self.does(Merger(olds, into, when))

    async def acts(self) -> list[Act]:
        """The chain of his unit, which holds for anybody who has only the public keys."""
        box = self.officer.box
        trust = Trust(box.ground.keys.site.authority, known_audit_keys(box.config))
        records = await self.officer.chain()
        found = verify_export(await box.counter.audit_file(self.officer.me), trust)
        assert (found.holds, found.records) == (True, len(records))
        return [read_record(record).act for record in records]


@dataclass
class Country:
    """Who there is, by account."""

    box: Installation
    desk: OrganisationDesk
    people: dict[str, Arranger] = field(default_factory=dict)

    async def staff(self, account: str, role: str, unit: str = UNIT) -> Arranger:
        token, ends = os.urandom(32).hex(), int(self.box.clock()) + LINK_LIVES
        await self.box.run(lambda c: invite(c, token, Enrolment(unit, role, f"Đ/c {account}", ends)))
        self.box.invitation = token
        self.people[account] = Arranger(await Officer.enrol(self.box, account), self.desk)
        return self.people[account]

    def __getitem__(self, account: str) -> Arranger:
        return self.people[account]


@asynccontextmanager
async def open_country(folder: Path, url: str | None = None) -> AsyncIterator[Country]:
    """Ward 18118 with duty officer, chief and operator; a chief in ward 18115, and one in the province above both."""
    async with open_installation(folder, url=url) as box:
        country = Country(box, open_organisation(box.ground, open_ledger(box.ground)))
        await box.run(lambda c: _found(c, int(box.clock())))
        for account, role, unit in (
            ("truc", "duty", UNIT), ("truong", "chief", UNIT), ("quantri", "operator", UNIT),
            ("truong2", "chief", OTHER), ("tinh", "chief", PROVINCE),
        ):  # fmt: skip
            await country.staff(account, role, unit)
        yield country


def _found(connection: Connection, now: int) -> None:
    tree.add(connection, tree.Sketch(OTHER), now)
    ward = units.find_unit(connection, UNIT)
    assert ward is not None
    units.put_unit(connection, replace(ward, parent=PROVINCE))


async def faults(attempt: object) -> list[tuple[int, str, str]]:
    """Row, key and column of what was wrong with a table that was refused."""
    try:
        await attempt  # type: ignore[misc] # an awaitable
    except RowsRefused as told:
        return [(one.row, one.key, one.column) for one in told.faults]
    raise AssertionError("it was taken")


async def refusal(attempt: object) -> tuple[str, int]:
    """The key and status of what was refused."""
    try:
        await attempt  # type: ignore[misc] # an awaitable
    except NotAccepted as told:
        return told.key, told.status
    raise AssertionError("it was taken")


def operator_of(box: Installation) -> Operator:
    """Commands on the same installation, which hold no audit key."""
    assert notes_key(box.config) != NOTES
    return Operator(
        database=box.ground.database,
        site=box.ground.keys.site,
        book=box.ground.book,
        clock=box.clock,
        entropy=box.ground.entropy,
        web="https://hopthu.example",
        notes=Notebook(box.ground.keys.site.id, notes_key(box.config), box.ground.entropy),
        audit_keys=(),
        texts="5ea1",
    )
