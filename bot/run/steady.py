"""The clock the product goes by: the machine's, but a leap of it is not believed at once.

Keys, drafts and addresses are destroyed by this clock, and nothing brings them back. So a clock that leaps and is put
right again within the hour has not leapt here at all: time goes on as it went before.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

LEAP = 300.0
"""Seconds by which the machine's clock may be put right at once: what time synchronisation does in ordinary life."""
BELIEVED_AFTER = 3600.0
"""Seconds for which a clock must keep to its new time before it is believed: somebody has looked by then."""

log = structlog.get_logger(__name__)


def since_boot() -> float:
    """Seconds since the machine started, its sleep included; nobody sets this clock."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """UTC seconds. `wall` is the machine's clock, `steady` one that only goes forward."""

    def __init__(self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = since_boot) -> None:
        self._wall = wall
        self._steady = steady
        self._ahead = wall() - steady()
        self._leapt: tuple[float, float] | None = None
        """How far ahead of the steady clock the machine's is since it leapt, and when it did by the steady clock."""

    def __call__(self) -> float:
        """The time it is."""
        steady = self._steady()
        ahead = self._wall() - steady
        if abs(ahead - self._ahead) <= LEAP:
            self._ahead, self._leapt = ahead, None
        elif self._leapt is None or abs(ahead - self._leapt[0]) > LEAP:
            self._leapt = ahead, steady
            log.warning("clock_leapt")
        elif steady - self._leapt[1] >= BELIEVED_AFTER:
            self._ahead, self._leapt = ahead, None
            log.warning("clock_believed")
        return steady + self._ahead
