"""The README's section on speed is what was measured, the short of it said as such."""

from __future__ import annotations

from typing import Any

from bench import readme
from bench.figures import Figure, Measured, as_json, least

MEASURED = Measured(
    "footprint",
    "Started ten times.",
    (Figure("ratio", 0.4, "", "ours ÷ theirs", least(0.5)), Figure("rate", 12, "/s", "starts")),
)
FOUND: dict[str, Any] = {"machine": {"cores": "2"}, **as_json([MEASURED])}
PAGE = f"before\n{readme.BEGIN}what was\n{readme.END}after\n"


def test_the_section_is_renewed_and_the_page_around_it_stays() -> None:
    page = readme.written(PAGE, FOUND)
    assert page.startswith("before\n")
    assert page.endswith("after\n")
    assert "what was\n" not in page
    assert readme.written(page, FOUND) == page


def test_a_figure_short_of_its_goal_is_said_twice_with_a_reason() -> None:
    said = readme.section(FOUND)
    assert "| footprint: ours ÷ theirs (`ratio`) | 0.4 **short** | ≥ 0.5 |" in said
    assert "- `footprint.ratio` 0.4, goal ≥ 0.5: see [the decisions]" in said


def test_what_was_run_and_what_has_no_goal_stand_by_the_command() -> None:
    assert "`hopthu bench footprint`: " in readme.section(FOUND)
    assert "Started ten times. Beside it: starts 12 /s." in readme.section(FOUND)


def test_a_benchmark_that_could_not_run_is_named() -> None:
    assert "- `desk`: this needs Chromium" in readme.section({**FOUND, "failed": {"desk": "this needs Chromium"}})
