"""How long tips are kept: by unit, what keeps one of them, and from when on it may be erased.

New columns with defaults: what runs on the older form leaves them alone. Nobody is warned of any tip yet, so that none
is erased before the next version has told its officers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0032"


def upgrade() -> None:
    options = {"sqlite_with_rowid": False}
    with op.batch_alter_table("tips", table_kwargs=options) as batch:
        batch.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("waits", sa.String(8), nullable=True))
        batch.add_column(sa.Column("erases", sa.BigInteger(), nullable=True))
        batch.create_check_constraint(op.f("ck_tips_waits"), "waits IN ('question', 'reply')")
    op.create_index(op.f("ix_tips_erases"), "tips", ["erases"])
    op.add_column("mailboxes", sa.Column("until", sa.BigInteger(), nullable=True))
    op.create_index(op.f("ix_mailboxes_until"), "mailboxes", ["until"])
    op.add_column("units", sa.Column("retention", sa.Integer(), nullable=True))
    op.add_column("units", sa.Column("hold", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute("UPDATE tips SET waits = 'reply' WHERE news")
