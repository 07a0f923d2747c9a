"""What a benchmark says: named figures, each with its unit, its meaning and the goal it is held against.

Owns the form in which figures are kept and shown; measures nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, Literal

WHOLE, DIGITS = 100, 3
"""From here on a figure is shown without a fraction; below with so many significant digits."""
HOW, ABOUT = "how", "about"
"""What stands beside a benchmark's figures in JSON: what was run; unit, meaning and goal of each figure."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit a figure should keep: at least or at most this much."""

    limit: float
    kind: Literal["least", "most"]

    def met(self, value: float) -> bool:
        """Whether `value` keeps it."""
        return value >= self.limit if self.kind == "least" else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.kind == 'least' else '≤'} {self.limit:g}"


def least(limit: float) -> Goal:
    """At least this much."""
    return Goal(limit, "least")


def most(limit: float) -> Goal:
    """At most this much."""
    return Goal(limit, "most")


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `unit` is empty for a ratio; `meaning` is said in one line."""

    key: str
    value: float
    unit: str
    meaning: str
    goal: Goal | None = None

    @property
    def rounded(self) -> float:
        """Three significant digits, or whole numbers from a hundred on; never across the goal."""
        ways = (_rounded(self.value, way) for way in (ROUND_HALF_EVEN, ROUND_FLOOR, ROUND_CEILING))
        return next(one for one in ways if self.goal is None or self.goal.met(one) is not self.short)

    @property
    def shown(self) -> str:
        """The number as people read it, with its unit."""
        return f"{self.rounded:,.10g} {self.unit}".strip()

    @property
    def short(self) -> bool:
        """True if it misses its goal, as measured: what is shown is rounded so that it says the same."""
        return self.goal is not None and not self.goal.met(self.value)


def _rounded(value: float, way: str) -> float:
    number = Decimal(value)
    place = 0 if abs(value) >= WHOLE else number.adjusted() + 1 - DIGITS
    return float(number.quantize(Decimal(1).scaleb(place), way))


@dataclass(frozen=True, slots=True)
class Measured:
    """What one benchmark found. `how` says in a line or two what was run."""

    name: str
    how: str
    figures: tuple[Figure, ...]


def as_json(measured: Iterable[Measured]) -> dict[str, Any]:
    """The figures by benchmark and key, each benchmark with what was run and what its figures are."""
    return {
        one.name: {
            HOW: one.how,
            **{figure.key: figure.rounded for figure in one.figures},
            ABOUT: {figure.key: _about(figure) for figure in one.figures},
        }
        for one in measured
    }


def read(name: str, found: Mapping[str, Any]) -> Measured:
    """One benchmark's figures out of what `as_json` made."""
    about: dict[str, dict[str, Any]] = found[ABOUT]
    return Measured(name, found[HOW], tuple(_figure(key, found[key], said) for key, said in about.items()))


def _about(figure: Figure) -> dict[str, Any]:
    said: dict[str, Any] = {"unit": figure.unit, "meaning": figure.meaning}
    return said if figure.goal is None else {**said, figure.goal.kind: figure.goal.limit}


def _figure(key: str, value: float, said: Mapping[str, Any]) -> Figure:
    kinds: tuple[Literal["least"], Literal["most"]] = ("least", "most")
    goal = next((Goal(said[kind], kind) for kind in kinds if kind in said), None)
    return Figure(key, value, said["unit"], said["meaning"], goal)
