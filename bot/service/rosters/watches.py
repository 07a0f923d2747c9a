"""Who of a unit is on duty today, hour by hour, as its officers may be shown it: accounts alone."""

from __future__ import annotations

from itertools import groupby

from sqlalchemy import Connection

from bot.service.rosters.standing import readers_of, roster_of
from bot.service.site import SheetBook
from handlers.deskbot import Watch
from handlers.roster import HOURS, answering
from handlers.timeline import DAY, EAST

HOUR = 3600


def watches_today(connection: Connection, book: SheetBook, unit: str, now: int) -> tuple[Watch, ...]:
    """Those who answer from each hour of this day in Vietnam on; nobody where the unit has no sheet in force."""
    sheet = book.newest(connection, unit, now)
    if sheet is None:
        return ()
    roster, readers = roster_of(connection, unit, now), readers_of(sheet, now)
    accounts = {one.serial: one.officer for one in readers}
    midnight = (now + EAST) // DAY * DAY - EAST
    hours = [answering(roster, readers, midnight + hour * HOUR) for hour in range(HOURS)]
    watches, start = [], 0
    for serials, run in groupby(hours):
        end = start + len(list(run))
        watches.append(Watch(start, end, tuple(accounts[serial] for serial in serials)))
        start = end
    return tuple(watches)
