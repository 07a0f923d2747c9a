"""Who of a unit answers now: its roster as stored, over the officers of its sheet.

A roster decides who answers, never whose keys a tip is sealed to.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from bot.service.calendars import calendar_of
from bot.service.site import SheetBook
from crypto.sheets import Sheet
from handlers.roster import Duty, Reader, Roster, Swap, answering, day_of
from handlers.timeline import DAY
from storage.repositories import rosters

LONGEST_HELD = DAY
"""Seconds for which a roster is remembered, while nothing changes of it: it holds everything from yesterday on."""


def roster_of(connection: Connection, unit: str, now: int) -> Roster:
    """The unit's roster from yesterday on; holidays of the units above and the country's are its own too."""
    since = day_of(now - DAY).isoformat()
    week = tuple(Duty(one.officer, one.day, one.start, one.hours) for one in rosters.week(connection, unit))
    swaps = (
        Swap(date.fromisoformat(one.day), one.officer, one.instead) for one in rosters.swaps(connection, unit, since)
    )
    return Roster(week, tuple(swaps), calendar_of(connection, unit, now - DAY).holidays)


def readers_of(sheet: Sheet, at: int) -> tuple[Reader, ...]:
    """Those who get a grant of a tip that comes at this UTC second."""
    return tuple(Reader(one.serial, one.officer, one.role) for one in sheet.readers(at))


def answerable(connection: Connection, book: SheetBook, sheet: Sheet, at: int) -> str | None:
    """Serial of the officer who is answerable for a tip that comes now; None where only the recovery identity reads."""
    roster = known_roster(connection, book, sheet.unit, at)
    return next(iter(answering(roster, readers_of(sheet, at), at)), None)


def known_roster(connection: Connection, book: SheetBook, unit: str, at: int) -> Roster:
    """The unit's roster as remembered: see `LONGEST_HELD`."""
    return book.rosters.of(
        connection, at, unit, lambda: roster_of(connection, unit, at), until=lambda: at + LONGEST_HELD
    )
