"""The hotline board without network: the one page a device keeps, and nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from examine import flaws
from people import PHONE, say
from playwright.sync_api import Browser, BrowserContext, Page, expect
from product import Product

pytestmark = pytest.mark.browser

BOARD = "/so/18118"
KEPT = """(async () => (await Promise.all((await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat().sort())()"""
CONTROLLED = """(async () => [navigator.serviceWorker.controller !== null,
               (await navigator.serviceWorker.getRegistrations()).map((one) => new URL(one.scope).pathname)])()"""


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="vi-VN")
    try:
        yield context
    finally:
        context.close()


def kept(context: BrowserContext, product: Product) -> Page:
    """A board that was visited and kept."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
    page.goto(product.address + BOARD)
    expect(page.get_by_text(say("page-copy-kept"))).to_be_visible()
    assert complaints == []
    return page


def test_a_board_once_visited_opens_without_network(context: BrowserContext, product: Product) -> None:
    page = kept(context, product)
    expect(page.locator(".copy")).to_be_hidden()
    product.kill()
    page.goto("about:blank")
    page.goto(product.address + BOARD + "?chu=to")
    expect(page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    expect(page.get_by_text("Đang mất mạng. Đây là bản lưu ngày")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 248, 243)"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("about:blank")
    product.start()
    page.goto(product.address + BOARD)
    expect(page.locator(".copy")).to_be_hidden()


def test_a_changed_board_is_seen_at_the_next_visit_and_kept_as_it_was_last_seen(
    context: BrowserContext, product: Product
) -> None:
    page = kept(context, product)
    product.says("hotline", "add", "18118", "0239.000.0007", "--role", "Trạm y tế phường", "--hours", "24/24")
    product.says("hotline", "remove", "18118", "0239 000 0002")
    page.goto(product.address + BOARD)
    expect(page.get_by_text("0239 000 0007")).to_be_visible()
    expect(page.get_by_text(say("page-copy-kept"))).to_be_visible()
    product.kill()
    page.goto("about:blank")
    page.goto(product.address + BOARD)
    expect(page.locator(".copy")).to_be_visible()
    call = page.get_by_role("link", name=say("page-call-of", role="Trạm y tế phường", number="0239 000 0007"))
    expect(call).to_have_attribute("href", "tel:+842390000007")
    expect(page.get_by_role("link", name="113")).to_have_attribute("href", "tel:113")
    expect(page.get_by_text("0239 000 0002")).to_have_count(0)
    expect(page.get_by_text(say("page-caller"))).to_be_visible()


def test_nothing_but_the_board_is_kept_or_answered_for(context: BrowserContext, product: Product) -> None:
    page = kept(context, product)
    paths = page.evaluate(KEPT)
    assert BOARD in paths
    assert {path for path in paths if not path.startswith("/assets/")} == {BOARD, "/pictograms.svg"}
    for path in ("/", "/h/tdp4-nhl", "/chat", "/rieng-tu", "/desk", "/so/181", "/khong-co"):
        page.goto(product.address + path)
        assert page.evaluate(CONTROLLED) == [False, [BOARD]], path
    assert page.evaluate(KEPT) == paths


def test_the_copy_is_erased_when_asked(context: BrowserContext, product: Product) -> None:
    page = kept(context, product)
    page.get_by_role("button", name=say("page-copy-drop")).click()
    expect(page.get_by_text(say("page-copy-dropped"))).to_be_visible()
    assert page.evaluate(KEPT) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_who_comes_by_quick_exit_keeps_no_copy(context: BrowserContext, product: Product) -> None:
    page = context.new_page()
    page.goto(f"{product.address}/chat")
    page.locator("a.exit").click(no_wait_after=True)
    expect(page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(KEPT) == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_the_copy_is_sound_at_every_size(chromium: Browser, product: Product) -> None:
    context = chromium.new_context(viewport=PHONE, locale="vi-VN", bypass_csp=True)
    page = kept(context, product)
    product.kill()
    page.reload()
    expect(page.locator(".copy")).to_be_visible()
    assert flaws(page, "the board's copy") == []
    context.close()
