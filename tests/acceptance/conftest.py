"""One browser and one installation a module; whoever visits it is watched for requests that leave this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
from alley import draw_alley
from people import Officer, Person, Resident, Visit
from playwright.sync_api import Browser
from product import Product

from bench.browser import browser

P = TypeVar("P", bound=Person)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """An installation shared by the tests of a module."""
    product = Product(tmp_path_factory.mktemp("site"))
    try:
        yield product.start()
    finally:
        product.kill()


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """An installation of this test's own."""
    product = Product(tmp_path)
    try:
        yield product.start()
    finally:
        product.kill()


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_alley(tmp_path_factory.mktemp("photo") / "anh-ngo-toi.jpg")


@pytest.fixture
def visit(chromium: Browser, site: Product) -> Iterator[Visit]:
    """Makes residents. Afterwards: not one of their requests went elsewhere, and no page broke a rule of its own."""
    with ExitStack() as stack:
        yield lambda **how: watched(Resident(chromium, site.address, **how), site, stack)


@pytest.fixture(scope="module")
def officer(chromium: Browser, site: Product) -> Iterator[Officer]:
    """The officer of the shared installation, not enrolled yet; watched in the same way."""
    with ExitStack() as stack:
        yield watched(Officer(chromium, site.address, bypass_csp=True), site, stack)


def watched(person: P, site: Product, stack: ExitStack) -> P:
    """The person; when the stack closes, requests elsewhere and rules broken by a page fail the test."""
    asked: list[str] = []
    complaints: list[str] = []
    person.context.on("request", lambda request: asked.append(request.url))
    person.context.on(
        "console", lambda said: complaints.append(said.text) if "Content Security Policy" in said.text else None
    )
    person.context.on("weberror", lambda error: complaints.append(str(error.error)))

    def judge() -> None:
        person.context.close()
        elsewhere = [url for url in asked if urlsplit(url).scheme not in ("blob", "data", "about")]
        assert {urlsplit(url).netloc for url in elsewhere} <= {urlsplit(site.address).netloc}
        assert complaints == []

    stack.callback(judge)
    return person
