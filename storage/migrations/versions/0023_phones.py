"""Officers' phones, their codes, and a third queue in the outbox: the officers' bot.

New tables and a wider check: what runs on the older form goes on writing what it wrote.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_CHECK = "ck_outbox_driver"


def upgrade() -> None:
    op.create_table(
        "phones",
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("key", sa.LargeBinary(32), nullable=True),
        sa.Column("blob", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_phones")),
        sa.UniqueConstraint("key", name=op.f("uq_phones_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "phone_codes",
        sa.Column("code", sa.LargeBinary(32), nullable=False),
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("language IN ('vi', 'en')", name=op.f("ck_phone_codes_language")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_phone_codes")),
        sa.UniqueConstraint("serial", name=op.f("uq_phone_codes_serial")),
        sqlite_with_rowid=False,
    )
    drivers = "driver IN ('web', 'telegram', 'desk')"
    with op.batch_alter_table("outbox", copy_from=_before(), table_kwargs={"sqlite_with_rowid": False}) as outbox:
        outbox.drop_constraint(op.f(_CHECK), type_="check")
        outbox.create_check_constraint(op.f(_CHECK), drivers)


def _before() -> sa.Table:
    """The outbox as it stands: SQLite changes a check by copying the rows into a new table."""
    unsent = sa.text("state <> 'failed'")
    return sa.Table(
        "outbox",
        sa.MetaData(),
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("driver", sa.String(16), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'claimed', 'failed')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("driver IN ('web', 'telegram')", name=op.f(_CHECK)),
        sa.PrimaryKeyConstraint("lane", "n", name=op.f("pk_outbox")),
        sa.Index(op.f("ix_outbox_epoch"), "epoch"),
        sa.Index(
            op.f("ix_outbox_driver_lane_n_state_due_claimed_until"),
            *("driver", "lane", "n", "state", "due", "claimed_until"),
            sqlite_where=unsent,
            postgresql_where=unsent,
        ),
        sqlite_with_rowid=False,
    )
