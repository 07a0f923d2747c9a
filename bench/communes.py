"""A province made up from a fixed seed, as the tables an operator would bring: units, hamlets, boxes, officers.

Its names are syllables of wards put together anew, its officers are called by numbers: nobody and no place is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bot.service import unitrows
from bot.service.boxes import rows as box_rows
from bot.service.country.atlas import atlas
from bot.service.desk import invitations
from bot.service.hamlets import rows as hamlet_rows
from bot.service.tables import Column, write_table

PROVINCE, NAME = "97", "tỉnh Bạch Đàn"
POST, INSPECTORATE = "97bp", "97tt"
"""A border post and an inspectorate: bodies that receive what is theirs."""
SEED = 20_250_701


@dataclass(frozen=True, slots=True)
class Size:
    """How many communes; and how many boxes and officers each of them has."""

    communes: int
    boxes: int
    officers: int


WHOLE, QUICK = Size(80, 15, 5), Size(4, 3, 2)
FORMER = 4
"""Every so many communes one came after another that is no more."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Each as a CSV. `links` are the link codes of all boxes, each with the commune it leads to."""

    units: bytes
    hamlets: bytes
    boxes: bytes
    officers: bytes
    links: Mapping[str, str]


def made_up(size: Size) -> Tables:
    """The same province every time."""
    communes = {f"{PROVINCE}{n:03}": name for n, name in enumerate(_names(size.communes), 1)}
    hamlets = [(commune, n) for commune in communes for n in range(1, size.boxes + 1)]
    return Tables(
        units=_csv(unitrows.COLUMNS, [*_bodies(), *_communes(communes)]),
        hamlets=_csv(hamlet_rows.COLUMNS, [_hamlet(*one) for one in hamlets]),
        boxes=_csv(box_rows.COLUMNS, [_box(*one, last=size.boxes) for one in hamlets]),
        officers=_csv(invitations.COLUMNS, [_officer(unit, n) for unit in communes for n in range(size.officers)]),
        links={_link(commune, n): commune for commune, n in hamlets},
    )


def former(commune: str) -> str | None:
    """The code of the commune that this one came after, if it did."""
    return f"{commune}x" if int(commune[2:]) % FORMER == 0 else None


def _names(count: int) -> list[str]:
    chance = Random(SEED)  # noqa: S311 - nothing is secret here
    every = {ward.name for ward in atlas().wards.values()}
    words = sorted({word for name in every for word in name.split()[1:] if word.isalpha()})
    found: dict[str, None] = {}
    while len(found) < count:
        name = f"xã {chance.choice(words)} {chance.choice(words)}"
        if f"X{name[1:]}" not in every:
            found[name] = None
    return list(found)


def _bodies() -> Iterator[Mapping[str, str]]:
    yield {"code": PROVINCE, "name_vi": NAME, "name_en": "Bạch Đàn province", "contact": "0200 000 0000"}
    for code, vietnamese, english in (
        (POST, "Đồn Biên phòng Bạch Đàn", "Bạch Đàn border post"),
        (INSPECTORATE, "Thanh tra Công an tỉnh Bạch Đàn", "Bạch Đàn police inspectorate"),
    ):
        yield {"code": code, "parent": PROVINCE, "name_vi": vietnamese, "name_en": english}


def _communes(communes: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    for code, name in communes.items():
        english = f"{name.removeprefix('xã ')} commune"
        yield {"code": code, "parent": PROVINCE, "name_vi": name, "name_en": english}
        if before := former(code):
            ended = {"valid_from": "2010-01-01", "valid_to": "2025-07-01", "successor": code}
            yield {"code": before, "parent": PROVINCE, "name_vi": f"{name} Cũ", "name_en": f"Old {english}", **ended}


def _hamlet(commune: str, n: int) -> Mapping[str, str]:
    return {"code": f"th-{commune}-{n}", "unit": commune, "name_vi": f"Thôn {n}", "name_en": f"Hamlet {n}"}


def _box(commune: str, n: int, *, last: int) -> Mapping[str, str]:
    """Of each commune the last box is closed, and leads on to the first."""
    closed = {"closed": "yes", "successor": _link(commune, 1)} if n == last else {}
    named = {"label_vi": f"Thôn {n}", "label_en": f"Hamlet {n}", "place": "Nhà văn hóa"}
    return {"code": _link(commune, n), "unit": commune, "hamlet": f"th-{commune}-{n}", **named, **closed}


def _officer(commune: str, n: int) -> Mapping[str, str]:
    return {"unit": commune, "name": f"Cán bộ {n + 1}", "role": "duty" if n else "chief"}


def _link(commune: str, n: int) -> str:
    return f"h-{commune}-{n}"


def _csv(columns: Sequence[Column], rows: Sequence[Mapping[str, str]]) -> bytes:
    return write_table("csv", columns, rows)
