"""How long to wait before trying again: doubling, with chance in it so that many do not come back at once."""

from __future__ import annotations

from collections.abc import Callable

FIRST = 1.0
"""Seconds before the second try, at most."""
LONGEST = 60.0
"""Seconds between tries, at most, unless the messenger asks for more."""


class Waits:
    """Waits of one thing being tried. `chance` gives numbers from 0 up to 1."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._tries = 0

    def next(self, asked: int | None = None) -> float:
        """Seconds to wait now; never less than the messenger asked for."""
        longest = min(LONGEST, FIRST * (1 << min(self._tries, 16)))
        self._tries += 1
        return (asked or 0) + longest * (1 + self._chance()) / 2

    def reset(self) -> None:
        """It worked: the next wait is short again."""
        self._tries = 0
