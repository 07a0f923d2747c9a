"""All benchmarks run apart: one that fails is named with its reason, and the others go on."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest

from bench import whole
from bench.figures import Figure, Measured, as_json

FINE = Measured("fine", "So.", (Figure("ratio", 1.0, "", "one"),))


def test_one_that_fails_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        asked.append(command[command.index("bench") + 1 :])
        if "poor" in command:
            return subprocess.CompletedProcess(command, 1, "", "a warning\nhopthu: this needs Chromium\n")
        return subprocess.CompletedProcess(command, 0, whole.json.dumps(as_json([FINE])), "")

    monkeypatch.setattr(whole.subprocess, "run", run)
    assert whole.measure_each(["poor", "fine"], quick=True) == ([FINE], {"poor": "this needs Chromium"})
    assert asked == [["poor", "--json", "--quick"], ["fine", "--json", "--quick"]]
