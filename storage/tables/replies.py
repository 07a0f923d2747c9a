"""What a reporter asked to be kept for 30 days: where to write to, and buttons that keep access in a chat.

Each row lies under a drawer key of its own, which is in no backup. A row says nothing but that it is there.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Id, Sealed


class ReplyAddress(Base):
    """A chat that is to be told of news on a tip: both of them sealed, with the end of it."""

    __tablename__ = "reply_addresses"
    __table_args__ = UNORDERED

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    blob: Mapped[bytes] = mapped_column(Sealed)


class KeptButton(Base):
    """A button by the SHA-256 of its token: what it opens, and beside it the chat it stands in, each sealed.

    The first half of `key` names its drawer.
    """

    __tablename__ = "kept_buttons"
    __table_args__ = UNORDERED

    key: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    access: Mapped[bytes] = mapped_column(Sealed)
    chat: Mapped[bytes] = mapped_column(Sealed)
