"""What changed in the lists of the organisation.

A new table beside the others: what runs on the older form neither reads nor writes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "changes",
        sa.Column("list", sa.String(16), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("hour", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.String(64), nullable=True),
        sa.Column("cells", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("list", "key", "n", name=op.f("pk_changes")),
        sqlite_with_rowid=False,
    )
