"""What this installation is, and the sheets it trusts.

Owns the pinned authority key and the rule that a sheet may only grow. A key of an officer, and which unit receives for
which, come from here or nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

from sqlalchemy import Connection

from bot.service.country.kinds import same_name
from bot.service.remembering import Memory
from bot.service.successors import MAX_DEPTH, ended_into, later_units, present_unit, present_units
from crypto.errors import SealError
from crypto.sheets import Sheet, verify_sheet
from handlers.values import Category, Desk, Door, Name
from storage.repositories import routes, sheets, units

OVER = 2**53 - 1
"""The floor of a unit that another goes on for: no sheet has a higher number."""

LONGEST_HELD = 3600
"""Seconds for which routes are remembered."""

LONGEST_CHAIN = 32
"""Closed boxes that may lead one to the next. Whoever writes boxes refuses more, and circles."""

STAFF = "staff"
"""Kind of what is about a ward's own people: said like the others, and offered beside the unit above."""


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
        self.rosters = Memory()
        """Duty rosters by unit: every new tip asks for one."""
        self.routes = Memory()
        """Which kinds of matters go to another unit, by the unit that says so."""

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

    def elsewhere(self, body: bytes) -> bool:
        """True if the authority signed this sheet, but for another installation."""
        try:
            return verify_sheet(body, self._site.authority).site != self._site.id
        except SealError:
            return False

    def take_in(self, sheet: Sheet) -> None:
        """Remember that this sheet was accepted, or sealed by: nothing older counts from now on.

        Of a unit that it goes on for nothing counts any more: whoever was on such a sheet is on this one, or out.
        """
        self._floors.raise_to(sheet.unit, sheet.n)
        for old in sheet.goes_on_for:
            self._floors.raise_to(old, OVER)

    def is_over(self, unit: str) -> bool:
        """True where the authority said that another unit goes on for this one: no sheet of it counts."""
        return self._floors.floor(unit) >= OVER

    def goes_on_for(self, connection: Connection, unit: str) -> tuple[str, ...]:
        """The units that this one goes on for, as its newest sheet says, in force or expired."""
        sheet = self._last(connection, unit)
        return sheet.goes_on_for if sheet else ()

    def heir(self, connection: Connection, unit: str) -> str | None:
        """The unit whose newest sheet says that it goes on for this one.

        Rows lead to it; where they are wrong it is not found, but never another one.
        """
        later = later_units(connection, unit) if self.is_over(unit) else ()
        return next((code for code in later if unit in self.goes_on_for(connection, code)), None)

    def home(self, connection: Connection, unit: str) -> str:
        """The unit that what comes for this one belongs to: it, or by a signed sheet the one that goes on for it now.

        It stays so until this transaction ends: a merger waits for it, or was waited for here.
        """
        if units.hold(connection, unit) is None:
            return unit
        later = [code for code in later_units(connection, unit) if unit in self.goes_on_for(connection, code)]
        return later[-1] if later else unit

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
        """Who reads a tip for `unit`: the nearest with an officer (see `_doors`), else a recovery identity on the way.

        Which unit is above one that ever had a sheet is read from its signed sheet, in force or expired: a row of the
        units' table leads none of its tips anywhere while one above it has an officer. Of a unit that never had one
        nothing is signed, so the row counts.
        """
        fallback: Receiver | None = None
        for code in self._doors(connection, unit, now):
            sheet = self.newest(connection, code, now)
            if sheet is None:
                continue
            if sheet.readers(now):
                return Receiver(code, self.name(connection, code), sheet, staffed=True)
            if fallback is None and sheet.recovery:
                fallback = Receiver(code, self.name(connection, code), sheet, staffed=False)
        return fallback

    def _doors(self, connection: Connection, unit: str, now: int) -> Iterator[str]:
        """Units that may read for this one: it and those above it; then what came after one of these, or ended in it.

        A merger that only half the sheets know of so leads no tip into nowhere.
        """
        own = self.upwards(connection, unit)
        yield from own
        later = (one.code for code in own for one in present_units(connection, code, now))
        seen = set(own)
        for other in (*later, *ended_into(connection, unit, now)):
            if other not in seen:
                found = [code for code in self.upwards(connection, other) if code not in seen]
                seen.update(found)
                yield from found

    def above(self, connection: Connection, unit: str, now: int) -> Receiver | None:
        """The nearest unit above this one with an officer on its sheet, by the same rule, that is still there.

        Never one that tips would come back from: to this unit itself, or to one that another came after.
        """
        for code in self.upwards(connection, unit)[1:]:
            there = present_unit(connection, code, now)
            found = self.receiver(connection, there.code, now) if there else None
            if found is not None and found.staffed and found.unit != unit:
                stays = there if there and there.code == found.unit else present_unit(connection, found.unit, now)
                if stays is not None and stays.code == found.unit:
                    return found
        return None

    def name(self, connection: Connection, unit: str) -> Name:
        """A unit's name as signed on its newest sheet, in force or not; as the units' table has it where there is none.

        Sheets are signed with the Vietnamese name. The table's English one counts where it says the same name.
        """
        found, sheet = units.find_unit(connection, unit), self._last(connection, unit)
        if sheet is None:
            return Name(found.name_vi, found.name_en) if found else Name(unit, unit)
        english = found.name_en if found and same_name(found.name_en, sheet.name) else sheet.name
        return Name(sheet.name, english)

    def _last(self, connection: Connection, unit: str) -> Sheet | None:
        """The unit's newest signed sheet, expired or not, unless it was gone back to."""
        sheet = self._signed(connection, unit)
        return sheet if sheet is not None and sheet.n >= self._floors.floor(unit) else None

    def _signed(self, connection: Connection, unit: str) -> Sheet | None:
        found = sheets.newest(connection, unit)
        sheet = self.verified(found.body) if found else None
        return sheet if sheet is not None and sheet.unit == unit else None

    def upwards(self, connection: Connection, unit: str) -> tuple[str, ...]:
        """The unit's code and those above it, nearest first, as signed where there ever was a sheet."""
        codes: list[str] = []
        code: str | None = unit
        while code and code not in codes and len(codes) < MAX_DEPTH:
            codes.append(code)
            code = self._above(connection, code)
        return tuple(codes)

    def _above(self, connection: Connection, unit: str) -> str | None:
        if self.is_over(unit):
            last = self._signed(connection, unit)
            return self.heir(connection, unit) or (last.parent if last else None)
        sheet = self._last(connection, unit)
        if sheet is not None or self._floors.floor(unit):
            return sheet.parent if sheet else None
        found = units.find_unit(connection, unit)
        return found.parent if found else None


def find_desk(connection: Connection, book: SheetBook, now: int, *, box: str | None, unit: str | None) -> Desk:
    """Where a tip from this box, else for this unit, else for the installation's only ward, would go.

    A closed box leads to its successor, a unit that is no more to the one after it. Where there are several wards and
    none is named, which one is not known.
    """
    asked = units.find_box(connection, box) if box else None
    found_box = _open_box(connection, asked)
    others = units.several_wards(connection, now)
    code = found_box.unit if found_box else asked.unit if asked else unit or _house(connection, now, others=others)
    found = present_unit(connection, code, now)
    if found is None:
        nobody = Name("", "")
        return Desk(
            "", nobody, "", nobody, staffed=False, open=False, demo=False, box=None, box_label=None, contact="113"
        )
    receiver = book.receiver(connection, found.code, now)
    name = book.name(connection, found.code)
    known = asked is not None or bool(unit) or not others
    own = receiver is not None and receiver.unit == found.code
    above = book.above(connection, found.code, now) if own else None
    beside = _inspectorate(connection, book, found.code, now, above=above.unit if above else None) if own else None
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
        elsewhere=tuple(_elsewhere(connection, book, found.code, now)) if receiver else (),
        inspectorate=beside,
    )


def _elsewhere(connection: Connection, book: SheetBook, unit: str, now: int) -> Iterator[tuple[Category, Door]]:
    """Kinds of matters that go to another unit with an officer."""
    for category, target in sorted(_said(connection, book, unit, now).items()):
        door = _other_door(connection, book, unit, target, now=now)
        if door is not None and category != STAFF:
            yield cast("Category", category), door


def _inspectorate(connection: Connection, book: SheetBook, unit: str, now: int, *, above: str | None) -> Door | None:
    """Who was named for what is about the unit's own people; None where that is the one above or leads back.

    Nor is it anybody under the unit, who answers to those people.
    """
    target = _said(connection, book, unit, now).get(STAFF)
    door = _other_door(connection, book, unit, target, now=now) if target else None
    there = present_unit(connection, door.unit, now) if door else None
    if door is None or there is None or unit in book.upwards(connection, door.unit):
        return None
    return door if there.code == door.unit != above else None


def _said(connection: Connection, book: SheetBook, unit: str, now: int) -> Mapping[str, str]:
    """Where kinds of matters of this unit shall go; what is said nearest of a kind counts."""
    said = book.routes.of(
        connection, now, None, lambda: _by_unit(routes.every(connection)), until=lambda: now + LONGEST_HELD
    )
    wanted: dict[str, str] = {}
    for code in book.upwards(connection, unit) if said else ():
        wanted = {**said.get(code, {}), **wanted}
    return wanted


def _other_door(connection: Connection, book: SheetBook, unit: str, target: str, *, now: int) -> Door | None:
    """Who receives for `target`, if it is an officer and not `unit` itself."""
    door = book.desks.of(connection, now, ("route", target, now), partial(_door, connection, book, target, now))
    return None if door is None or unit in (target, door.unit) else door


def _door(connection: Connection, book: SheetBook, unit: str, now: int) -> Door | None:
    """Who receives what is sent to this unit; None where no officer does."""
    there = present_unit(connection, unit, now)
    found = book.receiver(connection, there.code, now) if there else None
    return Door(found.unit, found.name) if found is not None and found.staffed else None


def _by_unit(found: Iterable[routes.StoredRoute]) -> Mapping[str, Mapping[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for route in found:
        said.setdefault(route.unit, {})[route.category] = route.target
    return said


def _open_box(connection: Connection, box: units.Box | None) -> units.Box | None:
    """The box, or the first one after it that is open; None where they end."""
    for _ in range(LONGEST_CHAIN + 1):
        if box is None or not box.closed:
            return box
        box = units.find_box(connection, box.successor) if box.successor else None
    return None


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
