"""Drawer keys: one for each reply address and each button that keeps access, and their in-memory twin.

Owns the port. Where keys live on disk is `bot.run.drawerfile`'s business. A key is there before its row and may be
there without one; a row without its key is dead.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from crypto.drawers import KEY, Drawer


class Drawers(Protocol):
    """Living drawers by the 16-byte names of their rows."""

    def make(self, row: bytes) -> Drawer:
        """A drawer for this row, durable once this returns; the one that is there if it was made before."""
        ...

    def get(self, row: bytes) -> Drawer | None:
        """The drawer of this row; None if it was destroyed or lost."""
        ...

    def destroy(self, row: bytes) -> None:
        """Destroy a key; one that is gone already is as good."""
        ...

    def settled(self) -> frozenset[bytes]:
        """Names of all keys but those so young that their row may not be committed yet."""
        ...


class MemoryDrawers:
    """Drawers that die with the process."""

    def __init__(self, entropy: Callable[[int], bytes]) -> None:
        self._entropy = entropy
        self._drawers: dict[bytes, Drawer] = {}

    def make(self, row: bytes) -> Drawer:
        """See `Drawers.make`."""
        return self._drawers.setdefault(row, Drawer(row, self._entropy(KEY)))

    def get(self, row: bytes) -> Drawer | None:
        """See `Drawers.get`."""
        return self._drawers.get(row)

    def destroy(self, row: bytes) -> None:
        """See `Drawers.destroy`."""
        self._drawers.pop(row, None)

    def settled(self) -> frozenset[bytes]:
        """See `Drawers.settled`. Here all of them are."""
        return frozenset(self._drawers)
