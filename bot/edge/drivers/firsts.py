"""Which update was the first of its album or group. Forgets the oldest; nothing of it is ever stored."""

from __future__ import annotations

from collections import OrderedDict

REMEMBERED = 4096
"""Albums or groups remembered at a time: an album's photos arrive within seconds of each other."""


class Firsts:
    """Remembers the first update id seen under a name, so that a repeat of that update is still the first."""

    def __init__(self, size: int = REMEMBERED) -> None:
        self._size = size
        self._seen: OrderedDict[str, int] = OrderedDict()

    def is_first(self, name: str, update: int) -> bool:
        """True for the first update seen under `name`, and for every repeat of it."""
        first = self._seen.setdefault(name, update)
        if len(self._seen) > self._size:
            self._seen.popitem(last=False)
        return first == update

    def forget(self, name: str) -> None:
        """The next update under `name` counts as the first again."""
        self._seen.pop(name, None)
