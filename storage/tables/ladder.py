"""The ladder of reminders: how far it has climbed for each tip, and who was called and not heard of.

Nothing here says what a tip is about, or what anybody did beyond the clear facts: unit, clock, deadline, officer.
"""

from __future__ import annotations

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Id, Seconds


class LadderRung(Base):
    """Where the ladder of a tip stands: for the clock `clock` due at `due`, its next step, which is due at `at`."""

    __tablename__ = "rungs"
    __table_args__ = (Index(None, "at"), UNORDERED)

    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    clock: Mapped[str] = mapped_column(String(16))
    due: Mapped[int] = mapped_column(Seconds)
    step: Mapped[int] = mapped_column(Integer)
    at: Mapped[int] = mapped_column(Seconds)


class Call(Base):
    """An officer was called to a tip, at `due`, and has said nothing yet; `sent`: his messenger has it.

    A daily digest is one to no tip: sixteen zeros. `unit_id` is the officer's.
    """

    __tablename__ = "calls"
    __table_args__ = (Index(None, "sent", "due"), Index(None, "tip"), UNORDERED)

    serial: Mapped[str] = mapped_column(String(64), primary_key=True)
    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    urgent: Mapped[bool]
    due: Mapped[int] = mapped_column(Seconds)
    sent: Mapped[bool]
