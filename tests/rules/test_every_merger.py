"""After any mergers no tip is without a door or lies where nobody reads, and none shows to a ward it was sent past.

Over random trees of units whose sheets agree, each merger taken in as a signed sheet is, one after the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.service.desk import mergers
from bot.service.desk.casework import reader_of
from bot.service.errors import NotAccepted
from bot.service.rosters.standing import answerable
from bot.service.site import MemoryFloors, SheetBook, Site, find_desk
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from storage.repositories import editions, officers, rosters, sheets, tips, units, worklists
from storage.repositories.rosters import StoredDuty
from storage.repositories.tips import NewTip
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=False, authority=AUTHORITY.verify_key)
KEY, VERIFY = Identity.generate().recipient, Signer.generate().verify_key
MOST = 6
RANDOM = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Land:
    """A tree: the parent of each unit by place, how many officers each has, whom its roster names; and mergers.

    A merger: the places of those that end, and the one that goes on for them.
    """

    parents: tuple[int | None, ...]
    people: tuple[int, ...]
    watches: tuple[tuple[tuple[int, int, int, int], ...], ...]
    mergers: tuple[tuple[frozenset[int], int], ...]


@st.composite
def lands(draw: st.DrawFn) -> Land:
    count = draw(st.integers(2, MOST))
    places = st.integers(0, count - 1)
    parents = tuple(draw(st.none() | st.integers(0, place - 1)) if place else None for place in range(count))
    people = tuple(draw(st.integers(0, 2)) for _ in range(count))
    duty = st.tuples(st.integers(0, 7), st.integers(0, 23), st.integers(0, 2), st.integers(1, 24))
    watches = tuple(tuple(draw(st.lists(duty, max_size=3, unique_by=lambda one: one[:3]))) for _ in range(count))
    merger = st.tuples(st.frozensets(places, min_size=1, max_size=3), places)
    return Land(parents, people, watches, tuple(draw(st.lists(merger, max_size=3))))


@dataclass
class Sent:
    """A tip that was filed: who got a key to it, and the serials of whoever it was sent past."""

    tip: bytes
    holders: frozenset[str]
    past: frozenset[str]


@dataclass
class Standing:
    """The land as it is stored."""

    land: Land
    connection: Connection
    book: SheetBook
    sent: list[Sent] = field(default_factory=list)

    def code(self, place: int) -> str:
        return f"u{place}"

    def serials(self, unit: str) -> frozenset[str]:
        sheet = self.book.newest(self.connection, unit, NOW)
        return frozenset(one.serial for one in sheet.readers(NOW)) if sheet else frozenset()

    def found(self) -> None:
        """Every unit with its box, its officers, their sheet and roster."""
        for place, parent in enumerate(self.land.parents):
            own, above = self.code(place), None if parent is None else self.code(parent)
            units.put_unit(self.connection, Unit(own, own, own, above, 0))
            units.put_box(self.connection, Box(f"box-{place}", own, own, own))
            lines = tuple(
                Officer(f"{own}-{n}", f"{own}-{n}", "duty", KEY, VERIFY, 0, None)
                for n in range(self.land.people[place])
            )
            for line in lines:
                account = officers.Officer(
                    serial=line.serial, unit=own, account=line.officer, name=line.officer, role="duty", salt=b"",
                    auth_hash=b"", locked=b"", recipient=KEY, signing_key=VERIFY, status="active",
                )  # fmt: skip
                officers.add(self.connection, account)
            week = [
                StoredDuty(day, start, f"{own}-{who}", hours) for day, start, who, hours in self.land.watches[place]
            ]
            rosters.put_week(self.connection, own, week)
            if lines:
                self.sign(Sheet("site", False, own, own, above, 1, NOW - 10, NOW + 1000, lines, None, ()))

    def sign(self, sheet: Sheet) -> None:
        sheets.add(self.connection, sheets.StoredSheet(sheet.unit, sheet.n, sign_sheet(sheet, AUTHORITY)))
        self.book.take_in(sheet)

    def file(self, unit: str, past: frozenset[str]) -> None:
        """A tip to this unit, sealed to whoever is on the sheet it goes by."""
        holders = self.serials(unit)
        tip = os.urandom(16)
        grants = dict.fromkeys(holders, b"grant")
        tips.file(
            self.connection,
            NewTip(
                id=tip, unit=unit, urgent=False, received=3600, entries=[b"opening"], grants=grants,
                lookup=os.urandom(32), mailbox=b"mine", answerable=min(holders), notices=[],
            ),
        )  # fmt: skip
        self.sent.append(Sent(tip, holders, past - holders))

    def file_everywhere(self) -> None:
        """From every box a tip to its door, and one past it to whoever is offered instead."""
        for place in range(len(self.land.parents)):
            desk = find_desk(self.connection, self.book, NOW, box=f"box-{place}", unit=None)
            if desk.staffed:
                self.file(desk.receiver, frozenset())
            if desk.above is not None:
                self.file(desk.above.unit, self.serials(desk.receiver))

    def merge(self, olds: frozenset[int], into: int) -> None:
        """One goes on for others by its signed sheet, if the authority and the server would take that in."""
        every = {code: self.book.newest(self.connection, code, NOW) for code in map(self.code, {*olds, into})}
        ending = sorted(code for code in every if code != self.code(into))
        if not ending or not all(every.values()):
            return
        own = every[self.code(into)]
        assert own is not None
        met = [sheet for code in ending if (sheet := every[code])]
        carried = dict.fromkeys(code for one in (own, *met) for code in (*one.goes_on_for, one.unit))
        carried.pop(own.unit)
        parent = own.parent
        while parent in carried:
            found = units.find_unit(self.connection, parent)
            parent = found.parent if found else None
        lines = tuple(line for one in (own, *met) for line in one.officers)
        sheet = replace(own, n=own.n + 1, parent=parent, officers=lines, goes_on_for=tuple(carried))
        try:
            mergers.check(self.connection, self.book, sheet)
        except NotAccepted:
            return
        fresh = mergers.newly_ended(self.connection, self.book, sheet)
        self.sign(sheet)
        mergers.carry(self.connection, fresh, sheet.unit, NOW)
        editions.renew(self.connection)


@cache
def engine() -> Engine:
    made = sqlite_engine("sqlite://")
    with made.begin() as connection:
        metadata.create_all(connection)
    return made


@contextmanager
def merged(land: Land) -> Iterator[Standing]:
    """The land with tips from before and between its mergers, for the length of a transaction that is undone."""
    with engine().connect() as connection, connection.begin() as undone:
        standing = Standing(land, connection, SheetBook(SITE, MemoryFloors()))
        standing.found()
        standing.file_everywhere()
        for olds, into in land.mergers:
            standing.merge(olds, into)
            standing.file_everywhere()
        yield standing
        undone.rollback()


def homes(standing: Standing) -> dict[bytes, str]:
    """The unit of each tip."""
    mine = {one.tip for one in standing.sent}
    return {tip: unit for tip, unit in tips.batch(standing.connection, b"", len(mine) + 1) if tip in mine}


@RANDOM
@given(lands())
def test_every_tip_lies_where_somebody_answers_who_holds_its_key(land: Land) -> None:
    with merged(land) as standing:
        found = homes(standing)
        assert found.keys() == {one.tip for one in standing.sent}
        for one in standing.sent:
            sheet = standing.book.newest(standing.connection, found[one.tip], NOW)
            assert sheet is not None
            assert answerable(standing.connection, standing.book, sheet, NOW) is not None
            assert one.holders <= standing.serials(found[one.tip])


@RANDOM
@given(lands())
def test_no_officer_of_a_ward_sees_a_tip_that_was_sent_past_it(land: Land) -> None:
    with merged(land) as standing:
        everybody = {one.serial: one for one in officers.every(standing.connection)}
        for one in standing.sent:
            for serial in one.past:
                reader = reader_of(standing.connection, everybody[serial])
                assert worklists.seen_by(standing.connection, reader, [one.tip]) == frozenset()
            for serial in one.holders:
                reader = reader_of(standing.connection, everybody[serial])
                assert worklists.seen_by(standing.connection, reader, [one.tip]) == {one.tip}


@RANDOM
@given(lands())
def test_what_is_offered_past_a_ward_is_read_by_nobody_of_it(land: Land) -> None:
    with merged(land) as standing:
        for place in range(len(land.parents)):
            desk = find_desk(standing.connection, standing.book, NOW, box=f"box-{place}", unit=None)
            near = standing.book.upwards(standing.connection, desk.unit)
            assert desk.staffed or not any(standing.serials(unit) for unit in near)
            for door in filter(None, (desk.above, desk.inspectorate)):
                assert standing.serials(door.unit)
                assert standing.serials(door.unit).isdisjoint(standing.serials(desk.receiver))
