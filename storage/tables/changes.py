"""What changed in the lists of the organisation, row by row: public facts, who arranged them, nothing of a reporter."""

from __future__ import annotations

from sqlalchemy import Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.types import UNORDERED, Base, Seconds


class Change(Base):
    """Change `n` of one row of a list: its cells after it, as JSON; NULL where the row went.

    `hour` as in the audit chain; `serial` of the officer who arranged it, NULL where a command did. `record` of the
    unit's audit chain tells of it and says `change`; both NULL in rows from before, `record` too where it came later.
    """

    __tablename__ = "changes"
    __table_args__ = UNORDERED

    list: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    unit_id: Mapped[str] = mapped_column(String(64))
    hour: Mapped[int] = mapped_column(Seconds)
    serial: Mapped[str | None] = mapped_column(String(64))
    cells: Mapped[str | None] = mapped_column(Text())
    record: Mapped[int | None] = mapped_column(Integer)
    change: Mapped[bytes | None] = mapped_column(LargeBinary(32))
