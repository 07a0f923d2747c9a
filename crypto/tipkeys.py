"""A tip's private key in force, with those it came after: whoever was cut off holds the older ones alone.

Owns which of them opens an entry. That a key came after another is known once the thread says so, signed.
"""

from __future__ import annotations

from collections.abc import Iterable

from crypto.entries import OpenedEntry, open_entry
from crypto.errors import Tampered
from crypto.hybrid import Identity


class TipKey(Identity):
    """The key in force; `older` are those before it, oldest first. Whatever is sealed now is sealed to this one."""

    def __init__(self, seed: bytes, older: tuple[Identity, ...] = ()) -> None:
        super().__init__(seed)
        self.older = older

    def after(self, older: Iterable[Identity]) -> TipKey:
        """This key, come after those (oldest first)."""
        return TipKey(self._seed, tuple(older))


def keys_of(key: Identity) -> tuple[Identity, ...]:
    """Every key of a tip, oldest first, the one in force last."""
    return (*key.older, key) if isinstance(key, TipKey) else (key,)


class Unlocking:
    """Opens a thread's entries in order: from an entry that names the next key on, that one is in force."""

    def __init__(self, key: Identity) -> None:
        self._keys = keys_of(key)
        self._at = 0

    @property
    def first(self) -> Identity:
        """The key that the tip was filed under."""
        return self._keys[0]

    @property
    def ended(self) -> bool:
        """True once the newest key is in force: no entry that names one was taken away."""
        return self._at == len(self._keys) - 1

    def open(self, sealed: bytes) -> OpenedEntry:
        """The next entry.

        Raises Tampered where it is sealed neither to the key in force nor, as the entry that names it, to the next;
        Unusable for a broken one.
        """
        opened = open_entry(sealed, self._keys[self._at])
        named = None
        if opened is None and not self.ended:
            self._at += 1
            named = self._keys[self._at].recipient
            opened = open_entry(sealed, self._keys[self._at])
        if opened is None or opened.entry.recipient != named:
            raise Tampered("thread: sealed to another key")
        return opened
