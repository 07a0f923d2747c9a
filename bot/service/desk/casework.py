"""The inbox and a tip's thread: sealed bytes and clear facts (rule 1), every read bounded by the officer's unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.desk import clocks
from bot.service.desk.audit import Deed, Signed
from bot.service.errors import NotAccepted
from bot.service.registers.book import Purpose
from bot.service.successors import MAX_DEPTH
from crypto.acts import Detail
from crypto.entries import digest
from handlers.cases import Act, Rule, allowed
from handlers.clocks import SOON
from handlers.deadlines import year_of
from storage.errors import Conflict
from storage.repositories import (
    formerkeys,
    news,
    notices,
    officers,
    register,
    routes,
    threads,
    tips,
    units,
    worklists,
)
from storage.repositories.worklists import Only

PAGE = 50
"""Rows of one page of the inbox."""
STRETCH = 20
"""Threads handed out at once to be searched."""
MINUTE = 60
LARGEST_ENTRY = 256 * 1024
"""Bytes of one sealed entry an officer may file (entries of words take 4–32 KiB)."""


Listed = worklists.ListedTip
"""A row of the inbox, as edges know it."""
Page = worklists.Page
"""A page of it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which page of the list an officer wants to see. `only` is one of its filters."""

    closed_too: bool = False
    only: Only = "all"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class QuietPage:
    """A page without the tips in `early`; a console leaves on screen what it shows of these already."""

    page: worklists.Page
    early: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A whole thread: its row, its sealed entries in order, who holds a grant, and what the officer may do with it.

    `first`: he opens it for the first time.
    """

    row: worklists.ListedTip
    entries: tuple[bytes, ...]
    readers: tuple[threads.StoredGrant, ...]
    acts: Mapping[Act, Rule]
    first: bool


@dataclass(frozen=True, slots=True)
class Rereading:
    """Which threads opened before are asked for: behind the tip `after`, received then, or from the newest.

    `news`: those alone whose reporter wrote since somebody last read them.
    """

    after: bytes | None = None
    received: int = 0
    news: bool = False


@dataclass(frozen=True, slots=True)
class Reread:
    """Some of the threads an officer has opened before, each with its row, and how many there are in all."""

    total: int
    threads: tuple[tuple[worklists.ListedTip, tuple[bytes, ...]], ...]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An officer's sealed entry."""

    seq: int
    sealed: bytes
    news: bytes = b""
    """Random id of what is left for a reporter who wants to be told."""


@dataclass(frozen=True, slots=True)
class Taking:
    """The signed entry by which an officer takes a tip, and who he saw as answerable when he did (None: nobody).

    His reason for taking over is in the entry, sealed as everything he writes.
    """

    entry: NewEntry
    held_by: str | None


class Newer(NotAccepted):
    """Someone wrote meanwhile: the thread has `entries` entries now, seal again on top of them."""

    def __init__(self, entries: int) -> None:
        super().__init__("desk-newer", status=409)
        self.entries = entries


class Taken(NotAccepted):
    """A colleague took the tip meanwhile: `answerable` is who has it now."""

    def __init__(self, answerable: str | None) -> None:
        super().__init__("desk-taken-meanwhile", status=409)
        self.answerable = answerable


def reader_of(connection: Connection, officer: officers.Officer) -> tips.Reader:
    """What bounds this officer's reads."""
    return tips.Reader(officer.unit, officer.serial, keyed=units.came_after(connection, officer.unit))


def known_of(connection: Connection, officer: officers.Officer, ids: Iterable[bytes]) -> frozenset[bytes]:
    """Those of these tips that the officer may know of."""
    return worklists.seen_by(connection, reader_of(connection, officer), ids)


def inbox(connection: Connection, officer: officers.Officer, asked: Asked, *, now: int) -> worklists.Page:
    """One page of the officer's unit, what is to be done next first."""
    return worklists.page(connection, reader_of(connection, officer), _wanted(asked, now))


def quiet_inbox(connection: Connection, officer: officers.Officer, asked: Asked, *, now: int) -> QuietPage:
    """The page as an officer may be shown it unasked: without the tips whose notice is not due yet (rule 7)."""
    reader = reader_of(connection, officer)
    early = worklists.seen_by(connection, reader, notices.waiting(connection, officer.unit, now))
    whole = worklists.page(connection, reader, _wanted(asked, now, quiet_at=now))
    return QuietPage(whole, tuple(sorted(early)))


def due(connection: Connection, officer: officers.Officer, now: int, after: int) -> list[tuple[notices.Notice, bool]]:
    """Notices that became due after `after` on tips that the officer may know of, each with whether it is urgent."""
    found = notices.due(connection, officer.unit, now, after)
    known = known_of(connection, officer, (notice.tip for notice in found))
    rows = {one.tip: tips.find(connection, officer.unit, one.tip) for one in found if one.tip in known}
    return [(one, row.urgent) for one in found if (row := rows.get(one.tip))]


def _wanted(asked: Asked, now: int, quiet_at: int | None = None) -> worklists.Wanted:
    bounds = worklists.Bounds(now, **{name: now + left for name, left in SOON.items()})
    return worklists.Wanted(
        bounds, "all" if asked.closed_too else "open", asked.only, asked.offset, PAGE, quiet_at=quiet_at
    )


def boxes(connection: Connection, unit: str) -> tuple[units.Box, ...]:
    """The unit's boxes, closed ones too, and with their unit's name those of units whose tips may come or came here.

    Sealed openings name a box by its code alone. A tip for a unit without an officer goes to the one above, one for a
    unit that is no more to the one after it, and some kinds of matters go where a unit says for itself and those under
    it.
    """
    every = {one.code: one for one in units.every_unit(connection)}

    def leads_to(code: str) -> set[str]:
        """The unit itself, and those above it and after it and after those."""
        found: set[str] = set()
        latest = {code}
        for _ in range(MAX_DEPTH):
            latest = latest & every.keys() - found
            found |= latest
            latest = {next_ for one in latest for next_ in (every[one].parent, every[one].successor) if next_}
        return found

    came = tips.origins(connection, unit)
    senders = {unit, *(route.unit for route in routes.every(connection) if unit in leads_to(route.target))}
    others = [
        one
        for one in every.values()
        if one.code != unit and (one.code in came or not senders.isdisjoint(leads_to(one.code)))
    ]
    return units.boxes_of(connection, unit) + tuple(
        replace(box, label_vi=f"{box.label_vi} · {one.name_vi}", label_en=f"{box.label_en} · {one.name_en}")
        for one in others
        for box in units.boxes_of(connection, one.code)
    )


def thread(connection: Connection, officer: officers.Officer, tip: bytes) -> ThreadView:
    """The thread, which counts as read from now on if the officer can open it.

    Raises:
        NotAccepted: no such tip in this unit, or he has not opened it yet (see `open_first`).
    """
    row = seen_row(connection, officer, tip)
    if row.grant is not None and not row.opened:
        raise NotAccepted("desk-not-opened", status=409)
    return _shown(connection, officer, row)


def reread(connection: Connection, officer: officers.Officer, asked: Rereading, *, now: int) -> Reread:
    """Threads the officer has opened before, newest first, for his browser to search: nothing counts as read.

    Nobody asked to see them, so what is not due yet stays out (rule 7).
    """
    reader = reader_of(connection, officer)
    behind = worklists.Behind(asked.received, asked.after) if asked.after else None
    rows = worklists.opened_by(connection, reader, worklists.Walk(now, STRETCH, behind, asked.news))
    found = threads.several(connection, officer.unit, [row.tip.id for row in rows])
    return Reread(worklists.count_opened_by(connection, reader), tuple((row, found[row.tip.id]) for row in rows))


def open_first(connection: Connection, officer: officers.Officer, tip: bytes, *, act: Signed) -> ThreadView:
    """The thread of a tip the officer opens for the first time, which his act says; later ones need none.

    Raises:
        NotAccepted: no such tip in this unit, no grant, or the act does not fit.
    """
    row = seen_row(connection, officer, tip)
    if row.grant is None:
        raise NotAccepted("desk-badkey", status=403)
    if not row.opened:
        act.take_in(connection, officer, Deed(("open",), tip))
        if row.tip.register is None:
            register.enter(connection, officer.unit, tip, year=year_of(act.now), officer=officer.serial)
    return _shown(connection, officer, row)


def _shown(connection: Connection, officer: officers.Officer, row: worklists.ListedTip) -> ThreadView:
    tip = row.tip.id
    entries = threads.thread(connection, officer.unit, tip) or ()
    if row.grant is not None:
        tips.mark_opened(connection, reader_of(connection, officer), tip, entries=len(entries))
        if row.unopened:
            clocks.set_clock(connection, officer.unit, tip)
    first, row = not row.opened, seen_row(connection, officer, tip)
    chief = officer.role == "chief"
    offers = allowed(clocks.case_of(connection, row.tip)) if row.grant is not None else {}
    acts = {act: rule for act, rule in offers.items() if chief or not rule.chief}
    return ThreadView(row, entries, threads.grants_of(connection, officer.unit, tip), acts, first)


def add_entry(connection: Connection, officer: officers.Officer, tip: bytes, entry: NewEntry, *, act: Signed) -> int:
    """File an officer's entry with his act, which names it by its digest; the thread's length after it.

    Raises:
        NotAccepted: no such tip, no grant, too large, the act does not fit, or the tip is closed (`desk-not-now`).
        Newer: someone wrote meanwhile, seal again.
    """
    row = seen_row(connection, officer, tip)
    if row.tip.status == "closed":
        raise NotAccepted("desk-not-now", status=409)
    length = append(connection, officer, tip, entry)
    act.take_in(connection, officer, Deed(("question", "ask-identity", "answer"), tip, named(entry)))
    if act.what != "answer":
        tips.set_waits(connection, officer.unit, tip, "question")
    elif row.tip.waits == "reply":
        tips.set_waits(connection, officer.unit, tip, None)
    news.add(connection, news.News(entry.news, tip, _news_from(act.now)))
    return length


def take(connection: Connection, officer: officers.Officer, tip: bytes, taking: Taking, *, act: Signed) -> str:
    """The officer becomes answerable for the tip, which his entry and his act say; his serial.

    Raises:
        NotAccepted: no such tip, no grant, too large, or the act does not fit.
        Taken: somebody else is answerable than the officer saw.
        Newer: someone wrote meanwhile, seal again.
    """
    held = seen_row(connection, officer, tip).tip.answerable
    if held != taking.held_by:
        raise Taken(held)
    append(connection, officer, tip, taking.entry)
    what = "take" if held in (None, officer.serial) else "take-over"
    act.take_in(connection, officer, Deed((what,), tip, named(taking.entry)))
    tips.take(connection, reader_of(connection, officer), tip)
    return officer.serial


def export(connection: Connection, officer: officers.Officer, tip: bytes, purpose: Purpose, *, act: Signed) -> None:
    """His browser packs the thread into a file for outside, which his act says before it is given to him.

    Raises:
        NotAccepted: no such tip, no grant, not opened yet, or the act does not fit.
    """
    row = seen_row(connection, officer, tip)
    if row.grant is None:
        raise NotAccepted("desk-badkey", status=403)
    if not row.opened:
        raise NotAccepted("desk-not-opened", status=409)
    act.take_in(connection, officer, Deed(("export",), tip, (("purpose", purpose),)))


def named(entry: NewEntry) -> Detail:
    """How an act names the entry it goes with."""
    return (("seq", entry.seq), ("entry", digest(entry.sealed)))


def append(
    connection: Connection, officer: officers.Officer, tip: bytes, entry: NewEntry, *, proves: bool = True
) -> int:
    """Put an officer's sealed entry at the end of the thread; its length after it.

    What he writes `proves` his key: those that it came in place of are erased.

    Raises:
        NotAccepted: no such tip, no grant, or too large.
        Newer: someone wrote meanwhile, seal again.
    """
    row = seen_row(connection, officer, tip)
    if row.grant is None:
        raise NotAccepted("desk-badkey", status=403)
    if len(entry.sealed) > LARGEST_ENTRY:
        raise NotAccepted("desk-refused", status=413)
    if entry.seq != row.tip.entries:
        raise Newer(row.tip.entries)
    try:
        length = threads.append(connection, officer.unit, tip, threads.Addition(entry.seq, [entry.sealed]))
    except Conflict:
        raise Newer(seen_row(connection, officer, tip).tip.entries) from None
    if proves:
        formerkeys.proven(connection, officer.unit, tip, officer.serial)
    return length


def _news_from(now: int) -> int:
    """From when words are news to the reporter: the next whole minute, in UTC seconds.

    So who asks to be told after reading them is not told of them again.
    """
    return (now // MINUTE + 1) * MINUTE


def blob_size(connection: Connection, officer: officers.Officer, name: str) -> int:
    """Bytes of a sealed attachment that belongs to a tip of the officer's unit.

    Raises:
        NotAccepted: it does not.
    """
    size = threads.blob_size(connection, officer.unit, name)
    if size is None:
        raise NotAccepted("desk-no-tip", status=404)
    return size


def seen_row(connection: Connection, officer: officers.Officer, tip: bytes) -> worklists.ListedTip:
    """A tip as his list has it.

    Raises:
        NotAccepted: no such tip that he may know of.
    """
    row = worklists.one(connection, reader_of(connection, officer), tip)
    if row is None:
        raise NotAccepted("desk-no-tip", status=404)
    return row
