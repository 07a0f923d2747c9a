"""Which messages stand in a chat.

A new table beside the others: what runs on the older form neither reads nor writes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "traces",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traces")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_traces_lane"), "traces", ["lane"])
    op.create_index(op.f("ix_traces_epoch"), "traces", ["epoch"])
