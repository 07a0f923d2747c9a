"""An installation of its own for every test that asks for one, and an officer at its desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from installation import Installation, Officer, Page, open_installation


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data") as found:
        yield found


@pytest.fixture
async def officer(box: Installation) -> Officer:
    return await Officer.enrol(box)


@pytest.fixture
async def page(box: Installation) -> Page:
    page = Page(box)
    await page.open()
    return page
