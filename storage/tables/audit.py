"""The audit chain of each unit, and what was observed and waits to be chained. Nothing of a reporter's acts.

Records hold no content and no time finer than an hour; `n` is the only order there is.
"""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Id


class Audit(Base):
    """Record `n` of a unit's chain. `signer`: the serial of the officer who signed it, NULL if the server did."""

    __tablename__ = "audit"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    signer: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AuditWaiting(Base):
    """Something observed by a process without the server's audit key; the desk chains it at its next look."""

    __tablename__ = "audit_waiting"
    __table_args__ = UNORDERED

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[bytes] = mapped_column(LargeBinary)
