"""What a database holds before the first tip: the unit, its box, its board, the national numbers, its first sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from crypto.sheets import LIFETIME, Sheet
from storage.repositories import hotlines, settings, sheets, units
from storage.repositories.hotlines import StoredHotline
from storage.repositories.units import Box, Unit

BACKUP_DAYS = "backup-days"
"""Setting: for how many days a backup is kept, in decimal. While it is not laid down nothing is said of backups."""
ALL_DAY = ("24/24", "24 h")
OFFICE_HOURS = ("giờ hành chính", "office hours")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a board: role and hours in Vietnamese and English."""

    role: tuple[str, str]
    number: str
    hours: tuple[str, str] = ALL_DAY


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit with its first box and its own numbers."""

    unit: Unit
    box: Box
    numbers: tuple[Number, ...]


NATIONAL = (
    Number(("Công an", "Police"), "113"),
    Number(("Cháy, cứu nạn", "Fire, rescue"), "114"),
    Number(("Cấp cứu", "Ambulance"), "115"),
    Number(("Bảo vệ trẻ em", "Child protection"), "111"),
    Number(("Tìm kiếm cứu nạn", "Search and rescue"), "112"),
)
"""National numbers: free, day and night (DOMAIN §4)."""

DEMONSTRATION = Founding(
    unit=Unit(
        code="18118",
        name_vi="phường Nam Hồng Lĩnh",
        name_en="Nam Hồng Lĩnh ward",
        parent=None,
        valid_from=0,
        contact="0239 000 0000",
    ),
    box=Box(
        code="tdp4-nhl", unit="18118", label_vi="Tổ dân phố 4", label_en="Group 4", place="Nhà văn hóa tổ dân phố 4"
    ),
    numbers=(
        Number(("Trực ban Công an phường", "Ward police duty desk"), "0239 000 0000"),
        Number(
            ("Trưởng Công an phường", "Chief of the ward police"), "0239 000 0001", ("giờ hành chính", "office hours")
        ),
        Number(("Chủ tịch phường", "Chair of the ward"), "0239 000 0002", ("giờ hành chính", "office hours")),
    ),
)
"""The demonstration's ward (official code 18118). Its own numbers are invented: 0239 000 xxxx is no real line."""


def found(connection: Connection, founding: Founding, entropy: Callable[[int], bytes]) -> None:
    """Write a unit with its box and board, and the national numbers."""
    units.put_unit(connection, founding.unit)
    units.put_box(connection, founding.box)
    _board(connection, founding.unit.code, founding.numbers, entropy)


def found_national(connection: Connection, entropy: Callable[[int], bytes]) -> None:
    """Write the national numbers."""
    _board(connection, None, NATIONAL, entropy)


def store_sheet(connection: Connection, unit: str, n: int, body: bytes) -> None:
    """Write a signed sheet."""
    sheets.add(connection, sheets.StoredSheet(unit, n, body))


def found_whole(
    connection: Connection,
    founding: Founding,
    entropy: Callable[[int], bytes],
    *,
    sheet: tuple[int, bytes] | None = None,
) -> None:
    """The unit, the national numbers and the first sheet, by its number: all or nothing."""
    found(connection, founding, entropy)
    found_national(connection, entropy)
    if sheet is not None:
        store_sheet(connection, founding.unit.code, *sheet)


def found_real(
    connection: Connection, founding: Founding, entropy: Callable[[int], bytes], *, backup_days: int | None
) -> None:
    """A real installation's unit, and for how many days it tells people that backups are kept; None: not told."""
    found_whole(connection, founding, entropy)
    if backup_days is not None:
        settings.put(connection, BACKUP_DAYS, str(backup_days).encode())


def is_founded(connection: Connection) -> bool:
    """True if this database holds a unit."""
    return bool(units.every_unit(connection))


def first_sheet(site: str, unit: Unit, *, demo: bool, recovery: str | None, now: int) -> Sheet:
    """Sheet number 1 of a unit: nobody on it yet, its recovery identity only."""
    return Sheet(
        site=site,
        demo=demo,
        unit=unit.code,
        name=unit.name_vi,
        parent=unit.parent,
        n=1,
        issued=now,
        expires=now + LIFETIME,
        officers=(),
        recovery=recovery,
    )


def _board(
    connection: Connection, unit: str | None, numbers: Sequence[Number], entropy: Callable[[int], bytes]
) -> None:
    for position, one in enumerate(numbers):
        row = StoredHotline(
            id=entropy(16),
            unit=unit,
            role_vi=one.role[0],
            role_en=one.role[1],
            number=one.number,
            hours_vi=one.hours[0],
            hours_en=one.hours[1],
            position=position,
        )
        hotlines.put(connection, row)
