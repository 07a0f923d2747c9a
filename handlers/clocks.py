"""House clocks of a tip: by when somebody of its unit must have opened it, and when its desk is told again.

Owns these numbers; `web/src/desk/clocks.ts` holds the same ones and runs the same `clock_vectors.json`. Times are UTC
seconds. Legal terms are no business of this file.
"""

from __future__ import annotations

URGENT_OPENING = 30 * 60
"""Seconds from receiving an urgent tip to its first opening, by house rule: duty is day and night."""
OPENING = 8 * 3600
"""Seconds from receiving any other tip to its first opening: within one shift."""
QUARTER = 15 * 60
"""What reaches an officer unasked on a tip that is not urgent waits for this grid (DESIGN rule 7)."""
MINUTE = 60
"""What is urgent says its minute."""
SOON = 4
"""Due soon begins when this part of the clock is left: 7.5 minutes of half an hour, two hours of eight."""


def opening_due(received: int, *, urgent: bool) -> int:
    """The second by which somebody must have opened the tip."""
    return received + (URGENT_OPENING if urgent else OPENING)


def late_before(now: int, *, urgent: bool) -> int:
    """An unopened tip received at this second or before is overdue."""
    return now - opening_due(0, urgent=urgent)


def soon_before(now: int, *, urgent: bool) -> int:
    """One received at this second or before is overdue or will be soon."""
    return late_before(now, urgent=urgent) + opening_due(0, urgent=urgent) // SOON


def told_from(now: int, *, urgent: bool) -> int:
    """The second from which a desk may be told of what comes now: its minute if urgent, else the next quarter."""
    return now - now % MINUTE if urgent else (now // QUARTER + 1) * QUARTER
