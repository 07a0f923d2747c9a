"""Whose lists an officer sees, and what of them he may change: his unit's and those of the units under it.

Owns the rule. It looks at rows as they were and as they are after an act, so that no act, however it names its rows,
reaches further. A duty officer reads his own unit's; only a chief or an operator by the signed sheet changes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from bot.service.boxes.belonging import Belonging
from bot.service.country.atlas import atlas
from bot.service.errors import NotAccepted
from bot.service.naming import meant
from bot.service.organisation.arranging import Changed
from bot.service.organisation.lists import Line, View
from bot.service.site import STAFF, SheetBook
from bot.service.successors import MAX_DEPTH
from storage.repositories import units
from storage.repositories.officers import Officer

ARRANGING: Final = frozenset({"chief", "operator"})
"""Roles that may change what belongs to their unit and the units under it."""
_NAMES: Final = frozenset({"name_vi", "name_en", "contact"})
"""What a unit's own chief says of it."""


def refused() -> NotAccepted:
    """It is not his to see or to change."""
    return NotAccepted("desk-refused", status=403)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is an officer's: his unit, and `codes`, his unit and all under it, those that ended into one of them too.

    `role`: as which his unit's sheet in force has him, if it is one that arranges.
    """

    unit: str
    codes: frozenset[str]
    of: Belonging
    arranges: bool
    role: str | None

    @property
    def may_change(self) -> bool:
        """True for whoever the signed sheet lets arrange."""
        return self.role is not None

    @property
    def reach(self) -> frozenset[str]:
        """Codes of his units and of those above: where he may send a kind of matter."""
        return self.codes.union(_above(self.of, self.unit))

    def list_of(self, name: View) -> None:
        """Let a list pass that he may see.

        Raises:
            NotAccepted: it is the officers' or their sheets', and he is on duty alone.
        """
        if name in ("officers", "sheets") and not self.arranges:
            raise refused()

    def within(self, unit: str | None) -> frozenset[str]:
        """Codes of a unit of his and of all under it that are his as well; without one, all of his.

        Raises:
            NotAccepted: that unit is not his.
        """
        if unit is None:
            return self.codes
        if unit not in self.codes:
            raise refused()
        return self.codes & below(self.of, unit)

    def has(self, said: str) -> bool:
        """True where a table means one of his units, a spreadsheet having taken the noughts before it off or not."""
        return meant(said, self.codes) is not None

    def changing(self) -> None:
        """Let whoever may change anything pass.

        Raises:
            NotAccepted: he may not.
        """
        if not self.may_change:
            raise refused()

    def may_shut_out(self, unit: str, *, reads: bool) -> bool:
        """Whether he may shut somebody of this unit out; an operator nobody of his own who `reads` tips there."""
        return self.may_change and not (self.role == "operator" and unit == self.unit and reads)

    def shuts_out(self, unit: str, *, reads: bool) -> None:
        """Let him shut somebody of this unit out.

        Raises:
            NotAccepted: he may not.
        """
        if not self.may_shut_out(unit, reads=reads):
            raise refused()

    def allow(self, found: Iterable[Changed]) -> None:
        """Let changes pass that are all within his units.

        Raises:
            NotAccepted: one is not.
        """
        if not all(self._may(one) for one in found):
            raise refused()

    def allow_signed(self, found: Iterable[Changed]) -> None:
        """Let changes pass that the authority signed, where their rows are of his units.

        Raises:
            NotAccepted: one is not.
        """
        if not all(one.units <= self.codes for one in found):
            raise refused()

    def _may(self, one: Changed) -> bool:
        if one.list != "units":
            return self._row(one)
        _, beside, what = one.key.partition("/")
        if not beside:
            return self._unit(one)
        return self._row(one) and (what == "profile" or self._route(one))

    def _route(self, one: Changed) -> bool:
        """Within his units or to those above. What is about his unit's own people is said above it, if anybody is."""
        own = any(self.of.today(unit) == self.unit for unit in one.units)
        if one.key.endswith(f"/{STAFF}") and own and self.reach - self.codes:
            return False
        return one.after is None or one.after.cells["target"] in self.reach

    def _row(self, one: Changed) -> bool:
        mine = all(line.unit in self.codes for line in (one.before, one.after) if line is not None)
        return mine and self._leads_on(one)

    def _leads_on(self, one: Changed) -> bool:
        """False where a box was led out of his units: tips that people bring to it would go there."""
        if one.after is None or not one.after.cells.get("successor"):
            return True
        before = "" if one.before is None else one.before.cells["successor"]
        return one.after.cells["successor"] == before or one.after.into in self.codes

    def _unit(self, one: Changed) -> bool:
        """A unit under his; of his own its names and contact alone: where it stands is said above it."""
        if one.after is None:
            return False
        around = {one.after.cells[name] for name in ("parent", "successor")} - {""}
        if one.before is None:
            return bool(one.after.cells["parent"]) and around <= self.codes and self._official(one.after)
        if one.key == self.unit:
            differs = {name for name, cell in one.after.cells.items() if one.before.cells.get(name) != cell}
            return differs <= _NAMES
        return one.key in self.codes and bool(one.after.cells["parent"]) and around <= self.codes

    def _official(self, line: Line) -> bool:
        """False for a ward that the country's file has in a province that is not his."""
        ward = atlas().wards.get(line.key)
        return ward is None or ward.province.code in self.codes


def scope_of(connection: Connection, book: SheetBook, officer: Officer, now: int) -> Scope:
    """What is this officer's at this moment (UTC seconds)."""
    of = Belonging(units.names(connection, now))
    arranges = officer.role in ARRANGING
    own = {code for code in of.units if of.today(code) == officer.unit} | {officer.unit}
    codes = below(of, officer.unit) if arranges else frozenset(own)
    return Scope(officer.unit, codes, of, arranges, _signed(connection, book, officer, now) if arranges else None)


def _signed(connection: Connection, book: SheetBook, officer: Officer, now: int) -> str | None:
    """As which the unit's sheet in force has him, whatever his row says; None where that is no role that arranges."""
    sheet = book.newest(connection, officer.unit, now)
    lines = () if sheet is None else sheet.officers
    mine = (one.role for one in lines if one.serial == officer.serial and one.valid_at(now))
    return next((role for role in mine if role in ARRANGING), None)


def below(of: Belonging, unit: str) -> frozenset[str]:
    """The unit, all under it, and those that ended into one of these."""
    return frozenset(code for code in of.units if unit in _above(of, code)) | {unit}


def _above(of: Belonging, code: str) -> Iterator[str]:
    """What the unit of this code is today, and the units above that."""
    here = of.today(code)
    for _ in range(MAX_DEPTH):
        yield here
        found = of.units.get(here)
        if found is None or found.parent is None:
            return
        here = of.today(found.parent)
