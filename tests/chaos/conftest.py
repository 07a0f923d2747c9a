"""How much of the chaos a run goes through: `--seeds N` draws that many samples of every act's faults; 0 takes all."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=1, help="samples of faults drawn for every act; 0: every fault")


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--seeds"))
