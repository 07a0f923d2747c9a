"""Numbers that were there before they had kinds and sources: what becomes of them."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.migrate import config, upgrade
from storage.sqlite import sqlite_engine

BEFORE = str(ScriptDirectory.from_config(config()).get_revision("0009").down_revision)
ROWS = (
    ("18118", "Trực ban Công an phường", "0239 000 0000", 0, "02/05"),
    ("18118", "Chủ tịch phường", "0239 000 0001", 1, "2026-05-02"),
    (None, "Công an", "113", 0, None),
    (None, "Bảo vệ trẻ em, mới", "111", 3, None),
)
INSERT = text(
    "INSERT INTO hotlines (id, unit_id, role_vi, role_en, number, hours_vi, hours_en, position, checked)"
    " VALUES (:id, :unit, :role, '', :number, '24/24', '24 h', :position, :checked)"
)
READ = text("SELECT unit_id, role_vi, number, position, checked, kind, source FROM hotlines ORDER BY unit_id, position")


def migrated(file: Path, rows: tuple[tuple[object, ...], ...]) -> list[tuple[object, ...]]:
    """What `rows` are once they have been brought to the newest revision."""
    url = f"sqlite:///{file}"
    upgrade(url, BEFORE)
    engine = sqlite_engine(url)
    with engine.begin() as connection:
        for n, row in enumerate(rows):
            named = dict(zip(("unit", "role", "number", "position", "checked"), row, strict=True))
            connection.execute(INSERT, {"id": bytes([n]) * 16, **named})
    engine.dispose()
    upgrade(url)
    engine = sqlite_engine(url)
    with engine.begin() as connection:
        found = [tuple(row) for row in connection.execute(READ)]
    engine.dispose()
    return found


def test_numbers_get_kinds_sources_and_days_and_the_country_one_more(tmp_path: Path):
    assert migrated(tmp_path / "a.db", ROWS) == [
        (None, "Công an", "113", 0, None, "police", "congan.daklak.gov.vn"),
        (None, "Bảo vệ trẻ em, mới", "111", 3, None, "other", "162/2025/NĐ-CP"),
        (None, "Đường dây nóng về ma túy, Bộ Công an", "0769 040 404", 4, None, "police", "C04, 10/10/2025"),
        ("18118", "Trực ban Công an phường", "0239 000 0000", 0, None, "police", None),
        ("18118", "Chủ tịch phường", "0239 000 0001", 1, "2026-05-02", "leaders", None),
    ]


def test_where_nothing_was_founded_nothing_comes(tmp_path: Path):
    assert migrated(tmp_path / "a.db", ()) == []
