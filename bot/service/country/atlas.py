"""Today's units of the whole country and the ones before them, as the file beside this says.

Owns the reading of `units.json.gz` (made by deploy/country/build.sh). Read when first asked for, once in a process.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("units.json.gz")


class Province(NamedTuple):
    """A province or a city of that level; degrees of its middle."""

    code: str
    name: str
    latitude: float
    longitude: float


class Ward(NamedTuple):
    """A unit of the lowest level: xã, phường or đặc khu; degrees of its middle."""

    code: str
    name: str
    province: Province
    latitude: float
    longitude: float


class District(NamedTuple):
    """A district of before July 2025. `older`: joined plain names that parts of it had before."""

    name: str
    province: str
    older: tuple[str, ...]


class Former(NamedTuple):
    """A unit that is no more, and all that it is part of today, the likeliest first."""

    name: str
    district: District
    wards: tuple[Ward, ...]


class Atlas(NamedTuple):
    """All of them: provinces and wards by code in the order of the codes, former ones by district and name."""

    provinces: dict[str, Province]
    wards: dict[str, Ward]
    districts: tuple[District, ...]
    former: tuple[Former, ...]


@cache
def atlas() -> Atlas:
    """The country, read once."""
    told = json.loads(gzip.decompress(FILE.read_bytes()))
    provinces = [Province(*row) for row in told["provinces"]]
    wards = [
        Ward(code, name, provinces[place], latitude, longitude)
        for code, name, place, latitude, longitude in told["wards"]
    ]
    before: list[str] = told["before"]
    districts = tuple(District(name, before[place], tuple(older)) for place, name, older in told["districts"])
    former = tuple(
        Former(name, districts[place], tuple(wards[ward] for ward in codes)) for name, place, codes in told["former"]
    )
    return Atlas({one.code: one for one in provinces}, {one.code: one for one in wards}, districts, former)
