"""Bytes no key of ours sealed, before everything that reads such: only honest refusals, and nothing changed opens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fuzz.parsers import PARSERS, corpus, fed

FEED = Path(__file__).with_name("feed.py")


@pytest.mark.parametrize("name", PARSERS)
def test_honest_examples_are_read(name: str) -> None:
    """Otherwise nothing would be tried but refusals."""
    parser = PARSERS[name]
    assert parser.honest
    assert all(parser.read(one) is not None for one in parser.honest)


def test_every_parser_is_fed(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in corpus():
        fed(one)
    assert {one[0] for one in corpus()} == set(range(len(PARSERS)))


def test_bytes_no_key_sealed(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    seconds, first = request.config.getoption("--seconds"), request.config.getoption("--first")
    done = subprocess.run(
        [sys.executable, FEED, tmp_path, str(seconds), str(first)],
        check=False, capture_output=True, text=True, timeout=seconds + 300, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4_000:]
    assert "stat::number_of_executed_units" in done.stdout + done.stderr
