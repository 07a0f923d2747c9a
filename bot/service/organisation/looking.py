"""What an officer's look at a list goes by: whose it is, what is his, and the moment. Reads, changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.boxes.addresses import Addresses
from bot.service.organisation.scope import Scope
from bot.service.site import SheetBook

Beside = Mapping[str, object]
"""What stands beside a row, by its name."""


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at what, at which moment (UTC seconds); `site` is the installation's id."""

    connection: Connection
    book: SheetBook
    scope: Scope
    links: Addresses
    site: str
    now: int

    def from_elsewhere(self, unit: str) -> str | None:
        """What the unit is called, or the country by its code, whose a row is if it is not his; None if it is."""
        if unit in self.scope.codes:
            return None
        found = self.scope.of.units.get(unit)
        return found.name_vi if found else unit
