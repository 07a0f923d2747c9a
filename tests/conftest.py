"""What every test leaves behind as it found it, and what is begun first where tests run beside each other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog
from postgres_server import BOTH, on

FIRST = ("acceptance", "integration", "rules")
"""Folders of long stories: begun first, so that two workers end at about the same time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long stories first; the order within a file stays."""
    items.sort(key=lambda item: FIRST.index(item.path.parent.name) if item.path.parent.name in FIRST else len(FIRST))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever a module that says `STORES = BOTH` does, it does on both databases, unless a test names its own."""
    said = [mark for mark in metafunc.definition.iter_markers("parametrize") if "url" in mark.args[0]]
    if "url" in metafunc.fixturenames and getattr(metafunc.module, "STORES", None) == BOTH and not said:
        kinds = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
        metafunc.parametrize("url", kinds, indirect=True)


@pytest.fixture
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Address of this test's database with all tables; None for SQLite in the data folder."""
    with on(getattr(request, "param", "sqlite")) as found:
        yield found


@pytest.fixture(autouse=True)
def unconfigured_log() -> Iterator[None]:
    """A program under test may configure the log; the next test starts with none configured."""
    yield
    structlog.reset_defaults()
