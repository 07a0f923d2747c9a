"""Inbox: messages already handled, as HMACs under an epoch's replay key."""

from __future__ import annotations

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest


class Inbox(Base):
    """One inbound message that must not be handled twice."""

    __tablename__ = "inbox"
    __table_args__ = UNORDERED

    key: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, index=True)
