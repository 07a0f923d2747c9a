"""What the benchmark of the console makes of what it saw, and what it files."""

from __future__ import annotations

from bench.console.filing import LENGTH, wording
from bench.console.officer import Heap
from bench.desk import Found, _figures


def test_the_ratio_is_the_median_of_the_pairs_and_memory_is_held_against_before() -> None:
    found = Found([100, 300, 240], [100, 200, 200], 13, [10.0] * 99 + [500.0], 1.5, Heap(10e6, 100), Heap(11e6, 90))
    said = {figure.key: figure.rounded for figure in _figures(found)}
    assert (said["inbox_ratio"], said["inbox_ms"], said["bare_ms"]) == (1.2, 240, 200)
    assert (said["search_ms"], said["search_p50_ms"]) == (10, 10)
    assert (said["heap_ratio"], said["heap_mb"], said["nodes_ratio"]) == (1.1, 11, 0.9)


def test_a_tips_words_are_the_same_at_every_run_and_its_own() -> None:
    assert wording(7) == wording(7)
    assert len({wording(n) for n in range(50)}) == 50
    assert min(len(wording(n)) for n in range(50)) >= LENGTH - 1
    assert sum("nhà 7b" in wording(n) for n in range(200)) == 1
