"""Subscriptions to the ordinary notice. Nothing joins them to tips, and no tip's transaction writes them."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Id, Sealed


class Subscription(Base):
    """A chat's subscription: its key an HMAC under a subkey of the master key, `id` random, the address sealed."""

    __tablename__ = "subscriptions"
    __table_args__ = UNORDERED

    key: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    id: Mapped[bytes] = mapped_column(Id, unique=True)
    blob: Mapped[bytes] = mapped_column(Sealed)
