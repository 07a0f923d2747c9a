"""The product's error families, mapped once at each edge. Strings are fixed: never words, ids, receipts or keys."""

from __future__ import annotations


class HopthuError(Exception):
    """Base of every error the product raises on purpose."""


class NotAccepted(HopthuError):
    """The sender did something we do not take. `key` names the catalogue message that says what to do."""

    def __init__(self, key: str, *, status: int = 400) -> None:
        super().__init__(key)
        self.key = key
        self.status = status


class OurFault(HopthuError):
    """We are wrong: a state the code promised could not happen."""


class OutsideFailed(HopthuError):
    """Something outside failed (database busy, disk full, messenger away); the same act may work later."""
