"""What a benchmark says: named figures, each with its unit, its meaning and the goal it is held against.

Owns the form in which figures are kept and shown; measures nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

WHOLE = 100
"""From here on a figure is shown without a fraction."""


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
        """Three significant digits, or whole numbers from a hundred on."""
        return float(f"{self.value:.3g}") if abs(self.value) < WHOLE else float(round(self.value))


@dataclass(frozen=True, slots=True)
class Measured:
    """What one benchmark found. `how` says in a line or two what was run."""

    name: str
    how: str
    figures: tuple[Figure, ...]


def as_json(measured: Iterable[Measured]) -> dict[str, Any]:
    """The figures by benchmark and key, each benchmark with what was run."""
    return {one.name: {"how": one.how, **{figure.key: figure.rounded for figure in one.figures}} for one in measured}
