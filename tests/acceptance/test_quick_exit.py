"""Leaving in a hurry: covered at once, nothing left behind, nothing to go back to."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from people import Resident, Visit, say
from PIL import Image
from playwright.sync_api import Page, expect
from product import Product
from websockets.sync.client import connect

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
SECRET = "nha cuoi ngo canh nha van hoa"
COVERED_WITHIN = 100
"""Longest time until nothing is seen any more, in ms."""

Leave = Callable[[Page], None]


@pytest.fixture(scope="module")
def receipt(chromium, site: Product) -> str:
    """The code of a tip, for the mailbox."""
    person = Resident(chromium, site.address)
    code = at_code(person)
    person.context.close()
    return code


def at_draft(person: Resident) -> str:
    """A draft with a text and something half written."""
    person.scan(BOX).write(SECRET)
    person.sees("Đã ghi 1 phần")
    person.page.locator("#text").fill(SECRET)
    return SECRET


def at_code(person: Resident) -> str:
    """The code on the screen."""
    at_draft(person)
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    return person.receipt()


def by_button(page: Page) -> None:
    page.locator("a.exit").click(no_wait_after=True)


def by_keys(page: Page) -> None:
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def by_skip_link(page: Page) -> None:
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("leave", [by_button, by_keys, by_skip_link])
@pytest.mark.parametrize("place", ["draft", "code", "mailbox"])
def test_nothing_is_left_and_nothing_to_go_back_to(
    visit: Visit, site: Product, receipt: str, place: str, leave: Leave
) -> None:
    person = visit()
    page = person.page
    page.goto(f"{site.address}/rieng-tu")
    words = arrive(person, place, receipt)
    left: list[str] = []
    page.on("request", lambda asked: left.append(asked.url) if asked.url.endswith("/leave") else None)

    leave(page)
    expect(page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    assert len(left) == 1
    page.go_back()
    expect(page.get_by_role("heading", name=say("page-keeps"))).to_be_visible()
    page.reload()
    assert words not in page.content()
    page.go_forward()
    expect(page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    assert words not in page.content()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("caches.keys()") == []


@pytest.mark.parametrize("place", ["draft", "code", "mailbox"])
def test_nothing_is_seen_while_the_next_page_is_on_its_way(visit: Visit, receipt: str, place: str) -> None:
    person = visit()
    page = person.page
    arrive(person, place, receipt)
    page.route("**/so/18118", lambda route: route.fulfill(status=204))  # the page left stays, as on a slow line
    by_keys(page)
    assert page.evaluate("document.documentElement.innerText").strip() == ""
    assert page.evaluate("document.body.childElementCount") == 0
    assert one_colour(page.screenshot())


def arrive(person: Resident, place: str, receipt: str) -> str:
    """Go to the place; words that must not be seen afterwards."""
    if place == "draft":
        return at_draft(person)
    if place == "code":
        return f">{at_code(person)[-4:]}<"
    person.scan(BOX).go(say("btn-open"))
    person.sees(say("code-ask"))
    person.write(receipt)
    expect(person.page.locator(".status")).to_be_visible(timeout=20_000)
    return person.page.locator(".status").inner_text().splitlines()[0]


def one_colour(picture: bytes) -> bool:
    """True where a screenshot shows a plain surface."""
    with Image.open(io.BytesIO(picture)) as shot:
        return len(shot.convert("RGB").getcolors(16) or ()) == 1


def test_covered_in_the_same_frame(visit: Visit) -> None:
    person = visit()
    at_draft(person)
    person.page.route("**/so/18118", lambda route: route.fulfill(status=204))
    took, seen, typed = person.page.evaluate(
        """() => {
          const field = document.querySelector("#text");
          const before = performance.now();
          document.querySelector("a.exit").click();
          return [performance.now() - before, getComputedStyle(document.documentElement).display === "none"
            || document.body.innerText !== "", field.value];
        }"""
    )
    assert took < COVERED_WITHIN
    assert not seen
    assert typed == ""


def test_one_press_of_escape_stays(visit: Visit) -> None:
    person = visit()
    at_draft(person)
    person.page.keyboard.press("Escape")
    person.page.wait_for_timeout(1100)
    person.page.keyboard.press("Escape")
    expect(person.page.get_by_text(SECRET).first).to_be_visible()


def test_the_draft_is_gone_at_the_server_too(visit: Visit, photo: Path) -> None:
    person = visit()
    hellos: list[str | bytes] = []

    def keep(frame: str | bytes) -> None:
        hellos.append(frame)

    person.page.on("websocket", lambda line: line.on("framesent", keep))
    at_draft(person)
    person.attach(photo)
    person.sees("Đã ghi 2 phần")
    by_button(person.page)
    expect(person.page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    assert said_to(person.address, json.loads(hellos[0])["session"], "menu")["draft"] is None


def said_to(address: str, session: str, text: str) -> dict[str, Any]:
    """What the box answers to a text of this session."""
    with connect(address.replace("http", "ws") + "/chat/ws") as line:
        line.send(json.dumps({"t": "hello", "session": session}))
        line.send(json.dumps({"t": "text", "id": "text-after-leaving", "text": text}))
        while True:
            frame: dict[str, Any] = json.loads(line.recv(timeout=10))
            if frame["t"] == "say":
                return frame
