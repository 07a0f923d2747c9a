"""What officers must have been told in the year: reckoned in memory, at one go, from the happenings alone."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import replace

from scenario.founding import role_of, week
from scenario.happenings import BEGIN, HOUR, OFFICERS, PROVINCE, YEAR, Happening, Year
from scenario.living import digest_at, look_at

from handlers.cases import Case, running
from handlers.clocks import MINUTE, opening_due, told_from
from handlers.deadlines import Calendar, next_deadline
from handlers.ladder import (
    Climb,
    called,
    digest_of,
    first,
    following,
    heard,
    held_until,
    moment_of,
    passed_on,
    standing,
    top,
)
from handlers.roster import Duty, Reader, Roster

NO_TIP = bytes(16)
NEW = 0
ROSTER = Roster(tuple(Duty(one.officer, one.day, one.start, one.hours) for one in week()))
Told = Counter[tuple[str, bytes, int]]


class Reckoning:
    """The year as it must go."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.told: Told = Counter()
        self._cases: dict[int, Case] = {}
        self._climbs: dict[int, tuple[Climb, int]] = {}
        self._turns: list[tuple[int, int]] = []
        self._called: defaultdict[str, set[int]] = defaultdict(set)
        self._digest = 0

    def reckon(self) -> Told:
        """Who was told of which tip, and at what moment; digests are of no tip."""
        since = BEGIN
        for one in self.year.happenings:
            self._look_until(one.at, since)
            self._happens(one)
            since = one.at
        self._look_until(BEGIN + YEAR, since)
        return self.told

    def _look_until(self, end: int, since: int) -> None:
        """The looks before the next happening, the last one having been at `since`."""
        while (look := self._next(since)) < end:
            self._look(look)

    def _next(self, since: int) -> int:
        while self._turns and not self._is_so(*self._turns[0]):
            heapq.heappop(self._turns)
        earliest = self._turns[0][0] if self._turns else None
        return min(look_at(self.year, since, earliest), digest_at(self.year, since, self._digest))

    def _is_so(self, at: int, n: int) -> bool:
        return n in self._climbs and self._climbs[n][1] == at

    def _put(self, n: int, climb: Climb, at: int) -> None:
        self._climbs[n] = (climb, at)
        heapq.heappush(self._turns, (at, n))

    def _happens(self, one: Happening) -> None:
        urgent = self.year.is_urgent(one.n)
        if one.what == "filed":
            received = _cut(one.at, urgent)
            self._cases[one.n] = Case("received", urgent, received)
            due = opening_due(received, urgent=urgent)
            self._put(one.n, Climb("open", due, urgent), told_from(one.at, urgent=urgent))
        elif one.what in ("taken", "busy"):
            self._answer(one)
        elif one.what != "sheets":
            self._work_on(one, urgent)

    def _answer(self, one: Happening) -> None:
        for n in self._called.pop(one.who, set()):
            climb, at = self._climbs[n]
            moment = max(at, held_until(climb, one.at)) if one.what == "taken" else min(at, passed_on(climb, one.at))
            self._put(n, climb, moment)

    def _work_on(self, one: Happening, urgent: bool) -> None:
        case = self._cases[one.n]
        if one.what == "opened":
            case = replace(case, opened=True)
        elif one.what == "reported":
            case = replace(case, status="classified", reported=True)
        else:
            case = replace(case, status="handled", ended=_cut(one.at, urgent), notified=True)
        self._cases[one.n] = case
        deadline = next_deadline(running(case), "ordinary", Calendar())
        before = self._climbs.get(one.n)
        if (
            deadline is not None
            and before is not None
            and (before[0].clock, before[0].due) == (deadline.clock, deadline.at)
        ):
            return
        self._climbs.pop(one.n, None)
        for tips in self._called.values():
            tips.discard(one.n)
        if deadline is not None:
            self._put(one.n, Climb(deadline.clock, deadline.at, urgent), NEW)

    def _look(self, now: int) -> None:
        due = []
        while self._turns and self._turns[0][0] <= now:
            at, n = heapq.heappop(self._turns)
            if self._is_so(at, n) and n not in due:
                due.append(n)
        for n in due:
            self._step(n, now)
        digest = digest_of(now)
        if digest is not None and digest > self._digest:
            self._digest = digest
            everybody = (f"{unit}-{name}" for unit in self.year.units for name in OFFICERS)
            self.told.update((serial, NO_TIP, digest) for serial in everybody)

    def _step(self, n: int, now: int) -> None:
        climb, at = self._climbs[n]
        at = max(
            first(climb, now) if at == NEW else at, heard(moment_of(now, urgent=climb.urgent), urgent=climb.urgent)
        )
        if at > now:
            self._put(n, climb, at)
            return
        serial = self._who(n, climb, now)
        self.told[serial, self.year.ids[n], at] += 1
        self._called[serial].add(n)
        self._put(n, replace(climb, step=climb.step + 1), following(climb, now))

    def _who(self, n: int, climb: Climb, now: int) -> str:
        ladder = standing(ROSTER, _readers(self.year.ward_of(n)), now, answerable=None)
        province = top(ROSTER, _readers(PROVINCE), now)
        serial = called(replace(ladder, province=province), climb.step)
        assert serial is not None
        return serial


def _cut(at: int, urgent: bool) -> int:
    return at - at % (MINUTE if urgent else HOUR)


def _readers(unit: str) -> tuple[Reader, ...]:
    return tuple(Reader(f"{unit}-{name}", name, role_of(name)) for name in OFFICERS)
