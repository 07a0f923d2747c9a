"""A unit goes on for others, as its signed sheet says: their officers, tips and rosters are its own from then on.

Owns what that sheet may say here, and what follows from it in the transaction that takes it in. Nobody is let in by it:
who stands on the sheet is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from bot.service import tree
from bot.service.calendars import ask_reckoning
from bot.service.desk import retention
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook
from bot.service.successors import later_units
from crypto.sheets import Sheet
from handlers.deadlines import year_of
from storage.repositories import officers, register, rosters, routes, sessions, tips, units


def newly_ended(connection: Connection, book: SheetBook, sheet: Sheet) -> tuple[str, ...]:
    """The units that this sheet goes on for and the one before did not."""
    before = book.goes_on_for(connection, sheet.unit)
    return tuple(code for code in sheet.goes_on_for if code not in before)


def check(connection: Connection, book: SheetBook, sheet: Sheet) -> None:
    """Whether a sheet may go on for whom it says.

    Raises:
        NotAccepted: one of them is not here, or another unit goes on for it here; it leaves one out for which it, or
            one of them, went on before; it has ended itself; or somebody is on it who was removed.
    """
    fresh = newly_ended(connection, book, sheet)
    for code in (sheet.unit, *fresh):
        if lost := set(book.goes_on_for(connection, code)) - set(sheet.goes_on_for):
            raise NotAccepted(f"this sheet leaves out that it goes on for unit {min(lost)}: have it signed again")
    own = units.find_unit(connection, sheet.unit)
    if fresh and own is not None and own.successor is not None:
        raise NotAccepted(f"unit {own.code} ends itself, and unit {own.successor} goes on for it")
    for code in fresh:
        if units.find_unit(connection, code) is None:
            raise NotAccepted(f"{tree.NO_SUCH}: {code}")
        later = [*later_units(connection, code)]
        if later and later[-1] not in (sheet.unit, *sheet.goes_on_for):
            raise NotAccepted(f"here unit {later[-1]} goes on for unit {code}, not unit {sheet.unit}")
    if fresh:
        _check_people(connection, sheet)


def _check_people(connection: Connection, sheet: Sheet) -> None:
    """A sheet made of others may hold somebody whom the server shut out since."""
    for line in sheet.officers:
        found = officers.by_serial(connection, line.serial)
        if found is not None and found.status == "removed":
            leave = f"hopthu authority shorten {sheet.unit} --without {line.serial}"
            raise NotAccepted(f"{found.account} was removed here and is on this sheet: {leave}")


def carry(connection: Connection, olds: Sequence[str], into: str, now: int) -> None:
    """What was theirs is the other's: tips, notices, rosters, routes, whoever is in or waits to be, who logs in again.

    Units that are still there end now. Whoever files for one of them meanwhile was waited for, or finds it over.
    """
    units.hold_alone(connection, olds)
    held = not retention.term_of(connection, into).hold and any(
        retention.term_of(connection, code).hold for code in olds
    )
    if held and (whole := units.find_unit(connection, into)) is not None:
        units.put_unit(connection, replace(whole, hold=True))  # an inspection of one of them goes on
    ending = [unit.code for code in olds if (unit := units.find_unit(connection, code)) and tree.is_there(unit, now)]
    tree.end(connection, ending, into=into, when=now)
    for code in olds:
        over = units.find_unit(connection, code)
        if over is not None and over.successor is None:  # it ended before, and nothing said what came after it
            units.put_unit(connection, replace(over, valid_to=over.valid_to or now, successor=into))
    rosters.join(connection, olds, into)
    routes.join(connection, olds, into)
    numbered = register.numbered(connection, olds)
    tips.move(connection, olds, into)
    for code, tip, opener in numbered:
        register.leave(connection, code, tip, into)
        register.enter(connection, into, tip, year=year_of(now), officer=opener)
    ask_reckoning(connection)
    for code in olds:
        for officer in officers.of_unit(connection, code):
            if officer.status != "removed":
                officers.move(connection, officer.serial, into)
                sessions.end_of(connection, officer.serial)


def bring_over(connection: Connection, book: SheetBook, unit: str) -> None:
    """What still lies with a unit that is over is the one's that goes on for it: what was filed while they merged."""
    home = book.home(connection, unit)
    if home != unit:
        tips.move(connection, [unit], home)
        ask_reckoning(connection)
