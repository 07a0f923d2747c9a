"""Tips whose key somebody holds who reads them no more.

A new table beside the others: what runs on the older form neither reads nor writes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "stale_keys",
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("tip", name=op.f("pk_stale_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_stale_keys_unit_id_tip"), "stale_keys", ["unit_id", "tip"])
