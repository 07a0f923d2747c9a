"""The audit chain of each unit, and notes that wait to be chained. Beside running code: only new tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("signer", sa.String(64), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "n", name=op.f("pk_audit")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audit_waiting",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_waiting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_audit_waiting_unit_id"), "audit_waiting", ["unit_id"])
