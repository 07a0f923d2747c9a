"""Tips: the few clear facts, and the sealed entries, grants and mailboxes that belong to them.

Nothing here names a chat, a channel, a language, a box or a category. Every row carries its unit.
"""

from __future__ import annotations

from sqlalchemy import Index, Integer, String, false
from sqlalchemy.orm import Mapped, mapped_column

from handlers.values import CLOCKS, STATUSES, WAITS
from storage.types import UNORDERED, Base, Digest, Id, Sealed, Seconds, one_of


class Tip(Base):
    """Clear facts of a tip.

    `received` is the hour, the minute if urgent; `visible_from` is when the reporter may see `state`; `entries` counts
    the thread; `news`: the reporter wrote since an officer last loaded it. `status` is the desk's finer word for
    `state`; `since`, `ended` are hours (a minute if urgent) like `received`; `due` and `clock` the next deadline and
    why, NULL where none runs; a `since` that is NULL is `received`; `register` and `year` its number
    in the book of its unit. `held`: nothing erases it; `waits`: what was said last and is not answered; `erases`: the
    hour from which on it may be erased, NULL while no officer is warned of it, 0 once its keys are gone.
    """

    __tablename__ = "tips"
    __table_args__ = (
        one_of("state", ("received", "verify", "need", "closed")),
        one_of("status", STATUSES),
        one_of("clock", CLOCKS),
        one_of("waits", WAITS),
        Index(None, "unit_id", "state", "received"),
        Index(None, "due"),
        Index(None, "unit_id", "due"),
        Index(None, "erases"),
        UNORDERED,
    )

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    urgent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(8))
    received: Mapped[int] = mapped_column(Seconds)
    answerable: Mapped[str | None] = mapped_column(String(64))
    news: Mapped[bool]
    entries: Mapped[int] = mapped_column(Integer)
    visible_from: Mapped[int] = mapped_column(Seconds)
    register: Mapped[int | None] = mapped_column(Integer)
    year: Mapped[int | None] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(16), server_default="received")
    since: Mapped[int | None] = mapped_column(Seconds)
    reported: Mapped[bool] = mapped_column(server_default=false())
    notified: Mapped[bool] = mapped_column(server_default=false())
    complex: Mapped[bool] = mapped_column(server_default=false())
    extended: Mapped[bool] = mapped_column(server_default=false())
    ended: Mapped[int | None] = mapped_column(Seconds)
    due: Mapped[int | None] = mapped_column(Seconds)
    clock: Mapped[str | None] = mapped_column(String(8))
    held: Mapped[bool] = mapped_column(server_default=false())
    waits: Mapped[str | None] = mapped_column(String(8))
    erases: Mapped[int | None] = mapped_column(Seconds)


class Entry(Base):
    """Sealed entry `seq` of a tip's thread."""

    __tablename__ = "entries"
    __table_args__ = UNORDERED

    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(Sealed)


class Grant(Base):
    """The tip's private key sealed to one recipient: an officer's serial or "recovery"."""

    __tablename__ = "grants"
    __table_args__ = (Index(None, "unit_id", "recipient", "opened", "tip"), UNORDERED)

    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(Sealed)
    opened: Mapped[bool]


class StaleKey(Base):
    """A tip whose key somebody holds who reads it no more: whoever reads on is to give it a new one."""

    __tablename__ = "stale_keys"
    __table_args__ = (Index(None, "unit_id", "tip"), UNORDERED)

    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64))


class FormerKey(Base):
    """A sealed copy of a tip's key that a newer one came in place of with entry `seq`: an officer's, or the reporter's.

    It lies with whoever's unit had the tip then.
    """

    __tablename__ = "former_keys"
    __table_args__ = (Index(None, "unit_id", "recipient", "tip"), UNORDERED)

    tip: Mapped[bytes] = mapped_column(Id, primary_key=True)
    recipient: Mapped[str] = mapped_column(String(64), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(Sealed)


class Mailbox(Base):
    """The reporter's grant, found by the receipt's lookup id alone.

    Of a tip that was erased it is empty, `tip` names none, and the row is kept until the day `until` to say so.
    """

    __tablename__ = "mailboxes"
    __table_args__ = UNORDERED

    lookup: Mapped[bytes] = mapped_column(Digest, primary_key=True)
    tip: Mapped[bytes] = mapped_column(Id, index=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(Sealed)
    until: Mapped[int | None] = mapped_column(Seconds, index=True)


class TipBlob(Base):
    """A sealed attachment in the blob store and its padded size in bytes."""

    __tablename__ = "tip_blobs"
    __table_args__ = UNORDERED

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    tip: Mapped[bytes] = mapped_column(Id, index=True)
    unit_id: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
