"""A tip is passed on to a neighbouring ward in real browsers, and one that passed its ward over never comes to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from acceptance.conftest import watched
from country import BESIDE, PROVINCE, WARD, found_country
from examine import flaws
from people import DESK, Officer, Resident, Visit, say
from playwright.sync_api import Browser, Locator, expect
from product import Product

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
TIP = "Nhà cuối ngõ cạnh nhà văn hóa tổ 4, tối nào cũng có thanh niên lạ ra vào"
BRIBE = "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi"
WHY = "Nhà này bên kia cầu, thuộc địa bàn phường bạn"
ASKED = "Những người đó thường đến lúc mấy giờ?"
ASKED_THERE = "Họ đi xe màu gì?"


@dataclass(frozen=True)
class Desks:
    """An officer at the desk of the ward, of the one beside, and of the province."""

    ward: Officer
    beside: Officer
    province: Officer


@pytest.fixture(scope="module")
def desks(chromium: Browser, site: Product) -> Iterator[Desks]:
    site.stop()
    with ThreadPoolExecutor() as aside:
        aside.submit(found_country, site.folder / "data").result()
    site.start()
    with ExitStack() as stack:
        officers = [watched(Officer(chromium, site.address, bypass_csp=True), site, stack) for _ in range(3)]
        links = [site.invite(f"Đ/c {unit.code}", unit.code) for unit in (WARD, BESIDE, PROVINCE)]
        for n, (officer, link) in enumerate(zip(officers, links, strict=True), 1):
            officer.enrol(link, f"trucban{n}")
            officer.at_desk()
        yield Desks(*officers)


def filed(person: Resident, text: str) -> str:
    """A tip of one text; its receipt."""
    person.scan(BOX).write(text)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    return person.receipt()


def begin(officer: Officer) -> Locator:
    """The open tip's sheet for passing it on."""
    officer.page.get_by_role("button", name=say("desk-forward"), exact=True).click()
    dialog = officer.page.get_by_role("dialog", name=say("forward-title"))
    expect(dialog).to_be_visible()
    return dialog


def button(dialog: Locator, key: str) -> Locator:
    return dialog.get_by_role("button", name=say(key), exact=True)


def test_a_tip_goes_to_the_ward_beside_and_both_logs_tell(desks: Desks, visit: Visit) -> None:
    code = filed(visit(), TIP)
    here, there = desks.ward, desks.beside
    here.home()
    here.open_first()
    here.sees(TIP)
    number = here.page.locator("h1").inner_text()
    here.ask(ASKED)
    here.sees(ASKED)
    pass_on(here, number)
    here.at_desk()
    expect(here.rows()).to_have_count(0)
    told(here, say("desk-log-act-forward"), say("desk-log-forward", unit=BESIDE.name_vi))
    received(there)
    told(there, say("desk-log-act-forwarded"), say("desk-log-forwarded", unit=WARD.name_vi))
    reporter = visit().scan(BOX)
    reporter.go(say("btn-open"))
    reporter.write(code)
    reporter.sees(ASKED_THERE)
    for hidden in (WHY, BESIDE.name_vi):
        expect(reporter.page.get_by_text(hidden)).to_have_count(0)


def pass_on(officer: Officer, number: str) -> None:
    """Every step of it, each looked at in every size."""
    dialog = begin(officer)
    expect(button(dialog, "forward-go-choose")).to_be_disabled()
    expect(dialog.get_by_role("radio")).to_have_count(2)
    dialog.get_by_role("searchbox").fill("bac hong")
    expect(dialog.get_by_role("radio")).to_have_count(1)
    dialog.get_by_role("radio", name=BESIDE.name_vi).check()
    dialog.get_by_label(say("forward-why")).fill(WHY)
    assert flaws(officer.page, "choosing a unit", resident=False) == []
    officer.page.set_viewport_size(DESK)
    button(dialog, "forward-go-choose").click()
    expect(dialog).to_contain_text(say("forward-sure", number=number, unit=BESIDE.name_vi))
    expect(dialog).to_contain_text(WHY)
    assert flaws(officer.page, "passing on", resident=False) == []
    officer.page.set_viewport_size(DESK)
    button(dialog, "forward-back").click()
    expect(dialog.get_by_label(say("forward-why"))).to_have_value(WHY)
    button(dialog, "forward-go-choose").click()
    button(dialog, "forward-go-sure").click()
    expect(dialog).to_contain_text(say("forward-done", unit=BESIDE.name_vi), timeout=20_000)
    assert flaws(officer.page, "passed on", resident=False) == []
    officer.page.set_viewport_size(DESK)
    button(dialog, "forward-go-gone").click()


def received(officer: Officer) -> None:
    """The other ward's officer reads all of it, and asks on."""
    officer.home()
    expect(officer.rows()).to_have_count(1)
    officer.open_first()
    officer.sees(TIP)
    page = officer.page
    expect(page.locator(".head")).to_contain_text(say("desk-from", unit=WARD.name_vi))
    expect(page.get_by_text(say("desk-tampered"))).to_have_count(0)
    line = page.locator(".state-line")
    expect(line).to_contain_text(say("desk-history-forward", name="trucban1", unit=BESIDE.name_vi, reason=WHY))
    officer.ask(ASKED_THERE)
    officer.sees(ASKED_THERE)
    page.locator("details.history summary").click()
    story = page.locator("details.history li")
    expect(story.nth(-1)).to_contain_text(say("desk-history-question", name=say("desk-me")))
    whats = [" ".join(one.split()) for one in story.all_inner_texts()]
    passed = say("desk-history-forward", name="trucban1", unit=BESIDE.name_vi, reason=WHY)
    assert [whats[2].startswith(say("desk-history-question", name="trucban1")), whats[3].startswith(passed)] == [
        True
    ] * 2
    assert whats[4].startswith(say("desk-history-opened", name=say("desk-me")))
    assert flaws(page, "a tip from another ward", resident=False) == []
    page.set_viewport_size(DESK)


def told(officer: Officer, act: str, note: str) -> None:
    """The newest line of the log but log-ins says this; the chain holds."""
    page = officer.page
    page.get_by_role("link", name=re.compile(say("desk-log"))).click()
    line = page.locator("table.log tbody tr").filter(has_text=note)
    expect(line).to_contain_text(act)
    expect(line).to_contain_text(re.compile("#[0-9]{4}"))
    expect(page.get_by_role("status").filter(has_text="Chuỗi khớp đến số")).to_be_visible()
    page.get_by_role("link", name=re.compile(say("desk-tips"))).first.click()
    officer.at_desk()


def test_the_ward_that_had_it_finds_it_nowhere_any_more(desks: Desks) -> None:
    page = desks.ward.page
    answers = page.evaluate(
        """async () => {
          const get = async (path) => (await fetch(`/api/v1/desk/${path}`)).json();
          return [(await get("tips?state=all")).total, (await get("threads")).total];
        }"""
    )
    assert answers == [0, 0]


def test_a_tip_past_the_ward_is_not_passed_on_to_it(desks: Desks, visit: Visit) -> None:
    person = visit().scan(BOX)
    person.write(BRIBE)
    person.sees("có thể gửi thẳng lên trên")
    person.page.get_by_role("button", name=re.compile("Công an tỉnh Hà Tĩnh")).first.click()
    person.sees("không thấy tin này")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    person.receipt()
    above = desks.province
    above.home()
    above.open_first()
    above.sees(BRIBE)
    dialog = begin(above)
    expect(dialog).to_contain_text(say("forward-passed", unit=WARD.name_vi))
    expect(dialog.get_by_role("radio")).to_have_count(1)
    expect(dialog.get_by_role("radio", name=BESIDE.name_vi)).to_be_visible()
    dialog.get_by_role("searchbox").fill("nam hong linh")
    expect(dialog).to_contain_text(say("forward-none"))
    expect(dialog.get_by_role("radio")).to_have_count(0)
    button(dialog, "desk-cancel").click()
    expect(dialog).to_have_count(0)
