"""The rules of reminding, told once more and apart from the product: from the law, the house rules and the calendar.

Nothing of the product is imported here: a number that is wrong there is not wrong here too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

HOUR, DAY = 3600, 86_400
ZONE = timezone(timedelta(hours=7))
OFF = (
    "2027-01-01 2027-02-04 2027-02-05 2027-02-06 2027-02-07 2027-02-08 2027-02-09 2027-02-10 2027-04-16 2027-04-30",
    "2027-05-01 2027-05-03 2027-09-02 2027-09-03 2027-11-24 2028-01-01 2028-01-03",
)
HOLIDAYS = frozenset(date.fromisoformat(day) for days in OFF for day in days.split())
"""Days off (BLLĐ 2019 Đ.112): Tết, Giỗ Tổ, 30/4, 1/5 and the Monday for it, 2/9 with the day after, 24/11."""
DECIDED = ("handled", "insufficient")
CLOSED = (*DECIDED, "duplicate", "false", "abusive", "closed")
PACES = {
    "open": ((None, -2 * HOUR, 0, 4 * HOUR), DAY, HOUR, 8 * HOUR),
    "urgent": ((None, -1200, -600, 0), 1800, 300, 1800),
    "report": ((-2 * HOUR, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "classify": ((-4 * HOUR, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "notify": ((-DAY, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "verify": ((-3 * DAY, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "complex": ((-7 * DAY, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "extended": ((-7 * DAY, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
    "end": ((-DAY, 0, 4 * HOUR, DAY), DAY, HOUR, DAY),
}
"""Of a clock: when each step's turn is, from what is due; from one call of the top to the next; the gap; the hold."""


@dataclass
class Tip:
    """What there is to know of a tip for whoever reminds of it."""

    n: int
    unit: str
    urgent: bool
    since: int
    keys: set[str]
    answers: str | None
    opened: set[str] = field(default_factory=set)
    status: str = "received"
    reported: bool = False
    notified: bool = False
    complex: bool = False
    extended: bool = False
    ended: int | None = None
    clock: tuple[str, int] | None = None
    step: int = 0
    at: int = 0


def local(at: int) -> datetime:
    return datetime.fromtimestamp(at, ZONE)


def cut(at: int, *, urgent: bool) -> int:
    """What stands of a moment with a tip."""
    return at - at % (60 if urgent else HOUR)


def due(tip: Tip, worked: frozenset[date]) -> tuple[str, int] | None:
    """What of a tip is due next, and by when."""
    return min(_clocks(tip, worked), key=lambda one: one[1], default=None)


def _clocks(tip: Tip, worked: frozenset[date]) -> Iterator[tuple[str, int]]:
    since, verifying = tip.since, tip.status in ("received", "classified", "verifying")
    if tip.status not in CLOSED and not tip.opened & tip.keys:
        yield "open", since + (1800 if tip.urgent else 8 * HOUR)
    if verifying and not tip.reported:
        yield "report", since + 12 * HOUR
    if tip.status == "received":
        yield "classify", since + DAY
    if tip.status not in CLOSED and not tip.notified:
        yield "notify", third_working_day(since, worked)
    if verifying and tip.extended:
        yield "extended", months_on(since, 4)
    elif verifying and tip.complex:
        yield "complex", months_on(since, 2)
    elif verifying:
        yield "verify", since + 20 * DAY
    if tip.status in DECIDED and not tip.notified:
        yield "end", third_working_day(tip.ended or since, worked)


def last_second(day: date) -> int:
    return int(datetime.combine(day + timedelta(days=1), time(), ZONE).timestamp()) - 1


def third_working_day(at: int, worked: frozenset[date]) -> int:
    day, left = local(at).date(), 3
    while left:
        day += timedelta(days=1)
        left -= day in worked or (day.weekday() < 5 and day not in HOLIDAYS)
    return last_second(day)


def months_on(at: int, months: int) -> int:
    day = local(at).date()
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for number in range(day.day, 27, -1):
        try:
            return last_second(date(year, month, number))
        except ValueError:
            continue
    return last_second(date(year, month, day.day))


def may_ring(moment: int, *, urgent: bool) -> int:
    """The first moment from this one on at which a phone may ring: the minute if urgent, else a quarter by day."""
    grid = 60 if urgent else 900
    moment += -moment % grid
    while not urgent and not 7 <= local(moment).hour < 21:
        moment += grid
    return moment


def next_turn(now: int, *, urgent: bool) -> int:
    """From when a desk may be told of what comes now."""
    return now - now % 60 if urgent else now - now % 900 + 900


def begins(tip: Tip, now: int) -> int:
    """When a ladder that begins now makes its first step."""
    steps = pace(tip)[0]
    at_once = next_turn(now, urgent=tip.urgent)
    return at_once if steps[0] is None else max(at_once, may_ring(_due(tip) + steps[0], urgent=tip.urgent))


def follows(tip: Tip, now: int) -> int:
    """When the step after the one taken now is made."""
    steps, again, gap, _ = pace(tip)
    taken, turn = now - now % (60 if tip.urgent else 900), steps[tip.step + 1] if tip.step < 3 else None
    wanted = taken + again if turn is None else max(_due(tip) + turn, taken + gap)
    return may_ring(wanted, urgent=tip.urgent)


def held(tip: Tip, now: int) -> int:
    """Until when a tip is left in peace that somebody takes now."""
    return may_ring(now - now % (60 if tip.urgent else 900) + pace(tip)[3], urgent=tip.urgent)


def pace(tip: Tip) -> tuple[tuple[int | None, int, int, int], int, int, int]:
    return PACES[pace_of(tip)]


def pace_of(tip: Tip) -> str:
    assert tip.clock is not None
    return "urgent" if tip.clock[0] == "open" and tip.urgent else tip.clock[0]


def _due(tip: Tip) -> int:
    assert tip.clock is not None
    return tip.clock[1]


def act(tip: Tip, what: str, at: int) -> None:
    """An officer does it, if that may be done as the tip stands."""
    moment = cut(at, urgent=tip.urgent)
    match what:
        case "report":
            tip.reported = True
        case "notify":
            tip.notified = True
        case "complex":
            tip.complex = True
        case "extend":
            tip.extended = True
        case "verifying" if tip.status in CLOSED:
            tip.status, tip.since, tip.ended = what, moment, None
            tip.reported, tip.notified, tip.complex, tip.extended = True, True, False, False
        case "verifying":
            tip.since = moment if tip.status == "suspended" else tip.since
            tip.status, tip.ended = what, None
        case "closed":
            tip.status, tip.ended = what, tip.ended or moment
        case "handled" | "insufficient":
            tip.status, tip.ended, tip.notified = what, moment, False
        case _:
            tip.status, tip.ended = what, moment if what in CLOSED else None
