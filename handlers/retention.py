"""For how long a tip is kept once it is decided, and from when on it may be erased.

Owns the terms: how many days by default, least and most, and the warning before. Which tips rest is read from the
store; who is warned is the business of the desk. Times are UTC seconds.
"""

from __future__ import annotations

from typing import Final

from handlers.deadlines import HOUR
from handlers.timeline import DAY

DEFAULT: Final = 365
"""Days from the decision where no unit says otherwise. A house rule: no law that is published gives tips a term
(Thông tư 55/2025/TT-BCA leaves out operational files and digital archives); a year holds a yearly inspection."""
LEAST: Final = 30
"""Days that no unit goes below, a house rule: the result is shown, a reporter can answer it, addresses have gone."""
MOST: Final = 3650
"""Days that no unit goes above, a house rule: what is to be erased when its purpose is done (Luật 91/2025/QH15, Điều
14) has a term."""
WARNING: Final = 3 * DAY
"""Seconds for which an officer is warned before anything is erased."""
UNSEEN: Final = HOUR
"""Seconds between two looks, at most, that count as one stretch of time in which a warning could be read."""
TOLD: Final = 365 * DAY
"""Seconds for which a receipt is told that its tip was erased: a house rule, as long again as a tip is kept."""


def due_of(ended: int, days: int) -> int:
    """From when on a tip that was decided then need not be kept."""
    return ended + min(max(days, LEAST), MOST) * DAY


def erased_from(due: int, now: int) -> int:
    """The hour from which on a tip may be erased that its officers are warned of now."""
    return -(-max(due, now + WARNING) // HOUR) * HOUR


def lost(ran: int | None, now: int) -> int:
    """Seconds since the last look in which nobody may have read a warning: it stood still, or its clock leapt."""
    return 0 if ran is None or now - ran <= UNSEEN else -(-(now - ran) // HOUR) * HOUR


def latest(now: int) -> int:
    """The last second that a warning given by now can say, unless by a clock that was ahead of this one."""
    return now + WARNING + 2 * HOUR  # each is rounded up, when it is given and when it is put off
