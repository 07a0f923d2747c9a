"""The register book of each unit, and counters by unit and month: clear facts, nothing that was written."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Id


class Registered(Base):
    """Number `n` of a unit's book of a year: the tip, and the serial of who first opened it there.

    `gone`: the unit that it was passed on to, or went to with a merger; what becomes of it stands in that one's book.
    """

    __tablename__ = "register"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    tip: Mapped[bytes] = mapped_column(Id, index=True)
    officer: Mapped[str | None] = mapped_column(String(64))
    gone: Mapped[str | None] = mapped_column(String(64))


class Figure(Base):
    """How many of a kind a unit had in a month ("2026-11"): an officer adds one when he says of what kind a tip is."""

    __tablename__ = "figures"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
