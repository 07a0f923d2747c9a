"""House clocks: half an hour for what is urgent, one shift for the rest."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import handlers
from handlers.clocks import SOON, opening_due, pace

VECTORS = json.loads((Path(handlers.__file__).parent / "clock_vectors.json").read_text("utf-8"))
MINUTE, HOUR = 60, 3600
AT = 1_795_316_400
"""10:00 in Vietnam."""


def test_urgent_tips_are_opened_within_half_an_hour_others_within_eight_hours() -> None:
    assert opening_due(AT, urgent=True) == AT + 30 * MINUTE
    assert opening_due(AT, urgent=False) == AT + 8 * HOUR


@pytest.mark.parametrize("case", VECTORS)
def test_the_examples_that_the_console_runs_too(case: dict[str, Any]) -> None:
    left = case["due"] - case["now"]
    soon = SOON[pace(case["clock"], urgent=case["urgent"])]
    assert ("late" if left <= 0 else "soon" if left <= soon else "time") == case["stands"]
