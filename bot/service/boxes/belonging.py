"""Which unit a box or a hamlet belongs to today: its own, or the one that came after it. Reads, changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.service.successors import MAX_DEPTH
from storage.repositories.units import UnitName


class Belonging:
    """Units as they follow one another at a moment."""

    def __init__(self, every: Iterable[UnitName]) -> None:
        self.units: Mapping[str, UnitName] = {unit.code: unit for unit in every}
        """Every unit ever here, by code."""

    def today(self, unit: str) -> str:
        """The unit's code while it is there; else that of the first one after it that is."""
        code = unit
        for _ in range(MAX_DEPTH):
            one = self.units.get(code)
            if one is None or one.there or one.successor is None:
                return code
            code = one.successor
        return code
