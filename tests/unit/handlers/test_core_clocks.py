"""House clocks: half an hour for what is urgent, one shift for the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import handlers
from handlers.clocks import late_before, opening_due, soon_before

VECTORS = json.loads((Path(handlers.__file__).parent / "clock_vectors.json").read_text("utf-8"))
MINUTE, HOUR = 60, 3600
AT = 1_795_316_400
"""10:00 in Vietnam."""


def test_urgent_tips_are_opened_within_half_an_hour_others_within_eight_hours() -> None:
    assert opening_due(AT, urgent=True) == AT + 30 * MINUTE
    assert opening_due(AT, urgent=False) == AT + 8 * HOUR


def test_late_and_soon_are_the_same_clock_seen_from_now() -> None:
    for urgent in (True, False):
        due = opening_due(AT, urgent=urgent)
        assert late_before(due, urgent=urgent) == AT
        assert late_before(due - 1, urgent=urgent) < AT
    assert soon_before(AT + 6 * HOUR, urgent=False) == AT
    assert soon_before(AT + 1350, urgent=True) == AT


@pytest.mark.parametrize("case", VECTORS)
def test_the_examples_that_the_console_runs_too(case: dict[str, int]) -> None:
    urgent, received, now = bool(case["urgent"]), case["received"], case["now"]
    assert opening_due(received, urgent=urgent) == case["due"]
    late, soon = received <= late_before(now, urgent=urgent), received <= soon_before(now, urgent=urgent)
    assert ("late" if late else "soon" if soon else "time") == case["stands"]
