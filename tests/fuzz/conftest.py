"""How much is tried, and from which seed: the same seed tries the same things, on any machine and at any hour."""

from __future__ import annotations

import pytest

MUTATIONS = 2_000
EXAMPLES = 20
SECONDS = 10


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutations", type=int, default=MUTATIONS, help="bent updates, frames and bodies, together")
    parser.addoption("--examples", type=int, default=EXAMPLES, help="conversations made up against the model")
    parser.addoption("--seconds", type=int, default=SECONDS, help="how long the parsers of sealed bytes are fed")
    parser.addoption("--first", type=int, default=1, help="the seed; another one tries other things")


@pytest.fixture
def mutations(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--mutations"))


@pytest.fixture
def first(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--first"))
