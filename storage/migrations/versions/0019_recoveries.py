"""Recovery identities of units that were used.

A new table beside the others: what runs on the older form neither reads nor writes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.create_table(
        "recoveries",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("recipient", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "recipient", name=op.f("pk_recoveries")),
        sqlite_with_rowid=False,
    )
