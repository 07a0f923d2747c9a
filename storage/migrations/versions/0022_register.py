"""The register book of each unit, and counters by unit and month.

New tables beside the others: what runs on the older form neither reads nor writes them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "register",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("officer", sa.String(64), nullable=True),
        sa.Column("gone", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("unit_id", "year", "n", name=op.f("pk_register")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_register_tip"), "register", ["tip"])
    op.create_table(
        "figures",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "month", "kind", name=op.f("pk_figures")),
        sqlite_with_rowid=False,
    )
