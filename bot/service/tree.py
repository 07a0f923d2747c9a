"""The installation's own units: put in from the country's file, listed with their history, merged.

Owns what may become of a unit. Nothing is deleted: a unit that ends keeps its row, its boxes and its tips, and names
the one after it. Which unit reads for which is signed on the sheets, not written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.country.atlas import Province, Ward, atlas
from bot.service.country.kinds import english, small
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, upwards
from storage.repositories import units
from storage.repositories.units import Unit

_LONGEST = 200
"""Letters of a name, as the units' table takes them."""
NO_SUCH = "there is no such unit here"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A unit to be put in. What is left out comes from the country's file."""

    code: str
    name_vi: str | None = None
    name_en: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """Units that were put in, and how many of those asked for were there before."""

    units: tuple[Unit, ...]
    known: int


def add(connection: Connection, sketch: Sketch, now: int, *, with_wards: bool = False) -> Added:
    """Put a unit in, and the province above it; with a province, if wanted, all of its wards. Twice does no harm.

    Raises:
        NotAccepted: it is in no file and has no names, or its parent is not here or stands under it.
    """
    asked = [_sketched(connection, sketch, now)]
    country = atlas()
    if ward := country.wards.get(sketch.code):
        asked.insert(0, _unit(ward.province, None, now))
    if with_wards:
        if sketch.code not in country.provinces:
            raise NotAccepted("the country's file knows wards of provinces alone; --with-wards wants a province's code")
        every = [ward for ward in country.wards.values() if ward.province.code == sketch.code]
        asked += [_unit(ward, sketch.code, now) for ward in every]
    fresh = [unit for unit in asked if not _is_known(connection, unit)]
    for unit in fresh:
        units.put_unit(connection, unit)
    return Added(tuple(fresh), len(asked) - len(fresh))


def _is_known(connection: Connection, unit: Unit) -> bool:
    """True where it is here. One that stood under none gets the unit above it, unless that one stands under it."""
    found = units.find_unit(connection, unit.code)
    if found is not None and found.parent is None and unit.parent is not None:
        if unit.code in _way_up(connection, unit.parent):
            raise NotAccepted(f"unit {unit.parent} stands under unit {unit.code}; it cannot be above it too")
        units.put_unit(connection, replace(found, parent=unit.parent))
    return found is not None


def _way_up(connection: Connection, code: str) -> list[str]:
    """The unit's code and those of all units above it, however many."""
    passed: list[str] = []
    above: str | None = code
    while above is not None and above not in passed:
        passed.append(above)
        found = units.find_unit(connection, above)
        above = found.parent if found else None
    return passed


def _sketched(connection: Connection, sketch: Sketch, now: int) -> Unit:
    country = atlas()
    official = country.wards.get(sketch.code) or country.provinces.get(sketch.code)
    parent = sketch.parent or (official.province.code if isinstance(official, Ward) else None)
    if sketch.parent is not None and units.find_unit(connection, sketch.parent) is None:
        raise NotAccepted(f"the unit above, {sketch.parent}, is not here; put it in first")
    if sketch.name_vi is None and official is None:
        raise NotAccepted(f"{sketch.code} is in no file of the country; say --name-vi and --name-en")
    name_vi = sketch.name_vi or small(official.name if official else "")
    name_en = sketch.name_en or (english(official.name) if official and sketch.name_vi is None else name_vi)
    if not sketch.code.isalnum() or max(len(name_vi), len(name_en)) > _LONGEST or not name_vi.strip():
        raise NotAccepted("a code is letters and digits, a name at most 200 letters")
    return Unit(sketch.code, name_vi, name_en, parent, now)


def _unit(official: Ward | Province, parent: str | None, now: int) -> Unit:
    return Unit(official.code, small(official.name), english(official.name), parent, now)


def every(connection: Connection, now: int, *, past: bool) -> list[Unit]:
    """The units that are here now; with `past` those that were or will be as well."""
    found = units.every_unit(connection)
    return [unit for unit in found if past or is_there(unit, now)]


def is_there(unit: Unit, now: int) -> bool:
    """True while it exists."""
    return unit.valid_from <= now and (unit.valid_to is None or now < unit.valid_to)


def merge(connection: Connection, book: SheetBook, olds: Sequence[str], *, into: str, now: int, when: int) -> Unit:
    """Units end at a moment (UTC seconds) and another goes on for them: that one.

    From then on their links, boxes and boards lead to it, and units under them stand under it. Their tips stay with who
    can read them, until a sheet is taken in that says that it goes on for them.

    Raises:
        NotAccepted: one is not here, has ended, is named twice, or has units under it and ends on a day to come; or
            nobody could read what is sent to the one that goes on, though somebody can what is sent to them.
    """
    successor = _there(connection, into, when)
    if into in olds or len(set(olds)) != len(olds) or not olds:
        raise NotAccepted("name each unit that ends once, and another one that goes on")
    ending = [_there(connection, code, when) for code in olds]
    crowded = [unit.code for unit in ending if when > now and _under(connection, [unit.code], when)]
    if crowded:
        raise NotAccepted(f"unit {crowded[0]} has units under it: merge it on the day itself, without --on")
    read = [unit.code for unit in ending if book.receiver(connection, unit.code, now) is not None]
    if read and book.receiver(connection, into, now) is None:
        raise NotAccepted(
            f"nobody could read what is sent to unit {into}: take in its first sheet before the merger, or the one that"
            " hopthu authority merge makes, which merges by itself"
        )
    end(connection, olds, into=into, when=when)
    return successor


def end(connection: Connection, olds: Sequence[str], *, into: str, when: int) -> None:
    """These units end at a moment, and the one that goes on for them stands where they stood.

    Units under them are under that one from now on; it itself, and what it stands under, is under whatever was above
    them.
    """
    own = upwards(connection, into)
    for unit in _under(connection, olds, when):
        parent = _outside(connection, unit, olds) if unit.code in own else into
        units.put_unit(connection, replace(unit, parent=parent))
    for code in olds:
        if old := units.find_unit(connection, code):
            units.put_unit(connection, replace(old, valid_to=when, successor=old.successor or into))


def _under(connection: Connection, olds: Sequence[str], when: int) -> list[Unit]:
    """Units directly under one of these, not of them, that are still there at a moment."""
    every = units.every_unit(connection)
    return [
        unit
        for unit in every
        if unit.parent in olds and unit.code not in olds and (unit.valid_to is None or when < unit.valid_to)
    ]


def _outside(connection: Connection, unit: Unit, olds: Sequence[str]) -> str | None:
    """The nearest unit above this one that is none of those that end."""
    return next((code for code in upwards(connection, unit.code)[1:] if code not in olds), None)


def _there(connection: Connection, code: str, when: int) -> Unit:
    found = units.find_unit(connection, code)
    if found is None:
        raise NotAccepted(f"{NO_SUCH}: {code}")
    if found.valid_to is not None or found.successor is not None:
        raise NotAccepted(f"unit {code} ends already, and {found.successor or 'none'} goes on for it")
    if found.valid_from > when:
        raise NotAccepted(f"unit {code} begins later than that")
    return found
