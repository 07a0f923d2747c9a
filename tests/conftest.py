"""What every test leaves behind as it found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def unconfigured_log() -> Iterator[None]:
    """A program under test may configure the log; the next test starts with none configured."""
    yield
    structlog.reset_defaults()
