"""How large a run is, and where its table goes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash.nursery import Nursery
from crash.tally import Tally, page, table

ROUNDS, SEED = 60, 20261122
TALLIES = pytest.StashKey[list[Tally]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rounds", type=int, default=ROUNDS, help="power cuts in all, half of them on each store")
    parser.addoption("--seed", type=int, default=SEED, help="what the instants are drawn from")
    parser.addoption("--minutes", type=float, default=math.inf, help="begin no further installation after so long")
    parser.addoption("--table", type=Path, help="write what was found to this file, as a page")
    parser.addoption("--commit", default="unknown", help="the product's commit, for that page")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TALLIES] = []
    config.pluginmanager.register(Collecting(config.stash[TALLIES]))


class Collecting:
    """Takes the tallies out of the tests' reports: a test may have run in a process of its own."""

    def __init__(self, tallies: list[Tally]) -> None:
        self._tallies = tallies

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self._tallies += [Tally.read(str(value)) for name, value in report.user_properties if name == "tally"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """The table, whatever became of the tests."""
    tallies = sorted(config.stash[TALLIES], key=lambda tally: tally.store, reverse=True)
    if not tallies or hasattr(config, "workerinput"):
        return
    terminalreporter.write_line(table(tallies))
    if (file := config.getoption("--table")) is not None:
        file.write_text(page(tallies, commit=config.getoption("--commit"), seed=config.getoption("--seed")), "utf-8")


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    with Nursery() as found:
        yield found


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What this test finds on the store in its name."""
    yield (found := Tally())
    request.node.user_properties.append(("tally", found.written()))
