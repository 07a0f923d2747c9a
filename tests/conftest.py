"""What every test leaves behind as it found it, and what is begun first where tests run beside each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog

KILLS = 3
"""How often the power goes in a run that does not say; `make crash` says more."""
FIRST = ("acceptance", "integration", "rules")
"""Folders of long stories: begun first, so that two workers end at about the same time."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=KILLS, help="how often the product is killed in the kill test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long stories first; the order within a file stays."""
    items.sort(key=lambda item: FIRST.index(item.path.parent.name) if item.path.parent.name in FIRST else len(FIRST))


@pytest.fixture(autouse=True)
def unconfigured_log() -> Iterator[None]:
    """A program under test may configure the log; the next test starts with none configured."""
    yield
    structlog.reset_defaults()
