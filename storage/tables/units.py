"""Units with their boxes, hotlines and signed sheets: public facts, nothing of a reporter."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from handlers.values import PROFILES
from storage.types import UNORDERED, Base, Id, Seconds, one_of


class Unit(Base):
    """A unit in a tree of any depth, with validity dates, the unit that came after it, and which legal terms it has.

    `retention`: days for which its decided tips are kept, NULL: as the unit above says. `hold`: none is erased.
    """

    __tablename__ = "units"
    __table_args__ = (one_of("profile", PROFILES), UNORDERED)

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    parent: Mapped[str | None] = mapped_column(String(64), index=True)
    valid_from: Mapped[int] = mapped_column(Seconds)
    valid_to: Mapped[int | None] = mapped_column(Seconds)
    successor: Mapped[str | None] = mapped_column(String(64))
    contact: Mapped[str] = mapped_column(String(400))
    profile: Mapped[str] = mapped_column(String(16), server_default="ordinary")
    retention: Mapped[int | None] = mapped_column(Integer)
    hold: Mapped[bool] = mapped_column(server_default=false())


class Box(Base):
    """A named tip box of a unit. `code` is what its QR code links to; the contact is told to operators and officers."""

    __tablename__ = "boxes"
    __table_args__ = UNORDERED

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    unit_id: Mapped[str] = mapped_column(String(64), index=True)
    label_vi: Mapped[str] = mapped_column(String(200))
    label_en: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(400))
    closed: Mapped[bool]
    successor: Mapped[str | None] = mapped_column(String(64))
    hamlet: Mapped[str | None] = mapped_column(String(64))
    contact_role: Mapped[str] = mapped_column(String(200), server_default="")
    contact_reach: Mapped[str] = mapped_column(String(200), server_default="")


class Hamlet(Base):
    """A hamlet or group of a unit as it was from a moment on: the row without `valid_to` is how it is now.

    `board`: the day its board of numbers was last seen hanging there.
    """

    __tablename__ = "hamlets"
    __table_args__ = UNORDERED

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    valid_from: Mapped[int] = mapped_column(Seconds, primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(String(64), index=True)
    name_vi: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200))
    valid_to: Mapped[int | None] = mapped_column(Seconds)
    successor: Mapped[str | None] = mapped_column(String(64))
    board: Mapped[str | None] = mapped_column(String(10))


class Hotline(Base):
    """One number of a board. `unit_id` NULL: a national number, on every board; `source`: where a built-in is from."""

    __tablename__ = "hotlines"
    __table_args__ = (one_of("kind", ("police", "leaders", "other")), UNORDERED)

    id: Mapped[bytes] = mapped_column(Id, primary_key=True)
    unit_id: Mapped[str | None] = mapped_column(String(64), index=True)
    role_vi: Mapped[str] = mapped_column(String(200))
    role_en: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(32))
    hours_vi: Mapped[str] = mapped_column(String(100))
    hours_en: Mapped[str] = mapped_column(String(100))
    position: Mapped[int] = mapped_column(Integer)
    checked: Mapped[str | None] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(8), server_default="other")
    source: Mapped[str | None] = mapped_column(String(200))


class Sheet(Base):
    """Signed sheet number `n` of a unit. Old ones stay: they verify old entries."""

    __tablename__ = "sheets"
    __table_args__ = UNORDERED

    unit_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    body: Mapped[bytes] = mapped_column(LargeBinary)
