"""What happens in a province in a year, drawn from a seed; nothing here is the product's.

Tips come to wards and past them; officers open and work on them early, late or never, pass them on, press that they
take calls or are busy; sheets are renewed, officers are shut out and their desks handed over, wards merge, days are
swapped and worked instead; the machine is off now and then, and its clock leaps.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

What = Literal["sheet", "filed", "opened", "act", "passed", "taken", "busy", "swap", "out", "handed", "worked"]
BEGIN = 1_798_736_400
"""2027-01-01 00:00 in Vietnam."""
MINUTE, QUARTER, HOUR, DAY = 60, 900, 3600, 86_400
YEAR = 365 * DAY
SHEETS = 80 * DAY
"""A sheet is good for ninety days."""
OUTAGES, LEAPS = 6, 24
PROVINCE = "42"
AT_FIRST = ("t1", "t2", "chief")
"""Of each ward, and of the province: two duty officers in turn, a day each, and a chief, who has holidays."""
NEWCOMER = "t3"
"""Who comes in the place of a duty officer that was shut out, some days after."""
GROUP = 8
"""Of so many wards one loses an officer, and two merge."""
WORKED = "2027-06-05"
"""A Saturday that is worked instead, as the list says from June on."""
LIVES: tuple[tuple[str, ...], ...] = (
    ("classified", "report", "notify", "verifying", "handled", "notify", "closed"),
    ("classified", "report", "notify", "verifying", "complex", "extend", "insufficient", "notify"),
    ("report", "notify", "competent", "closed"),
    ("false",),
    ("duplicate", "closed", "verifying", "insufficient", "notify"),
    ("classified", "report", "verifying", "suspended", "verifying", "handled", "notify"),
    ("classified", "report", "notify", "investigation", "handled", "notify"),
    ("classified", "notify", "report", "insufficient", "notify", "closed", "verifying", "false"),
)
"""What is done with tips, in this order."""
LONG = ("verifying", "complex", "extend")
"""After these it may be long until anything else is done."""


EVENING = 13 * HOUR + HOUR // 2
"""From half past seven to nine in the evening."""


@dataclass(frozen=True, slots=True)
class Happening:
    """At a UTC second: `n` is a tip's number, or a sheet's place; `who` a serial, `act` a case's, or where it goes."""

    at: int
    what: What
    n: int = 0
    who: str = ""
    act: str = ""


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A unit's sheet: its number, who stands on it, which unit it goes on for, whether anybody comes or goes by it."""

    at: int
    unit: str
    n: int
    serials: tuple[str, ...]
    goes_on_for: tuple[str, ...] = ()
    changes: bool = False


@dataclass(frozen=True)
class Year:
    """How large it is."""

    wards: int
    tips: int
    seed: int

    @property
    def units(self) -> list[str]:
        """Codes of the province and its wards."""
        return [PROVINCE, *(f"1{n:04}" for n in range(self.wards))]

    def ward_of(self, n: int) -> str:
        """Whose matter the tip is."""
        return self.units[1 + n % self.wards]

    def is_past(self, n: int) -> bool:
        """It is sent to the province, past the ward."""
        return n % 37 == 5

    def is_urgent(self, n: int) -> bool:
        return n % 7 == 0

    def told_for(self, n: int) -> str:
        """The unit that its reporter tells."""
        return PROVINCE if self.is_past(n) else self.ward_of(n)

    @cached_property
    def ids(self) -> list[bytes]:
        """Ids of the tips by their numbers."""
        return [random.Random(f"{self.seed} tip {n}").randbytes(16) for n in range(self.tips)]

    @cached_property
    def outs(self) -> dict[str, int]:
        """When which officers are shut out."""
        chance, chosen = random.Random(f"{self.seed} outs"), self.units[1::GROUP]
        return {f"{unit}-t2": BEGIN + int(chance.uniform(30, 300) * DAY) for unit in chosen}

    @cached_property
    def mergers(self) -> dict[str, tuple[str, int]]:
        """Which ward ends in which, and when."""
        pairs = zip(self.units[4::GROUP], self.units[5::GROUP], strict=False)
        return {old: (into, BEGIN + (150 + n) * DAY + 9 * HOUR) for n, (old, into) in enumerate(pairs)}

    @cached_property
    def plans(self) -> list[SheetPlan]:
        """Every sheet of the year, in order."""
        found = [plan for unit in self.units for plan in self._plans_of(unit)]
        return sorted(found, key=lambda plan: (plan.at, plan.unit))

    def _plans_of(self, unit: str) -> Iterator[SheetPlan]:
        over = self.mergers[unit][1] if unit in self.mergers else BEGIN + YEAR
        olds = {old: at for old, (into, at) in self.mergers.items() if into == unit}
        joins = {out + 3 * DAY for serial, out in self.outs.items() if serial.startswith(unit)}
        moments = sorted({BEGIN + n * SHEETS for n in range(YEAR // SHEETS + 1)} | joins | set(olds.values()))
        before: tuple[str, ...] = ()
        for n, at in enumerate(at for at in moments if at < over):
            gone = tuple(old for old, when in olds.items() if when <= at)
            serials = tuple(serial for code in (unit, *gone) for serial in self._people(code, at))
            yield SheetPlan(at, unit, n + 1, serials, gone, changes=serials != before)
            before = serials

    def _people(self, unit: str, at: int) -> Iterator[str]:
        out = self.outs.get(f"{unit}-t2", BEGIN + YEAR)
        for name in (*AT_FIRST, NEWCOMER):
            there = at < out if name == "t2" else at >= out + 3 * DAY if name == NEWCOMER else True
            if there:
                yield f"{unit}-{name}"

    @cached_property
    def off(self) -> list[tuple[int, int]]:
        """When the machine is off, from and to."""
        chance = random.Random(f"{self.seed} off")
        return sorted((at, at + int(chance.uniform(HOUR, 36 * HOUR))) for at in self._moments(chance, OUTAGES))

    def on(self, at: int) -> int:
        """This second, or the one at which the machine is on again."""
        for begin, end in self.off:
            if begin <= at < end:
                at = end
        return at

    @cached_property
    def leaps(self) -> list[tuple[int, int, int]]:
        """When the machine's clock is wrong, from and to, and by how many seconds."""
        chance = random.Random(f"{self.seed} leaps")
        found = []
        for at in self._moments(chance, LEAPS):
            wrong = chance.choice((-1, 1)) * chance.uniform(HOUR, 40 * DAY)
            found.append((at, at + int(chance.uniform(10, 55) * MINUTE), int(wrong)))
        return found

    def wrong_by(self, at: int) -> int:
        """By how much the machine's clock is wrong at this second."""
        return next((wrong for begin, end, wrong in self.leaps if begin <= at < end), 0)

    @cached_property
    def happenings(self) -> list[Happening]:
        """All of them, in order, and none while the machine is off."""
        chance = random.Random(self.seed)
        found = [Happening(plan.at, "sheet", n) for n, plan in enumerate(self.plans)]
        found += [Happening(out, "out", who=serial) for serial, out in self.outs.items()]
        found += [Happening(out + 3 * DAY + HOUR, "handed", who=serial) for serial, out in self.outs.items()]
        found.append(Happening(BEGIN + 151 * DAY + 10 * HOUR, "worked", act=WORKED))
        for n, at in enumerate(sorted(self._moments(chance, self.tips))):
            found += self._of_tip(chance, n, at)
        for at in self._moments(chance, self.tips // 2):
            found.append(Happening(at, chance.choice(("taken", "busy")), who=self._somebody(chance)))
        for at in self._moments(chance, self.wards * 6):
            unit = chance.choice(self.units)
            found.append(Happening(at, "swap", chance.randrange(5), unit, chance.choice(("t1", "t2", "chief"))))
        waited = (replace(one, at=self.on(one.at)) for one in found)
        return sorted((one for one in waited if one.at < BEGIN + YEAR), key=lambda one: one.at)

    def _moments(self, chance: random.Random, count: int) -> list[int]:
        return [BEGIN + DAY + int(chance.random() * (YEAR - 2 * DAY)) for _ in range(count)]

    def _somebody(self, chance: random.Random) -> str:
        return f"{chance.choice(self.units)}-{chance.choice(AT_FIRST)}"

    def _of_tip(self, chance: random.Random, n: int, at: int) -> Iterator[Happening]:
        yield Happening(at, "filed", n)
        if chance.random() < 1 / 30:
            at += int(chance.uniform(HOUR, 20 * HOUR))
            yield Happening(at, "passed", n, act=self.units[1 + (n + 2) % self.wards])
        if chance.random() < 1 / 400:
            return
        ways = (MINUTE, QUARTER, HOUR) if self.is_urgent(n) else (QUARTER, 2 * HOUR, 9 * HOUR)
        at += int((DAY if chance.random() < 1 / 20 else chance.choice(ways)) * (0.5 + chance.random()))
        yield Happening(at, "opened", n, str(chance.randrange(3)))
        acts = chance.choice(LIVES)
        left_lying = chance.random() < 1 / 200
        for act in acts[: chance.randrange(len(acts))] if left_lying else acts:
            at += int(chance.choice((HOUR / 2, 3 * HOUR, 10 * HOUR, DAY, 4 * DAY)) * (0.3 + chance.random()))
            yield Happening(at, "act", n, act=act)
            if act in LONG and chance.random() < 1 / 8:
                at += int(chance.uniform(10, 130)) * DAY


def look_at(year: Year, since: int, earliest: int | None) -> int:
    """When schedulers that look again and again next find a ladder to climb, the last thing having happened at `since`.

    One that nobody looked at yet (0) is found by the last look before the quarter of an hour.
    """
    if earliest is None:
        return BEGIN + YEAR
    return year.on(since + QUARTER - 1 - since % QUARTER if earliest == 0 else max(earliest, since))


def digest_at(year: Year, since: int, told: int) -> int:
    """The look that has the next digest sent: a day whose evening came while the machine was off has none."""
    day = told + DAY if told else BEGIN + 7 * HOUR + HOUR // 2
    while year.on(max(day, since)) >= day + EVENING:
        day += DAY
    return year.on(max(day, since))
