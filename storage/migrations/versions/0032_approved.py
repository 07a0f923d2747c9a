"""Whose digits were compared where he asked to be put on the sheet.

A new column with a default: what runs on the older form leaves it alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0027"


def upgrade() -> None:
    op.add_column("officers", sa.Column("approved", sa.Boolean(), nullable=False, server_default=sa.false()))
