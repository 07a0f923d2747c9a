"""Tips that are kept long enough: who is warned of them, what keeps them, and that each is erased once.

Owns that nothing is erased but what rests, is held by nobody, and was warned of for three days in which the machine
ran. The unit's audit chain tells of each one, by its id and how long its thread was; the counters keep that there was
one. What says nothing of anybody stays: the number in the book, the id by which a receipt is told that it is over.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import Connection

from bot.service.desk import staffing
from bot.service.desk.ladder import Note
from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from bot.service.rosters.standing import readers_of
from bot.service.site import SheetBook, upwards
from handlers.ladder import heard, moment_of
from handlers.retention import DEFAULT, LEAST, MOST, TOLD, WARNING, due_of, erased_from, latest, lost
from handlers.roster import Reader, day_of
from handlers.timeline import DAY
from storage.repositories import calls, notices, register, retention, settings, units
from storage.repositories.calls import StoredCall
from storage.repositories.retention import Gone, Resting
from storage.repositories.tips import RECOVERY

RAN = "retention-ran"
"""Setting: when warnings were last looked after (UTC seconds, in decimal)."""
BATCH = 200
"""Tips looked at in one transaction."""
AT_ONCE = 20
"""Tips erased in one transaction: what one holds may be some hundred rows."""
ERASED, RECEIVED = "was-{}", "tips"
"""Kinds of counters, of the month in which a tip was received: that it was, and as what it ended (`was-closed`)."""


@dataclass(frozen=True, slots=True)
class Term:
    """For how many days a unit keeps what is decided; `hold`: it, or a unit above, has nothing erased."""

    days: int
    hold: bool


@dataclass(frozen=True, slots=True)
class Walked:
    """What one step came to: the last tip looked at, None where no more come; how many were warned of, or erased."""

    after: bytes | None
    done: int


def term_of(connection: Connection, unit: str) -> Term:
    """What holds in a unit: what the nearest unit says for itself and those under it, and whether any has all held."""
    found = [one for code in upwards(connection, unit) if (one := units.find_unit(connection, code))]
    days = next((one.retention for one in found if one.retention is not None), DEFAULT)
    return Term(min(max(days, LEAST), MOST), any(one.hold for one in found))


@dataclass(frozen=True, slots=True)
class Due:
    """What one look has to do: units in which somebody may have to be warned; whether warnings stand, and are over."""

    units: tuple[str, ...]
    recheck: bool
    erase: bool


def told(connection: Connection, unit: str) -> Term:
    """What holds in a unit, for whoever asks.

    Raises:
        NotAccepted: no such unit.
    """
    if units.find_unit(connection, unit) is None:
        raise NotAccepted("there is no such unit here")
    return term_of(connection, unit)


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a unit: if `named` its days, None as the unit above has them; of `hold` None says nothing."""

    named: bool
    days: int | None
    hold: bool | None


def set_term(connection: Connection, unit: str, said: Said) -> None:
    """Say how long a unit keeps what is decided, and whether nothing of it is erased.

    Raises:
        NotAccepted: no such unit, or fewer or more days than may be.
    """
    found = units.find_unit(connection, unit)
    if found is None:
        raise NotAccepted("there is no such unit here")
    if said.days is not None and not LEAST <= said.days <= MOST:
        raise NotAccepted(f"tips are kept for {LEAST} to {MOST} days")
    days = said.days if said.named else found.retention
    units.put_unit(connection, replace(found, retention=days, hold=found.hold if said.hold is None else said.hold))


@dataclass(frozen=True, slots=True)
class Retention:
    """The retention of an installation. `note` notes for the units' audit chains what was erased."""

    book: SheetBook
    note: Note

    def begin(self, connection: Connection, now: int) -> None:
        """A look begins: time in which nobody could read a warning does not count, and what rests no more is spared."""
        last = settings.get(connection, RAN)
        ran = int(last) if last is not None else None
        retention.take_back(connection, latest(now))
        if unread := lost(ran, now):
            retention.put_off(connection, unread)
        retention.spare(connection)
        retention.forget(connection, now)
        settings.put(connection, RAN, b"%d" % now)

    def due(self, connection: Connection, now: int) -> Due:
        """What is to be done now; where nothing is, nothing is written."""
        first = retention.earliest(connection)
        return Due(
            units=retention.units_with(connection, now + WARNING - LEAST * DAY),
            recheck=first is not None,
            erase=first is not None and first <= now,
        )

    def warn(self, connection: Connection, now: int, *, unit: str, after: bytes) -> Walked:
        """Warn of some of a unit's tips behind `after` that will have been kept long enough: one notice for them all.

        Who cannot be told is not warned, and what nobody is warned of is kept.
        """
        term = term_of(connection, unit)
        found = () if term.hold else _unwarned(connection, unit, now + WARNING - term.days * DAY, after)
        told = _Told(self.book, connection, unit, now)
        done = 0
        for one in found:
            if told.reaches(one.tip) and retention.warn(
                connection, one.tip, erased_from(due_of(one.ended, term.days), now)
            ):
                told.call(one.tip)
                done += 1
        return Walked(found[-1].tip if len(found) == BATCH else None, done)

    def recheck(self, connection: Connection, after: bytes) -> bytes | None:
        """Keep what its unit has said since to keep; the last tip looked at, None where no more come."""
        found = retention.warned(connection, after, BATCH)
        retention.keep(connection, [one.tip for one in found if not self._is_over(connection, one, one.erases or 0)])
        return found[-1].tip if len(found) == BATCH else None

    def _is_over(self, connection: Connection, one: Resting, at: int) -> bool:
        term = term_of(connection, one.unit)
        return not term.hold and due_of(one.ended, term.days) <= at

    def shut(self, connection: Connection, now: int) -> Walked:
        """Erase the keys of some tips whose time has come, count them, and note it: all in this transaction."""
        found = retention.over(connection, now, AT_ONCE)
        done = 0
        for one in found:
            if not self._is_over(connection, one, now):
                retention.keep(connection, [one.tip])
            elif gone := retention.shut(connection, one.tip, now, now - now % DAY + TOLD):
                self._account_for(connection, gone, now)
                done += 1
        return Walked(found[-1].tip if found else None, done)

    def _account_for(self, connection: Connection, gone: Gone, now: int) -> None:
        month = day_of(gone.received).isoformat()[:7]
        for kind in (RECEIVED, ERASED.format(gone.status)):
            register.count(connection, gone.unit, month, kind)
        seen = Observed("erased", detail=(("count", gone.entries),), tip=gone.tip)
        self.note(connection, gone.unit, seen, now=now)

    def bury(self, connection: Connection) -> tuple[bool, tuple[str, ...]]:
        """Erase the rest of some tips whose keys are gone: whether there were any, and the attachments to take away."""
        found = retention.shut_ones(connection, AT_ONCE)
        return bool(found), retention.bury(connection, found) if found else ()


def _unwarned(connection: Connection, unit: str, ended: int, after: bytes) -> tuple[Resting, ...]:
    return retention.unwarned(connection, unit, ended, after=after, limit=BATCH)


@dataclass(slots=True)
class _Told:
    """Who of a unit is told of a burst of warnings: its chiefs, who alone may hold a tip; without one, all who read.

    Those alone whose key opens the tip: nobody learns of one that passed him over. Where no officer's does, all of them
    may know that it is there.
    """

    book: SheetBook
    connection: Connection
    unit: str
    now: int
    readers: tuple[Reader, ...] = field(init=False)
    merged: bool = field(init=False)

    def __post_init__(self) -> None:
        sheet = self.book.newest(self.connection, self.unit, self.now)
        let_in = staffing.readers(self.connection, self.book, self.unit, self.now)
        self.readers = tuple(one for one in readers_of(sheet, self.now) if one.serial in let_in) if sheet else ()
        self.merged = units.came_after(self.connection, self.unit)

    def _who(self, tip: bytes) -> tuple[str, ...]:
        held = retention.readers(self.connection, [tip]).get(tip, frozenset())
        own = [one for one in self.readers if one.serial in held]
        if not own and not (self.merged and any(not one.startswith(RECOVERY) for one in held)):
            own = [*self.readers]
        return tuple(one.serial for one in own if one.role == "chief") or tuple(one.serial for one in own)

    def reaches(self, tip: bytes) -> bool:
        """True where there is somebody to warn."""
        return bool(self._who(tip))

    def call(self, tip: bytes) -> None:
        """Call them, as to anything else that is due, when they may be called; their console rings then."""
        moment = heard(moment_of(self.now, urgent=False), urgent=False)
        who = partial(StoredCall, tip=tip, unit=self.unit, urgent=False, due=moment)
        calls.add(self.connection, [who(serial) for serial in self._who(tip)])
        notices.add_once(self.connection, notices.Notice(tip, self.unit, tip, "tip", moment))
