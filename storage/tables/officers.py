"""Officers' accounts, enrolment links and sessions. Private keys lie here only locked by the officer's browser."""

from __future__ import annotations

from sqlalchemy import LargeBinary, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Seconds, one_of


class Officer(Base):
    """An account. It proves nothing: whose keys count is said by the unit's newest signed sheet.

    `approved`: somebody here compared the digits of whoever waits, so that he is proposed to the authority.
    """

    __tablename__ = "officers"
    __table_args__ = (
        UniqueConstraint("account"),
        one_of("status", ("requested", "active", "removed")),
        UNORDERED,
    )

    serial: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64), index=True)
    account: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(32))
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    auth_hash: Mapped[bytes] = mapped_column(LargeBinary)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
    recipient: Mapped[str] = mapped_column(String(4096))
    signing_key: Mapped[bytes] = mapped_column(LargeBinary)
    status: Mapped[str] = mapped_column(String(16))
    approved: Mapped[bool] = mapped_column(server_default=false())


class Enrolment(Base):
    """A one-time link by which an officer makes his keys. Only the token's hash is stored."""

    __tablename__ = "enrolments"
    __table_args__ = UNORDERED

    token_hash: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    expires: Mapped[int] = mapped_column(Seconds)
    used: Mapped[bool]


class Session(Base):
    """A login of the console. Only the token's hash is stored."""

    __tablename__ = "sessions"
    __table_args__ = UNORDERED

    token_hash: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    serial: Mapped[str] = mapped_column(String(64), index=True)
    expires: Mapped[int] = mapped_column(Seconds)
