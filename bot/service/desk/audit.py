"""The audit chain on this side: takes an officer's signed act in, or what the server saw, in the deed's transaction.

Owns when an act fits its deed, and which records an officer is shown. Never signs for an officer; a record holds no
content, no minute, no reporter's act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.service.desk.observing import Observed, opened_note
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, Site
from crypto.acts import HOUR, Act, Detail, Own, Record, digest, read_record, sign_act
from crypto.audit import Point, beginning, withhold
from crypto.audit_file import AuditFile, write_file
from crypto.errors import SealError
from crypto.signing import Signer
from storage.repositories import audit as chain
from storage.repositories import sheets, worklists
from storage.repositories.officers import Officer
from storage.repositories.tips import Reader

OF_TIPS = frozenset({"acknowledged", "passed-duty"})
"""Observed acts that name no tip and tell how many there are."""
PAGE = 500
"""Records of one answer."""
CLOCK_ERROR = HOUR
"""How far the hour on an officer's machine may be off, in seconds."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What an officer's record must say with a deed: one of these acts, this tip or none, a detail that begins so.

    What follows in the detail is the officer's to choose, within the record's form.
    """

    acts: tuple[str, ...]
    tip: bytes | None
    detail: Detail = ()

    def fits(self, act: Act) -> bool:
        """True where a record tells of this deed."""
        return act.tip == self.tip and act.act in self.acts and act.detail[: len(self.detail)] == self.detail


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some records of a chain of `n`, in order, and the keys the server ever signed observed ones with."""

    n: int
    records: tuple[bytes, ...]
    keys: tuple[bytes, ...]


class NewerAct(NotAccepted):
    """Somebody's act came first: sign again on top of record `n`."""

    def __init__(self, n: int) -> None:
        super().__init__("desk-act-newer", status=409)
        self.n = n


def unfit() -> NotAccepted:
    """The signed act is not one for this deed, by this officer."""
    return NotAccepted("desk-act-unfit", status=422)


class Ledger:
    """The chains of one installation. `keys`: every key its server ever signed with; `notes` authenticates notes."""

    def __init__(self, *, site: Site, book: SheetBook, signer: Signer, keys: tuple[bytes, ...], notes: bytes) -> None:
        self._site = site
        self._book = book
        self._signer = signer
        self._keys = keys
        self._notes = notes

    def take_in(self, connection: Connection, officer: Officer, record: bytes, deed: Deed, *, now: int) -> int:
        """Chain an officer's act, signed in his browser; its number.

        Raises:
            NotAccepted: it is not his, not for this deed, or his clock is wrong.
            NewerAct: the chain has grown since he signed.
        """
        found = self._read(connection, officer, record)
        act, point = found.act, self._end(connection, officer)
        if (act.n, act.head) != (point.n + 1, point.head):
            raise NewerAct(point.n)
        here = (act.site, act.unit) == (self._site.id, officer.unit)
        if not (here and deed.fits(act) and act.own == point.own.get(officer.serial)):
            raise unfit()
        if abs(act.hour - now // HOUR * HOUR) > CLOCK_ERROR:
            raise NotAccepted("desk-clock", status=422)
        chain.append(connection, chain.StoredRecord(officer.unit, act.n, officer.serial, record))
        return act.n

    def _read(self, connection: Connection, officer: Officer, record: bytes) -> Record:
        """The record, signed by the key of this officer on a sheet of his unit."""
        key = self._book.signing_keys(connection, officer.unit).get(officer.serial)
        try:
            found = read_record(record)
        except SealError:
            raise unfit() from None
        mine = (found.act.kind, found.act.officer, found.act.serial) == ("officer", officer.account, officer.serial)
        if key is None or not mine or not found.signed_by(key):
            raise unfit()
        return found

    def _end(self, connection: Connection, officer: Officer) -> Point:
        """Where a unit's chain ends, with this officer's own act before.

        His own is read first: an act that another process commits between the two looks makes his one an older one, no
        unfit one.
        """
        own = chain.last_of(connection, officer.unit, officer.serial)
        last = chain.last(connection, officer.unit)
        before = {officer.serial: Own(own.n, digest(own.body))} if own else {}
        if last is None:
            return beginning(self._site.id, officer.unit)
        return Point(last.n, digest(last.body), before)

    def observe(self, connection: Connection, unit: str, seen: Observed, *, now: int) -> int:
        """Chain something the server saw; the record's number."""
        self.catch_up(connection, unit, now=now)
        return self._append(connection, seen.act(self._site.id, unit, now))

    def catch_up(self, connection: Connection, unit: str, *, now: int) -> None:
        """Chain what was noted by processes without the audit key, of units that this one goes on for as well."""
        for code in (*self._book.goes_on_for(connection, unit), unit):
            self._catch_up(connection, code, now=now)

    def _catch_up(self, connection: Connection, unit: str, *, now: int) -> None:
        """First of all that the key is a new one."""
        before = chain.last_observed(connection, unit)
        if before is not None and not read_record(before.body).signed_by(self._signer.verify_key):
            self._append(connection, Observed("keys", detail=(("file", "audit"),)).act(self._site.id, unit, now))
        noted = [(opened_note(one.note, self._notes), one.id) for one in chain.waiting(connection, unit)]
        for act, id_ in sorted(noted, key=lambda pair: (pair[0].hour if pair[0] else 0, pair[1])):
            if chain.done(connection, id_) and act is not None and (act.site, act.unit) == (self._site.id, unit):
                self._append(connection, act)

    def _append(self, connection: Connection, act: Act) -> int:
        last = chain.last(connection, act.unit)
        n, head = (last.n, digest(last.body)) if last else (0, beginning(act.site, act.unit).head)
        body = sign_act(replace(act, n=n + 1, head=head), self._signer)
        chain.append(connection, chain.StoredRecord(act.unit, n + 1, None, body))
        return n + 1

    def stretch(
        self, connection: Connection, officer: Officer, first: int, *, now: int, over: str | None = None
    ) -> Stretch:
        """The records of an officer's unit from number `first` on, as many as one answer holds.

        `over`: those of a unit that it goes on for.
        """
        unit = over or officer.unit
        self.catch_up(connection, unit, now=now)
        last = chain.last(connection, unit)
        records = self._shown(connection, officer, chain.page(connection, unit, first, PAGE))
        return Stretch(last.n if last else 0, records, self._keys)

    def export(self, connection: Connection, officer: Officer, *, over: str | None = None) -> bytes:
        """The chain of an officer's unit, or of one that it goes on for (`over`), as a file that anybody can check."""
        unit = over or officer.unit
        records = self._shown(connection, officer, chain.every(connection, unit))
        return export(connection, self._site, unit, self._keys, records=records)

    def _shown(self, connection: Connection, officer: Officer, records: tuple[bytes, ...]) -> tuple[bytes, ...]:
        """Where units merged, of tips that the officer may not know of his own acts alone; of others' the digest.

        So the chain of the unit that a ward went into tells nobody who came from there of tips that passed it over.
        """
        if not self._book.goes_on_for(connection, officer.unit):
            return records
        acts = [read_record(body).act for body in records]
        reader = Reader(officer.unit, officer.serial, keyed=True)
        known = worklists.seen_by(connection, reader, {act.tip for act in acts if act.tip})

        def told(act: Act) -> bool:
            if act.serial == officer.serial and (act.kind == "officer" or act.act in OF_TIPS):
                return True
            return act.act not in OF_TIPS if act.tip is None else act.tip in known

        pairs = zip(acts, records, strict=True)
        return tuple(body if told(act) else withhold(act.n, digest(body)) for act, body in pairs)


@dataclass(frozen=True, slots=True)
class Signed:
    """An officer's signed act on its way into the chain, with the deed it goes with."""

    record: bytes
    ledger: Ledger
    now: int

    def take_in(self, connection: Connection, officer: Officer, deed: Deed) -> int:
        """See `Ledger.take_in`."""
        return self.ledger.take_in(connection, officer, self.record, deed, now=self.now)

    @property
    def what(self) -> str:
        """Which act it is, once it was taken in."""
        return read_record(self.record).act.act


def export(
    connection: Connection, site: Site, unit: str, keys: tuple[bytes, ...], *, records: tuple[bytes, ...] | None = None
) -> bytes:
    """A unit's chain as a file that anybody can check: its whole `records`, or these as somebody may know them."""
    bodies = tuple(one.body for one in reversed(sheets.every(connection, unit)))
    told = chain.every(connection, unit) if records is None else records
    return write_file(AuditFile(site.id, unit, site.authority, keys, bodies, told))
