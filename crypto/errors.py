"""The one error family of sealing. Messages are fixed strings: they never hold words, ids, receipts or keys."""

from __future__ import annotations


class SealError(Exception):
    """Something sealed or signed cannot be used."""


class Unusable(SealError):
    """Addressed to us, but broken, of an unknown version, or not what it must be. Nothing of it may be used."""


class Tampered(SealError):
    """A thread or a unit sheet does not match its check marks: something was added, changed, moved or taken away."""
