"""Draft parts of every kind: recordings, films, files and places beside texts and photos.

A wider check alone; code that knows only texts and photos goes on writing what it wrote.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0004"

_CHECK = "ck_draft_parts_kind"


def upgrade() -> None:
    kinds = "kind IN ('text', 'photo', 'voice', 'video', 'file', 'place')"
    with op.batch_alter_table(
        "draft_parts", copy_from=_before(), table_kwargs={"sqlite_with_rowid": False}
    ) as draft_parts:
        draft_parts.drop_constraint(op.f(_CHECK), type_="check")
        draft_parts.create_check_constraint(op.f(_CHECK), kinds)


def _before() -> sa.Table:
    """The table as it stands: SQLite changes a check by copying the rows into a new one."""
    return sa.Table(
        "draft_parts",
        sa.MetaData(),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("draft", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("media", sa.String(64), nullable=True),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('text', 'photo')", name=op.f(_CHECK)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_parts")),
        sa.Index(op.f("ix_draft_parts_draft"), "draft"),
        sa.Index(op.f("ix_draft_parts_epoch"), "epoch"),
        sqlite_with_rowid=False,
    )
