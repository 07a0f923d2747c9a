"""Settings of a test's own, whatever the environment says."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The data folder of this test; commands change the umask, which is put back."""
    for name in [name for name in os.environ if name.startswith("HOPTHU_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOPTHU_DATA_DIR", str(tmp_path / "data"))
    before = os.umask(0o022)
    yield tmp_path / "data"
    os.umask(before)
