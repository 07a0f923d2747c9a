"""How numbers are spread: percentiles of what was measured, and the median over pairs of runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of them do not exceed; 0 where there are none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = max(1, -(-len(ordered) * round(share * 10_000) // 10_000))
    return ordered[place - 1]


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles of durations, in milliseconds."""

    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    most: float = 0.0

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Spread:
        """The spread of durations given in seconds."""
        shares = (0.5, 0.95, 0.99, 1.0)
        return cls(*(round(1000 * percentile(seconds, share), 3) for share in shares))


def median_ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The median of first ÷ second over pairs measured side by side: what slows both of a pair cancels out."""
    return median(first / second for first, second in pairs)
