"""Whose grants there are, by unit and officer: lists of thousands of tips are ordered by it. Beside running code."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0002"


def upgrade() -> None:
    columns = ["unit_id", "recipient", "opened", "tip"]
    op.create_index(op.f("ix_grants_unit_id_recipient_opened_tip"), "grants", columns)
