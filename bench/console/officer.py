"""An officer at his desk, in a browser: he does what a person sees and taps, and the page is timed."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.run.config import PROJECT
from bot.service.texts import Catalogue

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

PAGE = Path(__file__).with_name("page")
SCREEN: ViewportSize = {"width": 1280, "height": 800}
ACCOUNT = "trucban1"
LONGEST = 600_000
"""Milliseconds a page may take for anything: nothing here passes or fails by time."""
BETWEEN_KEYS = 100
"""Milliseconds from one key to the next: a quick typist's."""
LOOKS = 300
"""How often, so far apart, a page is looked at for what it must show."""


class Heap(NamedTuple):
    """Bytes that the scripts of a page and of its workers hold, and nodes of its documents."""

    held: float
    nodes: float


@cache
def _say(key: str) -> str:
    return Catalogue(PROJECT / "locales").say("vi", key, {})


class Officer:
    """Somebody at the ward's desk, with a browser profile of his own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport=SCREEN, locale="vi-VN")
        self.context.set_default_timeout(LONGEST)
        self.context.add_init_script(path=PAGE / "watch.js")
        self.page: Page = self.context.new_page()
        self._address = address
        self._phrase = ""

    def _press(self, key: str) -> None:
        self.page.get_by_role("button", name=_say(key)).click()

    def enrol(self, link: str) -> None:
        """Every step of the enrolment, up to the empty list."""
        self.page.goto(link)
        self._press("enrol-begin")
        self.page.get_by_label(_say("login-account")).fill(ACCOUNT)
        words = self.page.locator("ol.phrase li")
        words.nth(4).wait_for()
        self._phrase = " ".join(words.all_inner_texts())
        self._press("enrol-phrase-next")
        self.page.get_by_label(_say("enrol-repeat-label")).fill(self._phrase)
        self._press("enrol-repeat-next")
        recovery = self.page.locator("ol.recovery li")
        recovery.nth(23).wait_for()
        recovered = recovery.all_inner_texts()
        self._press("enrol-words-next")
        for place in self.page.locator("input").all():
            label = place.evaluate("field => field.labels[0].innerText")
            place.fill(recovered[int(re.findall(r"\d+", label)[0]) - 1])
        self._press("enrol-check-next")
        self._press("enrol-digits-next")
        self.page.get_by_role("searchbox").wait_for()

    def log_in(self) -> tuple[float, int]:
        """On a page loaded anew: milliseconds from keys unlocked to a list opened as far as it is seen; its rows."""
        self.page.goto(f"{self._address}/desk")
        self.page.get_by_label(_say("login-account")).fill(ACCOUNT)
        self.page.get_by_label(_say("login-passphrase")).fill(self._phrase)
        self._press("login-open")
        took, rows = self.page.evaluate("noted.seen")
        return float(took), int(rows)

    def leave(self) -> None:
        """Ends everything this officer's page does."""
        self.page.goto("about:blank")

    def until_all_read(self, count: int) -> None:
        """Waits until the search looks through so many tips."""
        self._find("b")
        self.page.locator(".found", has_text=f" {count:,} ".replace(",", ".")).wait_for()
        self._find("")

    def _find(self, text: str) -> None:
        self.page.get_by_role("searchbox").fill(text)

    def search(self, question: str) -> list[float]:
        """Types a question; milliseconds from each key press until what it found was drawn."""
        self._find("")
        self.page.get_by_role("searchbox").press_sequentially(question, delay=BETWEEN_KEYS)
        return [float(one) for one in self.page.evaluate("noted.drawn()")]

    def finds(self, question: str, count: int) -> bool:
        """Whether a search says, in the end, that it found so many tips."""
        self._find(question)
        said = self.page.locator(".found", has_text=re.compile(rf"^{count} "))
        for _ in range(LOOKS):
            if said.count():
                self._find("")
                return True
            self.page.wait_for_timeout(BETWEEN_KEYS)
        return False

    def heap(self) -> Heap:
        """What the page holds once all it does not need is let go."""
        tools = self.context.new_cdp_session(self.page)
        try:
            tools.send("Performance.enable")
            for _ in range(3):
                tools.send("HeapProfiler.collectGarbage")
            told = {one["name"]: one["value"] for one in tools.send("Performance.getMetrics")["metrics"]}
            return Heap(float(told["JSHeapUsedSize"]) + self._held_by_workers(tools), float(told["Nodes"]))
        finally:
            tools.detach()

    def _held_by_workers(self, tools: CDPSession) -> float:
        """Bytes that the page's workers hold, each asked by way of the page, once all it does not need is let go."""
        sessions: list[str] = []
        told: list[dict[str, Any]] = []
        tools.on("Target.attachedToTarget", lambda event: sessions.append(event["sessionId"]))
        tools.on("Target.receivedMessageFromTarget", lambda event: told.append(json.loads(event["message"])))
        tools.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
        for number, method in enumerate(("HeapProfiler.collectGarbage", "Runtime.getHeapUsage")):
            for session in sessions:
                message = json.dumps({"id": number, "method": method})
                tools.send("Target.sendMessageToTarget", {"sessionId": session, "message": message})
        while len(held := [one["result"]["usedSize"] for one in told if one.get("id") == 1]) < len(sessions):
            self.page.wait_for_timeout(BETWEEN_KEYS)
        return float(sum(held))

    def scroll_through(self, pages: int) -> None:
        """To the end of the list, page by page, and back."""
        for key, by in (("desk-page-next", 10_000), ("desk-page-back", -10_000)):
            turn = self.page.get_by_role("button", name=_say(key))
            for _ in range(pages - 1):
                self.page.mouse.wheel(0, by)
                with self.page.expect_response(re.compile(r"/tips\?")):
                    turn.click()
                self.page.locator("table.tips .veil").first.wait_for(state="detached")
