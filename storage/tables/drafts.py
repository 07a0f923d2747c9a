"""Draft parts: what a reporter has written and not sent, sealed under the draft subkey of an epoch."""

from __future__ import annotations

from typing import get_args

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from handlers.values import PartKind
from storage.types import UNORDERED, Base, Id, Sealed, one_of


class DraftPart(Base):
    """One message of a draft. `media` names the blob of a photo, recording, film or file.

    The order of parts is in the sealed conversation.
    """

    __tablename__ = "draft_parts"
    __table_args__ = (one_of("kind", get_args(PartKind)), UNORDERED)

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    draft: Mapped[bytes] = mapped_column(Id, index=True)
    epoch: Mapped[int] = mapped_column(Integer, index=True)
    kind: Mapped[str] = mapped_column(String(8))
    media: Mapped[str | None] = mapped_column(String(64))
    blob: Mapped[bytes] = mapped_column(Sealed)
