"""People of the stories: a resident at the web chat, an officer at the console. They do what a person sees and taps."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bot.service.texts import Catalogue

TEXTS = Catalogue(Path(__file__).resolve().parents[1] / "locales")
PHONE: ViewportSize = {"width": 360, "height": 640}
DESK: ViewportSize = {"width": 1280, "height": 800}


def say(key: str, **args: str | int) -> str:
    """A text of the Vietnamese catalogue."""
    return TEXTS.say("vi", key, args)


class Person:
    """Somebody with a browser of their own, before the page at `address`."""

    def __init__(self, browser: Browser, address: str, screen: ViewportSize, *, bypass_csp: bool = False) -> None:
        self.context = browser.new_context(viewport=screen, locale="vi-VN", bypass_csp=bypass_csp)
        self.page: Page = self.context.new_page()
        self.address = address

    def sees(self, text: str, *, within: float = 15_000) -> None:
        expect(self.page.get_by_text(text).last).to_be_visible(timeout=within)


class Resident(Person):
    """Somebody with a phone, or another screen."""

    def __init__(
        self, browser: Browser, address: str, screen: ViewportSize = PHONE, *, bypass_csp: bool = False
    ) -> None:
        super().__init__(browser, address, screen, bypass_csp=bypass_csp)

    def scan(self, box: str) -> Resident:
        """Open the page of a box's QR code."""
        self.page.goto(f"{self.address}/h/{box}")
        return self

    def write(self, text: str) -> None:
        field = self.page.get_by_role("textbox").last
        field.fill(text)
        self.page.locator("form button[type=submit]:visible").last.click()

    def choose(self, label: str) -> None:
        self.page.get_by_role("button", name=re.compile(re.escape(label))).last.click()

    def go(self, door: str) -> None:
        """One of the start page's doors."""
        self.page.get_by_role("link", name=re.compile(re.escape(door))).click()

    def attach(self, photo: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(photo)

    def close_receipt(self) -> None:
        """Type the last four digits, then close."""
        last = self.page.locator(".cells li").last.inner_text()
        self.page.locator("#four").fill(last)
        self.page.get_by_role("button", name=say("btn-copied")).click()
        self.sees(say("code-check-ok"))
        self.page.get_by_role("button", name=say("btn-close")).click()

    def receipt(self) -> str:
        """The 24 digits on the card."""
        cells = self.page.locator(".cells li")
        expect(cells).to_have_count(6, timeout=20_000)
        return "".join(cells.all_inner_texts())


Visit = Callable[..., Resident]
"""Makes another resident; keywords as for `Resident`."""


class Officer(Person):
    """Somebody at the ward's desk."""

    def __init__(self, browser: Browser, address: str, *, bypass_csp: bool = False) -> None:
        super().__init__(browser, address, DESK, bypass_csp=bypass_csp)
        self.phrase = ""
        self.account = "trucban1"

    def enrol(self, link: str, account: str = "trucban1", look: Callable[[str], None] = lambda _: None) -> None:
        """Every step of the enrolment, up to the inbox; `look` is told of each step shown."""
        page, self.account = self.page, account
        page.goto(link)
        page.get_by_role("button", name=say("enrol-begin")).wait_for()
        look("link")
        page.get_by_role("button", name=say("enrol-begin")).click()
        page.get_by_label(say("login-account")).fill(account)
        words = page.locator("ol.phrase li")
        expect(words).to_have_count(5)
        look("phrase")
        self.phrase = " ".join(words.all_inner_texts())
        page.get_by_role("button", name=say("enrol-phrase-next")).click()
        page.get_by_label(say("enrol-repeat-label")).fill(self.phrase)
        look("repeat")
        page.get_by_role("button", name=say("enrol-repeat-next")).click()
        recovery = page.locator("ol.recovery li")
        expect(recovery).to_have_count(24, timeout=20_000)
        look("words")
        words24 = recovery.all_inner_texts()
        page.get_by_role("button", name=say("enrol-words-next")).click()
        for n in (3, 8):
            page.get_by_label(say("enrol-check-word", n=n)).fill(words24[n - 1])
        look("check")
        page.get_by_role("button", name=say("enrol-check-next")).click()
        page.get_by_role("button", name=say("enrol-digits-next")).wait_for(timeout=20_000)
        look("digits")
        page.get_by_role("button", name=say("enrol-digits-next")).click(timeout=20_000)

    def login(self) -> None:
        page = self.page
        page.get_by_label(say("login-account")).fill(self.account)
        page.get_by_label(say("login-passphrase")).fill(self.phrase)
        page.get_by_role("button", name=say("login-open")).click()

    def rows(self) -> Locator:
        return self.page.locator("table.tips tbody tr")

    def at_desk(self) -> None:
        """The list is there, whatever it holds."""
        expect(self.page.get_by_role("searchbox")).to_be_visible(timeout=30_000)

    def home(self) -> None:
        """To a list loaded anew, from a thread or the list itself."""
        if not self.page.get_by_role("searchbox").is_visible():
            self.page.get_by_role("button", name=re.compile("◂ " + say("desk-tips"))).click()
            self.at_desk()
        every = self.page.get_by_role("button", name=say("desk-filter-all"), exact=True)
        with self.page.expect_response(re.compile("/tips\\?")):
            every.click()

    def row(self, number: str) -> Locator:
        """The row of the tip with this number."""
        return self.rows().filter(has=self.page.get_by_role("link", name=number, exact=True))

    def row_with(self, text: str) -> Locator:
        """The row of a tip opened before, by its first words."""
        return self.rows().filter(has_text=text[:30])

    def open_with(self, text: str) -> None:
        """Look through the list for the tip with these words, opening one after the other."""
        if self.row_with(text).count():
            self.row_with(text).first.get_by_role("link").click()
            self.sees(text)
            return
        expect(self.rows().first).to_be_visible(timeout=30_000)
        links = self.rows().get_by_role("link")
        for tip in [link.get_attribute("data-tip") for link in links.all()]:  # its number may change meanwhile
            self.page.locator(f'a[data-tip="{tip}"]').click()
            expect(self.page.get_by_text(say("desk-opening"))).to_have_count(0, timeout=20_000)
            expect(self.page.locator(".entries .entry").first).to_be_visible(timeout=20_000)
            if self.page.locator(".entries").get_by_text(text).count():
                return
            self.home()
        raise AssertionError(f"no tip says {text!r}")

    def open_first(self) -> None:
        self.rows().first.get_by_role("link").click()

    def open_photo(self) -> None:
        """Tap the first photo and see it drawn."""
        self.page.locator("button.thumb").first.click()
        expect(self.page.locator("canvas").first).to_be_visible(timeout=20_000)

    def ask(self, text: str) -> None:
        page = self.page
        page.locator("form.answer textarea").fill(text)
        page.locator("form.answer button[type=submit]").click()
