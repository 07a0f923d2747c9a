"""Outbox: messages to send, written in the transaction that decided on them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Digest, Sealed, Seconds, one_of

UNSENT = ("driver", "lane", "n", "state", "due", "claimed_until")
"""All that a claim looks at before it takes a message: whoever walks along the lanes never reads what lies in them."""


class Outbox(Base):
    """Message `n` of a lane. A lane is one chat; its messages leave in order of `n`, one at a time."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", ("waiting", "claimed", "failed")),
        one_of("driver", ("web", "telegram", "desk")),
        Index(None, *UNSENT, sqlite_where=text("state <> 'failed'"), postgresql_where=text("state <> 'failed'")),
        UNORDERED,
    )

    lane: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(Integer, index=True)
    driver: Mapped[str] = mapped_column(String(16))
    blob: Mapped[bytes] = mapped_column(Sealed)
    due: Mapped[int] = mapped_column(Seconds)
    attempts: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(8))
    claimed_until: Mapped[int] = mapped_column(Seconds)
