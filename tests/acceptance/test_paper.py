"""The timeline and the signed acknowledgement in a real browser: fetched, saved, checked outside, and left nowhere."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from acceptance.test_pages import storages
from people import Resident, Visit, say
from playwright.sync_api import Browser, expect
from product import COMMAND, Product

pytestmark = pytest.mark.browser

TIP = "Có người bán ma túy ở đầu xóm"
WARNING = say("mail-proof-ask").splitlines()[0]


@pytest.fixture(scope="module")
def code(chromium: Browser, site: Product) -> str:
    """A tip was sent; its receipt."""
    person = Resident(chromium, site.address).scan("tdp4-nhl")
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    found = person.receipt()
    person.context.close()
    return found


@pytest.fixture
def reader(visit: Visit, code: str) -> Resident:
    """Somebody who opened the tip by its code."""
    person: Resident = visit().scan("tdp4-nhl")
    person.go(say("btn-open"))
    person.sees(say("code-ask"))
    person.write(code)
    person.sees(say("btn-proof"))
    return person


def checked(site: Product, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """`hopthu audit acknowledgement` outside of the browser."""
    command = [COMMAND, "audit", "acknowledgement", *words]
    return subprocess.run(command, env=site.environment(), capture_output=True, text=True, check=False)


def test_the_timeline_says_what_was_what_comes_and_what_can_be_done(reader: Resident) -> None:
    reader.choose(say("btn-timeline"))
    lines = reader.page.locator(".say.plain .timeline li")
    expect(lines).to_have_count(1)
    expect(lines).to_have_text(re.compile(rf"^\d\d/\d\d: {say('st-received')}$"))
    reader.sees(say("mail-next", next=say("next-received")))
    buttons = reader.page.locator("nav .choices button")
    offered = ("btn-timeline", "btn-proof", "btn-forget", "btn-close")
    expect(buttons).to_have_text([re.compile(say(key)) for key in offered])


def test_one_tap_takes_nothing(reader: Resident) -> None:
    reader.choose(say("btn-proof"))
    reader.sees(WARNING)
    reader.choose(say("btn-back"))
    reader.sees(say("mail-ask"))
    expect(reader.page.locator(".say.paper")).to_have_count(0)


def taken(reader: Resident) -> None:
    reader.choose(say("btn-proof"))
    reader.sees(WARNING)
    reader.choose(say("btn-proof-yes"))
    expect(reader.page.locator(".say.paper")).to_have_count(1)


def saved(reader: Resident, folder: Path) -> Path:
    with reader.page.expect_download() as coming:
        reader.choose(say("page-paper-keep"))
    assert coming.value.suggested_filename == "giay.html"
    coming.value.save_as(folder / "giay.html")
    reader.sees(say("page-paper-kept"))
    return folder / "giay.html"


def test_the_paper_is_saved_and_holds_outside(reader: Resident, site: Product, code: str, tmp_path: Path) -> None:
    taken(reader)
    file = saved(reader, tmp_path)
    page = file.read_text("utf-8")
    number = re.search(r"(?:[0-9a-f]{4} ){7}[0-9a-f]{4}", reader.page.locator(".log").inner_text())
    assert number is not None
    assert TIP not in page
    assert code not in re.sub(r"\s", "", page)
    assert number[0] not in page, "the number stands beside the paper, never in it"
    assert re.search(r"<p>Dấu kiểm: (?:[0-9a-f]{4} ){3}[0-9a-f]{4}</p>", page)
    good = checked(site, file, "--number", number[0])
    assert (good.returncode, "sent it" in good.stdout) == (0, True)
    mark = re.search(r"fingerprint ((?:[0-9a-f]{4} ?){4})", good.stdout)
    assert mark is not None
    assert mark[1].strip() in page
    letters = page.split("ACKNOWLEDGEMENT-----\n")[1]
    for place in (120, 300, len(letters) // 2):
        changed = letters[:place] + ("A" if letters[place] != "A" else "B") + letters[place + 1 :]
        (tmp_path / "other.html").write_text(page.replace(letters, changed), "utf-8")
        assert checked(site, tmp_path / "other.html").returncode in (1, 2)
    assert checked(site, file, "--number", f"{'0000 ' * 7}0000").returncode == 1
    assert checked(site, file, "--server", "ab" * 32).returncode == 1


def test_taken_again_it_is_the_same_and_the_saved_page_shows_it(
    reader: Resident, chromium: Browser, tmp_path: Path
) -> None:
    taken(reader)
    shown = reader.page.locator(".say.paper pre").text_content()
    file = saved(reader, tmp_path)
    reader.choose(say("btn-proof"))
    reader.choose(say("btn-proof-yes"))
    expect(reader.page.locator(".say.paper")).to_have_count(2)
    assert reader.page.locator(".say.paper pre").last.text_content() == shown
    other = chromium.new_page()
    other.goto(file.as_uri())
    assert other.title() == "-"
    expect(other.locator("h1")).to_have_text(say("page-paper"))
    expect(other.locator("pre")).to_have_text(shown or "")
    assert other.evaluate("document.scripts.length + document.querySelectorAll('[src],[href]').length") == 0
    other.close()


def test_the_browser_keeps_nothing_and_leaving_takes_it_away(reader: Resident) -> None:
    taken(reader)
    assert storages(reader.page) == [0, 0, 0, 0, ""]
    reader.page.keyboard.press("Escape")
    reader.page.keyboard.press("Escape")
    reader.page.wait_for_url(lambda url: "/chat" not in url)
    reader.page.go_back()
    expect(reader.page.locator(".say.paper")).to_have_count(0)


def test_in_english(reader: Resident) -> None:
    reader.choose(say("page-language"))
    reader.page.get_by_role("button", name="Get the statement of receipt").click()
    reader.page.get_by_role("button", name="Get it").click()
    expect(reader.page.locator(".say.paper h2")).to_have_text("Statement of receipt")
