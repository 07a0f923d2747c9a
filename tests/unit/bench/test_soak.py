"""What grows under a long load is found by its slope."""

from __future__ import annotations

import pytest

from bench.soak import Reading, figures, slope


def test_the_slope_of_a_line_is_the_lines() -> None:
    assert slope([(x, 3 + 0.5 * x) for x in range(10)]) == pytest.approx(0.5)
    assert slope([(1.0, 2.0), (1.0, 4.0)]) == 0.0


def test_growth_is_told_by_the_hour_from_the_second_half() -> None:
    warm = [Reading(60.0 * minute, 100 + 10.0 * minute, 40, 4, 0) for minute in range(10)]
    flat = [Reading(600 + 60.0 * minute, 200 + minute / 60, 42, 5, 1) for minute in range(10)]
    found = {figure.key: figure.value for figure in figures(warm + flat, 100)}
    assert found["memory_mb_per_h"] == pytest.approx(1)
    assert (found["files"], found["wal_mb"], found["outbox_s"]) == (2, 5, 1)
