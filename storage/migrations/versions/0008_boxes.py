"""Where boxes hang and who looks after them: a hamlet and a contact of each, and the list of hamlets with its history.

New columns may be empty: code that does not know them goes on writing boxes.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0011"


def upgrade() -> None:
    op.add_column("boxes", sa.Column("hamlet", sa.String(64), nullable=True))
    for name in ("contact_role", "contact_reach"):
        op.add_column("boxes", sa.Column(name, sa.String(200), nullable=False, server_default=""))
    op.create_table(
        "hamlets",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("name_vi", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=True),
        sa.Column("successor", sa.String(64), nullable=True),
        sa.Column("board", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("code", "valid_from", name=op.f("pk_hamlets")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hamlets_unit_id"), "hamlets", ["unit_id"])
