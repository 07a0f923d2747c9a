"""Unit sheets on this side: proposing the next one, taking in what the authority signed, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.service.desk import mergers
from bot.service.errors import NotAccepted
from bot.service.founding import first_sheet
from bot.service.site import SheetBook, Site
from crypto.sheets import LIFETIME, READER_ROLES, Officer, Sheet
from storage.errors import Conflict
from storage.repositories import holders, keyholders, officers, phones, sessions, sheets, units

NOT_NEWER = "a sheet with this number or a higher one is in force already"
UNSIGNED = "this sheet is not signed by the authority of this installation"
ELSEWHERE = "this sheet is signed for another installation"
LOCKS = (
    "by this sheet {tips} open tip(s) of unit {unit} could be opened by nobody who is let in any more, but with the"
    " unit's recovery identity; have it signed with whoever can, or take it in with --tips {tips}"
)
GONE_ON_FOR = "another unit goes on for this one: no sheet of it counts any more"


class SheetRefused(NotAccepted):
    """A signed sheet is not taken in. `why`: the console's sentence; `tips`: so many would be left to nobody."""

    def __init__(self, said: str, why: str, *, tips: int = 0) -> None:
        super().__init__(said)
        self.why = why
        self.tips = tips


def proposal(
    connection: Connection, book: SheetBook, site: Site, unit: str, *, approved: frozenset[str], now: int
) -> Sheet:
    """The unit's next sheet: who is on the newest one and not removed, and the requests with these serials.

    A unit's first proposal has nobody's recovery identity: the authority puts it on.

    Raises:
        NotAccepted: there is no such unit, another one goes on for it, or its newest sheet was taken away: who is on an
            older one is not proposed.
    """
    if book.is_over(unit):
        raise NotAccepted(GONE_ON_FOR)
    sheet = _newest(connection, book, site, unit, now=now)
    if sheet.n < book.floor(unit):
        raise NotAccepted("the newest sheet of this unit is missing here; take it in again, then write a new request")
    stored = officers.of_unit(connection, unit)
    removed = {officer.serial for officer in stored if officer.status == "removed"}
    kept = tuple(line for line in sheet.officers if line.serial not in removed)
    known = {line.serial for line in kept}
    new = tuple(
        Officer(one.serial, one.account, one.role, one.recipient, one.signing_key, now, None)
        for one in stored
        if one.serial in approved and one.status == "requested" and one.serial not in known
    )
    return replace(sheet, n=sheet.n + 1, issued=now, expires=now + LIFETIME, officers=(*kept, *new))


def _newest(connection: Connection, book: SheetBook, site: Site, unit: str, *, now: int) -> Sheet:
    found = units.find_unit(connection, unit)
    if found is None:
        raise NotAccepted("there is no such unit here")
    newest = sheets.newest(connection, unit)
    sheet = book.verified(newest.body) if newest else None
    return sheet or replace(first_sheet(site.id, found, demo=site.demo, recovery=None, now=now), n=0)


def take_in(connection: Connection, book: SheetBook, body: bytes, now: int, *, tips: int = 0) -> Sheet:
    """Store a signed sheet; officers on it are let in, officers no longer on it are out at once, and hold no keys here.

    Where it goes on for other units, what was theirs comes over first. `tips`: so many open ones may be left to nobody
    who is let in.

    Raises:
        NotAccepted: it is not signed for this installation or unit, not newer than the one in force, or over; or of
            whom it says it goes on for (see `mergers.check`); or it would leave more tips to nobody.
    """
    sheet = _acceptable(connection, book, body, now)
    olds = mergers.newly_ended(connection, book, sheet)
    before = _locked(connection, sheet.unit, *olds)
    try:
        sheets.add(connection, sheets.StoredSheet(sheet.unit, sheet.n, body))
    except Conflict:
        raise SheetRefused(NOT_NEWER, "row-sheet-old") from None
    if olds:
        mergers.carry(connection, olds, sheet.unit, now)
    lines = {line.serial: line for line in sheet.officers}
    for officer in officers.of_unit(connection, sheet.unit):
        line = lines.get(officer.serial)
        if line is not None and (line.recipient, line.signing_key) == (officer.recipient, officer.signing_key):
            officers.activate(connection, officer.serial)
        elif officer.status == "active":
            officers.remove(connection, officer.serial)
            sessions.end_of(connection, officer.serial)
            phones.remove(connection, officer.serial)
    lost = _locked(connection, sheet.unit) - before
    if lost > tips:
        raise SheetRefused(LOCKS.format(tips=lost, unit=sheet.unit), "row-sheet-locks", tips=lost)
    active = {one.serial for one in officers.of_unit(connection, sheet.unit) if one.status == "active"}
    readers = {line.serial for line in sheet.officers if line.role in READER_ROLES}
    keyholders.strip(connection, sheet.unit, active & readers)
    return sheet


def _locked(connection: Connection, *units: str) -> int:
    return sum(holders.locked(connection, units).values())


def _acceptable(connection: Connection, book: SheetBook, body: bytes, now: int) -> Sheet:
    sheet = book.verified(body)
    if sheet is None:
        other = book.elsewhere(body)
        raise SheetRefused(ELSEWHERE, "row-sheet-elsewhere") if other else SheetRefused(UNSIGNED, "row-sheet-none")
    if units.find_unit(connection, sheet.unit) is None:
        raise SheetRefused("there is no such unit here", "row-sheet-unit")
    if not sheet.valid_at(now):
        raise SheetRefused("this sheet has expired; write a new request and have it signed", "row-sheet-expired")
    if book.is_over(sheet.unit):
        raise SheetRefused(GONE_ON_FOR, "row-sheet-over")
    if sheet.n < book.floor(sheet.unit):
        raise SheetRefused(NOT_NEWER, "row-sheet-old")
    try:
        mergers.check(connection, book, sheet)
    except NotAccepted as error:
        raise SheetRefused(str(error), "row-sheet-merger") from None
    return sheet
