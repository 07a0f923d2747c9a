"""Reminders that climb: who is called to a tip next, what an officer says to a call, the morning's digest.

Owns that each step is taken once, in the transaction that says when the next one is due, whoever else climbs at that
moment. Who is called is read from signed sheets; of a unit's officers only those whose key opens the tip, so that
nobody learns of one that passed him over. Says nothing of a tip but that there is one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from sqlalchemy import Connection

from bot.service.desk import staffing
from bot.service.desk.observing import Observed
from bot.service.rosters.standing import known_roster
from bot.service.site import Receiver, SheetBook
from bot.service.successors import MAX_DEPTH
from handlers.ladder import (
    LONGEST,
    OPEN,
    RUNGS,
    TOP,
    Climb,
    Ladder,
    called,
    digest_of,
    first,
    following,
    heard,
    held_until,
    moment_of,
    passed_on,
    past,
    standing,
    top,
)
from handlers.roster import Reader, Roster
from storage.repositories import calls, notices, officers, rungs, settings, units
from storage.repositories.calls import StoredCall
from storage.repositories.rungs import Standing, StoredRung
from storage.repositories.tips import RECOVERY

BATCH = 200
"""Ladders climbed in one transaction: some tens of milliseconds."""
RAN = "ladder-ran"
"""Setting: when ladders were last looked at (UTC seconds, in decimal of ten places), to the next `RAN_EVERY`."""
RAN_EVERY = 300
DIGEST_DAY = "digest-day"
"""Setting: the second of the last digest, in decimal of twelve places."""


class Note(Protocol):
    """Notes what the server saw for a unit's audit chain: a notebook's or the ledger's."""

    def __call__(self, connection: Connection, unit: str, seen: Observed, *, now: int) -> None:
        """See `Notebook.leave`."""
        ...


@dataclass(slots=True)
class Climbed:
    """What one look came to: how many ladders it climbed, and calls by rung."""

    ladders: int = 0
    calls: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Due:
    """What one look has to do: note that it was, climb, have the digest sent."""

    note: bool
    climb: bool
    digest: bool


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who reads in a unit and was not shut out, and its roster."""

    readers: tuple[Reader, ...]
    roster: Roster


@dataclass(frozen=True, slots=True)
class _Look:
    """One look at ladders whose step is due, in its transaction. Each unit is asked once who reads there."""

    book: SheetBook
    connection: Connection
    now: int
    climbed: Climbed = field(default_factory=Climbed)
    desks: dict[str, _Desk] = field(default_factory=dict)
    tops: dict[tuple[str, str], Receiver | None] = field(default_factory=dict)

    def step(self, rung: StoredRung, where: Standing) -> None:
        """One step, or none in the night: what is not urgent waits for the morning."""
        climb, urgent = _climb(rung, where), where.urgent
        if rung.at == rungs.NEW:
            rung = replace(rung, at=first(climb, self.now))
        present = moment_of(self.now, urgent=urgent)
        at = max(rung.at, heard(present, urgent=urgent))
        if at > self.now:
            rungs.put(self.connection, replace(rung, at=at))
            return
        self._call(rung, where, at)
        rungs.put(self.connection, replace(rung, step=rung.step + 1, at=following(climb, self.now)))

    def _call(self, rung: StoredRung, where: Standing, moment: int) -> None:
        """Somebody is called, and the unit's bell rings: but not for a tip that comes, which rang by itself."""
        ladder, above = self._ladder(rung, where, self.now, upto=rung.step)
        who = called(ladder, rung.step)
        if who is not None:
            at_top = above is not None and who in ladder.province
            unit = above.unit if above is not None and at_top else where.unit
            calls.add(self.connection, [StoredCall(who, rung.tip, unit, where.urgent, moment)])
            self.climbed.calls[RUNGS[TOP if at_top else min(rung.step, TOP)]] += 1
        if rung.step or rung.clock != OPEN:
            ring = notices.Notice(_notice_id(rung, moment), where.unit, rung.tip, "tip", moment)
            notices.add_once(self.connection, ring)

    def past(self, rung: StoredRung, where: Standing, busy: str, at: int) -> int:
        """The step to take at this second if `busy` is not to be called again; see `handlers.ladder.past`."""
        return past(self._ladder(rung, where, at, upto=TOP)[0], rung.step, busy)

    def _ladder(self, rung: StoredRung, where: Standing, at: int, *, upto: int) -> tuple[Ladder, Receiver | None]:
        """Who stands where at this second, and the unit above: asked for only where its turn may be by this step."""
        desk = self._desk(where.unit)
        answers = None if rung.clock == OPEN else where.answerable
        own = standing(desk.roster, self._holding(desk.readers, where), at, answerable=answers)
        above = self._above(where) if upto >= TOP or own == Ladder() else None
        if above is None:
            return own, None
        theirs = self._desk(above.unit)
        return replace(own, province=top(theirs.roster, theirs.readers, at)), above

    def _desk(self, unit: str) -> _Desk:
        if unit not in self.desks:
            readers = staffing.reading_at(self.connection, self.book, unit, self.now)
            self.desks[unit] = _Desk(readers, known_roster(self.connection, self.book, unit, self.now))
        return self.desks[unit]

    def _holding(self, readers: tuple[Reader, ...], where: Standing) -> tuple[Reader, ...]:
        """Those of a unit's readers whose key opens the tip. Where nobody's does all may know that it is there."""
        holding = tuple(one for one in readers if one.serial in where.recipients)
        if holding or not units.came_after(self.connection, where.unit):
            return holding or readers
        anybodys = any(not one.startswith(RECOVERY) for one in where.recipients)
        return () if anybodys else readers

    def _above(self, where: Standing) -> Receiver | None:
        """The nearest unit above with officers; of a tip passed on, only one that is above the unit it came to as well.

        A tip that passed a ward over came to a unit above that: wherever it is passed on to, no ladder leads there.
        """
        known = (where.first, where.unit)
        if known not in self.tops:
            self.tops[known] = self._find_above(where)
        return self.tops[known]

    def _find_above(self, where: Standing) -> Receiver | None:
        if where.first == where.unit:
            return next(self._upwards(where.unit), None)
        allowed = {where.first, *(one.unit for one in self._upwards(where.first))}
        return next((one for one in self._upwards(where.unit) if one.unit in allowed), None)

    def _upwards(self, unit: str) -> Iterator[Receiver]:
        for _ in range(MAX_DEPTH):
            found = self.book.above(self.connection, unit, self.now)
            if found is None:
                return
            yield found
            unit = found.unit


@dataclass(frozen=True, slots=True)
class Ladders:
    """The ladders of an installation. `note` notes what officers say to their calls."""

    book: SheetBook
    note: Note

    def climb(self, connection: Connection, now: int) -> Climbed:
        """Take the next step of ladders where it is due, `BATCH` at most. Doing it twice does no harm."""
        look = _Look(self.book, connection, now)
        found = rungs.claim(connection, now, BATCH)
        facts = rungs.standing_of(connection, [one.tip for one in found])
        for rung in found:
            where = facts.get(rung.tip)
            if where is None:
                rungs.remove(connection, rung.tip)
            else:
                look.step(rung, where)
        look.climbed.ladders = len(found)
        return look.climbed

    def acknowledge(self, connection: Connection, serial: str, now: int) -> int:
        """The officer has taken what he was told of: those ladders wait, but not for ever. How many tips it was."""

        def held(rung: StoredRung, where: Standing) -> StoredRung:
            return replace(rung, at=max(rung.at, held_until(_climb(rung, where), now)))

        return self._answer(connection, serial, ("acknowledged", held), now=now)

    def pass_on(self, connection: Connection, serial: str, now: int) -> int:
        """The officer is busy: whoever else is next is called as soon as may be, unless he was. How many tips."""
        look, with_others = _Look(self.book, connection, now), calls.with_others(connection, serial)

        def passed(rung: StoredRung, where: Standing) -> StoredRung:
            if rung.tip in with_others:
                return rung
            at = min(rung.at, passed_on(_climb(rung, where), now))
            return replace(rung, at=at, step=look.past(rung, where, serial, at))

        return self._answer(connection, serial, ("passed-duty", passed), now=now)

    def _answer(self, connection: Connection, serial: str, answer: _Answer, *, now: int) -> int:
        """What an officer says to his calls, which he can say once: how their ladders go on, and the act as seen."""
        (act, follow), officer = answer, officers.by_serial(connection, serial)
        tips = calls.to(connection, serial)
        if officer is None or not tips:
            return 0
        facts = rungs.standing_of(connection, tips)
        for rung in rungs.several(connection, tips):
            if rung.tip in facts:
                rungs.put(connection, follow(rung, facts[rung.tip]))
        calls.answered(connection, serial, tips)
        self.note(connection, officer.unit, Observed(act, officer, (("count", len(tips)),)), now=now)
        return len(tips)

    def due(self, connection: Connection, now: int) -> Due:
        """What is to be done now; nothing at most looks, and nothing is written then."""
        ran, earliest = int(settings.get(connection, RAN) or 0), rungs.earliest(connection)
        day, told = digest_of(now), int(settings.get(connection, DIGEST_DAY) or 0)
        return Due(
            note=not ran <= now < ran + RAN_EVERY,
            climb=earliest is not None and earliest <= now,
            digest=day is not None and told < day,
        )

    def put_right(self, connection: Connection, now: int) -> None:
        """Note that ladders are looked at now. Where the clock ran ahead before, those that wait by it begin anew."""
        ran = settings.get(connection, RAN)
        if ran is not None and now < int(ran):
            stuck = rungs.waiting_beyond(connection, now, LONGEST)
            facts = rungs.standing_of(connection, [one.tip for one in stuck])
            for rung in stuck:
                if rung.tip in facts:
                    anew = replace(_climb(rung, facts[rung.tip]), step=0)
                    rungs.put(connection, replace(rung, step=0, at=first(anew, now)))
        settings.put(connection, RAN, b"%010d" % now)

    def digest(self, connection: Connection, now: int) -> int:
        """Have this day's digest sent to everybody who reads for a unit, once a day; how many that is.

        Everybody gets one, whatever there is to count, so that getting one says nothing. A day whose evening has come
        is let go.
        """
        due = digest_of(now)
        if due is None or not settings.advance(connection, DIGEST_DAY, b"%012d" % due):
            return 0
        found = []
        for unit in units.every_unit(connection):
            over = self.book.is_over(unit.code)
            readers = () if over else staffing.reading_at(connection, self.book, unit.code, now)
            found += [StoredCall(one.serial, calls.DIGEST, unit.code, urgent=False, due=due) for one in readers]
        calls.add(connection, found)
        return len(found)


_Answer = tuple[str, Callable[[StoredRung, Standing], StoredRung]]
"""What the chain calls it, and how a ladder goes on after it."""


def _climb(rung: StoredRung, where: Standing) -> Climb:
    return Climb(rung.clock, rung.due, where.urgent, rung.step)


def _notice_id(rung: StoredRung, moment: int) -> bytes:
    return hmac.digest(rung.tip, b"step %d %d" % (rung.step, moment), hashlib.sha256)[:16]
