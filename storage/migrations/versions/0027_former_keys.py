"""Copies of tips' keys that newer ones came in place of.

A new table beside the others: what runs on the older form neither reads nor writes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "former_keys",
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("recipient", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tip", "recipient", "seq", name=op.f("pk_former_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_former_keys_unit_id_recipient_tip"), "former_keys", ["unit_id", "recipient", "tip"])
