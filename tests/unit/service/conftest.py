"""An installation of its own for every test that asks for one, and an officer at its desk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from installation import Installation, Officer, Page, Person, Telegram, open_installation


@pytest.fixture
async def box(tmp_path: Path, url: str | None) -> AsyncIterator[Installation]:
    async with open_installation(tmp_path / "data", url=url) as found:
        yield found


@pytest.fixture
async def officer(box: Installation) -> Officer:
    return await Officer.enrol(box)


@pytest.fixture
async def page(box: Installation) -> Page:
    page = Page(box)
    await page.open()
    return page


@pytest.fixture(params=["web", "telegram"])
async def person(request: pytest.FixtureRequest, box: Installation) -> Person:
    """Somebody on each channel in turn."""
    if request.param == "telegram":
        return Telegram(box, 7)
    page = Page(box)
    await page.open()
    return page
