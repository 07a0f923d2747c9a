"""Duty rosters, and which kinds of matters go to another unit.

New tables beside the others: what runs on the older form neither reads nor writes them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "duties",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("officer", sa.String(64), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "day", "start", "officer", name=op.f("pk_duties")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duty_swaps",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("officer", sa.String(64), nullable=False),
        sa.Column("instead", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "day", "officer", name=op.f("pk_duty_swaps")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "holidays",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "day", name=op.f("pk_holidays")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "routes",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "category", name=op.f("pk_routes")),
        sqlite_with_rowid=False,
    )
