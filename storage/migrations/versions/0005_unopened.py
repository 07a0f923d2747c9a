"""What lists of thousands of tips are ordered by: whether anybody opened one, in its own row, and whose grants exist.

Beside running code: a column with a default that code of before need not name, and an index.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("tips", sa.Column("unopened", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.create_index(op.f("ix_grants_recipient_opened_tip"), "grants", ["recipient", "opened", "tip"])
    tips = sa.table("tips", sa.column("id", sa.LargeBinary), sa.column("unopened", sa.Boolean))
    grants = sa.table("grants", sa.column("tip", sa.LargeBinary), sa.column("opened", sa.Boolean))
    opened = sa.select(grants.c.tip).where(grants.c.opened)
    op.execute(sa.update(tips).where(tips.c.id.in_(opened)).values(unopened=False))
