"""What the benchmark of whole tips makes of what its residents saw."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import tips
from bench.residents.reading import Read
from bench.residents.writing import Seen
from bench.tips import Found, _figures
from bot.service.errors import NotAccepted
from storage.migrate import upgrade


def seen(seconds: float, tips: int, *failures: str) -> Seen:
    return Seen(seconds, [0.5] * tips, [0.2] * tips, [f"{seconds}-{tip}" for tip in range(tips)], list(failures))


def figures(found: Found) -> dict[str, float]:
    return {figure.key: figure.rounded for figure in _figures(found)}


def test_the_ratio_is_the_median_of_the_rounds_and_not_the_ratio_of_medians() -> None:
    found = Found([100.0, 50.0, 100.0], [seen(1, 50), seen(1, 40), seen(1, 60)], 150)
    said = figures(found)
    assert (said["tips_per_s"], said["argon2_per_s"], said["ratio"], said["errors"]) == (50, 100, 0.6, 0)
    assert (said["p95_ms"], said["sent_p95_ms"]) == (500, 200)


def test_whatever_is_not_as_it_was_told_is_an_error() -> None:
    assert Found([1.0], [seen(1, 10, "TimeoutError")], 10).errors == 1
    assert Found([1.0], [seen(1, 10)], 9).errors == 1
    assert Found([1.0], [seen(1, 10)], 11).errors == 1
    assert Found([1.0], [seen(1, 10)], 10, Read([0.1], 2)).errors == 2


def test_what_residents_saw_is_read_as_it_was_written() -> None:
    written = b'{"seconds": 2.0, "whole": [0.5], "sending": [0.2], "receipts": ["2.0-0"], "failures": ["OSError"]}'
    assert Seen.read(written) == seen(2.0, 1, "OSError")


class Started(Exception):
    """The product of the benchmark, with these settings."""


def started(_folder: Path, settings: dict[str, str]) -> None:
    raise Started(settings)


def test_an_installations_database_is_never_measured_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The product of a benchmark has other keys: it would erase every chat there."""
    monkeypatch.setattr(tips, "product", started)
    monkeypatch.setenv("HOPTHU_DATABASE_URL", f"sqlite:///{tmp_path}/real.sqlite3")
    with pytest.raises(Started, match=r"^\{\}$"):
        tips.measure(quick=True)


def test_only_an_empty_database_is_measured_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tips, "product", started)
    url = f"sqlite:///{tmp_path}/other.sqlite3"
    monkeypatch.setenv(tips.DATABASE, url)
    with pytest.raises(Started, match=r"other\.sqlite3"):
        tips.measure(quick=True)
    upgrade(url)
    with pytest.raises(NotAccepted, match="not empty"):
        tips.measure(quick=True)
