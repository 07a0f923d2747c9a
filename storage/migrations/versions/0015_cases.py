"""How the desk stands with a tip, what of it is due next, and what that follows from.

New columns with defaults: what runs on the older form leaves them alone. Tips that are there get the status their state
tells of; their deadlines are worked out by the job that the mark asks for.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"

_STATUSES = (
    "'received', 'classified', 'verifying', 'investigation', 'competent', 'handled', 'insufficient', 'suspended', "
    "'duplicate', 'false', 'abusive', 'closed'"
)
_CLOCKS = "'open', 'report', 'classify', 'notify', 'verify', 'complex', 'extended', 'end'"


def upgrade() -> None:
    options = {"sqlite_with_rowid": False}
    with op.batch_alter_table("tips", table_kwargs=options) as batch:
        batch.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("status", sa.String(16), nullable=False, server_default="received"))
        for name in ("reported", "notified", "complex", "extended"):
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        for name, kind in (
            ("since", sa.BigInteger()),
            ("ended", sa.BigInteger()),
            ("due", sa.BigInteger()),
            ("clock", sa.String(8)),
        ):
            batch.add_column(sa.Column(name, kind, nullable=True))
        batch.create_check_constraint(op.f("ck_tips_status"), f"status IN ({_STATUSES})")
        batch.create_check_constraint(op.f("ck_tips_clock"), f"clock IN ({_CLOCKS})")
    op.create_index(op.f("ix_tips_due"), "tips", ["due"])
    op.create_index(op.f("ix_tips_unit_id_due"), "tips", ["unit_id", "due"])
    with op.batch_alter_table("units", table_kwargs=options) as batch:
        batch.add_column(sa.Column("profile", sa.String(16), nullable=False, server_default="ordinary"))
        batch.create_check_constraint(op.f("ck_units_profile"), "profile IN ('ordinary', 'difficult')")
    op.add_column("holidays", sa.Column("working", sa.Boolean(), nullable=False, server_default=sa.false()))
    _fill()


def _fill() -> None:
    op.execute(
        "UPDATE tips SET since = received, reported = (state <> 'received'), notified = (state <> 'received'), "
        "ended = CASE WHEN state = 'closed' THEN received END, "
        "status = CASE state WHEN 'received' THEN 'received' WHEN 'closed' THEN 'closed' ELSE 'verifying' END"
    )
    if op.get_bind().execute(sa.text("SELECT 1 FROM tips LIMIT 1")).first() is not None:
        settings = sa.table("settings", sa.column("key", sa.String), sa.column("value", sa.LargeBinary))
        op.bulk_insert(settings, [{"key": "reckon", "value": b"0015"}])
