"""Units and numbers in a database of their own, for tests of boards."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from sqlalchemy import Connection

from bot.service.founding import found_national
from storage.repositories import hotlines, units
from storage.repositories.hotlines import StoredHotline
from storage.repositories.units import Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

T = TypeVar("T")
NOW = 1_780_000_000
"""A day in May 2026: 2026-05-29 at UTC+7."""
WARD, PROVINCE = "18118", "42"
UNITS = (
    Unit(PROVINCE, "tỉnh Hà Tĩnh", "Hà Tĩnh province", None, 0),
    Unit(WARD, "phường Nam Hồng Lĩnh", "Nam Hồng Lĩnh ward", PROVINCE, 0),
    Unit("02671", "phường Cam Đường", "Cam Đường ward", None, 0),
)


def in_database(work: Callable[[Connection], T], *, founded: bool = True) -> T:
    """What `work` gives in a new database; with units and the national numbers if `founded`."""
    engine = sqlite_engine("sqlite://")
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            if founded:
                for unit in UNITS:
                    units.put_unit(connection, unit)
                found_national(connection, counted())
            return work(connection)
    finally:
        engine.dispose()


def counted() -> Callable[[int], bytes]:
    """Ids that count upwards: all different."""
    numbers = count(1)
    return lambda length: next(numbers).to_bytes(length, "big")


def hotline(
    connection: Connection, unit: str | None, number: str, position: int = 0, checked: str | None = None
) -> StoredHotline:
    """A number put up as it stands, whatever it is."""
    made = StoredHotline(
        id=f"{unit}{number}".encode().ljust(16, b".")[-16:],
        unit=unit,
        role_vi="Trực ban",
        role_en="Duty desk",
        number=number,
        hours_vi="24/24",
        hours_en="24 h",
        position=position,
        checked=checked,
    )
    hotlines.put(connection, made)
    return made
