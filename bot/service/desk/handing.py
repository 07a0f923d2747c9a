"""Keys change hands: a tip's key for one more reader, taken back, or changed; a whole desk's for a successor.

Keys are sealed in officers' browsers; here is seen that they are for who reads by the newest sheet, that an act names
each of them by its digest, and that no tip loses the last who reads it. What was opened stays known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.desk import casework, staffing
from bot.service.desk.audit import Deed, Signed
from bot.service.desk.cutoffs import CutOff, cut_off
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook
from crypto.entries import REPORTER, digest
from crypto.grants import LARGEST, RECOVERY, grants_digest
from crypto.wire import encode_raw
from storage.repositories import formerkeys, keyholders, threads, worklists
from storage.repositories.keyholders import Held, NewKey, Page, Pair
from storage.repositories.officers import Officer

BATCH = 200
"""Tips of one answer, and keys of one act."""
STRETCH = 20
"""Threads of one answer: those whose key is to be changed."""
CHIEF = "chief"


@dataclass(frozen=True, slots=True)
class Lacking:
    """Tips that one holds a key to and the other does not: how many, and some of them."""

    total: int
    tips: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """A tip that needs a new key: its row, its sealed thread, and whom the new key is to be sealed to, by serial."""

    row: worklists.ListedTip
    entries: tuple[bytes, ...]
    readers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Tips that need a new key: how many, and some of them."""

    total: int
    tips: tuple[Stale, ...]


@dataclass(frozen=True, slots=True)
class Giving:
    """Keys for one more reader, by tip."""

    reader: str
    grants: Mapping[bytes, bytes]


@dataclass(frozen=True, slots=True)
class Rekeying:
    """A tip under a new key: the signed entry that names it, a grant for each who reads on, and the reporter's."""

    entry: casework.NewEntry
    grants: Mapping[str, bytes]
    reporter: bytes


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose unit it is and by which sheets it reads, at one moment (UTC seconds)."""

    officer: Officer
    book: SheetBook
    now: int

    def living(self, connection: Connection) -> frozenset[str]:
        """Serials of who reads at the unit now: on the newest sheet, and not shut out."""
        return staffing.readers(connection, self.book, self.officer.unit, self.now)


def lacking(connection: Connection, desk: Desk, reader: str, after: bytes | None) -> Lacking:
    """What this officer can open and `reader` cannot, behind the tip `after`; not what was taken back from him.

    Raises:
        NotAccepted: `hands-off-sheet`, the reader does not read at his unit.
    """
    _require_reader(connection, desk, reader)
    pair = _pair(connection, desk, reader)
    found = keyholders.lacking(connection, pair, Page(after, BATCH))
    return Lacking(keyholders.count_lacking(connection, pair), found)


def give(connection: Connection, desk: Desk, tip: bytes, giving: Giving, *, act: Signed) -> None:
    """One more reader of one tip, which the act names.

    Raises:
        NotAccepted: as `hand_over`.
    """
    deed = Deed(("give",), tip, (("reader", giving.reader), ("grants", _digest(giving))))
    _give(connection, Pair(desk.officer.unit, desk.officer.serial, giving.reader), desk, giving, deed=deed, act=act)


def hand_over(connection: Connection, desk: Desk, giving: Giving, *, act: Signed) -> None:
    """Many tips' keys for one reader, under one act that names all of them by one digest.

    Raises:
        NotAccepted: `hands-off-sheet`, whoever they are for does not read at this unit; `hands-changed`, one of the
            tips is not here any more, he holds its key already, this officer does not, or it was taken back from him,
            which an act that names the tip alone undoes: ask anew; too many or too large; or the act does not fit.
    """
    named = (("reader", giving.reader), ("grants", _digest(giving)), ("count", len(giving.grants)))
    pair = _pair(connection, desk, giving.reader)
    _give(connection, pair, desk, giving, deed=Deed(("hand-over",), None, named), act=act)


def _pair(connection: Connection, desk: Desk, reader: str) -> Pair:
    taken = cut_off(connection, desk.book, desk.officer.unit).tips(reader)
    return Pair(desk.officer.unit, desk.officer.serial, reader, taken)


def _give(connection: Connection, pair: Pair, desk: Desk, giving: Giving, *, deed: Deed, act: Signed) -> None:
    _require_reader(connection, desk, giving.reader)
    if not 0 < len(giving.grants) <= BATCH or any(len(one) > LARGEST for one in giving.grants.values()):
        raise NotAccepted("desk-refused", status=413)
    if keyholders.those_lacking(connection, pair, [*giving.grants]) != giving.grants.keys():
        raise NotAccepted("hands-changed", status=409)
    act.take_in(connection, desk.officer, deed)
    keyholders.give(connection, pair.unit, giving.reader, giving.grants)


def _digest(giving: Giving) -> bytes:
    return grants_digest({encode_raw(tip): sealed for tip, sealed in giving.grants.items()})


def _require_reader(connection: Connection, desk: Desk, reader: str) -> None:
    if reader == desk.officer.serial or reader not in desk.living(connection):
        raise NotAccepted("hands-off-sheet", status=409)


def take_back(connection: Connection, desk: Desk, tip: bytes, reader: str, *, act: Signed) -> None:
    """A reader holds the tip's key no more: a chief takes it back from anybody, everybody gives his own back.

    Raises:
        NotAccepted: no such tip; he may not; that reader holds no key, or is the last who reads it; or the act does not
            fit.
    """
    casework.seen_row(connection, desk.officer, tip)
    if desk.officer.role != CHIEF and reader != desk.officer.serial:
        raise NotAccepted("hands-chief", status=403)
    holders = {one.recipient for one in threads.grants_of(connection, desk.officer.unit, tip)}
    if reader not in holders or reader.startswith(RECOVERY):
        raise NotAccepted("hands-changed", status=409)
    if not (holders & desk.living(connection)) - {reader}:
        raise NotAccepted("hands-last", status=409)
    act.take_in(connection, desk.officer, Deed(("take-back",), tip, (("reader", reader),)))
    keyholders.take_back(connection, desk.officer.unit, tip, reader)


def waiting(connection: Connection, desk: Desk, after: bytes | None) -> Waiting:
    """Tips whose key somebody holds who reads them no more, and that this officer can open; nothing counts as read."""
    unit, serial = desk.officer.unit, desk.officer.serial
    ids = keyholders.stale(connection, unit, serial, Page(after, STRETCH))
    found = threads.several(connection, unit, ids)
    rows = (casework.seen_row(connection, desk.officer, tip) for tip in ids)
    gone = cut_off(connection, desk.book, unit)
    tips = tuple(Stale(row, found[row.tip.id], _read_on(connection, desk, row.tip.id, gone)) for row in rows)
    return Waiting(keyholders.count_stale(connection, unit, serial), tips)


def _read_on(connection: Connection, desk: Desk, tip: bytes, gone: CutOff) -> tuple[str, ...]:
    """Whoever holds its key, reads here, and was not cut off by a signed act, whatever the rows say since."""
    holders = {one.recipient for one in threads.grants_of(connection, desk.officer.unit, tip)}
    return tuple(sorted((holders & desk.living(connection)) - gone.of(tip)))


def rekey(connection: Connection, desk: Desk, tip: bytes, new: Rekeying, *, act: Signed) -> int:
    """The tip goes on under a new key, for whoever holds the old one and still reads; the thread's length.

    The reporter's receipt opens both. Whoever was cut off opens nothing from this entry on. Only where somebody was cut
    off, or the last new key has not proved yet that it opens anything for this officer: a key that opens nothing shuts
    everybody else out until another is made, from what is kept of the one before.

    Raises:
        NotAccepted: no such tip, no grant, too large, or the act does not fit; `hands-changed`, others read it by now,
            or it needs no new key.
        Newer: someone wrote meanwhile, seal again.
    """
    sheet = desk.book.newest(connection, desk.officer.unit, desk.now)
    gone = cut_off(connection, desk.book, desk.officer.unit)
    wanted = {*_read_on(connection, desk, tip, gone), *([RECOVERY] if sheet and sheet.recovery else [])}
    length = casework.append(connection, desk.officer, tip, new.entry, proves=False)
    if new.grants.keys() != wanted or not _needs_one(connection, desk, tip):
        raise NotAccepted("hands-changed", status=409)
    if any(len(one) > LARGEST for one in (*new.grants.values(), new.reporter)):
        raise NotAccepted("desk-refused", status=413)
    keys = grants_digest({**new.grants, REPORTER: new.reporter})
    named = (("seq", new.entry.seq), ("entry", digest(new.entry.sealed)), ("grants", keys))
    act.take_in(connection, desk.officer, Deed(("rekey",), tip, named))
    keyholders.rekey(connection, desk.officer.unit, tip, NewKey(new.entry.seq, new.grants, new.reporter))
    return length


def _needs_one(connection: Connection, desk: Desk, tip: bytes) -> bool:
    unit, serial = desk.officer.unit, desk.officer.serial
    return keyholders.is_stale(connection, unit, tip) or bool(formerkeys.of(connection, unit, serial, [tip]))
