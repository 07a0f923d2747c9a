"""House clocks: half an hour for what is urgent, one shift for the rest; reminders on a grid that tells nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import handlers
from handlers.clocks import late_before, opening_due, reminder, soon_before

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


@pytest.mark.parametrize(
    ("urgent", "after", "moment"),
    [
        (True, 30 * MINUTE - 1, None),
        (True, 30 * MINUTE, 30 * MINUTE),
        (True, 44 * MINUTE + 59, 30 * MINUTE),
        (True, 45 * MINUTE, 45 * MINUTE),
        (False, 8 * HOUR - 1, None),
        (False, 8 * HOUR, 8 * HOUR),
        (False, 16 * HOUR - 1, 8 * HOUR),
        (False, 16 * HOUR, 16 * HOUR),
    ],
)
def test_the_last_reminder_up_to_now(urgent: bool, after: int, moment: int | None) -> None:
    found = reminder(AT, urgent=urgent, now=AT + after)
    assert found == (None if moment is None else AT + moment)


def test_what_is_not_urgent_is_told_on_the_quarter_of_an_hour() -> None:
    assert reminder(AT + 60, urgent=False, now=AT + 9 * HOUR) == AT + 8 * HOUR + 15 * MINUTE
    assert reminder(AT + 60, urgent=False, now=AT + 8 * HOUR + 60) is None


@pytest.mark.parametrize("case", VECTORS)
def test_the_examples_that_the_console_runs_too(case: dict[str, int]) -> None:
    urgent, received, now = bool(case["urgent"]), case["received"], case["now"]
    assert opening_due(received, urgent=urgent) == case["due"]
    late, soon = received <= late_before(now, urgent=urgent), received <= soon_before(now, urgent=urgent)
    assert ("late" if late else "soon" if soon else "time") == case["stands"]
