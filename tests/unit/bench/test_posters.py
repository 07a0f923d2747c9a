"""The benchmark of posters prints what it says."""

from __future__ import annotations

import pytest

from bench import posters


def test_posters_are_printed_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posters, "QUICK", 3)
    found = {figure.key: figure.value for figure in posters.measure(quick=True).figures}
    assert found["posters_per_s"] > 0
    assert 10 < found["poster_kb"] < 500
    assert "3 posters on A4" in posters.measure(quick=True).how
