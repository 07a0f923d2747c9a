"""Percentiles and pairs, as figures are made of them."""

from __future__ import annotations

import pytest

from bench.spread import Spread, median_ratio, percentile


@pytest.mark.parametrize(("share", "found"), [(0.0, 1), (0.5, 50), (0.95, 95), (0.99, 99), (0.991, 100), (1.0, 100)])
def test_a_percentile_is_the_smallest_value_that_so_many_do_not_exceed(share: float, found: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == found


def test_of_few_values_the_highest_percentile_is_the_largest() -> None:
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_nothing_measured_is_no_wait() -> None:
    assert percentile([], 0.99) == 0.0
    assert Spread.of([]) == Spread()


def test_a_spread_is_said_in_milliseconds() -> None:
    assert Spread.of([0.001] * 98 + [0.5, 1.0]) == Spread(1.0, 1.0, 500.0, 1000.0)


def test_the_median_of_ratios_is_no_ratio_of_medians() -> None:
    assert median_ratio([(1.0, 2.0), (10.0, 100.0), (9.0, 10.0)]) == 0.5
