"""Officers' phones: which account is linked to a chat of the officers' bot, and one-time codes that link one."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Sealed, Seconds, one_of


class Phone(Base):
    """An officer's phone: its key an HMAC under a subkey of the master key, the address sealed.

    Both are null once the messenger said that the chat is gone: then nobody is told there any more.
    """

    __tablename__ = "phones"
    __table_args__ = UNORDERED

    serial: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[bytes | None] = mapped_column(Digest, unique=True)
    blob: Mapped[bytes | None] = mapped_column(Sealed)


class PhoneCode(Base):
    """A one-time code of an officer, as an HMAC, and the language his phone is to be told in."""

    __tablename__ = "phone_codes"
    __table_args__ = (one_of("language", ("vi", "en")), UNORDERED)

    code: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    serial: Mapped[str] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(8))
    expires: Mapped[int] = mapped_column(Seconds)
