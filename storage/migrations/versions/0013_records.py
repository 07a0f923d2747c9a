"""Which record of the audit chain tells of a change of the organisation, and what it says.

Two columns that may be empty: what runs on the older form writes rows without them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("changes", sa.Column("record", sa.Integer(), nullable=True))
    op.add_column("changes", sa.Column("change", sa.LargeBinary(32), nullable=True))
