"""The pages in a real browser: axe, sizes, light and dark, keyboard alone, reloading, a network that comes and goes.

Quick exit has a file of its own.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from examine import flaws, newest_in_view
from people import DESK, Officer, Resident, Visit, say
from playwright.sync_api import Page, Route, WebSocketRoute, expect
from product import Product

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
TIP = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
SHORT_FOCUS = 60
"""More Tab stops than any page of residents has."""


def parts(page: Page) -> list[str]:
    """The person's own parts as shown."""
    return page.locator(".log > .mine:not(.chosen)").locator(".words, figcaption").all_inner_texts()


def test_the_desk_is_sound_at_every_size(officer: Officer, site: Product, visit: Visit, photo: Path) -> None:
    page = officer.page
    found: list[str] = []

    def look(step: str) -> None:
        found.extend(flaws(page, step, resident=False))
        page.set_viewport_size(DESK)

    officer.enrol(site.enrolment_link(), look=look)
    expect(page.get_by_role("searchbox")).to_be_visible(timeout=30_000)
    look("first inbox")
    sent(visit(), photo)
    page.reload()
    page.get_by_label(say("login-account")).wait_for()
    page.evaluate("delete globalThis.axe")
    look("login")
    officer.login()
    expect(officer.rows().filter(has_text="#")).not_to_have_count(0, timeout=30_000)
    expect(page.get_by_text(say("desk-opening"))).to_have_count(0, timeout=30_000)
    look("inbox")
    officer.open_first()
    expect(page.locator("form.answer textarea")).to_be_visible(timeout=20_000)
    look("thread")
    officer.ask(QUESTION)
    officer.sees(QUESTION)
    look("asked")
    assert found == []


def sent(person: Resident, photo: Path) -> str:
    """A tip with a photo; its receipt."""
    person.scan(BOX).write(TIP)
    person.sees("Đã ghi 1 phần")
    person.attach(photo)
    person.sees("Đã ghi 2 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 2 phần đến")
    person.choose(say("btn-send"))
    return person.receipt()


def test_residents_pages_are_sound_at_every_size(visit: Visit, site: Product) -> None:
    person = visit(bypass_csp=True)
    page = person.page
    found: list[str] = []
    paths = (
        f"/h/{BOX}",
        "/",
        "/?lang=en",
        "/?chu=to",
        "/so/18118",
        "/so/18118?chu=to",
        "/rieng-tu",
        "/h/khong-co",
        "/x",
    )
    for path in paths:
        page.goto(site.address + path)
        page.locator("main").wait_for()
        found += flaws(page, path)
    assert found == []


def test_the_chat_is_sound_at_every_size(visit: Visit, site: Product, photo: Path) -> None:
    person = visit(bypass_csp=True)
    page = person.page
    page.goto(f"{site.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    found = flaws(page, "greeting")
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.attach(photo)
    person.sees("Đã ghi 2 phần")
    found += flaws(page, "draft")
    person.choose(say("btn-review"))
    person.sees("Tin đang có")
    found += flaws(page, "review")
    person.choose(say("btn-back"))
    person.choose(say("btn-send"))
    person.sees("Gửi 2 phần đến")
    person.choose(say("btn-send"))
    code = person.receipt()
    found += flaws(page, "code")
    person.close_receipt()
    person.choose(say("btn-open"))
    person.sees(say("code-ask"))
    person.write(code)
    expect(page.locator(".status")).to_be_visible(timeout=20_000)
    page.get_by_text(say("page-mail-sent"), exact=True).click()
    person.sees(TIP)
    found += flaws(page, "mailbox")
    assert found == []


def test_the_guided_questions_are_sound_and_drawn(visit: Visit) -> None:
    person = visit(bypass_csp=True)
    page = person.page
    page.goto(f"{person.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-guide"))
    person.sees(say("ask-where"))
    person.choose(say("btn-skip"))
    kinds = page.get_by_text(say("ask-cat"))
    expect(page.get_by_text(say("ask-when")).or_(kinds)).to_be_visible(timeout=15_000)
    if not kinds.is_visible():
        person.choose(say("btn-skip"))
    person.sees(say("ask-cat"))
    expect(page.locator(".tile")).to_have_count(10)
    expect(page.locator(".tile svg use")).to_have_count(10)
    assert flaws(page, "kinds") == []
    person.choose(say("cat-gambling"))
    expect(page.locator(".tile")).to_have_count(0)
    person.sees("Gửi")


def test_what_matters_is_read_aloud(visit: Visit) -> None:
    person = visit().scan(BOX)
    page = person.page
    person.write(TIP)
    expect(page.get_by_role("log")).to_contain_text("Đã ghi 1 phần")
    person.context.set_offline(offline=True)
    expect(page.get_by_role("alert").filter(has_text=say("web-offline"))).to_be_visible()
    person.write("hai")
    person.context.set_offline(offline=False)
    person.sees("Đã ghi 2 phần", within=30_000)
    person.choose(say("btn-send"))
    person.sees("Gửi 2 phần đến")
    person.choose(say("btn-send"))
    expect(page.get_by_role("alert").filter(has_text=say("page-received"))).to_be_visible(timeout=20_000)
    expect(page.get_by_role("list", name=say("page-code-groups")).get_by_role("listitem")).to_have_count(6)


def test_large_text_goes_along_and_is_kept_nowhere(visit: Visit) -> None:
    person = visit().scan(BOX)
    page = person.page
    page.get_by_role("link", name=say("page-large")).click()
    expect(page.locator("html.large")).to_have_count(1)
    page.reload()
    expect(page.locator("html.large")).to_have_count(1)
    person.go(say("btn-board"))
    expect(page.locator("html.large")).to_have_count(1)
    page.go_back()
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    assert "chu=to" in page.url
    person.choose(say("page-large-off"))
    expect(page.locator("html.large")).to_have_count(0)
    assert "chu=to" not in page.url
    local, session, indexed, _, cookie = storages(page)  # the board that was visited keeps its copy
    assert (local, session, indexed, cookie) == (0, 0, 0, "")


def test_the_other_language_is_one_tap_away(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("page-language"))
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    person.page.goto(f"{person.address}/?lang=en")
    person.page.get_by_role("link", name="Numbers to call").click()
    expect(person.page.locator("html")).to_have_attribute("lang", "en")


def test_a_lost_network_is_said_on_every_page(visit: Visit) -> None:
    person = visit()
    for path, words in (("/", "web-offline"), ("/rieng-tu", "page-offline"), ("/khong-co", "page-offline")):
        person.page.goto(person.address + path)
        person.context.set_offline(offline=True)
        expect(person.page.get_by_role("alert").filter(has_text=say(words))).to_be_visible()
        person.context.set_offline(offline=False)
        expect(person.page.locator(".no-network")).to_be_hidden()


def test_who_saves_data_gets_no_fonts_and_nothing_ahead(visit: Visit) -> None:
    person = visit()
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.page.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    person.page.goto(f"{person.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    person.page.wait_for_timeout(2500)
    assert [url for url in asked if url.endswith(".woff2") or "/extras-" in url or "/deliver-" in url] == []


def test_one_message_and_two_taps_reach_received(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    assert re.fullmatch(r"\d{24}", person.receipt())
    expect(person.page.get_by_role("heading", name="ĐÃ TIẾP NHẬN")).to_be_focused()


def test_each_new_answer_comes_into_view(visit: Visit, photo: Path) -> None:
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    assert newest_in_view(person.page) == ""
    person.attach(photo)
    person.sees("Đã ghi 2 phần")
    expect(person.page.locator("figure img")).to_be_visible()
    assert newest_in_view(person.page) == ""
    person.page.set_viewport_size({"width": 640, "height": 360})
    person.page.set_viewport_size({"width": 360, "height": 640})
    assert newest_in_view(person.page) == ""
    person.choose(say("btn-send"))
    person.sees("Gửi 2 phần đến")
    assert newest_in_view(person.page) == ""
    person.choose(say("btn-send"))
    code = person.receipt()
    person.close_receipt()
    person.choose(say("btn-open"))
    person.sees(say("code-ask"))
    assert newest_in_view(person.page) == ""
    person.write(code)
    expect(person.page.locator(".status")).to_be_visible(timeout=20_000)
    assert newest_in_view(person.page) == ""
    person.write("them mot chuyen")
    person.sees("Đã ghi 1 phần bổ sung")
    assert newest_in_view(person.page) == ""
    person.choose(say("btn-send"))
    person.sees("ĐÃ TIẾP NHẬN phần bổ sung")
    assert newest_in_view(person.page) == ""
    person.choose(say("page-menu"))
    expect(person.page.get_by_role("button", name=say("btn-tip"))).to_be_visible()


def test_who_scrolls_away_is_left_there_until_the_next_answer(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.page.mouse.move(100, 300)
    person.page.mouse.wheel(0, -2000)
    person.page.wait_for_function("scrollY === 0")
    person.page.set_viewport_size({"width": 380, "height": 640})
    assert person.page.evaluate("scrollY") == 0
    person.write("them")
    person.sees("Đã ghi 2 phần")
    assert newest_in_view(person.page) == ""


def test_digits_choose_typed_or_pressed(visit: Visit) -> None:
    person = visit().scan(BOX)
    page = person.page
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.write("1")
    person.sees("Gửi 1 phần đến")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("0")
    expect(page.locator(".log > .say").last).to_contain_text("Đã ghi 1 phần")
    page.keyboard.press("1")
    expect(page.locator(".log > .say").last).to_contain_text("Gửi 1 phần đến")
    page.keyboard.press("1")
    assert len(person.receipt()) == 24


def test_keyboard_alone_reaches_received(visit: Visit) -> None:
    page = visit().scan(BOX).page
    page.keyboard.press("Tab")
    expect(page.locator("a.skip")).to_be_focused()
    tab_to(page, say("page-write-now"))
    page.keyboard.type(TIP)
    tab_to(page, say("page-add"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đã ghi 1 phần")).to_be_visible(timeout=15_000)
    tab_to(page, say("btn-send"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Gửi 1 phần đến")).to_be_visible(timeout=15_000)
    page.keyboard.press("Tab")
    assert focused(page)[0].endswith(say("btn-send"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="ĐÃ TIẾP NHẬN")).to_be_focused(timeout=20_000)
    tab_to(page, say("btn-copy"))


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of this name has the focus; every stop on the way shows that it has it."""
    for _ in range(SHORT_FOCUS):
        page.keyboard.press("Tab")
        found, ring = focused(page)
        assert ring, f"{found!r} shows no focus"
        if found.endswith(name):
            return
    raise AssertionError(f"Tab never reached {name!r}")


def focused(page: Page) -> tuple[str, bool]:
    """Name of what has the focus, and whether something around it shows so."""
    name, ring = page.evaluate(
        """() => {
          const one = document.activeElement;
          const labelled = one.labels?.[0]?.textContent;
          const ring = [one, one.closest(".field, .tool")].some(
            (box) => box && box !== document.body && getComputedStyle(box).outlineStyle === "solid");
          return [(one.ariaLabel || labelled || one.textContent).trim(), ring || one === document.body];
        }"""
    )
    return str(name), bool(ring)


def test_reloading_starts_anew_and_says_so(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.page.reload()
    person.sees(say("web-reload"))
    expect(person.page.get_by_text(TIP)).to_have_count(0)
    expect(person.page.locator(".strip")).to_have_count(0)
    assert storages(person.page) == [0, 0, 0, 0, ""]


def storages(page: Page) -> list[object]:
    """How much lies in local, session, indexed and cache storage, and the cookies."""
    found: list[object] = page.evaluate(
        """async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
                         (await caches.keys()).length, document.cookie]"""
    )
    return found


def test_a_lost_network_loses_and_doubles_nothing(visit: Visit, photo: Path) -> None:
    person = visit().scan(BOX)
    person.write("mot")
    person.sees("Đã ghi 1 phần")
    person.context.set_offline(True)
    for text in ("hai", "ba"):
        person.write(text)
    person.attach(photo)
    person.sees(say("web-offline"))
    expect(person.page.get_by_text(say("web-queued"), exact=True)).to_have_count(3)
    person.context.set_offline(False)
    person.sees("Đã ghi 4 phần", within=30_000)
    expect(person.page.get_by_text(say("web-queued"))).to_have_count(0)
    assert parts(person.page) == ["mot", "hai", "ba", "Ảnh"]
    assert reviewed(person) == ["mot", "hai", "ba", "Ảnh"]


def test_a_choice_made_without_network_says_that_it_waits(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write("mot")
    person.sees("Đã ghi 1 phần")
    person.context.set_offline(True)
    person.sees(say("web-offline"))
    person.choose(say("btn-send"))
    expect(person.page.locator(".mine.chosen").last).to_contain_text(say("web-queued"))
    person.context.set_offline(False)
    person.sees("Gửi 1 phần đến", within=30_000)


def reviewed(person: Resident) -> list[str]:
    """The parts of the draft as the box has them: the beginning of a text, or the word for a photo."""
    person.choose(say("btn-review"))
    person.sees("Tin đang có")
    lines = person.page.locator(".log > .say").last.locator("p").all_inner_texts()
    found = [re.fullmatch(r'\d+\. (?:Chữ: "(.+?)…?"|(.+))', line) for line in lines]
    return [one[1] or one[2] for one in found if one]


def test_what_was_noted_just_before_the_line_broke_is_noted_once(visit: Visit) -> None:
    person = visit()
    deaf = True

    def line(route: WebSocketRoute) -> None:
        server = route.connect_to_server()
        route.on_message(server.send)
        server.on_message(lambda frame: None if deaf and '"noted"' in str(frame) else route.send(frame))
        lines.append(route)

    lines: list[WebSocketRoute] = []
    person.page.route_web_socket(re.compile("/chat/ws"), line)
    person.scan(BOX).write("mot")
    person.sees("Đã ghi 1 phần")
    expect(person.page.get_by_role("button", name=say("page-remove-part", n=1))).to_have_count(0)
    deaf = False
    lines[0].close(code=1012)
    expect(person.page.get_by_role("button", name=say("page-remove-part", n=1))).to_be_visible(timeout=15_000)
    person.write("hai")
    person.sees("Đã ghi 2 phần")
    assert reviewed(person) == ["mot", "hai"]


def test_a_photo_the_server_cannot_take_now_is_sent_again_by_hand(visit: Visit, photo: Path) -> None:
    person = visit().scan(BOX)
    person.write("mot")
    person.sees("Đã ghi 1 phần")
    turns = iter([503])

    def busy(route: Route) -> None:
        status = next(turns, None)
        route.continue_() if status is None else route.fulfill(status=status)

    person.page.route("**/api/v1/chat/media", busy)
    person.attach(photo)
    person.sees(say("too-fast"))
    person.choose(say("page-again"))
    person.sees("Đã ghi 2 phần")
    person.page.get_by_role("button", name=say("page-remove-part", n=2)).click()
    person.sees("Đã ghi 1 phần")
    assert reviewed(person) == ["mot"]


def test_the_page_speaks_the_language_of_the_chat(visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write("english")
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    expect(person.page.get_by_role("link", name="Quick exit").last).to_be_visible()
    person.write("tiếng việt")
    expect(person.page.locator("html")).to_have_attribute("lang", "vi")
    expect(person.page.get_by_role("link", name=say("btn-exit")).last).to_be_visible()


def test_the_pages_work_without_script_down_to_the_numbers(visit: Visit, site: Product) -> None:
    context = visit().context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr] # a browser is there
    page = context.new_page()
    page.goto(f"{site.address}/h/{BOX}")
    expect(page.get_by_role("link", name="113")).to_have_attribute("href", "tel:113")
    page.get_by_role("link", name=say("btn-board")).click()
    expect(page.get_by_role("heading", name=say("page-board"))).to_be_visible()
    page.goto(f"{site.address}/chat")
    assert say("page-noscript") in page.locator("noscript").inner_text()
    context.close()
