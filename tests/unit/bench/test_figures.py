"""Figures keep their goals, in JSON and as they are read."""

from __future__ import annotations

import json

import pytest

from bench.figures import Figure, Goal, Measured, as_json, least, most, read

RATIO = Figure("ratio", 0.4567, "", "ours ÷ the floor", least(0.5))
RATE = Figure("per_s", 1234.4, "/s", "updates")
WAIT = Figure("p95_ms", 12.345, "ms", "the slowest twentieth", most(20))
MEASURED = Measured("intake", "Run so.", (RATIO, RATE, WAIT))


def test_json_has_each_figure_by_its_key_beside_what_was_run() -> None:
    said = as_json([MEASURED])["intake"]
    assert (said["how"], said["ratio"], said["per_s"], said["p95_ms"]) == ("Run so.", 0.457, 1234.0, 12.3)


def test_what_was_written_is_read_again() -> None:
    found = read("intake", json.loads(json.dumps(as_json([MEASURED])))["intake"])
    assert found.how == MEASURED.how
    assert [(one.key, one.value, one.goal) for one in found.figures] == [
        ("ratio", 0.457, Goal(0.5, "least")),
        ("per_s", 1234.0, None),
        ("p95_ms", 12.3, Goal(20, "most")),
    ]


@pytest.mark.parametrize(("figure", "shown"), [(RATIO, "0.457"), (RATE, "1,234 /s"), (WAIT, "12.3 ms")])
def test_a_figure_is_shown_as_people_read_it(figure: Figure, shown: str) -> None:
    assert figure.shown == shown


def test_a_figure_is_short_where_it_misses_its_goal_as_it_is_shown() -> None:
    assert [figure.key for figure in MEASURED.figures if figure.short] == ["ratio"]
    assert not Figure("ratio", 0.49999, "", "rounded up", least(0.5)).short
