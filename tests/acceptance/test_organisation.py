"""Units, boxes, rosters, numbers and officers at the console, in real browsers: by a chief, an officer, an operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from acceptance.conftest import watched
from examine import flaws
from offices import Arranger
from people import DESK, PHONE, Visit, say
from playwright.sync_api import Browser, expect
from product import Product

pytestmark = pytest.mark.browser

WRONG = "unit,label_vi,place\r\n18118,Tổ dân phố 11,Cổng chợ\r\n18118,,Bến đò\r\n"
RIGHT = "unit,label_vi,place\r\n18118,Tổ dân phố 11,Cổng chợ\r\n18118,Tổ dân phố 12,Bến đò\r\n"
HAMLETS = "unit,name_vi\r\n18118,Tổ dân phố 7\r\n18118,Tổ dân phố 8\r\n"
REFUSED = "async (path) => (await fetch('/api/v1/desk/' + path)).status"
CASEWORK = ("tips?state=open&only=all&offset=0", "threads?news=false", "tips/AAAAAAAAAAAAAAAAAAAAAA")


def arrived(browser: Browser, site: Product, stack: ExitStack, role: str, account: str) -> Arranger:
    """Somebody of this role, enrolled and at the desk."""
    officer = watched(Arranger(browser, site.address, bypass_csp=True), site, stack)
    officer.enrol(site.invite(f"Đ/c {account}", role=role), account)
    officer.at_desk()
    return officer


@pytest.fixture(scope="module")
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


@pytest.fixture(scope="module")
def enrolled(chromium: Browser, site: Product, stack: ExitStack) -> Arranger:
    return arrived(chromium, site, stack, "chief", "chihuy1")


@pytest.fixture
def chief(enrolled: Arranger) -> Arranger:
    """The ward's chief, before a desk's screen."""
    enrolled.page.set_viewport_size(DESK)
    return enrolled


def test_a_chief_adds_a_box_changes_it_and_reads_who_did(chief: Arranger) -> None:
    chief.go("boxes")
    chief.press("org-new-boxes")
    chief.field("label_vi").fill("Tổ dân phố 9")
    chief.field("place").fill("Nhà văn hóa tổ 9")
    chief.press("org-add")
    chief.sees(say("org-added"))
    chief.open_row("Tổ dân phố 9")
    expect(chief.aside.locator(".address").first).to_contain_text("/h/to-dan-pho-9-18118")
    expect(chief.aside.locator(".qr img")).to_have_js_property("complete", value=True)
    chief.field("place").fill("Cổng trường")
    chief.press("org-save")
    chief.sees(say("org-saved"))
    expect(chief.row("Tổ dân phố 9")).to_contain_text("Cổng trường")
    chief.open_row("Tổ dân phố 9")
    chief.aside.locator("details.history summary").click()
    newest = chief.aside.locator("details.history li").first
    expect(newest).to_contain_text("Đ/c chihuy1")
    expect(newest).to_contain_text("Cổng trường")
    assert flaws(chief.page, "a box at the side", resident=False) == []
    chief.close()


def test_a_wrong_row_of_a_table_is_named_and_nothing_of_it_is_written(chief: Arranger, tmp_path: Path) -> None:
    chief.go("boxes")
    chief.press("org-import")
    chief.bring(WRONG)
    expect(chief.aside.get_by_role("alert").first).to_contain_text(say("org-rows-wrong", rows=1))
    chief.sees(say("row-at", row="3", what=say("row-empty", column=say("org-col-label-vi"))))
    assert flaws(chief.page, "a table refused", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.bring(RIGHT)
    chief.sees(say("org-taken", new=2, changed=0, same=0))
    expect(chief.row("Tổ dân phố 11")).to_be_visible()
    chief.press("org-export")
    with chief.page.expect_download() as saved:
        chief.aside.get_by_role("button", name="CSV").click()
    saved.value.save_as(tmp_path / "boxes.csv")
    assert "Tổ dân phố 12" in (tmp_path / "boxes.csv").read_text("utf-8-sig")
    chief.close()


def test_which_hamlets_lack_a_box_is_said_with_a_way_to_add_it(chief: Arranger) -> None:
    chief.go("boxes")
    chief.press("org-list-hamlets")
    chief.sees(say("org-empty-hamlets"))
    chief.press("org-import-file")
    chief.bring(HAMLETS)
    chief.sees(say("org-taken", new=2, changed=0, same=0))
    chief.press("org-list-boxes")
    chief.sees(say("org-figure-boxes", done=0, of=2))
    chief.sees(say("org-lacks-box-one", name="Tổ dân phố 7"))
    chief.page.locator(".lacking li").first.get_by_role("button").click()
    expect(chief.field("label_vi")).to_have_value("Tổ dân phố 7")
    chief.press("org-add")
    chief.sees(say("org-figure-boxes", done=1, of=2))
    assert flaws(chief.page, "boxes", resident=False) == []


def test_a_box_is_closed_in_two_steps_and_its_code_leads_on(chief: Arranger, visit: Visit) -> None:
    chief.go("boxes")
    chief.open_row("Tổ dân phố 11")
    chief.press("org-box-end")
    chief.aside.get_by_label(say("org-box-next")).select_option("tdp4-nhl")
    chief.press("org-box-yes")
    chief.sees(say("org-box-ended"))
    expect(chief.row("Tổ dân phố 11")).to_have_count(0)
    visit().scan("to-dan-pho-11-18118").sees("Tổ dân phố 4")


def test_hours_without_anybody_are_said_in_words(chief: Arranger) -> None:
    chief.go("roster")
    chief.sees(say("org-empty-roster"))
    chief.press("org-new-roster")
    chief.field("day").select_option("sat")
    chief.field("from").select_option("7")
    chief.field("to").select_option("21")
    chief.field("officer").fill("chihuy1")
    chief.press("org-add")
    chief.sees(say("org-added"))
    chief.sees(say("org-gap", span="21–24", day=say("org-day-sat"), to="Đ/c chihuy1"))
    assert flaws(chief.page, "roster", resident=False) == []


def test_a_number_is_told_while_it_is_typed_and_seen_on_the_board(chief: Arranger, visit: Visit) -> None:
    chief.go("hotlines")
    chief.press("org-new-hotlines")
    chief.field("number").fill("0239 000")
    chief.sees(say("org-tel-landline", digits=7))
    chief.field("number").fill("02390000009")
    chief.sees(say("org-tel-is", shown="0239 000 0009", kind=say("org-tel-kind-landline")))
    chief.field("role_vi").fill("Trạm y tế phường")
    assert flaws(chief.page, "a number being added", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-add")
    chief.sees(say("org-added"))
    chief.open_row("Chủ tịch phường")
    chief.field("hours_vi").fill("thứ Hai, 8–11 giờ")
    chief.press("org-save")
    chief.sees(say("org-saved"))
    called = chief.row("Trực ban Công an phường").get_by_role("button", name=say("org-called-today"))
    called.click()
    chief.sees(say("org-called", number="0239 000 0000"))
    expect(called).to_have_count(0)
    chief.press("org-board")
    expect(chief.aside).to_contain_text("Trạm y tế phường")
    assert flaws(chief.page, "the board at the side", resident=False) == []
    chief.close()
    person = visit()
    person.page.goto(f"{person.address}/so/18118")
    person.sees("Trạm y tế phường")
    person.sees("thứ Hai, 8–11 giờ")


def test_the_log_tells_of_what_was_arranged(chief: Arranger) -> None:
    chief.go("log")
    acts = chief.page.locator("table.log tbody tr").filter(has_text=say("desk-log-act-arrange"))
    expect(acts.first).to_contain_text(say("desk-me"))


def test_an_officer_on_duty_finds_nothing_to_change(chromium: Browser, site: Product, stack: ExitStack) -> None:
    duty = arrived(chromium, site, stack, "duty", "trucban9")
    doors = duty.page.locator("nav.rail a").all_inner_texts()
    places = ("tips", "roster", "boxes", "hotlines", "hands", "access", "log", "phone")
    assert [text.split("\n")[0].strip() for text in doors] == [say(f"desk-{place}") for place in places]
    for place in ("roster", "boxes", "hotlines"):
        duty.go(place)
        for key in (f"org-new-{place}", "org-import", "org-called-today"):
            expect(duty.page.get_by_role("button", name=say(key), exact=True)).to_have_count(0)
    duty.go("boxes")
    duty.open_row("Tổ dân phố 9")
    expect(duty.aside).to_contain_text("Cổng trường")
    expect(duty.aside.get_by_role("textbox")).to_have_count(0)
    expect(duty.aside.get_by_role("button", name=say("org-box-end"))).to_have_count(0)


def test_an_operator_arranges_and_is_given_no_tip(chromium: Browser, site: Product, stack: ExitStack) -> None:
    operator = arrived(chromium, site, stack, "operator", "quantri1")
    page = operator.page
    expect(page.locator("h1")).to_have_text(say("desk-units"))
    expect(page.locator("nav.rail").get_by_role("link", name=say("desk-tips"))).to_have_count(0)
    assert [page.evaluate(REFUSED, path) for path in CASEWORK] == [403] * len(CASEWORK)
    assert flaws(page, "units", resident=False) == []
    page.set_viewport_size(DESK)
    operator.press("org-new-units")
    operator.field("code").fill("18118a")
    operator.field("name_vi").fill("điểm trực Chợ")
    operator.press("org-add")
    operator.sees(say("org-added"))
    expect(page.locator(".tree .twig")).to_have_count(2)
    assert flaws(page, "units as a tree", resident=False) == []
    page.set_viewport_size(DESK)
    operator.go("officers")
    operator.press("org-new-officers")
    operator.aside.get_by_label(say("org-invite-name")).fill("Đ/c C")
    operator.press("org-invite-go")
    expect(operator.aside.locator(".address")).to_contain_text("/desk#")
    assert flaws(page, "an invitation", resident=False) == []
    page.set_viewport_size(DESK)
    operator.close()
    expect(page.get_by_text("/desk#")).to_have_count(0)
    assert flaws(page, "officers", resident=False) == []


def test_who_answers_first_is_put_in_order_once_for_all(chief: Arranger) -> None:
    chief.go("roster")
    chief.press("org-new-roster")
    chief.field("day").select_option("sun")
    chief.field("officer").fill("chihuy1")
    chief.press("org-add")
    chief.sees(say("org-added"))
    chief.press("org-order")
    rows = chief.aside.locator("ol.order li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Thứ Bảy")
    expect(rows.last).to_contain_text(say("org-span-next", **{"from": "7", "to": "7"}))
    rows.last.get_by_role("button").first.click()
    expect(rows.first).to_contain_text("Chủ nhật")
    assert flaws(chief.page, "an order", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.page.keyboard.press("Escape")
    chief.sees(say("org-leave-ask"))
    chief.press("org-leave-no")
    chief.press("org-order-save")
    chief.sees(say("org-ordered"))
    expect(chief.page.locator("table.list tbody tr").first).to_contain_text("Chủ nhật")
    chief.open_row("Chủ nhật")
    newest = chief.history().first
    expect(newest).to_contain_text(f"{say('org-col-order')}: 1")
    expect(newest).to_contain_text(re.compile(say("org-chain-good", n="[0-9]+").replace("(", "\\(")))
    chief.close()


def test_what_was_typed_is_not_lost_by_a_key(chief: Arranger) -> None:
    chief.go("boxes")
    chief.open_row("Tổ dân phố 9")
    chief.field("place").fill("Cổng chợ mới")
    chief.page.keyboard.press("Escape")
    chief.sees(say("org-leave-ask"))
    expect(chief.aside.get_by_role("button", name=say("org-leave-no"))).to_be_focused()
    assert flaws(chief.page, "a question before leaving", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-leave-no")
    expect(chief.field("place")).to_have_value("Cổng chợ mới")
    chief.leave()
    expect(chief.row("Tổ dân phố 9")).to_contain_text("Cổng trường")


def test_of_two_who_edit_a_board_the_later_sees_the_newest_and_keeps_his_words(
    chief: Arranger, chromium: Browser, site: Product, stack: ExitStack
) -> None:
    other = arrived(chromium, site, stack, "chief", "chihuy2")
    for one in (chief, other):
        one.go("hotlines")
        one.open_row("Trạm y tế phường")
    other.field("hours_vi").fill("sáng")
    other.press("org-save")
    other.sees(say("org-saved"))
    chief.field("hours_vi").fill("cả ngày")
    chief.press("org-save")
    chief.sees(say("desk-changed"))
    expect(chief.aside.locator(".preview").filter(has_text=say("org-now"))).to_contain_text("sáng")
    expect(chief.field("hours_vi")).to_have_value("cả ngày")
    assert flaws(chief.page, "a row changed by two", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-save")
    chief.sees(say("org-saved"))
    expect(chief.row("Trạm y tế phường")).to_contain_text("cả ngày")


def test_a_number_becomes_another_one(chief: Arranger, visit: Visit) -> None:
    chief.go("hotlines")
    chief.open_row("Trạm y tế phường")
    chief.field("number").fill("0239 000 0008")
    chief.press("org-save")
    chief.sees(say("org-saved"))
    expect(chief.row("Trạm y tế phường")).to_have_count(1)
    expect(chief.row("Trạm y tế phường")).to_contain_text("0239 000 0008")
    person = visit()
    person.page.goto(f"{person.address}/so/18118")
    person.sees("0239 000 0008")
    expect(person.page.get_by_text("0239 000 0009")).to_have_count(0)


def test_a_duty_is_swapped_and_a_holiday_said_and_both_taken_back(chief: Arranger) -> None:
    chief.go("roster")
    chief.press("org-list-swaps")
    chief.press("org-new-swaps")
    chief.aside.get_by_label(say("org-swap-off")).select_option("chihuy1")
    chief.aside.get_by_label(say("org-swap-on")).select_option("chihuy2")
    assert flaws(chief.page, "a swap", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-swap-go")
    chief.sees(say("org-swapped"))
    swap = chief.page.locator("table.list tbody tr")
    expect(swap).to_contain_text("Đ/c chihuy2")
    swap.get_by_role("button").click()
    expect(chief.history().first).to_contain_text(f"{say('org-col-instead')}: Đ/c chihuy2")
    chief.press("org-swap-undo")
    chief.sees(say("org-unswapped"))
    chief.sees(say("org-empty-swaps"))
    chief.press("org-list-holidays")
    chief.press("org-new-holidays")
    chief.aside.get_by_label(say("org-holiday-name")).fill("Họp xóm")
    chief.aside.get_by_label(say("org-holiday-working")).check()
    chief.press("org-holiday-go")
    chief.sees(say("org-holiday-added"))
    own = chief.page.locator("table.list tbody tr").filter(has_text="Họp xóm")
    expect(own).to_contain_text(say("org-worked"))
    assert flaws(chief.page, "holidays", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-list-roster")
    expect(chief.page.locator(".days .today")).to_contain_text(say("org-worked-day", name="Họp xóm"))
    chief.press("org-list-holidays")
    own.get_by_role("button").click()
    chief.press("org-holiday-undo")
    chief.sees(say("org-holiday-gone"))
    expect(own).to_have_count(0)


def test_a_hamlet_ends_and_another_goes_on_for_it(chief: Arranger) -> None:
    chief.go("boxes")
    chief.press("org-list-hamlets")
    chief.open_row("Tổ dân phố 8")
    chief.press("org-hamlet-end")
    chief.sees(say("org-hamlet-ask", name="Tổ dân phố 8"))
    chief.aside.get_by_label(say("org-hamlet-into")).select_option(label="Tổ dân phố 7")
    chief.press("org-hamlet-yes")
    chief.sees(say("org-hamlet-ended", name="Tổ dân phố 8"))
    expect(chief.row("Tổ dân phố 8")).to_have_count(0)


def test_a_table_invites_and_its_links_are_saved_once(chief: Arranger, tmp_path: Path) -> None:
    chief.go("officers")
    chief.press("org-invite-many")
    chief.bring("unit,name,role\r\n18118,Đ/c D,vua\r\n", go="org-invite-many-go")
    chief.sees(say("row-at", row="2", what=say("row-role")))
    chief.bring("unit,name,role\r\n18118,Đ/c D,duty\r\n18118,Đ/c E,chief\r\n", go="org-invite-many-go")
    chief.sees(say("org-invited-many-once"))
    assert flaws(chief.page, "a table of invitations", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.page.keyboard.press("Escape")
    chief.sees(say("org-leave-links"))
    chief.press("org-leave-no")
    with chief.page.expect_download() as saved:
        chief.press("org-invited-get")
    saved.value.save_as(tmp_path / "links.csv")
    rows = (tmp_path / "links.csv").read_text("utf-8-sig").splitlines()
    assert rows[0] == "unit,name,role,link,expires"
    assert [row.split(",")[1] for row in rows[1:]] == ["Đ/c D", "Đ/c E"]
    assert all("/desk#enrol=" in row for row in rows[1:])
    chief.close()


def test_two_units_become_one_at_the_console(chief: Arranger) -> None:
    chief.go("units")
    chief.open_row("điểm trực Chợ")
    chief.press("org-merge")
    chief.aside.get_by_label(say("org-merge-into")).select_option("18118")
    chief.press("org-merge-next")
    expect(chief.aside.get_by_role("alert").filter(has_text="điểm trực Chợ kết thúc từ")).to_be_visible()
    assert flaws(chief.page, "a merger before it is done", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.press("org-merge-yes")
    chief.sees(say("org-merged"))
    expect(chief.row("điểm trực Chợ")).to_have_count(0)
    chief.press("org-past-units")
    expect(chief.row("điểm trực Chợ")).to_contain_text("Nam Hồng Lĩnh")


def test_an_officer_is_shut_out_in_two_steps(chief: Arranger) -> None:
    chief.go("officers")
    chief.open_row("Đ/c trucban9")
    chief.press("org-remove")
    chief.sees(say("org-remove-ask", name="Đ/c trucban9"))
    chief.press("org-remove-yes")
    chief.sees(say("org-removed"))
    expect(chief.row("Đ/c trucban9")).to_have_count(0)


def test_on_a_phone_the_side_covers_the_screen(chief: Arranger) -> None:
    chief.go("boxes")
    chief.page.set_viewport_size(PHONE)
    chief.open_row("Tổ dân phố 9")
    box = chief.aside.bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (PHONE["width"], PHONE["height"])
    chief.close()
