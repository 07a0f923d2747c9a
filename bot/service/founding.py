"""What a database holds before the first tip: the unit, its box, its board, the national numbers, its first sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from crypto.sheets import LIFETIME, Sheet
from storage.repositories import hotlines, settings, sheets, units
from storage.repositories.hotlines import HotlineKind, StoredHotline
from storage.repositories.units import Box, Unit

BACKUP_DAYS = "backup-days"
"""Setting: for how many days a backup is kept, in decimal. While it is not laid down nothing is said of backups."""
ALL_DAY = ("24/24", "24 h")
OFFICE_HOURS = ("giờ hành chính", "office hours")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a board: role and hours in Vietnamese and English. `source`: who says so, of a built-in one."""

    role: tuple[str, str]
    number: str
    hours: tuple[str, str] = ALL_DAY
    kind: HotlineKind = "other"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit with its first box and its own numbers."""

    unit: Unit
    box: Box
    numbers: tuple[Number, ...]


NATIONAL = (
    Number(("Công an", "Police"), "113", kind="police", source="congan.daklak.gov.vn"),
    Number(("Cháy, cứu nạn", "Fire, rescue"), "114", source="congan.daklak.gov.vn"),
    Number(("Cấp cứu", "Ambulance"), "115", source="congan.daklak.gov.vn"),
    Number(("Bảo vệ trẻ em", "Child protection"), "111", source="162/2025/NĐ-CP"),
    Number(("Tìm kiếm cứu nạn", "Search and rescue"), "112", source="sggp.org.vn, 15/09/2025"),
    Number(
        ("Đường dây nóng về ma túy, Bộ Công an", "Drug hotline, Ministry of Public Security"),
        "0769 040 404",
        kind="police",
        source="C04, 10/10/2025",
    ),
)
"""National numbers, day and night, as they were in November 2026; an operator changes them where they have changed."""

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
        Number(("Trực ban Công an phường", "Ward police duty desk"), "0239 000 0000", kind="police"),
        Number(("Trưởng Công an phường", "Chief of the ward police"), "0239 000 0001", OFFICE_HOURS, kind="police"),
        Number(("Chủ tịch phường", "Chair of the ward"), "0239 000 0002", OFFICE_HOURS, kind="leaders"),
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
    rows = (
        StoredHotline(
            id=entropy(16),
            unit=unit,
            role_vi=one.role[0],
            role_en=one.role[1],
            number=one.number,
            hours_vi=one.hours[0],
            hours_en=one.hours[1],
            position=position,
            kind=one.kind,
            source=one.source,
        )
        for position, one in enumerate(numbers)
    )
    hotlines.add_all(connection, rows)
