"""Numbers by kind, and where a built-in one comes from; days of checking as dates; one more national number.

Code that does not know the new columns goes on writing numbers. A day without its year ("02/05") says nothing of how
old it is: it goes. National numbers already here keep their words; the one that is new comes where there are any.
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_KINDS = "kind IN ('police', 'leaders', 'other')"
_SOURCES = {
    "113": "congan.daklak.gov.vn",
    "114": "congan.daklak.gov.vn",
    "115": "congan.daklak.gov.vn",
    "111": "162/2025/NĐ-CP",
    "112": "sggp.org.vn, 15/09/2025",
}
_NEW = {
    "role_vi": "Đường dây nóng về ma túy, Bộ Công an",
    "role_en": "Drug hotline, Ministry of Public Security",
    "number": "0769 040 404",
    "hours_vi": "24/24",
    "hours_en": "24 h",
    "kind": "police",
    "source": "C04, 10/10/2025",
}


def upgrade() -> None:
    with op.batch_alter_table("hotlines", copy_from=_before(), table_kwargs={"sqlite_with_rowid": False}) as hotlines:
        hotlines.add_column(sa.Column("kind", sa.String(8), nullable=False, server_default="other"))
        hotlines.add_column(sa.Column("source", sa.String(200), nullable=True))
        hotlines.create_check_constraint(op.f("ck_hotlines_kind"), _KINDS)
    found = sa.table(
        "hotlines", sa.column("id", sa.LargeBinary), *map(sa.column, ("unit_id", "position", "checked", *_NEW))
    )
    national = found.c.unit_id.is_(None)
    connection = op.get_bind()
    connection.execute(found.update().where(found.c.checked.not_like("____-__-__")).values(checked=None))
    for word, kind in (("%Công an%", "police"), ("%Chủ tịch%", "leaders")):
        connection.execute(found.update().where(found.c.role_vi.like(word)).values(kind=kind))
    for number, source in _SOURCES.items():
        connection.execute(found.update().where(national, found.c.number == number).values(source=source))
    numbers = connection.execute(sa.select(found.c.number, found.c.position).where(national)).all()
    if numbers and _NEW["number"] not in {row.number for row in numbers}:
        position = max(row.position for row in numbers) + 1
        connection.execute(found.insert().values(_NEW | {"id": secrets.token_bytes(16), "position": position}))


def _before() -> sa.Table:
    """The table as it stands: SQLite adds a check by copying the rows into a new one."""
    return sa.Table(
        "hotlines",
        sa.MetaData(),
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
        sa.Index(op.f("ix_hotlines_unit_id"), "unit_id"),
        sqlite_with_rowid=False,
    )
