"""Settings of the installation: site id, site salt, demonstration flag, the authority's public key."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base


class Setting(Base):
    """One named value. None of them is secret."""

    __tablename__ = "settings"
    __table_args__ = UNORDERED

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)
