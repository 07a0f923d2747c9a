"""The clock the product goes by: the machine's, but a leap of it is not believed at once.

Keys, drafts and addresses are destroyed by this clock, and nothing brings them back. So a clock that leaps and is put
right again within the hour has not leapt here at all: time goes on as it went before.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.run.belief import Alone, Belief, Shared

LEAP = 300.0
"""Seconds by which the machine's clock may be put right at once: what time synchronisation does in ordinary life."""
BELIEVED_AFTER = 3600.0
"""Seconds for which a clock must keep to its new time before it is believed: somebody has looked by then."""

DRIFT = 1.0
"""Seconds of small corrections after which the other roles are told."""

log = structlog.get_logger(__name__)


def since_boot() -> float:
    """Seconds since the machine started, its sleep included; nobody sets this clock."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class SteadyClock:
    """UTC seconds. `wall` is the machine's clock, `steady` one that only goes forward.

    `shared`: what the other roles hold for true.
    """

    def __init__(
        self,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = since_boot,
        *,
        shared: Shared | None = None,
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._shared = shared or Alone()
        found = self._shared.read()
        self._kept = self._belief = found or Belief(wall() - steady())
        if found is None:
            self._shared.keep(self._belief)

    def __call__(self) -> float:
        """The time it is."""
        steady = self._steady()
        ahead = self._wall() - steady
        if abs(ahead - self._belief.ahead) <= LEAP:
            self._hold(Belief(ahead))
        else:
            self._doubt(ahead, steady)
        return steady + self._belief.ahead

    def _doubt(self, ahead: float, steady: float) -> None:
        leapt = self._belief.leapt
        if leapt is None or abs(ahead - leapt[0]) > LEAP:
            self._notice(ahead, steady)
            leapt = self._belief.leapt
        if leapt is not None and steady - leapt[1] >= BELIEVED_AFTER:
            self._hold(Belief(ahead))
            log.warning("clock_believed")

    def _notice(self, ahead: float, steady: float) -> None:
        """A leap: if another role noticed it first, its hour is ours, and if it believes it already, so do we."""
        found = self._shared.read() or self._belief
        if abs(ahead - found.ahead) <= LEAP:
            self._hold(Belief(ahead))
            return
        noticed = found.leapt is not None and abs(ahead - found.leapt[0]) <= LEAP
        self._hold(Belief(self._belief.ahead, found.leapt if noticed else (ahead, steady)))
        log.warning("clock_leapt")

    def _hold(self, belief: Belief) -> None:
        self._belief = belief
        if belief.leapt != self._kept.leapt or abs(belief.ahead - self._kept.ahead) > DRIFT:
            self._kept = belief
            self._shared.keep(belief)
