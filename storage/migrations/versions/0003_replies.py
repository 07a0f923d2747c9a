"""What a reporter may ask to be kept: reply addresses, buttons that keep access, subscriptions; and news to tell.

New tables alone; the code before knows nothing of them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "reply_addresses",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_addresses")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_buttons",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("access", sa.LargeBinary(), nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_kept_buttons")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "subscriptions",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("id", name=op.f("uq_subscriptions_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_subscriptions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "news",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_news")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_news_due"), "news", ["due"])
