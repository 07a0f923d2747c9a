"""Which kinds of matters go elsewhere, as the console shows it: a unit's own sayings, and what holds from above.

Reads, changes nothing. Where a tip goes is decided from the same rows in memory as it is sent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bot.service import routerows, routing
from bot.service.organisation.lists import Line, route_line
from bot.service.organisation.looking import Beside, Look
from storage.repositories import routes
from storage.repositories.units import UnitName


def inherited(look: Look, unit: str) -> Iterator[Line]:
    """What units above say for this one that are not the officer's, and that nobody nearer says otherwise."""
    said = set()
    for code in look.book.upwards(look.connection, unit):
        for route in routes.of_unit(look.connection, code):
            if route.category not in said and code not in look.scope.codes:
                yield route_line(route)
            said.add(route.category)


def beside(look: Look, shown: Sequence[Line]) -> list[Beside]:
    """Whose a saying is if not the officer's, who receives by it now, and what these units are called."""

    @cache
    def received(unit: str) -> Mapping[str, str]:
        found = routing.listed(look.connection, look.book, unit, look.now)
        return {one.category: one.receiver for one in found}

    return [_beside(look, line, received(line.unit)) for line in shown]


def _beside(look: Look, line: Line, received: Mapping[str, str]) -> Beside:
    every, cells = look.scope.of.units, line.cells
    target = every.get(cells["target"])
    named = {} if target is None else {"target_vi": target.name_vi, "target_en": target.name_en}
    above = look.from_elsewhere(line.unit)
    return {"inherited_from": above, "receiver": received.get(cells["category"], ""), **named}


def found_by(look: Look, line: Line) -> str:
    """What a saying can be found by beside its codes."""
    return routerows.words(line.cells, {code: (one.name_vi, one.name_en) for code, one in look.scope.of.units.items()})


def targets(look: Look) -> tuple[UnitName, ...]:
    """The units that a kind of matter may be sent to by this officer: his own, those under it and those above."""
    every = look.scope.of.units
    return tuple(every[code] for code in sorted(look.scope.reach & every.keys()) if every[code].there)
