"""What happens in a province in a year, drawn from a seed: tips come, officers open, report and decide them, or press
that they take them or are busy; sheets are renewed; the machine is off for a while. Nothing here is the product's.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

What = Literal["sheets", "filed", "opened", "reported", "decided", "taken", "busy"]
BEGIN = 1_798_736_400
"""2027-01-01 00:00 in Vietnam."""
HOUR, DAY = 3600, 86_400
YEAR = 365 * DAY
SHEETS = 80 * DAY
"""A sheet is good for ninety days."""
OUTAGES = 6
OFFICERS = ("t1", "t2", "chief")
"""Of each ward, and of the province: two duty officers in turn, a day each, and a chief."""
PROVINCE = "42"


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """At a UTC second; `n` is a tip's number, or a generation of sheets; `who` a serial."""

    at: int
    what: What
    n: int = 0
    who: str = ""


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
        return self.units[1 + n % self.wards]

    def is_urgent(self, n: int) -> bool:
        return n % 7 == 0

    @cached_property
    def ids(self) -> list[bytes]:
        """Ids of the tips by their numbers."""
        return [self._id(n) for n in range(self.tips)]

    def _id(self, n: int) -> bytes:
        return random.Random(f"{self.seed} tip {n}").randbytes(16)

    @cached_property
    def off(self) -> list[tuple[int, int]]:
        """When the machine is off, from and to."""
        chance = random.Random(f"{self.seed} off")
        return [(at, at + int(chance.uniform(HOUR, 36 * HOUR))) for at in self._moments(chance, OUTAGES)]

    def on(self, at: int) -> int:
        """This second, or the one at which the machine is on again."""
        for begin, end in sorted(self.off):
            if begin <= at < end:
                at = end
        return at

    @cached_property
    def happenings(self) -> list[Happening]:
        """All of them, in order, and none while the machine is off."""
        chance = random.Random(self.seed)
        found = [Happening(BEGIN + n * SHEETS, "sheets", n) for n in range(YEAR // SHEETS + 1)]
        for n, at in enumerate(sorted(self._moments(chance, self.tips))):
            found += self._of_tip(chance, n, at)
        for at in self._moments(chance, self.tips // 2):
            found.append(Happening(at, chance.choice(("taken", "busy")), 0, self._somebody(chance)))
        waited = (replace(one, at=self.on(one.at)) for one in found)
        return sorted(one for one in waited if one.at < BEGIN + YEAR)

    def _moments(self, chance: random.Random, count: int) -> list[int]:
        return [BEGIN + DAY + int(chance.random() * (YEAR - 2 * DAY)) for _ in range(count)]

    def _somebody(self, chance: random.Random) -> str:
        return f"{chance.choice(self.units)}-{chance.choice(OFFICERS)}"

    def _of_tip(self, chance: random.Random, n: int, at: int) -> Iterator[Happening]:
        yield Happening(at, "filed", n)
        opened = at + int(chance.choice((HOUR / 4, 2 * HOUR, 9 * HOUR, 3 * DAY)) * (0.5 + chance.random()))
        yield Happening(opened, "opened", n)
        reported = opened + int(chance.choice((HOUR, 10 * HOUR, 2 * DAY)) * (0.5 + chance.random()))
        yield Happening(reported, "reported", n)
        if chance.random() < 0.998:
            yield Happening(reported + int(chance.uniform(DAY, 22 * DAY)), "decided", n)
