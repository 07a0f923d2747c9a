"""What a unit had in a year, month by month: how many tips came, how they stand or ended, of what kinds they were.

Owns what is counted together: tips that lie here, and those that were erased, of which a counter is all that is left.
Names no tip and nobody.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import get_args

from sqlalchemy import Connection

from bot.service.desk.retention import ERASED, RECEIVED
from bot.service.errors import NotAccepted
from handlers.roster import day_of
from handlers.timeline import EAST
from handlers.values import STATUSES, Category
from storage.repositories import register, units

MONTHS = 12
KINDS: tuple[str, ...] = (*get_args(Category), "duplicate", "false", "abusive")
"""Kinds of matters, counted where an officer classified; and what was set aside, counted each time it was."""
_HERE = timezone(timedelta(seconds=EAST))
_FIRST, _LAST = 2020, 2199


@dataclass(frozen=True, slots=True)
class Month:
    """A month ("2026-11"): tips that came in it, how each stands or ended, and what officers counted in it by kind."""

    month: str
    received: int
    stands: dict[str, int]
    kinds: dict[str, int]


def year(connection: Connection, unit: str, wanted: int) -> tuple[Month, ...]:
    """The months of a unit's year.

    Raises:
        NotAccepted: no such unit, or no year that anything could be counted of.
    """
    if units.find_unit(connection, unit) is None:
        raise NotAccepted("there is no such unit here", status=404)
    if not _FIRST <= wanted <= _LAST:
        raise NotAccepted("the year must be one of four digits", status=422)
    first, until = (int(datetime(one, 1, 1, tzinfo=_HERE).timestamp()) for one in (wanted, wanted + 1))
    lying: Counter[tuple[str, str]] = Counter(
        (day_of(came).isoformat()[:7], status) for came, status in register.lying(connection, unit, first, until)
    )
    return tuple(_month(connection, unit, f"{wanted}-{n:02}", lying) for n in range(1, MONTHS + 1))


def _month(connection: Connection, unit: str, month: str, lying: Counter[tuple[str, str]]) -> Month:
    kept = register.counted(connection, unit, month)
    stands = {status: lying[month, status] + kept.get(ERASED.format(status), 0) for status in STATUSES}
    received = sum(lying[month, status] for status in STATUSES) + kept.get(RECEIVED, 0)
    return Month(
        month,
        received,
        {status: count for status, count in stands.items() if count},
        {kind: kept[kind] for kind in KINDS if kind in kept},
    )
