"""What officers must have been told in the year: reckoned in memory, at one go, from the happenings and the rulebook.

Nothing of the product is imported here.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from scenario import rulebook
from scenario.happenings import BEGIN, DAY, HOUR, NEWCOMER, PROVINCE, YEAR, Happening, What, Year, digest_at, look_at
from scenario.rulebook import Tip, local

NO_TIP = bytes(16)
NEW = 0
Told = Counter[tuple[str, bytes, int]]
Keys = set[tuple[bytes, str]]


@dataclass
class Week:
    """A unit's duties: who stands on even days, on odd ones and on holidays; and who stands for whom on which day."""

    turns: list[str]
    swaps: dict[tuple[str, date], str]

    def named(self, at: int) -> list[str]:
        """Who is on duty, each duty lasting from seven to seven."""
        now = local(at)
        day = now.date() if now.hour >= 7 else now.date() - timedelta(days=1)
        name = "chief" if day in rulebook.HOLIDAYS else ("t1", "t2")[day.weekday() % 2]
        found = [f"{unit}-{name}" for unit in self.turns]
        return [self.swaps.get((one, day), one) for one in found]


class Reckoning:
    """The year as it must go."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.told: Told = Counter()
        self.tips: dict[int, Tip] = {}
        self._weeks = {unit: Week([unit], {}) for unit in year.units}
        self._sheets: dict[str, tuple[str, ...]] = {}
        self._out: set[str] = set()
        self._over: dict[str, str] = {}
        self._worked: frozenset[date] = frozenset()
        self._turns: list[tuple[int, int]] = []
        self._called: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._digest = 0
        self.clocks: Counter[str] = Counter()

    @property
    def keys(self) -> Keys:
        """Who holds a key to which tip."""
        return {(self.year.ids[n], one) for n, tip in self.tips.items() for one in tip.keys}

    def reckon(self) -> Told:
        """Who was told of which tip, and at what moment; digests are of no tip."""
        since = BEGIN
        for one in self.year.happenings:
            while (look := self._next(since)) < one.at:
                self._look(look)
            self._happens(one)
            since = one.at
        while (look := self._next(since)) < BEGIN + YEAR:
            self._look(look)
        return self.told

    def _next(self, since: int) -> int:
        while self._turns and not self._is_so(*self._turns[0]):
            heapq.heappop(self._turns)
        earliest = self._turns[0][0] if self._turns else None
        return min(look_at(self.year, since, earliest), digest_at(self.year, since, self._digest))

    def _is_so(self, at: int, n: int) -> bool:
        return self.tips[n].clock is not None and self.tips[n].at == at

    def _put(self, n: int, at: int) -> None:
        self.tips[n].at = at
        heapq.heappush(self._turns, (at, n))

    def _happens(self, one: Happening) -> None:
        follows: dict[What, Callable[[Happening], None]] = {
            "sheet": self._sheet, "filed": self._filed, "passed": self._passed, "taken": self._answer,
            "busy": self._answer, "swap": self._swap, "out": lambda one: self._out.add(one.who),
            "handed": self._handed, "worked": self._work_instead, "opened": self._opened, "act": self._act,
        }  # fmt: skip
        follows[one.what](one)

    def _work_instead(self, one: Happening) -> None:
        self._worked = frozenset({date.fromisoformat(one.act)})
        self._all_anew()

    def _act(self, one: Happening) -> None:
        rulebook.act(self.tips[one.n], one.act, one.at)
        self._clock(self.tips[one.n])

    def _readers(self, unit: str) -> list[str]:
        return sorted(set(self._sheets.get(unit, ())) - self._out)

    def _unit(self, unit: str) -> str:
        return self._over.get(unit, unit)

    def _filed(self, one: Happening) -> None:
        urgent, unit = self.year.is_urgent(one.n), self._unit(self.year.told_for(one.n))
        sealed_to = set(self._sheets[unit])
        answers = self._answering(unit, sealed_to, one.at)[0]
        tip = Tip(one.n, unit, urgent, rulebook.cut(one.at, urgent=urgent), sealed_to, answers)
        self.tips[one.n] = tip
        tip.clock = rulebook.due(tip, self._worked)
        self._put(one.n, rulebook.next_turn(one.at, urgent=urgent))

    def _passed(self, one: Happening) -> None:
        tip, to = self.tips[one.n], self._unit(one.act)
        if to == tip.unit:
            return
        tip.unit, tip.keys, tip.opened, tip.answers = to, set(self._sheets[to]), set(), None
        tip.since, tip.reported, tip.notified = rulebook.cut(one.at, urgent=tip.urgent), False, False
        tip.clock = None
        self._clock(tip)

    def _opened(self, one: Happening) -> None:
        tip = self.tips[one.n]
        if could := sorted(tip.keys & set(self._readers(tip.unit))):
            tip.opened.add(could[int(one.who) % len(could)])
            self._clock(tip)

    def _sheet(self, one: Happening) -> None:
        plan = self.year.plans[one.n]
        self._sheets[plan.unit] = plan.serials
        olds = [old for old in plan.goes_on_for if old not in self._over]
        for old in olds:
            self._over[old] = plan.unit
            del self._sheets[old]
            self._weeks[plan.unit].turns += self._weeks[old].turns
            self._weeks[plan.unit].swaps |= self._weeks[old].swaps
        for tip in self.tips.values():
            if tip.unit in olds:
                tip.unit = plan.unit
        if plan.changes:
            self._strip(plan.unit)
        if olds:
            self._all_anew()

    def _strip(self, unit: str) -> None:
        staying = set(self._readers(unit))
        for tip in self.tips.values():
            if tip.unit == unit and tip.keys & staying:
                tip.answers = tip.answers if tip.answers in staying else None
                tip.keys &= staying

    def _handed(self, one: Happening) -> None:
        unit = one.who.partition("-")[0]
        chief, new = f"{unit}-chief", f"{unit}-{NEWCOMER}"
        for tip in self.tips.values():
            if tip.unit == self._unit(unit) and chief in tip.keys:
                tip.keys.add(new)

    def _swap(self, one: Happening) -> None:
        day = (local(one.at) + timedelta(days=one.n)).date()
        off, on = f"{one.who}-{('t1', 't2')[day.weekday() % 2]}", f"{one.who}-{one.act}"
        if one.who not in self._over:
            self._weeks[one.who].swaps[off, day] = on

    def _answer(self, one: Happening) -> None:
        if one.who in self._out:
            return
        for n, when in self._called.pop(one.who, {}).items():
            tip = self.tips[n]
            if one.what == "taken":
                self._put(n, max(tip.at, rulebook.held(tip, one.at)))
            elif not any(called.get(n, 0) > when for called in self._called.values()):
                at = min(tip.at, rulebook.may_ring(rulebook.next_turn(one.at, urgent=tip.urgent), urgent=tip.urgent))
                last = max(tip.step, 3) + len(self._rungs(tip, at)[3])
                others = (step for step in range(tip.step, last + 1) if self._who(tip, step, at) not in (None, one.who))
                tip.step = next(others, tip.step)
                self._put(n, at)

    def _all_anew(self) -> None:
        for tip in self.tips.values():
            self._clock(tip)

    def _clock(self, tip: Tip) -> None:
        found = rulebook.due(tip, self._worked)
        if found == tip.clock:
            return
        for tips in self._called.values():
            tips.pop(tip.n, None)
        tip.clock, tip.step = found, 0
        if found is not None:
            self._put(tip.n, NEW)

    def _look(self, now: int) -> None:
        found = set()
        while self._turns and self._turns[0][0] <= now:
            at, n = heapq.heappop(self._turns)
            if self._is_so(at, n):
                found.add(n)
        for n in found:
            self._step(self.tips[n], now)
        day = now - (now + 7 * HOUR) % DAY + 7 * HOUR + HOUR // 2
        if day <= now and 7 <= local(now).hour < 21 and day > self._digest:
            self._digest = day
            self.told.update((serial, NO_TIP, day) for unit in self._sheets for serial in self._readers(unit))

    def _step(self, tip: Tip, now: int) -> None:
        at = rulebook.begins(tip, now) if tip.at == NEW else tip.at
        at = max(at, rulebook.may_ring(now - now % (60 if tip.urgent else 900), urgent=tip.urgent))
        if at > now:
            self._put(tip.n, at)
            return
        serial = self._who(tip, tip.step, now)
        assert serial is not None
        self.told[serial, self.year.ids[tip.n], at] += 1
        self.clocks[rulebook.pace_of(tip)] += 1
        self._called[serial][tip.n] = at
        later = rulebook.follows(tip, now)
        tip.step += 1
        self._put(tip.n, later)

    def _who(self, tip: Tip, step: int, now: int) -> str | None:
        """Who is called: of the tip's unit whoever reads it and whose turn it is, at last the province, and again."""
        rungs = self._rungs(tip, now)
        reached = min(step, 3) + 1
        for rung in (*reversed(rungs[:reached]), *rungs[reached:]):
            if rung:
                return rung[max(step - 3, 0) % len(rung)]
        return None

    def _rungs(self, tip: Tip, now: int) -> list[list[str]]:
        """Duty, deputy, chiefs and the unit above, as far as there are any who read the tip and are let in."""
        let_in = set(self._readers(tip.unit))
        reading = tip.keys & let_in or let_in
        above = self._answering(PROVINCE, set(self._readers(PROVINCE)), now)[:1]
        top = [] if tip.unit == PROVINCE else list(dict.fromkeys([*above, f"{PROVINCE}-chief"]))
        of_opening = tip.clock is None or tip.clock[0] == "open"
        answers = tip.answers if tip.answers in reading and not of_opening else None
        duty = answers or next(iter(self._answering(tip.unit, reading, now)), None)
        if duty is None:
            return [[], [], [], top]
        soon = (one for hour in range(25) for one in self._weeks[tip.unit].named(now + hour * HOUR) if one in reading)
        others = [one for one in sorted(reading) if not is_chief(one)]
        deputy = [one for one in (*soon, *others) if one != duty][:1]
        chiefs = [one for one in sorted(reading) if is_chief(one) and one not in (duty, *deputy)]
        return [[duty], deputy, chiefs, top]

    def _answering(self, unit: str, reading: set[str], now: int) -> list[str]:
        """Who answers in a unit: whoever is on duty, else its chiefs, else everybody, as far as they read."""
        named = [one for one in self._weeks[unit].named(now) if one in reading]
        return named or [one for one in sorted(reading) if is_chief(one)] or sorted(reading)


def is_chief(serial: str) -> bool:
    return serial.endswith("-chief")
