"""House clocks of a tip: by when somebody of its unit must have opened it, when its desk is told again, what is soon.

Owns these numbers; `web/src/desk/clocks.ts` holds what is soon too, and runs the same `clock_vectors.json`. Times are
UTC seconds. Legal terms are the business of deadlines.py.
"""

from __future__ import annotations

from typing import Final

from handlers.values import SLOW, Clock

URGENT_OPENING = 30 * 60
"""Seconds from receiving an urgent tip to its first opening, by house rule: duty is day and night."""
OPENING = 8 * 3600
"""Seconds from receiving any other tip to its first opening: within one shift."""
QUARTER = 15 * 60
"""What reaches an officer unasked on a tip that is not urgent waits for this grid (DESIGN rule 7)."""
MINUTE = 60
"""What is urgent says its minute."""
SOON: Final = {"urgent": 450, "hours": 2 * 3600, "days": 24 * 3600}
"""Seconds left from which something is due soon: an urgent opening, a term in hours, one in days."""


def opening_due(received: int, *, urgent: bool) -> int:
    """The second by which somebody must have opened the tip."""
    return received + (URGENT_OPENING if urgent else OPENING)


def pace(clock: Clock, *, urgent: bool) -> str:
    """Which of `SOON` a clock goes by."""
    if clock == "open" and urgent:
        return "urgent"
    return "days" if clock in SLOW else "hours"


def told_from(now: int, *, urgent: bool) -> int:
    """The second from which a desk may be told of what comes now: its minute if urgent, else the next quarter."""
    return now - now % MINUTE if urgent else (now // QUARTER + 1) * QUARTER
