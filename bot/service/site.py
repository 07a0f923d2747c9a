"""What this installation is, and the sheets it trusts.

Owns the pinned authority key and the rule that a sheet may only grow. A key of an officer, and which unit receives for
which, come from here or nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from bot.service.remembering import Memory
from crypto.errors import SealError
from crypto.sheets import Sheet, verify_sheet
from handlers.values import Desk, Door, Name
from storage.repositories import sheets, units

MAX_DEPTH = 8
"""How far up the tree of units a receiver is looked for; deeper than any real tree, and an end to a false one."""

KINDS_OF_UNITS = frozenset({"ward", "commune", "township", "district", "city", "province", "special", "zone"})
"""What an English name may add to the signed proper name."""


@dataclass(frozen=True, slots=True)
class Site:
    """Identity of an installation: its label in every signature, the receipts' public salt, whom it trusts."""

    id: str
    salt: bytes
    demo: bool
    authority: bytes


class Floors(Protocol):
    """The highest sheet number seen of each unit, kept outside the database."""

    def floor(self, unit: str) -> int:
        """Highest number seen, 0 if none."""
        ...

    def raise_to(self, unit: str, n: int) -> None:
        """Remember `n` if it is higher."""
        ...


class MemoryFloors:
    """Floors that die with the process."""

    def __init__(self) -> None:
        self._highest: dict[str, int] = {}

    def floor(self, unit: str) -> int:
        """See `Floors.floor`."""
        return self._highest.get(unit, 0)

    def raise_to(self, unit: str, n: int) -> None:
        """See `Floors.raise_to`."""
        self._highest[unit] = max(n, self.floor(unit))


@dataclass(frozen=True, slots=True)
class Receiver:
    """The unit a tip is sealed to, by its sheet. `staffed` is False when only the recovery identity can read."""

    unit: str
    name: Name
    sheet: Sheet
    staffed: bool


class SheetBook:
    """Verified sheets, by the pinned authority."""

    def __init__(self, site: Site, floors: Floors) -> None:
        self._site = site
        self._floors = floors
        self._verified: dict[bytes, Sheet | None] = {}
        self.desks = Memory()
        """Where tips go, as `find_desk` answers: asked at every fact."""
        self.wards = Memory()
        """The wards there are, as `bot.service.wards` looks through them."""

    @property
    def demo(self) -> bool:
        """True in a demonstration."""
        return self._site.demo

    def newest(self, connection: Connection, unit: str, now: int) -> Sheet | None:
        """The unit's newest sheet if it is signed, not older than one seen before, and not expired."""
        found = sheets.newest(connection, unit)
        if found is None:
            return None
        sheet = self.verified(found.body)
        if sheet is None or sheet.unit != unit or sheet.n < self._floors.floor(unit) or not sheet.valid_at(now):
            return None
        return sheet

    def verified(self, body: bytes) -> Sheet | None:
        """The sheet in `body`, or None if the authority did not sign it for this installation."""
        if body not in self._verified:
            try:
                sheet = verify_sheet(body, self._site.authority)
            except SealError:
                self._verified[body] = None
            else:
                self._verified[body] = sheet if sheet.site == self._site.id and sheet.demo == self._site.demo else None
        return self._verified[body]

    def take_in(self, sheet: Sheet) -> None:
        """Remember that this sheet was accepted, or sealed by: nothing older counts from now on."""
        self._floors.raise_to(sheet.unit, sheet.n)

    def floor(self, unit: str) -> int:
        """The highest sheet number accepted of this unit, 0 if none."""
        return self._floors.floor(unit)

    def signing_keys(self, connection: Connection, unit: str) -> Mapping[str, bytes]:
        """Signing key by serial over all sheets of the unit, old ones too (to verify old entries).

        A sheet of another unit that somebody put among them counts for nothing, though its signature holds.
        """
        keys: dict[str, bytes] = {}
        for found in reversed(sheets.every(connection, unit)):
            sheet = self.verified(found.body)
            if sheet is not None and sheet.unit == unit:
                keys.update({officer.serial: officer.signing_key for officer in sheet.officers})
        return keys

    def receiver(self, connection: Connection, unit: str, now: int) -> Receiver | None:
        """Who reads a tip for `unit`: it or its nearest parent with an officer, else its own recovery identity.

        Which unit is above one that ever had a sheet is read from its signed sheet, in force or expired: a row of the
        units' table leads none of its tips anywhere. Of a unit that never had one nothing is signed, so the row counts.
        """
        fallback: Receiver | None = None
        for code in self._upwards(connection, unit):
            sheet = self.newest(connection, code, now)
            if sheet is None:
                continue
            name = self.name(connection, code)
            if sheet.readers(now):
                return Receiver(code, name, sheet, staffed=True)
            if fallback is None and sheet.recovery:
                fallback = Receiver(code, name, sheet, staffed=False)
        return fallback

    def above(self, connection: Connection, unit: str, now: int) -> Receiver | None:
        """The nearest unit above this one with an officer on its sheet, by the same rule."""
        code = self._above(connection, unit)
        found = self.receiver(connection, code, now) if code else None
        return found if found is not None and found.staffed and found.unit != unit else None

    def name(self, connection: Connection, unit: str) -> Name:
        """A unit's name as signed on its newest sheet, in force or not; as the units' table has it where there is none.

        Sheets are signed with the Vietnamese name. The table's English one counts where it says the same name.
        """
        found, sheet = units.find_unit(connection, unit), self._last(connection, unit)
        if sheet is None:
            return Name(found.name_vi, found.name_en) if found else Name(unit, unit)
        english = found.name_en if found and _same_name(found.name_en, sheet.name) else sheet.name
        return Name(sheet.name, english)

    def _last(self, connection: Connection, unit: str) -> Sheet | None:
        """The unit's newest signed sheet, expired or not, unless it was gone back to."""
        found = sheets.newest(connection, unit)
        sheet = self.verified(found.body) if found else None
        fits = sheet is not None and sheet.unit == unit and sheet.n >= self._floors.floor(unit)
        return sheet if fits else None

    def _upwards(self, connection: Connection, unit: str) -> tuple[str, ...]:
        """The unit's code and those above it, nearest first."""
        codes: list[str] = []
        code: str | None = unit
        while code and code not in codes and len(codes) < MAX_DEPTH:
            codes.append(code)
            code = self._above(connection, code)
        return tuple(codes)

    def _above(self, connection: Connection, unit: str) -> str | None:
        sheet = self._last(connection, unit)
        if sheet is not None or self._floors.floor(unit):
            return sheet.parent if sheet else None
        found = units.find_unit(connection, unit)
        return found.parent if found else None


def _same_name(english: str, signed: str) -> bool:
    """True where the English name is the signed one's proper words in their order, and else says only what it is."""

    def proper(name: str) -> list[str]:
        return [word for word in name.split() if word[0].isupper()]

    rest = [word for word in english.split() if not word[0].isupper()]
    return bool(proper(signed)) and proper(english) == proper(signed) and set(rest) <= KINDS_OF_UNITS


def find_desk(connection: Connection, book: SheetBook, now: int, *, box: str | None, unit: str | None) -> Desk:
    """Where a tip from this box, else for this unit, else for the installation's only ward, would go.

    A closed box leads to its successor, a unit that is no more to the one after it. Where there are several wards and
    none is named, which one is not known.
    """
    asked = units.find_box(connection, box) if box else None
    found_box = _open_box(connection, asked)
    others = units.several_wards(connection, now)
    code = found_box.unit if found_box else asked.unit if asked else unit or _house(connection, now, others=others)
    found = _present_unit(connection, code, now)
    if found is None:
        nobody = Name("", "")
        return Desk(
            "", nobody, "", nobody, staffed=False, open=False, demo=False, box=None, box_label=None, contact="113"
        )
    receiver = book.receiver(connection, found.code, now)
    name = book.name(connection, found.code)
    known = asked is not None or bool(unit) or not others
    above = book.above(connection, found.code, now) if receiver and receiver.unit == found.code else None
    return Desk(
        unit=found.code,
        name=name,
        receiver=receiver.unit if receiver else found.code,
        receiver_name=receiver.name if receiver else name,
        staffed=receiver is not None and receiver.staffed,
        open=receiver is not None or not known,
        demo=receiver.sheet.demo if receiver else book.demo and not known,
        box=found_box.code if found_box else None,
        box_label=Name(found_box.label_vi, found_box.label_en) if found_box else None,
        contact=found.contact,
        moved=asked is not None and (found_box != asked or found.code != asked.unit),
        known=known,
        above=Door(above.unit, above.name) if above else None,
        others=others,
    )


def _open_box(connection: Connection, box: units.Box | None) -> units.Box | None:
    """The box, or the first one after it that is open; None where they end."""
    for _ in range(MAX_DEPTH):
        if box is None or not box.closed:
            return box
        box = units.find_box(connection, box.successor) if box.successor else None
    return None


def _present_unit(connection: Connection, code: str | None, now: int) -> units.Unit | None:
    """The unit with this code, or the one after it where it is no more and has a successor."""
    found = units.find_unit(connection, code) if code else None
    for _ in range(MAX_DEPTH):
        if found is None or found.valid_to is None or now < found.valid_to or found.successor is None:
            return found
        found = units.find_unit(connection, found.successor) or found
    return found


def upwards(connection: Connection, unit: str) -> tuple[str, ...]:
    """A unit's code and those of the units above it, nearest first."""
    codes: list[str] = []
    code: str | None = unit
    while code and code not in codes and len(codes) < MAX_DEPTH:
        codes.append(code)
        found = units.find_unit(connection, code)
        code = found.parent if found else None
    return tuple(codes)


def _house(connection: Connection, now: int, *, others: bool) -> str | None:
    """Who stands for the installation where no unit is named: of several wards the one unit above all, if there is."""
    tops = units.tops(connection, now) if others else ()
    return tops[0] if len(tops) == 1 else _first_unit(connection)


def _first_unit(connection: Connection) -> str | None:
    """The unit that people without a box write to: one that has a sheet, else any."""
    return sheets.first_unit(connection) or units.first_unit(connection)
