"""Voice, films, files and a place from the web chat: told before, seen before, sent once, given up, gone at exit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from examine import flaws, newest_in_view
from films import write_film, write_paper
from people import Resident, Visit, say
from playwright.sync_api import Browser, Locator, Route, expect
from product import Product

from bench.browser import SPEAKING, browser

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
MEDIA = "**/api/v1/chat/media"
HERE = {"latitude": 18.532104, "longitude": 105.704499, "accuracy": 21.0}
SECONDS = re.compile(r"^0:0[1-9]$")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser with a microphone, in place of the shared one."""
    with browser(*SPEAKING) as running:
        yield running


@pytest.fixture
def person(visit: Visit) -> Resident:
    """Somebody at the greeting who allows microphone and place when asked."""
    person = visit()
    person.context.grant_permissions(["microphone", "geolocation"], origin=person.address)
    person.context.set_geolocation(HERE)
    person.page.goto(f"{person.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    return person


def own(person: Resident) -> Locator:
    """The person's own parts as shown."""
    return person.page.locator(".log > .mine:not(.chosen)")


def keeps(held: list[Route]) -> Callable[[Route], None]:
    """Answers no request: it is kept for the test to go on with."""

    def keep(route: Route) -> None:
        held.append(route)

    return keep


def record(person: Resident) -> None:
    """A recording of a second or two, ready to be heard."""
    person.choose(say("btn-mic"))
    expect(person.page.locator(".recording b")).to_have_text(SECONDS, timeout=10_000)
    person.choose(say("btn-mic-stop"))
    expect(person.page.get_by_role("button", name=say("page-voice-play"))).to_be_visible()


def test_a_recording_is_heard_before_it_is_added(person: Resident) -> None:
    record(person)
    person.choose(say("page-voice-play"))
    expect(person.page.get_by_role("button", name=say("page-voice-pause"))).to_be_visible()
    person.choose(say("page-into-tip"))
    person.sees("Đã ghi 1 phần")
    person.sees("Đã ghi giọng nói")
    expect(own(person)).to_contain_text("Ghi âm")
    assert newest_in_view(person.page) == ""
    person.page.get_by_role("button", name=say("page-remove-part", n=1)).click()
    expect(own(person)).to_have_count(0)


def test_a_recording_dropped_is_sent_nowhere(person: Resident) -> None:
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    record(person)
    person.choose(say("page-remove"))
    expect(person.page.locator(".panel")).to_have_count(0)
    expect(person.page.get_by_role("button", name=say("btn-mic"))).to_be_focused()
    assert [url for url in asked if "/api/" in url] == []


def test_the_start_page_records_at_one_tap_and_takes_along_what_is_written(visit: Visit) -> None:
    person = visit(bypass_csp=True)
    person.context.grant_permissions(["microphone"], origin=person.address)
    page = person.scan(BOX).page
    page.get_by_role("textbox").fill("Ngay sau nhà văn hóa")
    assert flaws(page, "start page with words") == []
    page.get_by_role("button", name=say("btn-mic")).click()
    expect(page.locator(".recording b")).to_have_text(SECONDS, timeout=10_000)
    person.choose(say("btn-mic-stop"))
    person.choose(say("page-into-tip"))
    person.sees("Đã ghi 2 phần")
    expect(own(person).first).to_contain_text("Ngay sau nhà văn hóa")


def test_a_refused_microphone_is_said_in_words(visit: Visit) -> None:
    person = visit()
    person.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    person.page.goto(f"{person.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    person.choose(say("btn-mic"))
    expect(person.page.get_by_role("alert").filter(has_text=say("web-mic-denied"))).to_be_visible()


def test_leaving_ends_a_recording_at_once(person: Resident) -> None:
    person.page.evaluate(
        """() => {
          const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = async (asked) => (globalThis.heard = await open(asked));
        }"""
    )
    person.choose(say("btn-mic"))
    expect(person.page.locator(".recording b")).to_have_text(SECONDS, timeout=10_000)
    person.page.route("**/so/18118", lambda route: route.fulfill(status=204))  # the page left stays, as on a slow line
    person.page.keyboard.press("Escape")
    person.page.keyboard.press("Escape")
    assert person.page.evaluate("heard.getTracks().map((track) => track.readyState)") == ["ended"]
    assert person.page.evaluate("document.body.childElementCount") == 0


def test_a_place_is_asked_for_after_a_tap_and_shown_before_it_is_added(person: Resident) -> None:
    page = person.page
    page.evaluate(
        """() => {
          globalThis.asked = 0;
          const find = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
          navigator.geolocation.getCurrentPosition = (...how) => { asked += 1; find(...how); };
        }"""
    )
    person.choose(say("btn-photo"))
    person.choose(say("page-add-place"))
    person.sees(say("page-place-how"))
    assert page.evaluate("asked") == 0
    person.choose(say("page-place-ask"))
    person.sees("18.53210, 105.70450")
    expect(own(person)).to_have_count(0)
    person.choose(say("page-into-tip"))
    person.sees("Đã ghi 1 phần")
    expect(own(person)).to_contain_text("18.53210, 105.70450")


def test_several_photos_a_film_and_a_paper_become_parts(person: Resident, photo: Path, tmp_path: Path) -> None:
    person.page.locator("input[type=file]").set_input_files(
        [photo, photo, write_film(tmp_path / "phim.mp4"), write_paper(tmp_path / "don.pdf")]
    )
    person.sees("Đã ghi 4 phần", within=60_000)
    for words in ("Ảnh", "Video", "Tệp"):
        expect(own(person).filter(has_text=words).first).to_contain_text(say("web-saved"))
    expect(person.page.locator(".mine img")).to_have_count(2)
    assert newest_in_view(person.page) == ""


def test_what_is_too_large_is_told_before_a_byte_is_sent(person: Resident) -> None:
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.choose(say("btn-photo"))
    person.sees(say("page-limit", limit=20))
    person.sees(say("page-limit", limit=200))
    person.page.locator("input[type=file]").evaluate(
        """(field) => {
          const files = new DataTransfer();
          files.items.add(new File([new ArrayBuffer(20_000_001)], "to.jpg", {type: "image/jpeg"}));
          field.files = files.files;
          field.dispatchEvent(new Event("change", {bubbles: true}));
        }"""
    )
    person.sees(say("too-big-here", here=20))
    assert [url for url in asked if "/api/" in url] == []


def test_a_network_lost_in_the_middle_sends_each_part_once(person: Resident, photo: Path) -> None:
    for text in ("mot", "hai"):
        person.write(text)
    person.sees("Đã ghi 2 phần")
    cut = iter([True])

    def line(route: Route) -> None:
        if next(cut, False):
            person.context.set_offline(offline=True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    person.page.route(MEDIA, line)
    person.attach(photo)
    person.write("ba")
    person.sees(say("web-offline"))
    expect(person.page.get_by_text(say("web-queued"), exact=True)).to_have_count(2)
    person.context.set_offline(offline=False)
    person.sees("Đã ghi 4 phần", within=30_000)
    assert reviewed(person) == ["ba", "hai", "mot", "Ảnh"]


def test_a_server_that_dies_meanwhile_notes_each_part_once(chromium: Browser, photo: Path, tmp_path: Path) -> None:
    product = Product(tmp_path / "own").start()
    person = Resident(chromium, product.address).scan(BOX)
    try:
        person.write("mot")
        person.sees("Đã ghi 1 phần")
        product.kill()
        person.write("hai")
        person.attach(photo)
        person.write("ba")
        person.sees(say("web-offline"))
        product.start()
        person.sees("Đã ghi 4 phần", within=60_000)
        assert reviewed(person) == ["ba", "hai", "mot", "Ảnh"]
    finally:
        person.context.close()
        product.kill()


def reviewed(person: Resident) -> list[str]:
    """What the review lists, in any order."""
    person.choose(say("btn-review"))
    person.sees("Tin đang có")
    lines = person.page.locator(".log > .say").last.locator("p").all_inner_texts()
    return sorted(re.findall(r"(mot|hai|ba|Ảnh)", "\n".join(lines)))


def test_an_answer_lost_after_storing_makes_no_second_part(person: Resident, photo: Path) -> None:
    lost = iter([True])

    def line(route: Route) -> None:
        if next(lost, False):
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    person.page.route(MEDIA, line)
    person.attach(photo)
    person.sees("Đã ghi 1 phần")
    person.write("them")
    person.sees("Đã ghi 2 phần")
    expect(own(person)).to_have_count(2)


def test_sending_is_given_up_when_asked(person: Resident, photo: Path) -> None:
    person.page.route(MEDIA, lambda _: None)  # never answered
    person.attach(photo)
    person.page.get_by_role("button", name=say("page-stop-part", n=1)).click()
    expect(own(person)).to_have_count(0)
    person.page.unroute(MEDIA)
    person.attach(photo)
    person.sees("Đã ghi 1 phần")


def test_sending_waits_for_files_in_line_and_happens_by_itself(person: Resident, photo: Path) -> None:
    """Only the page knows of the second photo: it has not begun to arrive when the person sends."""
    held: list[Route] = []
    person.write("mot")
    person.sees("Đã ghi 1 phần")
    person.page.route(MEDIA, keeps(held))
    person.page.locator("input[type=file]").set_input_files([photo, photo])
    expect(own(person)).to_have_count(3)
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    person.sees(say("send-wait"))
    with person.page.expect_request(MEDIA):
        held[0].continue_()
    person.sees("Gửi 2 phần đến")
    expect(person.page.locator(".cells li")).to_have_count(0)
    held[1].continue_()
    code = person.receipt()
    person.close_receipt()
    person.write(code)
    expect(person.page.locator("details.folded li")).to_have_count(3)


def test_a_file_not_taken_stops_the_sending_that_waited_for_it(person: Resident, photo: Path) -> None:
    held: list[Route] = []
    person.write("mot")
    person.sees("Đã ghi 1 phần")
    person.page.route(MEDIA, keeps(held))
    person.attach(photo)
    expect(own(person)).to_have_count(2)
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    person.sees(say("send-wait"))
    held[0].fulfill(status=422)
    person.sees(say("media-bad"))
    person.choose(say("btn-send"))
    person.receipt()


def test_every_panel_is_sound_at_every_size(visit: Visit) -> None:
    person = visit(bypass_csp=True)
    person.context.grant_permissions(["microphone", "geolocation"], origin=person.address)
    person.context.set_geolocation(HERE)
    page = person.page
    page.goto(f"{person.address}/chat?h={BOX}")
    person.sees(say("menu-ask"))
    person.choose(say("btn-photo"))
    person.sees(say("page-add-place-how"))
    found = flaws(page, "attaching")
    person.choose(say("page-add-place"))
    person.choose(say("page-place-ask"))
    person.sees("18.53210, 105.70450")
    found += flaws(page, "a place")
    person.choose(say("page-into-tip"))
    person.choose(say("btn-mic"))
    expect(page.locator(".recording b")).to_have_text(SECONDS, timeout=10_000)
    found += flaws(page, "recording")
    person.choose(say("btn-mic-stop"))
    expect(page.get_by_role("button", name=say("page-voice-play"))).to_be_visible()
    found += flaws(page, "recorded")
    assert found == []


def test_the_chats_document_alone_may_hear_and_find(visit: Visit, site: Product) -> None:
    page = visit().page
    allowed = "['microphone', 'geolocation', 'camera'].map((one) => document.featurePolicy.allowsFeature(one))"
    for path, wanted in (("/chat", [True, True, False]), (f"/h/{BOX}", [True, True, False])):
        page.goto(site.address + path)
        assert page.evaluate(allowed) == wanted, path
    for path in ("/so/18118", "/rieng-tu", "/desk"):
        page.goto(site.address + path)
        assert page.evaluate(allowed) == [False, False, False], path
