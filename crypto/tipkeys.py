"""A tip's private key in force, with those it came after: whoever was cut off holds the older ones alone.

Owns which of them opens an entry. That a key came after another is known once the thread says so, signed.
"""

from __future__ import annotations

from collections.abc import Iterable

from crypto.entries import REPORTER, OpenedEntry, open_entry
from crypto.errors import Tampered, Unusable
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
    """Opens a thread's entries in order: from an entry that names the next key on, that one is in force.

    What neither it nor the next one opens is shut, until an entry names the next key in place of whatever shut it. Of
    the reporter alone an older key is taken: who was given no newer one goes on under what there was.
    """

    def __init__(self, key: Identity) -> None:
        self._keys = keys_of(key)
        self._at = 0
        self.shut: int | None = None
        """From which place on entries are shut, where no entry has said yet what came in their place."""

    @property
    def first(self) -> Identity:
        """The key that the tip was filed under."""
        return self._keys[0]

    @property
    def newest(self) -> bool:
        """True once the newest key is in force: no entry that names one was taken away."""
        return self._at == len(self._keys) - 1

    @property
    def changed(self) -> bool:
        """True once the newest key came into force by an entry that names it: what does not fit was changed since."""
        return self.newest and self._at > 0

    @property
    def ended(self) -> bool:
        """True where the newest key is in force, and nothing is shut."""
        return self.newest and self.shut is None

    def open(self, sealed: bytes, seq: int) -> OpenedEntry | None:
        """The entry at this place; None where it is shut.

        Raises Tampered where it is sealed to another key than the one in force or names another than it should; the
        first is never shut: Unusable where it is broken.
        """
        opened = _opened(sealed, self._keys[self._at])
        if opened is None and not self.newest:
            opened = _opened(sealed, self._keys[self._at + 1])
            if opened is not None:
                return self._next(opened)
        elif opened is not None and self.shut is not None and opened.entry.by != REPORTER:
            raise Tampered("thread: gone on under a key that was changed")
        opened = opened or self._older(sealed)
        if opened is None:
            if seq == 0:
                open_entry(sealed, self.first)
                raise Tampered("thread: sealed to another key")
            self.shut = seq if self.shut is None else self.shut
        elif opened.entry.recipient is not None:
            raise Tampered("thread: a key that is in force already")
        return opened

    def _next(self, opened: OpenedEntry) -> OpenedEntry:
        self._at += 1
        entry = opened.entry
        if entry.recipient != self._keys[self._at].recipient or entry.instead != self.shut:
            raise Tampered("thread: sealed to another key")
        self.shut = None
        return opened

    def _older(self, sealed: bytes) -> OpenedEntry | None:
        for key in reversed(self._keys[: self._at]):
            opened = _opened(sealed, key)
            if opened is not None:
                if opened.entry.by != REPORTER:
                    raise Tampered("thread: gone on under an older key")
                return opened
        return None


def _opened(sealed: bytes, key: Identity) -> OpenedEntry | None:
    """None too for what is broken: to whoever reads the thread it is as shut as what is sealed to somebody else."""
    try:
        return open_entry(sealed, key)
    except Unusable:
        return None
