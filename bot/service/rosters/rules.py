"""What a swap and a holiday must be, by command, at the console and in a table alike; and how tables of them are read.

Owns the reasons why one cannot be. Reads no store and writes none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from bot.service.boxes.rows import Taken
from bot.service.naming import words_faults
from bot.service.tables import Fault, Row, refuse
from handlers.roster import day_of
from storage.repositories.rosters import StoredHoliday, StoredSwap

D = TypeVar("D", StoredSwap, StoredHoliday)
Key = tuple[str, ...]
"""What names a swap or a holiday: its unit, its day, of a swap the account that is away."""
LONGEST_CALLED: Final = 100
"""Characters of what a holiday is called: its column holds no more."""
FURTHEST: Final = timedelta(days=2 * 366)
"""How far ahead a swap or a holiday may lie."""


def swap_reasons(one: StoredSwap, accounts: Collection[str], now: int) -> Iterator[Fault]:
    """Why this swap cannot be at this moment (UTC seconds) in a unit of these accounts."""
    yield from _day_reasons(one.day, now)
    for column, account in (("officer", one.officer), ("instead", one.instead)):
        if account not in accounts:
            yield Fault(0, "row-no-account", column)
    if one.officer == one.instead:
        yield Fault(0, "row-swap-self", "instead")


def holiday_reasons(one: StoredHoliday, now: int) -> Iterator[Fault]:
    """Why this holiday cannot be at this moment (UTC seconds)."""
    yield from _day_reasons(one.day, now)
    yield from words_faults("name", one.name, LONGEST_CALLED)


def _day_reasons(day: str, now: int) -> Iterator[Fault]:
    today = day_of(now)
    if not today <= date.fromisoformat(day) <= today + FURTHEST:
        yield Fault(0, "row-day-range", "day")


@dataclass(slots=True)
class Gathering(Generic[D]):
    """A table of single days while it is read: what there was, what its rows say, and what is wrong with them.

    A row that says what was known is right, however long ago its day is: a table that was taken along can be brought.
    """

    before: Mapping[Key, D]
    after: dict[Key, D] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row, key: Key, one: D, reasons: Iterable[Fault]) -> None:
        """One row, and why it cannot be, if it is new or says something else."""
        first = self.lines.setdefault(key, row.number)
        if first != row.number:
            self.faults.append(Fault(row.number, "row-twice", args={"other": str(first)}))
        if self.before.get(key) != one:
            self.faults += [why.at(row.number) for why in reasons]
        self.after[key] = one

    def settled(self) -> tuple[Mapping[Key, D], Taken]:
        """What is to be written, and what the table brought.

        Raises:
            RowsRefused: rows of it are wrong.
        """
        refuse(self.faults)
        differing = {key: one for key, one in self.after.items() if self.before.get(key) != one}
        new = len(self.after.keys() - self.before.keys())
        return differing, Taken(new, len(differing) - new, len(self.after) - len(differing))
