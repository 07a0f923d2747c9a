"""Finding a unit by what somebody typed, for the operator: over the whole country and the installation's own units.

Owns how a found unit is told. What was typed is kept nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.country.atlas import Former, Ward, atlas
from bot.service.country.kinds import parted, small
from bot.service.country.nearest import nearest
from bot.service.country.search import Answer, search
from handlers.folding import fold
from storage.repositories import units

_PLACE = re.compile(r"(-?\d{1,2}\.\d+)[,;\s]\s*(-?\d{1,3}\.\d+)")
"""Latitude and longitude, as maps copy them."""


@dataclass(frozen=True, slots=True)
class FoundUnit:
    """A unit of today. `was`: the former one that was named; `split`: this one is in several units, ask the hamlet."""

    code: str
    name: str
    province: str
    was: str | None = None
    split: bool = False


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit as the installation knows it."""

    code: str
    name: str
    above: str


def own(connection: Connection, now: int) -> list[OwnUnit]:
    """The units that the installation has now."""
    there = {unit.code: unit for unit in units.names(connection, now) if unit.there}
    above = {code: there[unit.parent].name_vi if unit.parent in there else "" for code, unit in there.items()}
    return [OwnUnit(code, unit.name_vi, above[code]) for code, unit in sorted(there.items())]


def find(query: str, own: Iterable[OwnUnit] = ()) -> list[FoundUnit]:
    """Units that the words may mean, the likeliest first; those that the installation alone knows before all others.

    Two numbers with a fraction are decimal degrees: the nearest units.
    """
    if place := _PLACE.fullmatch(query.strip()):
        near = nearest(float(place[1]), float(place[2]))
        return [FoundUnit(ward.code, small(ward.name), parted(ward.province.name)[1]) for ward, _ in near]
    country = atlas()
    beyond = [unit for unit in own if unit.code not in country.wards and unit.code not in country.provinces]
    words = fold(query)
    named = [unit for unit in beyond if words and words in fold(f"{unit.name} {unit.above}")]
    return [*(FoundUnit(unit.code, unit.name, unit.above) for unit in named), *map(_told, search(query))]


def _told(answer: Answer) -> FoundUnit:
    unit = answer.unit
    province = unit.province if isinstance(unit, Ward) else unit
    return FoundUnit(unit.code, small(unit.name), parted(province.name)[1], _was(answer.was), answer.split)


def _was(former: Former | None) -> str | None:
    if former is None:
        return None
    parts = dict.fromkeys((former.name, former.district.name, former.district.province))
    return ", ".join(map(small, parts))
