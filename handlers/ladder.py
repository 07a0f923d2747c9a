"""Reminders of a tip that climb: who of a unit and above it is called next, and when.

Owns the delays, the quiet hours, how long an acknowledgement holds the ladder, the hour of the daily digest. The delays
are house rules; the deadlines they are counted from are not made here. Times are UTC seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from handlers.clocks import MINUTE, QUARTER, told_from
from handlers.roster import HOURS, Reader, Roster, answering, on_duty
from handlers.timeline import DAY, EAST, WAKING, hour_of

HOUR: Final = 3600
Rung = Literal["duty", "deputy", "chief", "province"]
RUNGS: Final[tuple[Rung, ...]] = ("duty", "deputy", "chief", "province")
"""From the bottom up. `province` is whoever answers in the nearest unit above that has officers."""
TOP: Final = len(RUNGS) - 1
OPEN: Final = "open"
"""The clock of the first opening: its ladder begins as the tip comes, every other one when its term is nearly over."""
DIGEST: Final = 7 * HOUR + 30 * MINUTE
"""Second of the day in Vietnam of the daily digest: once the night's quiet is over."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one climbs, in seconds. `steps`: when each rung's turn is, from the deadline; the first None: at once.

    `again`: from the last step to the next call of the top, and from that to the next. `gap`: at least between two
    steps, whatever was missed. `hold`: for how long somebody who has taken it is left in peace.
    """

    steps: tuple[int | None, int, int, int]
    again: int
    gap: int
    hold: int


URGENT: Final = Pace((None, -20 * MINUTE, -10 * MINUTE, 0), again=30 * MINUTE, gap=5 * MINUTE, hold=30 * MINUTE)
"""An urgent tip that nobody has opened: all four within its half-hour."""
OPENING: Final = Pace((None, -2 * HOUR, 0, 4 * HOUR), again=DAY, gap=HOUR, hold=8 * HOUR)
"""Any other that nobody has opened: the deputy when its shift is nearly over, the chief when it is."""
_EARLIER: Final[Mapping[str, int]] = {
    "report": 2 * HOUR, "classify": 4 * HOUR, "notify": DAY, "verify": 3 * DAY, "complex": 7 * DAY, "extended": 7 * DAY,
    "end": DAY,
}  # fmt: skip
"""How long before the end of a term its officer is reminded: while it can still be kept."""
_EARLIEST: Final = DAY
"""The same for a clock that is not named here."""


LONGEST: Final = 2 * DAY
"""Seconds within which the next step of a ladder is due, counted from now or its deadline, whichever is later: the
longest wait, and a night. One that waits beyond was set by a clock that ran ahead."""


@dataclass(frozen=True, slots=True)
class Climb:
    """The ladder of one tip: for which clock, by when that is due, and which step is the next, from 0."""

    clock: str
    due: int
    urgent: bool
    step: int = 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """Serials of whoever stands on each rung, the first to be called first."""

    duty: tuple[str, ...] = ()
    deputy: tuple[str, ...] = ()
    chief: tuple[str, ...] = ()
    province: tuple[str, ...] = ()


def pace(climb: Climb) -> Pace:
    """How fast this one climbs."""
    if climb.clock == OPEN:
        return URGENT if climb.urgent else OPENING
    early = _EARLIER.get(climb.clock, _EARLIEST)
    return Pace((-early, 0, 4 * HOUR, DAY), again=DAY, gap=HOUR, hold=DAY)


def first(climb: Climb, now: int) -> int:
    """When the ladder's first call is due, the ladder beginning now."""
    begin = pace(climb).steps[0]
    at_once = told_from(now, urgent=climb.urgent)
    return at_once if begin is None else max(at_once, heard(climb.due + begin, urgent=climb.urgent))


def following(climb: Climb, now: int) -> int:
    """When the step after `climb.step` is due, which was taken now. One missed for long is made up for once."""
    rule, after = pace(climb), climb.step + 1
    turn = rule.steps[after] if after <= TOP else None
    taken = moment_of(now, urgent=climb.urgent)
    wanted = taken + rule.again if turn is None else max(climb.due + turn, taken + rule.gap)
    return heard(wanted, urgent=climb.urgent)


def held_until(climb: Climb, now: int) -> int:
    """Until when somebody who takes it now is left in peace. Then the next step is due: no ladder is held for ever."""
    return heard(moment_of(now, urgent=climb.urgent) + pace(climb).hold, urgent=climb.urgent)


def passed_on(climb: Climb, now: int) -> int:
    """When the next step is due where whoever was called is busy."""
    return heard(told_from(now, urgent=climb.urgent), urgent=climb.urgent)


def moment_of(now: int, *, urgent: bool) -> int:
    """The minute of what is urgent, the quarter of an hour of anything else: the moment that this second belongs to."""
    return now - now % (MINUTE if urgent else QUARTER)


def heard(moment: int, *, urgent: bool) -> int:
    """The first second from this one on at which an officer may be called.

    On the minute if urgent. Else on the quarter of an hour, by day: what falls into the night waits for the morning.
    """
    if urgent:
        return -(-moment // MINUTE) * MINUTE
    quarter = -(-moment // QUARTER) * QUARTER
    if hour_of(quarter) in WAKING:
        return quarter
    midnight = (quarter + EAST) // DAY * DAY - EAST
    morning = midnight + WAKING.start * HOUR
    return morning if quarter < morning else morning + DAY


def called(ladder: Ladder, step: int) -> str | None:
    """Who is called at this step: the first of its rung, else of the nearest one below that has somebody, else above.

    Above the top those who stand there take turns. None where nobody stands anywhere.
    """
    reached = min(step, TOP) + 1
    for rung in (*reversed(RUNGS[:reached]), *RUNGS[reached:]):
        standing: tuple[str, ...] = getattr(ladder, rung)
        if standing:
            return standing[max(step - TOP, 0) % len(standing)]
    return None


def past(ladder: Ladder, step: int, busy: str) -> int:
    """The first step from this one on at which somebody else than `busy` is called; this one where there is nobody."""
    turns = range(step, max(step, TOP) + 1 + len(ladder.province))
    return next((turn for turn in turns if called(ladder, turn) not in (None, busy)), step)


def standing(roster: Roster, readers: Collection[Reader], at: int, *, answerable: str | None) -> Ladder:
    """Who of a unit stands on its rungs at this second. `answerable`: who answers for the tip, where that counts.

    Duty is he, else who answers now. The deputy is the next whom the roster names, now or within a day, else another
    who is no chief: sheets know no deputies.
    """
    serials = {reader.serial for reader in readers}
    duty = answerable if answerable in serials else next(iter(answering(roster, readers, at)), None)
    if duty is None:
        return Ladder()
    deputy = next((one for one in _in_line(roster, readers, at) if one != duty), None)
    chiefs = [one.serial for one in _by_serial(readers) if one.role == "chief"]
    others = tuple(one for one in chiefs if one not in (duty, deputy))
    return Ladder((duty,), (deputy,) if deputy else (), others)


def _in_line(roster: Roster, readers: Collection[Reader], at: int) -> tuple[str, ...]:
    """Serials of those the roster names from now on, hour by hour for a day, then of others who are no chiefs."""
    named = dict.fromkeys(officer for hour in range(HOURS + 1) for officer in on_duty(roster, at + hour * HOUR))
    ordered = _by_serial(readers)
    there = [one.serial for officer in named for one in ordered if one.officer == officer]
    return tuple(dict.fromkeys([*there, *(one.serial for one in ordered if one.role != "chief")]))


def top(roster: Roster, readers: Collection[Reader], at: int) -> tuple[str, ...]:
    """Serials on the top rung, of the unit above: who answers there now, then its chiefs."""
    chiefs = (one.serial for one in _by_serial(readers) if one.role == "chief")
    return tuple(dict.fromkeys([*answering(roster, readers, at)[:1], *chiefs]))


def _by_serial(readers: Iterable[Reader]) -> list[Reader]:
    return sorted(readers, key=lambda one: one.serial)


def digest_of(now: int) -> int | None:
    """The second of this day's digest, if its hour has come and the evening has not; None at any other time."""
    today = (now + EAST) // DAY * DAY - EAST
    return today + DIGEST if now - today >= DIGEST and hour_of(now) in WAKING else None
