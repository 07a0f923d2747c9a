"""How much of the chaos a run goes through: `--seeds N` draws that many samples of every act's faults; 0 takes all.

`--piece 3/12` takes the third of twelve pieces, which together are all that was drawn: each goes over the whole
conversation, and takes every twelfth fault of an act.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seeds", type=int, default=1, help="samples of faults drawn for every act; 0: every fault")
    parser.addoption("--piece", default="1/1", help="which of how many pieces of these faults")


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--seeds"))


@pytest.fixture
def piece(request: pytest.FixtureRequest) -> slice:
    """Takes its part of a list of faults."""
    one, of = str(request.config.getoption("--piece")).split("/")
    return slice(int(one) - 1, None, int(of))
