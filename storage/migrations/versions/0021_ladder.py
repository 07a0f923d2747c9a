"""Reminders that climb.

New tables beside the others: what runs on the older form neither reads nor writes them. Tips of which something is due
get a ladder that nobody has looked at yet.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0019"


def upgrade() -> None:
    op.create_table(
        "rungs",
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("clock", sa.String(16), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("tip", name=op.f("pk_rungs")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rungs_at"), "rungs", ["at"])
    op.create_table(
        "calls",
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("serial", "tip", name=op.f("pk_calls")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_calls_sent_due"), "calls", ["sent", "due"])
    op.create_index(op.f("ix_calls_tip"), "calls", ["tip"])
    op.execute(
        "INSERT INTO rungs (tip, unit_id, clock, due, step, at) "
        "SELECT id, unit_id, clock, due, 0, 0 FROM tips WHERE due IS NOT NULL"
    )
