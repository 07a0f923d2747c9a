"""Traces: which messages stand in a chat whose messenger can delete them, sealed under an epoch's key."""

from __future__ import annotations

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Id, Sealed


class Trace(Base):
    """Ids of messages of one chat. Which chat is known by its lane alone, which ends with the epoch."""

    __tablename__ = "traces"
    __table_args__ = UNORDERED

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    lane: Mapped[bytes] = mapped_column(Digest, index=True)
    epoch: Mapped[int] = mapped_column(Integer, index=True)
    blob: Mapped[bytes] = mapped_column(Sealed)
