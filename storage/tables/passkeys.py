"""Officers' passkeys: a public key that opens a session, and his keys locked under what the passkey derives."""

from __future__ import annotations

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Seconds


class Passkey(Base):
    """`id` is the SHA-256 of the credential's id, `counter` as last seen, `hour` when it was added.

    `spent`: when the challenge was issued that it answered last, in milliseconds; an older one is no answer any more.
    """

    __tablename__ = "passkeys"
    __table_args__ = UNORDERED

    id: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    serial: Mapped[str] = mapped_column(String(64), index=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    counter: Mapped[int] = mapped_column(BigInteger)
    spent: Mapped[int] = mapped_column(BigInteger)
    hour: Mapped[int] = mapped_column(Seconds)
    locked: Mapped[bytes] = mapped_column(LargeBinary)
