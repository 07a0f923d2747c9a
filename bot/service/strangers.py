"""How much whoever is not linked is heard: enough for an officer who mistypes, little for a flood or for guesses.

In memory alone, and forgotten with the process.
"""

from __future__ import annotations

from collections import OrderedDict

TRIES = 5
"""Messages of one chat that are heard and answered in `WINDOW`."""
WINDOW = 600
"""Seconds: as long as a code works."""
TOGETHER = 60
"""Messages of all such chats in `MINUTE`: messengers let a bot send so much, and officers' notices go first."""
MINUTE = 60
REMEMBERED = 10_000
"""Chats remembered at a time."""


class Strangers:
    """Counts what chats that are not linked say."""

    def __init__(self) -> None:
        self._chats: OrderedDict[str, list[int]] = OrderedDict()
        self._all = [0, 0]

    def hears(self, chat: str, now: int) -> bool:
        """True if this message is to be looked at; it is counted then."""
        if not _counts(self._chats.setdefault(chat, [now, 0]), now, TRIES, WINDOW):
            return False
        if len(self._chats) > REMEMBERED:
            self._chats.popitem(last=False)
        return _counts(self._all, now, TOGETHER, MINUTE)


def _counts(count: list[int], now: int, most: int, window: int) -> bool:
    """Count one more of this window, which begins with its first; False where it is full."""
    if not 0 <= now - count[0] < window:
        count[:] = [now, 0]
    count[1] += count[1] < most + 1
    return count[1] <= most
