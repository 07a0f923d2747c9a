"""News for reporters: that there is something new on a tip, from a moment on. Nothing of what it is or for whom."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Id, Seconds


class News(Base):
    """Left by the desk with an officer's words or a change of state; gone after the day's notices."""

    __tablename__ = "news"
    __table_args__ = (Index(None, "due"), UNORDERED)

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    tip: Mapped[bytes] = mapped_column(Id)
    due: Mapped[int] = mapped_column(Seconds)
