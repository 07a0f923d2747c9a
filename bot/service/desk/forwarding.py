"""Passing a tip on to another unit that somebody reads for: whom an officer may choose, and the act itself.

Owns that both units' audit chains tell of it, by the digest of the same entry. Whether the keys made for the other unit
open anything is seen by its officers alone; that a ward was passed over stands in the sealed opening, and the browser
that seals keeps to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from sqlalchemy import Connection

from bot.service.comparing import compared, plain
from bot.service.desk import casework, clocks
from bot.service.desk.audit import Deed, Signed
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook
from bot.service.successors import ended_into
from crypto.acts import Detail
from crypto.entries import digest
from crypto.grants import LARGEST, RECOVERY, grants_digest
from crypto.sheets import Sheet
from handlers.cases import passed_on
from handlers.clocks import told_from
from handlers.values import Name
from storage.repositories import keyholders, notices, register, tips, units
from storage.repositories.officers import Officer

MOST = 20
"""Units of one answer; more words find fewer."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A unit that somebody reads for. `was`: codes of the units that it came after."""

    code: str
    name: Name
    was: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forwarding:
    """A tip sealed to another unit by its sheet number `sheet`: the entry that says so, and a grant for each reader.

    `grants` go by officer's serial or "recovery"; `notice` is the random id of the notice to the other unit.
    """

    to: str
    sheet: int
    entry: casework.NewEntry
    grants: Mapping[str, bytes]
    notice: bytes = b""


def neighbours(connection: Connection, book: SheetBook, unit: str, words: str, *, now: int) -> tuple[Neighbour, ...]:
    """Units other than this one that are there now and that an officer reads for, by words of their names.

    Those beside and under this one come first, then those above, then by name. What was typed is kept nowhere.
    """
    asked = plain(words).split()
    every = units.names(connection, now)
    above = book.upwards(connection, unit)
    named = [one for one in every if one.there and one.own and one.code != unit and _is_named(one, asked)]

    def nearness(one: units.UnitName) -> tuple[bool, bool, str]:
        return one.parent not in above[:2], one.code not in above, plain(one.name_vi)

    def readable() -> Iterator[Neighbour]:
        for one in sorted(named, key=nearness):
            if _readers(book.newest(connection, one.code, now), now):
                yield Neighbour(one.code, book.name(connection, one.code), ended_into(connection, one.code, now))

    return tuple(islice(readable(), MOST))


def _is_named(unit: units.UnitName, asked: list[str]) -> bool:
    name = " ".join(("", *compared(unit.name_vi, unit.name_en).names, unit.code))
    return all(f" {word}" in name for word in asked)


def _readers(sheet: Sheet | None, now: int) -> frozenset[str]:
    """Whom a tip for this sheet's unit must be sealed to; nobody where no officer could open it."""
    readers = frozenset(one.serial for one in sheet.readers(now)) if sheet else frozenset()
    return readers | {RECOVERY} if readers and sheet and sheet.recovery else readers


def forward(
    connection: Connection, officer: Officer, tip: bytes, forwarding: Forwarding, *, act: Signed, book: SheetBook
) -> None:
    """The tip is the other unit's from now on, which the officer's entry and his act say, and both units' chains.

    Nobody answers for it there yet; its officers are told as of a new one, its terms begin anew, and as those who had
    it know its key it needs another. The reporter is shown nothing of it.

    Raises:
        NotAccepted: no such tip, no grant, too large, or the act does not fit; it is closed (`forward-closed`); nobody
            reads for that unit (`forward-nobody`); its sheet has become another (`forward-sheet`): seal again.
        Newer: someone wrote meanwhile, seal again.
    """
    found = tips.find(connection, officer.unit, tip)
    if found is None:
        raise NotAccepted("desk-no-tip", status=404)
    if found.state == "closed":
        raise NotAccepted("forward-closed", status=409)
    _check(connection, book, officer.unit, forwarding, now=act.now)
    entry, to = forwarding.entry, forwarding.to
    casework.append(connection, officer, tip, entry)
    named: Detail = (("seq", entry.seq), ("entry", digest(entry.sealed)))
    keys = grants_digest(forwarding.grants)
    act.take_in(connection, officer, Deed(("forward",), tip, (*named, ("to", to), ("grants", keys))))
    notice = notices.Notice(forwarding.notice, to, tip, "tip", told_from(act.now, urgent=found.urgent))
    since = clocks.moment(act.now, urgent=found.urgent)
    register.leave(connection, officer.unit, tip, to)
    stands = passed_on(clocks.case_of(connection, found), since)
    tips.hand_over(connection, officer.unit, tip, tips.HandOver(to, entry.seq, forwarding.grants, notice, since))
    clocks.set_case(connection, replace(found, unit=to), stands)
    keyholders.note_stale(connection, to, [tip])
    clocks.set_clock(connection, to, tip)
    seen = Observed("forwarded", officer, (*named, ("from", officer.unit)), tip)
    act.ledger.observe(connection, to, seen, now=act.now)


def _check(connection: Connection, book: SheetBook, unit: str, forwarding: Forwarding, *, now: int) -> None:
    """The other unit is there, no merger ends it meanwhile, and the grants are for those who read in it now."""
    if book.home(connection, forwarding.to) != forwarding.to:
        raise NotAccepted("forward-nobody", status=409)
    there = units.find_unit(connection, forwarding.to)
    ended = there is None or (there.valid_to is not None and there.valid_to <= now) or there.valid_from > now
    sheet = None if ended else book.newest(connection, forwarding.to, now)
    readers = _readers(sheet, now)
    if sheet is None or not readers or forwarding.to == unit:
        raise NotAccepted("forward-nobody", status=409)
    if sheet.n != forwarding.sheet or readers != forwarding.grants.keys():
        raise NotAccepted("forward-sheet", status=409)
    if any(len(grant) > LARGEST for grant in forwarding.grants.values()):
        raise NotAccepted("desk-refused", status=413)
