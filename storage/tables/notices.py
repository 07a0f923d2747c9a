"""Notices to officers: content-free, each with the moment from which it may be shown."""

from __future__ import annotations

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Id, Seconds, one_of


class Notice(Base):
    """Says that there is a tip, or news on one, for a unit, from `due` on."""

    __tablename__ = "notices"
    __table_args__ = (one_of("kind", ("tip", "news")), Index(None, "unit_id", "due"), UNORDERED)

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    tip: Mapped[bytes] = mapped_column(Id)
    kind: Mapped[str] = mapped_column(String(8))
    due: Mapped[int] = mapped_column(Seconds)
