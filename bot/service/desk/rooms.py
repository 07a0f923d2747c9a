"""Who of a unit has which tip open, and that a colleague changed something: in this process's memory alone.

Holds serials and ids of tips, nothing of what is in them; what a console said goes with its socket. Nothing here tells
of a reporter's act. Desks in several processes do not see each other's rooms: the bell still rings in each.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Seat:
    """One open console of an officer and the tip on its screen."""

    unit: str
    serial: str
    tip: bytes | None = None
    changed: set[bytes] = field(default_factory=set)
    wake: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Told:
    """What a console is told: who else has which tip open now, by tip; and which ones a colleague changed since."""

    here: Mapping[bytes, tuple[str, ...]]
    changed: frozenset[bytes] = frozenset()


class Rooms:
    """The open consoles of every unit."""

    def __init__(self) -> None:
        self._seats: dict[str, list[Seat]] = {}

    def sit(self, unit: str, serial: str) -> Seat:
        """A console was opened."""
        seat = Seat(unit, serial)
        self._seats.setdefault(unit, []).append(seat)
        return seat

    def turn(self, seat: Seat, tip: bytes | None) -> None:
        """It shows this tip now, or none."""
        if seat.tip != tip:
            seat.tip = tip
            self._wake(seat.unit)

    def leave(self, seat: Seat) -> None:
        """It was closed."""
        self._seats[seat.unit].remove(seat)
        self._wake(seat.unit)

    def changed(self, unit: str, tip: bytes, by: str) -> None:
        """An officer changed a tip of the unit: what his colleagues see of it is not current any more."""
        for seat in self._seats.get(unit, ()):
            if seat.serial != by:
                seat.changed.add(tip)
        self._wake(unit)

    async def told(self, seat: Seat) -> AsyncIterator[Told]:
        """What this console should know, whenever it is something new."""
        before: Mapping[bytes, tuple[str, ...]] = {}
        while True:
            seat.wake.clear()
            here, changed, seat.changed = self._here(seat), frozenset(seat.changed), set()
            if changed or here != before:
                before = here
                yield Told(here, changed)
            await seat.wake.wait()

    def _here(self, seat: Seat) -> Mapping[bytes, tuple[str, ...]]:
        others: dict[bytes, set[str]] = {}
        for other in self._seats[seat.unit]:
            if other.tip is not None and other.serial != seat.serial:
                others.setdefault(other.tip, set()).add(other.serial)
        return {tip: tuple(sorted(serials)) for tip, serials in others.items()}

    def _wake(self, unit: str) -> None:
        for seat in self._seats.get(unit, ()):
            seat.wake.set()
