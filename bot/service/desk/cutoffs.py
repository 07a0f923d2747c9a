"""Who was cut off from which tip, as the audit chain tells it: no row gives a key to whoever a signed act took it from.

Owns what counts: of a tip and a reader the last act that took the key back, gave it, or brought the tip from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.site import SheetBook
from crypto.acts import Act, read_record
from storage.repositories import audit as chain


@dataclass(frozen=True, slots=True)
class CutOff:
    """Pairs of a tip and a reader's serial, whose key was taken back and not given again."""

    pairs: frozenset[tuple[bytes, str]]

    def of(self, tip: bytes) -> frozenset[str]:
        """Readers who may hold no key to this tip."""
        return frozenset(reader for one, reader in self.pairs if one == tip)

    def tips(self, reader: str) -> frozenset[bytes]:
        """Tips that this reader may hold no key to, unless it is given for that tip alone."""
        return frozenset(tip for tip, one in self.pairs if one == reader)


def cut_off(connection: Connection, book: SheetBook, unit: str) -> CutOff:
    """Whoever is cut off by the chain of the unit, and by those of the units that it goes on for."""
    pairs: set[tuple[bytes, str]] = set()
    for code in (*book.goes_on_for(connection, unit), unit):
        pairs = _followed(connection, code, pairs)
    return CutOff(frozenset(pairs))


def _followed(connection: Connection, unit: str, pairs: Collection[tuple[bytes, str]]) -> set[tuple[bytes, str]]:
    taken = _acts(connection, unit, "take-back")
    named = {act.tip for act in taken} | {tip for tip, _ in pairs}
    if not named:
        return set()
    since = [one for what in ("give", "forwarded") for one in _acts(connection, unit, what) if one.tip in named]
    left = set(pairs)
    for act in sorted((*taken, *since), key=lambda one: one.n):
        assert act.tip is not None
        pair = act.tip, str(dict(act.detail).get("reader", ""))
        if act.act == "take-back":
            left.add(pair)
        elif act.act == "give":
            left.discard(pair)
        else:
            left = {one for one in left if one[0] != act.tip}
    return left


def _acts(connection: Connection, unit: str, what: str) -> list[Act]:
    """Records of a unit that are about a tip and tell of this act."""
    found = (read_record(body).act for body in chain.telling(connection, unit, what))
    return [act for act in found if act.act == what and act.tip is not None]
