"""The epoch keys a process holds, and their in-memory twin.

Owns which key seals now and which still open. Where keys live on disk is `bot.run.keyfile`'s business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from crypto.epochs import EpochKey

SEALS_FOR = 24 * 3600
"""Seconds an epoch key seals (CRYPTO "Epoch keys, exactly")."""
OPENS_FOR = 72 * 3600
"""Seconds after birth until which an epoch key opens; then it is destroyed."""
AHEAD = 300
"""Seconds by which a key may be younger than the clock that looks at it; one born later was born by a wrong clock."""
_HOUR = 3600


def next_number(before: int | None, now: int) -> int:
    """The number of a key born at `now` after one numbered `before`, None if no key is left.

    It says the hour of birth, so that keys made after all were lost (a reboot empties a tmpfs) do not take the numbers
    of rows that only those could open.
    """
    return now // _HOUR if before is None else max(before + 1, now // _HOUR)


class EpochRing(Protocol):
    """Living epoch keys."""

    def living(self, now: int) -> tuple[EpochKey, ...]:
        """Keys that still open at `now` (UTC seconds), newest first; the first one seals. Never empty."""
        ...

    def expire(self, now: int) -> tuple[int, ...]:
        """Destroy keys past their time; the numbers of those still living, newest first.

        A key that a wrong clock let be born in the future counts as born now: it lives no longer than any other.
        """
        ...


class MemoryRing:
    """Epoch keys that die with the process."""

    def __init__(self, entropy: Callable[[int], bytes]) -> None:
        self._entropy = entropy
        self._keys: tuple[EpochKey, ...] = ()

    def living(self, now: int) -> tuple[EpochKey, ...]:
        """See `EpochRing.living`."""
        if not self._keys or now >= self._keys[0].born + SEALS_FOR:
            number = next_number(self._keys[0].number if self._keys else None, now)
            self._keys = (EpochKey(number, now, self._entropy(32)), *self._keys)
        return tuple(key for key in self._keys if now < key.born + OPENS_FOR)

    def expire(self, now: int) -> tuple[int, ...]:
        """See `EpochRing.expire`."""
        self._keys = tuple(replace(key, born=now) if key.born > now + AHEAD else key for key in self.living(now))
        return tuple(key.number for key in self._keys)
