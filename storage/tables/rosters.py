"""Duty rosters of units, and which kinds of matters go to another unit: public facts, nothing of a reporter."""

from __future__ import annotations

from sqlalchemy import Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base


class Duty(Base):
    """An officer, by account, on every such day of the week (0 Monday to 6 Sunday, 7 holidays), by Vietnam's hours."""

    __tablename__ = "duties"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    start: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    officer: Mapped[str] = mapped_column(String(64), primary_key=True)
    hours: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)


class DutySwap(Base):
    """On one day (ISO) somebody else stands for an officer."""

    __tablename__ = "duty_swaps"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    officer: Mapped[str] = mapped_column(String(64), primary_key=True)
    instead: Mapped[str] = mapped_column(String(64))


class Holiday(Base):
    """A day (ISO) off of a unit and those under it, or one that is worked instead; the country's under "national"."""

    __tablename__ = "holidays"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    working: Mapped[bool] = mapped_column(server_default=false())


class Route(Base):
    """Tips of a kind, for a unit or one under it, go to another unit. What kind a tip is of lies nowhere but sealed."""

    __tablename__ = "routes"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    category: Mapped[str] = mapped_column(String(16), primary_key=True)
    target: Mapped[str] = mapped_column(String(64))
