"""One served product a test, with people at both ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from integration.served import ChatPage, DeskBrowser, Served, serve_product
from integration.shell import Shell, installed


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serve_product(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def page(served: Served) -> AsyncIterator[ChatPage]:
    async with ChatPage(served) as found:
        yield found


@pytest.fixture
async def desk(served: Served) -> AsyncIterator[DeskBrowser]:
    """An officer, enrolled and logged in."""
    async with DeskBrowser(served) as found:
        assert (await found.enrol()).status_code == 200
        assert (await found.login()).status_code == 200
        yield found


@pytest.fixture
def shell(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    return Shell(tmp_path, capsys, monkeypatch)


@pytest.fixture
def real(shell: Shell) -> Shell:
    """A real installation whose authority lies in `usb`, with its first sheet in force."""
    return installed(shell)
