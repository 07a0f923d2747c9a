"""The inbox and a tip's thread: sealed bytes and clear facts (rule 1), every read bounded by the officer's unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from bot.service.site import upwards
from handlers.cases import public_at
from handlers.values import TipState
from storage.errors import Conflict
from storage.repositories import notices, officers, threads, tips, units

PAGE = 50
"""Rows of one page of the inbox."""
LARGEST_ENTRY = 256 * 1024
"""Bytes of one sealed entry an officer may file (entries of words take 4–32 KiB)."""


Listed = tips.ListedTip
"""A row of the inbox, as edges know it."""


@dataclass(frozen=True, slots=True)
class QuietPage:
    """A page without the tips in `early`; a console leaves on screen what it shows of these already."""

    total: int
    tips: tuple[tips.ListedTip, ...]
    early: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A whole thread: its row, its sealed entries in order, and who holds a grant."""

    row: tips.ListedTip
    entries: tuple[bytes, ...]
    readers: tuple[threads.StoredGrant, ...]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An officer's sealed entry, and the tip's state after it where it changes that."""

    seq: int
    sealed: bytes
    state: TipState | None = None


class Newer(NotAccepted):
    """Someone wrote meanwhile: the thread has `entries` entries now, seal again on top of them."""

    def __init__(self, entries: int) -> None:
        super().__init__("desk-newer", status=409)
        self.entries = entries


def reader_of(officer: officers.Officer) -> tips.Reader:
    """What bounds this officer's reads."""
    return tips.Reader(officer.unit, officer.serial)


def inbox(connection: Connection, officer: officers.Officer, *, closed_too: bool, offset: int) -> tips.Page:
    """One page of the officer's unit: unread urgent ones first, then what has news, then the oldest."""
    which: Literal["all", "open"] = "all" if closed_too else "open"
    return tips.page(connection, reader_of(officer), state=which, offset=offset, limit=PAGE)


def quiet_inbox(
    connection: Connection, officer: officers.Officer, *, closed_too: bool, offset: int, now: int
) -> QuietPage:
    """The page as an officer may be shown it unasked: without the tips whose notice is not due yet (rule 7)."""
    early = notices.waiting(connection, officer.unit, now)
    whole = inbox(connection, officer, closed_too=closed_too, offset=offset)
    due = tuple(row for row in whole.tips if row.tip.id not in early)
    return QuietPage(whole.total - (len(whole.tips) - len(due)), due, tuple(sorted(early)))


def boxes(connection: Connection, unit: str) -> tuple[units.Box, ...]:
    """The unit's boxes, closed ones too, and those of the units below it with the unit's name.

    Sealed openings name a box by its code alone, and a tip for a unit without an officer goes to the one above.
    """
    own = units.boxes_of(connection, unit)
    below = [one for one in units.every_unit(connection) if unit in upwards(connection, one.code)[1:]]
    return own + tuple(
        replace(box, label_vi=f"{box.label_vi} · {one.name_vi}", label_en=f"{box.label_en} · {one.name_en}")
        for one in below
        for box in units.boxes_of(connection, one.code)
    )


def thread(connection: Connection, officer: officers.Officer, tip: bytes) -> ThreadView:
    """The thread, which counts as read from now on if the officer can open it.

    Raises:
        NotAccepted: no such tip in this unit.
    """
    row = _row(connection, officer, tip)
    entries = threads.thread(connection, officer.unit, tip) or ()
    if row.grant is not None:
        tips.mark_opened(connection, reader_of(officer), tip, entries=len(entries))
    return ThreadView(row, entries, threads.grants_of(connection, officer.unit, tip))


def add_entry(connection: Connection, officer: officers.Officer, tip: bytes, entry: NewEntry, *, now: int) -> int:
    """File an officer's entry; the thread's length after it.

    Raises:
        NotAccepted: no such tip, no grant, too large.
        Newer: someone wrote meanwhile, seal again.
    """
    row = _row(connection, officer, tip)
    if row.grant is None:
        raise NotAccepted("desk-badkey", status=403)
    if len(entry.sealed) > LARGEST_ENTRY:
        raise NotAccepted("desk-refused", status=413)
    if entry.seq != row.tip.entries:
        raise Newer(row.tip.entries)
    try:
        length = threads.append(connection, officer.unit, tip, threads.Addition(entry.seq, [entry.sealed]))
    except Conflict:
        raise Newer(_row(connection, officer, tip).tip.entries) from None
    if entry.state is not None:
        tips.set_state(connection, officer.unit, tip, state=entry.state, visible_from=public_at(now))
    return length


def take(connection: Connection, officer: officers.Officer, tip: bytes) -> str:
    """The officer becomes answerable for the tip; his serial.

    Raises:
        NotAccepted: no such tip in this unit.
    """
    if not tips.take(connection, reader_of(officer), tip):
        raise NotAccepted("desk-no-tip", status=404)
    return officer.serial


def check_blob(connection: Connection, officer: officers.Officer, name: str) -> None:
    """Pass if this blob belongs to a tip of the officer's unit.

    Raises:
        NotAccepted: it does not.
    """
    if threads.blob_size(connection, officer.unit, name) is None:
        raise NotAccepted("desk-no-tip", status=404)


def _row(connection: Connection, officer: officers.Officer, tip: bytes) -> tips.ListedTip:
    row = tips.one(connection, reader_of(officer), tip)
    if row is None:
        raise NotAccepted("desk-no-tip", status=404)
    return row
