"""Column types and the declarative base: one type per kind of value.

Owns the naming convention and the rule that tables have no hidden order: SQLite tables are WITHOUT ROWID, nothing is
numbered by the database and nothing carries a creation time.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase

Id = LargeBinary(16)
"""A random 16-byte id, made by the caller."""
Digest = LargeBinary(32)
"""An HMAC or hash that serves as a key: 32 bytes."""
Seconds = BigInteger()
"""A moment in UTC, in whole seconds."""
Sealed = LargeBinary()
"""Ciphertext: storage never looks inside."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table. No foreign keys: rows that belong together are written by one function in one commit."""

    metadata = MetaData(naming_convention=NAMING)


def table_of(model: type[Base]) -> Table:
    """The Core table of a declarative class, for the repositories."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


UNORDERED = {"sqlite_with_rowid": False, "implicit_returning": False}
"""Table options: SQLite keeps no hidden row number (it would tell the order of filing), inserts return nothing."""


def one_of(column: str, values: Sequence[str]) -> CheckConstraint:
    """CHECK that a text column holds one of fixed words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
