"""What of a tip is due next: written with whatever changes it, and worked out anew where days or terms have changed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot.service.calendars import COUNTRY, RECKON, calendar_of
from handlers.cases import Case, running
from handlers.clocks import MINUTE
from handlers.deadlines import HOUR, next_deadline
from storage.repositories import settings, tips, units
from storage.repositories.tips import StoredTip

BATCH = 200
"""Tips reckoned in one transaction: some tenths of a second."""


def case_of(connection: Connection, tip: StoredTip) -> Case:
    """How a tip stands, as the workflow reads it."""
    return Case(
        status=tip.status,
        urgent=tip.urgent,
        since=_since(tip),
        opened=tips.is_opened(connection, tip.unit, tip.id),
        reported=tip.reported,
        notified=tip.notified,
        complex=tip.complex,
        extended=tip.extended,
        ended=tip.ended,
        held=tip.held,
        waits=tip.waits,
    )


def _since(tip: StoredTip) -> int:
    return tip.received if tip.since is None else tip.since


def set_clock(connection: Connection, unit: str, tip: bytes) -> None:
    """Write what of the unit's tip is due next: called with every change of what that follows from."""
    found = tips.find_alone(connection, unit, tip)
    if found is None:
        return
    case, whose = case_of(connection, found), units.find_unit(connection, unit)
    profile = "ordinary" if whose is None else whose.profile
    deadline = next_deadline(running(case), profile, calendar_of(connection, COUNTRY, case.since))
    due, clock = (None, None) if deadline is None else (deadline.at, deadline.clock)
    if (due, clock) != (found.due, found.clock):
        tips.set_due(connection, unit, tip, due=due, clock=clock)


def set_case(connection: Connection, tip: StoredTip, case: Case) -> None:
    """Write how a tip stands; what is due of it follows by `set_clock`."""
    stands = replace(
        tip,
        status=case.status,
        since=case.since,
        reported=case.reported,
        notified=case.notified,
        complex=case.complex,
        extended=case.extended,
        ended=case.ended,
        held=case.held,
        waits=case.waits,
    )
    tips.set_case(connection, stands)


def moment(now: int, *, urgent: bool) -> int:
    """A moment as it may stand with a tip: its hour, its minute if urgent (rule 1)."""
    return now - now % (MINUTE if urgent else HOUR)


def reckon(connection: Connection, after: bytes) -> bytes | None:
    """Set the clocks of the next tips behind `after`; the last one's id, None when there are no more."""
    found = tips.batch(connection, after, BATCH)
    for tip, unit in found:
        set_clock(connection, unit, tip)
    return found[-1][0] if found else None


def is_asked(connection: Connection) -> bytes | None:
    """What asks for a reckoning of all tips, if anything does."""
    return settings.get(connection, RECKON) or None


def reckoned(connection: Connection, asked: bytes) -> None:
    """All are reckoned; what asked meanwhile goes on asking."""
    if settings.get(connection, RECKON) == asked:
        settings.put(connection, RECKON, b"")
