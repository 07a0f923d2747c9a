"""Recovery identities that were put together from their shares: chiefs are told until there are others."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest


class Recovery(Base):
    """The identity with this recipient (SHA-256) was used for this unit."""

    __tablename__ = "recoveries"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    recipient: Mapped[bytes] = mapped_column(Digest, primary_key=True)
