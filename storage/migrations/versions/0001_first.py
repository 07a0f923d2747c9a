"""The first tables.

Everything is new, so nothing runs beside it. On SQLite no table has a hidden row number.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _chats()
    _units()
    _boards()
    _tips()
    _threads()
    _officers()


def _chats() -> None:
    op.create_table(
        "conversations",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_conversations")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_conversations_epoch"), "conversations", ["epoch"])
    op.create_table(
        "draft_parts",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("draft", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("media", sa.String(64), nullable=True),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("kind IN ('text', 'photo')", name=op.f("ck_draft_parts_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_parts")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_draft_parts_draft"), "draft_parts", ["draft"])
    op.create_index(op.f("ix_draft_parts_epoch"), "draft_parts", ["epoch"])
    op.create_table(
        "inbox",
        sa.Column("key", sa.LargeBinary(32), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inbox_epoch"), "inbox", ["epoch"])
    op.create_table(
        "outbox",
        sa.Column("lane", sa.LargeBinary(32), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("driver", sa.String(16), nullable=False),
        sa.Column("blob", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("claimed_until", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("driver IN ('web', 'telegram')", name=op.f("ck_outbox_driver")),
        sa.CheckConstraint("state IN ('waiting', 'claimed', 'failed')", name=op.f("ck_outbox_state")),
        sa.PrimaryKeyConstraint("lane", "n", name=op.f("pk_outbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_outbox_driver_state_due"), "outbox", ["driver", "state", "due"])
    op.create_index(op.f("ix_outbox_epoch"), "outbox", ["epoch"])


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("name_vi", sa.String(200), nullable=False),
        sa.Column("name_en", sa.String(200), nullable=False),
        sa.Column("parent", sa.String(64), nullable=True),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_to", sa.BigInteger(), nullable=True),
        sa.Column("successor", sa.String(64), nullable=True),
        sa.Column("contact", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_units")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_units_parent"), "units", ["parent"])
    op.create_table(
        "boxes",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("label_vi", sa.String(200), nullable=False),
        sa.Column("label_en", sa.String(200), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("successor", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_boxes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_boxes_unit_id"), "boxes", ["unit_id"])


def _boards() -> None:
    op.create_table(
        "hotlines",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=True),
        sa.Column("role_vi", sa.String(200), nullable=False),
        sa.Column("role_en", sa.String(200), nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("hours_vi", sa.String(100), nullable=False),
        sa.Column("hours_en", sa.String(100), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("checked", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hotlines")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hotlines_unit_id"), "hotlines", ["unit_id"])
    op.create_table(
        "sheets",
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", "n", name=op.f("pk_sheets")),
        sqlite_with_rowid=False,
    )


def _tips() -> None:
    op.create_table(
        "tips",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("answerable", sa.String(64), nullable=True),
        sa.Column("news", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("visible_from", sa.BigInteger(), nullable=False),
        sa.Column("register", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('received', 'verify', 'need', 'closed')", name=op.f("ck_tips_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tips")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tips_unit_id_state_received"), "tips", ["unit_id", "state", "received"])
    op.create_table(
        "notices",
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('tip', 'news')", name=op.f("ck_notices_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notices_unit_id_due"), "notices", ["unit_id", "due"])


def _threads() -> None:
    op.create_table(
        "entries",
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tip", "seq", name=op.f("pk_entries")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "grants",
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("recipient", sa.String(64), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("opened", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("tip", "recipient", name=op.f("pk_grants")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "mailboxes",
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_mailboxes")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mailboxes_tip"), "mailboxes", ["tip"])
    op.create_table(
        "tip_blobs",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("tip", sa.LargeBinary(16), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tip_blobs")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_tip_blobs_tip"), "tip_blobs", ["tip"])


def _officers() -> None:
    op.create_table(
        "officers",
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("auth_hash", sa.LargeBinary(), nullable=False),
        sa.Column("locked", sa.LargeBinary(), nullable=False),
        sa.Column("recipient", sa.String(4096), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.CheckConstraint("status IN ('requested', 'active', 'removed')", name=op.f("ck_officers_status")),
        sa.UniqueConstraint("account", name=op.f("uq_officers_account")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_officers")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_officers_unit_id"), "officers", ["unit_id"])
    op.create_table(
        "enrolments",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("unit_id", sa.String(64), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_enrolments")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("serial", sa.String(64), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sessions_serial"), "sessions", ["serial"])
    op.create_table(
        "settings",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_settings")),
        sqlite_with_rowid=False,
    )
