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


def test_a_figure_is_short_where_it_misses_its_goal_as_it_was_measured() -> None:
    assert [figure.key for figure in MEASURED.figures if figure.short] == ["ratio"]


@pytest.mark.parametrize(
    ("value", "goal", "short", "shown"),
    [
        (0.49999, least(0.5), True, "0.499"),
        (0.5, least(0.5), False, "0.5"),
        (1.5001, most(1.5), True, "1.51"),
        (1.4999, most(1.5), False, "1.5"),
        (100.2, most(100), True, "101"),
        (99.999, least(100), True, "99.9"),
        (0.04, most(0), True, "0.04"),
        (-3.0, most(10), False, "-3"),
        (1.23449, most(1.2345), False, "1.23"),
        (1.2352, least(1.235), False, "1.24"),
    ],
)
def test_a_miss_never_looks_like_a_hit(value: float, goal: Goal, short: bool, shown: str) -> None:
    figure = Figure("key", value, "", "as measured", goal)
    assert (figure.short, figure.shown) == (short, shown)


def test_what_was_short_is_short_when_it_is_read_again() -> None:
    near = Measured("near", "So.", (Figure("ratio", 0.49999, "", "nearly", least(0.5)),))
    assert read("near", json.loads(json.dumps(as_json([near])))["near"]).figures[0].short
