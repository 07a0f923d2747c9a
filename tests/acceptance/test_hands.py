"""Keys change hands in real browsers: given, taken back, handed over, changed; who is out opens nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from acceptance.conftest import watched
from examine import flaws
from people import DESK, Officer, Resident, say
from playwright.sync_api import Browser, Locator, expect
from product import Product

from bench.console.filing import file_tips

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
TIP = "Nhà cuối ngõ cạnh nhà văn hóa tổ 4, tối nào cũng có thanh niên lạ ra vào"
ADDED = "Tối qua họ lại đến, đi hai xe"
ASKED = "Những người đó thường đến lúc mấy giờ?"
MANY = 45
"""Tips besides: with the one that is read all are on one page of the list."""
SLOW = 60_000


@dataclass
class Ward:
    """Who is at the ward's desks, and a reporter with his receipt."""

    site: Product
    first: Officer
    chief: Officer
    late: Officer
    reporter: Resident
    code: str

    def remove(self, account: str) -> None:
        """By the operator's command."""
        line = next(one for one in self.site.says("officer", "list").splitlines() if one.endswith(f" {account}"))
        self.site.says("officer", "remove", line.split()[0], "--out", str(self.site.folder / "request.json"))


def arrived(chromium: Browser, site: Product, stack: ExitStack, role: str, account: str) -> Officer:
    officer = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
    officer.enrol(site.invite(f"Đ/c {account}", role=role), account)
    officer.at_desk()
    return officer


@pytest.fixture(scope="module")
def ward(chromium: Browser, site: Product) -> Iterator[Ward]:
    with ExitStack() as stack:
        first = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
        first.enrol(site.enrolment_link())
        first.at_desk()
        file_tips(site.folder / "data", MANY, 0)
        reporter = watched(Resident(chromium, site.address), site, stack)
        code = filed(reporter)
        chief = arrived(chromium, site, stack, "chief", "truongca")
        late = arrived(chromium, site, stack, "duty", "trucban2")
        yield Ward(site, first, chief, late, reporter, code)


def filed(person: Resident) -> str:
    person.scan(BOX).write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    return person.receipt()


def newest(officer: Officer, *, alone: bool = False) -> None:
    """Opens the tip that the resident filed: one read here, else the last of the list or the one that he can open."""
    if officer.page.locator("main.hands").count():
        officer.page.locator("nav.rail").get_by_role("link", name=re.compile(say("desk-tips"))).click()
        officer.at_desk()
    officer.home()
    expect(officer.rows()).to_have_count(MANY + 1)
    known = officer.row_with(TIP)
    shut = re.compile("|".join(map(re.escape, (say("desk-badkey"), say("desk-only-recovery")))))
    other = officer.rows().filter(has_not_text=shut).first if alone else officer.rows().last
    row = known.first if known.count() else other
    row.get_by_role("link").click()
    officer.sees(TIP)


def called(account: str, role: str) -> str:
    return say("desk-reader", name=account, role=say(f"desk-role-{role}"))


def press(officer: Officer, key: str, **args: str | int) -> None:
    officer.page.get_by_role("button", name=say(key, **args), exact=True).click()


def door(officer: Officer) -> Locator:
    """To the page where keys are handed over."""
    officer.page.locator("nav.rail").get_by_role("link", name=say("desk-hands")).click()
    heading = officer.page.get_by_role("heading", name=say("hands-over"))
    expect(heading).to_be_visible(timeout=20_000)
    return heading


def test_one_tip_is_given_to_a_colleague_who_was_not_there_when_it_came(ward: Ward) -> None:
    first, late = ward.first, ward.late
    newest(first)
    page = first.page
    press(first, "desk-give")
    dialog = page.get_by_role("dialog", name=say("hands-give"))
    dialog.get_by_label(say("hands-to")).select_option(label=called("trucban2", "duty"))
    expect(dialog.locator("ol.digits li")).to_have_count(4, timeout=20_000)
    assert flaws(page, "giving a key", resident=False) == []
    page.set_viewport_size(DESK)
    press(first, "hands-give-go")
    expect(dialog).to_have_count(0, timeout=20_000)
    expect(page.locator("table.readers")).to_contain_text("trucban2")
    expect(page.locator(".side")).to_contain_text(say("desk-readers-lacking", names="truongca"))
    press(first, "desk-through-ask")
    readers = page.locator("table.readers tbody tr")
    given = say("desk-through-given", names=say("desk-me"))
    expect(readers.filter(has_text="trucban2")).to_contain_text(given, timeout=20_000)
    expect(readers.filter(has=page.locator("th", has_text=say("desk-me")))).to_contain_text(say("desk-through-came"))
    newest(late, alone=True)


def test_a_chief_takes_it_back_and_the_tip_goes_on_under_a_new_key(ward: Ward) -> None:
    first, chief, late = ward.first, ward.chief, ward.late
    hand_over(first, "truongca", "chief")
    newest(chief)
    row = chief.page.locator("table.readers tbody tr", has_text="trucban2")
    row.get_by_role("button").click()
    dialog = chief.page.get_by_role("dialog", name=say("hands-take"))
    expect(dialog).to_contain_text(say("hands-take-known"))
    assert flaws(chief.page, "taking a key back", resident=False) == []
    chief.page.set_viewport_size(DESK)
    press(chief, "hands-take-go")
    expect(dialog).to_have_count(0, timeout=20_000)
    expect(row).to_have_count(0)
    change_keys(chief, 1)
    adds(ward, ADDED)
    newest(first)
    first.sees(ADDED)
    expect(first.page.get_by_text(say("desk-tampered"))).to_have_count(0)
    first.ask(ASKED)
    first.sees(ASKED)
    late.home()
    shut = late.page.evaluate("fetch('/api/v1/desk/tips').then((found) => found.json())")
    assert [tip["grant"] for tip in shut["tips"] if tip["entries"] > 2] == [None]
    reads(ward, ASKED)


def adds(ward: Ward, words: str) -> None:
    """The reporter opens the tip with the receipt and adds something."""
    reporter = ward.reporter
    reporter.close_receipt()
    reporter.scan(BOX)
    reporter.go(say("btn-open"))
    reporter.write(ward.code)
    reporter.write(words)
    reporter.sees("Đã ghi 1 phần")
    reporter.choose(say("btn-send"))


def reads(ward: Ward, words: str) -> None:
    reporter = ward.reporter
    reporter.scan(BOX)
    reporter.go(say("btn-open"))
    reporter.write(ward.code)
    reporter.sees(words)


def change_keys(officer: Officer, count: int) -> None:
    """New keys for whatever needs one, from the page that says so."""
    door(officer)
    expect(officer.page.locator("main")).to_contain_text(say("hands-stale", count=count), timeout=20_000)
    press(officer, "hands-new-go", count=count)
    expect(officer.page.locator("main")).to_contain_text(say("hands-done", done=count), timeout=SLOW)


def hand_over(officer: Officer, account: str, role: str) -> None:
    """The whole desk for a colleague, who lacks all of it."""
    door(officer)
    page = officer.page
    page.get_by_label(say("hands-to")).select_option(label=called(account, role))
    expect(page.locator("ol.digits li")).to_have_count(4, timeout=20_000)
    button = page.get_by_role("button", name=re.compile(say("hands-go", count=0).replace("0", r"\d+")))
    expect(button).to_be_enabled(timeout=20_000)
    button.click()
    done = re.compile(say("hands-done", done=0).replace("0", r"\d+"))
    expect(page.locator("main")).to_contain_text(done, timeout=SLOW)


def test_whoever_lost_his_passphrase_is_handed_everything_under_his_new_keys(ward: Ward, chromium: Browser) -> None:
    site, first = ward.site, ward.first
    with ExitStack() as stack:
        ward.remove("trucban2")
        again = arrived(chromium, site, stack, "duty", "trucban3")
        first.page.reload()
        first.login()
        first.at_desk()
        hand_over(first, "trucban3", "duty")
        expect(first.page.locator("main")).to_contain_text(say("hands-lacking", name="trucban3", count=0))
        assert flaws(first.page, "keys handed over", resident=False) == []
        first.page.set_viewport_size(DESK)
        again.home()
        rows = again.page.evaluate("fetch('/api/v1/desk/tips').then((found) => found.json())")
        assert rows["total"] == MANY + 1
        assert all(tip["grant"] for tip in rows["tips"])
        newest(again)
        again.sees(ADDED)
        again.sees(ASKED)
        ward.remove("trucban3")
        assert again.page.evaluate("fetch('/api/v1/desk/tips').then((found) => found.status)") == 401
