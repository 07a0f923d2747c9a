"""Conversations: one sealed state per chat, keyed by a pseudonym that dies with its epoch."""

from __future__ import annotations

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Sealed


class Conversation(Base):
    """State of one chat under epoch `epoch`."""

    __tablename__ = "conversations"
    __table_args__ = UNORDERED

    key: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    epoch: Mapped[int] = mapped_column(Integer, index=True)
    blob: Mapped[bytes] = mapped_column(Sealed)
