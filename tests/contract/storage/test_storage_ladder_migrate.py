"""Tips that were there before reminders climbed: those of which something is due get a ladder."""

from __future__ import annotations

from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.migrate import config, upgrade
from storage.sqlite import sqlite_engine

BEFORE = str(ScriptDirectory.from_config(config()).get_revision("0021").down_revision)
INSERT = text(
    "INSERT INTO tips (id, unit_id, urgent, state, received, news, entries, visible_from, due, clock)"
    " VALUES (:id, '18118', false, 'received', 0, false, 1, 0, :due, :clock)"
)


def test_a_tip_gets_a_ladder_for_what_is_due_of_it_and_none_where_nothing_is(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/a.db"
    upgrade(url, BEFORE)
    engine = sqlite_engine(url)
    with engine.begin() as connection:
        connection.execute(INSERT, {"id": bytes(16), "due": 28_800, "clock": "open"})
        connection.execute(INSERT, {"id": b"1" * 16, "due": None, "clock": None})
    engine.dispose()
    upgrade(url)
    engine = sqlite_engine(url)
    with engine.begin() as connection:
        found = [tuple(row) for row in connection.execute(text("SELECT * FROM rungs"))]
    engine.dispose()
    assert found == [(bytes(16), "18118", "open", 28_800, 0, 0)]
