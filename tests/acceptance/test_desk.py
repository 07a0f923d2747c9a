"""The officers' console in real browsers: two officers of one ward, the list, the lock, the lost network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from acceptance.conftest import watched
from examine import flaws
from filed import file_every_kind
from people import DESK, Officer, Resident, Visit, say
from playwright.sync_api import Browser, expect
from product import Product

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
TIP = "Nhà cuối ngõ cạnh nhà văn hóa tổ 4, tối nào cũng có thanh niên lạ ra vào"
OTHER = "xe tai do rac xuong song luc nua dem"
URGENT = "CỨU VỚI nó đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
MINUTE = 60_000


def filed(person: Resident, text: str, *, urgent: bool = False) -> str:
    """A tip of one text; its receipt."""
    person.scan(BOX).write(text)
    if urgent:
        person.choose(say("btn-send-now"))
    else:
        person.sees("Đã ghi 1 phần")
        person.choose(say("btn-send"))
        person.sees("Gửi 1 phần đến")
        person.choose(say("btn-send"))
    return person.receipt()


@pytest.fixture(scope="module")
def pair(chromium: Browser, site: Product) -> Iterator[tuple[Officer, Officer]]:
    """Two officers of the ward, each in a browser of his own, both at their lists; a tip sent since."""
    with ExitStack() as stack:
        one = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
        two = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
        one.enrol(site.enrolment_link())
        one.at_desk()
        two.enrol(site.invite("Đ/c B"), "trucban2")
        two.at_desk()
        filed(watched(Resident(chromium, site.address), site, stack), TIP)
        yield one, two


@pytest.fixture
def officers(pair: tuple[Officer, Officer]) -> tuple[Officer, Officer]:
    """Both at a list loaded anew."""
    for officer in pair:
        officer.page.set_viewport_size(DESK)
        officer.home()
    return pair


def test_a_cut_enrolment_link_is_said_to_be_one(chromium: Browser, site: Product) -> None:
    with ExitStack() as stack:
        officer = watched(Officer(chromium, site.address), site, stack)
        officer.page.goto(f"{site.address}/desk#enrol=48f0a1")
        expect(officer.page.get_by_role("alert")).to_have_text(say("enrol-link-cut"))
        assert "#" not in officer.page.url


def test_the_list_says_what_is_next(officers: tuple[Officer, Officer], visit: Visit) -> None:
    one, _ = officers
    filed(visit(), OTHER)
    filed(visit(), URGENT, urgent=True)
    one.home()
    first = one.rows().first
    expect(first).to_contain_text(say("desk-tag-urgent"))
    expect(first.locator(".due")).to_contain_text(re.compile("Mở trong (30|29|28) phút"))
    expect(one.rows().nth(1).locator(".due")).to_contain_text(say("desk-due-house"))
    expect(one.page).to_have_title(f"(3) {say('desk-title')}")
    one.page.keyboard.press("g")
    expect(first.get_by_role("link")).to_be_focused()
    one.page.keyboard.press("j")
    expect(one.rows().nth(1).get_by_role("link")).to_be_focused()
    one.page.keyboard.press("k")
    one.page.keyboard.press("?")
    expect(one.page.get_by_role("dialog")).to_contain_text(say("desk-key-due"))
    one.page.keyboard.press("Escape")
    one.page.get_by_role("button", name=say("desk-filter-late")).click()
    expect(one.page.get_by_text(say("desk-none-fit"))).to_be_visible()
    one.page.get_by_role("button", name=say("desk-filter-urgent"), exact=True).click()
    expect(one.rows()).to_have_count(1)
    one.page.get_by_role("button", name=say("desk-filter-all"), exact=True).click()
    expect(one.rows()).to_have_count(3)


def test_a_search_finds_what_was_opened_here_without_accents(officers: tuple[Officer, Officer]) -> None:
    one, two = officers
    one.open_with(TIP)
    one.home()
    one.page.keyboard.press("/")
    field = one.page.get_by_role("searchbox")
    expect(field).to_be_focused()
    field.fill("van hoa niên")
    expect(one.rows()).to_have_count(1)
    expect(one.rows().first.locator(".peek")).to_contain_text("thanh niên")
    field.fill("khong ai viet chu nay")
    expect(one.page.get_by_text(say("desk-none-fit"))).to_be_visible()
    field.fill("")
    two.page.get_by_role("searchbox").fill("van hoa")
    expect(two.page.get_by_text(say("desk-none-fit"))).to_be_visible()
    two.page.get_by_role("searchbox").fill("")


def test_colleagues_see_each_other_and_take_over_with_a_reason(officers: tuple[Officer, Officer]) -> None:
    holder, other = by_holder(officers)
    number = holder.page.locator("h1").inner_text()
    other.home()
    expect(other.row(number)).to_contain_text(say("desk-open-by", names=holder.account))
    other.row(number).get_by_role("link").click()
    other.sees(TIP)
    expect(other.page.locator(".head")).to_contain_text(say("desk-open-by", names=holder.account))
    expect(holder.page.locator(".head")).to_contain_text(say("desk-open-by", names=other.account))
    other.page.get_by_role("button", name=say("desk-take-over", name=holder.account)).click()
    yes = other.page.get_by_role("button", name=say("desk-take-yes"), exact=True)
    expect(yes).to_be_disabled()
    why = "hết ca, được giao lại"
    other.page.get_by_label(say("desk-take-why")).fill(why)
    yes.click()
    for page, name in ((other.page, say("desk-me")), (holder.page, other.account)):
        if page is holder.page:  # told already that his colleague opened the tip: he looks once it is taken
            page.get_by_role("button", name=say("desk-touched-show"), exact=True).click()
        line = page.locator(".state-line").filter(has_text=say("desk-took-over", name=name, reason=why))
        expect(line).to_be_visible(timeout=15_000)
    expect(holder.page.get_by_role("button", name=say("desk-take-over", name=other.account))).to_be_visible()
    history = holder.page.locator("details.history")
    history.locator("summary").click()
    expect(history).to_contain_text(say("desk-history-take-over", name=other.account, reason=why))
    expect(history).to_contain_text(say("desk-history-opened", name=other.account))
    expect(history).to_contain_text(say("desk-observed"))


def by_holder(officers: tuple[Officer, Officer]) -> tuple[Officer, Officer]:
    """Both at the tip, who is answerable for it first: the server chose one."""
    one, two = officers
    for officer in officers:
        officer.open_with(TIP)
    mine = one.page.locator(".facts dd").first
    expect(mine).to_be_visible()
    return (one, two) if mine.inner_text().startswith(say("desk-me")) else (two, one)


def test_who_loses_a_race_is_told_in_words(officers: tuple[Officer, Officer]) -> None:
    one, two = officers
    one.open_with(TIP)
    number = one.page.locator("h1").inner_text()
    two.row(number).get_by_role("link").click()
    two.sees(TIP)
    two.page.route("**/live", lambda route: route.abort())
    two.page.route(re.compile(r"/tips/[\w-]{22}$"), lambda route: route.abort())
    one.ask(QUESTION)
    one.sees(QUESTION)
    two.page.unroute(re.compile(r"/tips/[\w-]{22}$"))
    two.ask("Xe màu gì?")
    two.sees(say("desk-newer"))
    two.sees(QUESTION)
    two.page.unroute("**/live")
    expect(two.page.locator("form.answer textarea")).to_have_value("Xe màu gì?")


def test_asking_who_somebody_is_needs_a_second_tap_and_is_noted(
    officers: tuple[Officer, Officer], visit: Visit
) -> None:
    one, _ = officers
    filed(visit(), "viec thu tu: co nguoi la trong ngo")
    one.home()
    one.open_with("viec thu tu")
    one.ask("Bà con tên là gì?")
    one.sees(say("desk-ask-warn"))
    expect(one.page.locator(".entry.ours")).to_have_count(0)
    one.page.get_by_role("button", name=say("desk-send-anyway")).click()
    expect(one.page.locator(".entry.ours")).to_have_count(1)
    history = one.page.locator("details.history")
    history.locator("summary").click()
    expect(history).to_contain_text(say("desk-history-identity", name=say("desk-me")))
    one.page.locator("form.answer textarea").fill("gọi 0912 345 678")
    expect(one.page.get_by_role("button", name=say("desk-send"), exact=True)).to_be_disabled()


def does(officer: Officer, act: str, **said: str) -> None:
    """Choose an act in the tip's column, fill in what it asks for by label, and say yes as often as asked."""
    page = officer.page
    page.get_by_label(say("desk-state"), exact=True).select_option(act)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(say(f"case-means-{act}"))
    for key, words in said.items():
        field = dialog.get_by_label(say(f"case-{key}"), exact=True)
        field.select_option(words) if key == "kind" else field.fill(words)
    dialog.get_by_role("button", name=say("case-go"), exact=True).click()
    sure = dialog.get_by_role("button", name=say("case-go-sure"), exact=True)
    expect(sure.or_(page.locator("#state option").first)).not_to_have_count(0)
    if act in GRAVE:
        expect(dialog).to_contain_text(say("case-sure", what=say(f"desk-case-{act}")))
        sure.click()
    expect(dialog).to_have_count(0)
    expect(page.locator("aside.side")).to_contain_text(say(f"desk-case-{act}"))


GRAVE = ("investigation", "insufficient", "handled", "duplicate", "closed")
WAY = "viec xu ly: nguoi la ban hang cam trong ngo"


def test_a_tip_goes_its_way_and_each_step_says_what_is_due_next(
    officers: tuple[Officer, Officer], visit: Visit
) -> None:
    one, _ = officers
    filed(visit(), WAY)
    one.home()
    one.open_with(WAY)
    side, due = one.page.locator("aside.side"), one.page.locator(".due-next")
    expect(one.page.locator("h1")).to_have_text(re.compile(r"^[0-9]+/20[0-9]{2}$"))
    expect(due).to_contain_text(say("desk-why-report"))
    does(one, "classified", kind="drug")
    expect(side).to_contain_text(re.compile("từ 18 giờ ngày"))
    assert one.page.locator("#state option[value=extend]").count() == 0
    one.page.get_by_label(say("desk-state"), exact=True).select_option("report")
    one.page.get_by_role("dialog").get_by_role("button", name=say("case-go"), exact=True).click()
    expect(due).to_contain_text(say("desk-clock-notify"))
    does(one, "verifying")
    does(one, "investigation")
    does(one, "insufficient", why="Không xác định được nơi xảy ra")
    expect(due).to_contain_text(say("desk-why-end"))
    expect(one.page.locator(".state-line").last).to_contain_text("Không xác định được nơi xảy ra")
    one.ask("Bà con còn thấy gì thêm không?")
    one.sees("Bà con còn thấy gì thêm không?")
    one.home()
    row = one.rows().filter(has_text=say("desk-case-insufficient"))
    expect(row.locator(".due")).to_contain_text(say("desk-clock-end"))
    one.open_with(WAY)
    does(one, "closed")
    expect(one.page.locator("form.answer")).to_have_count(0)


def test_a_key_that_walks_through_the_acts_does_none_of_them(officers: tuple[Officer, Officer], visit: Visit) -> None:
    one, _ = officers
    filed(visit(), "viec ban phim: hai nguoi danh bac")
    one.home()
    one.open_with("viec ban phim")
    acts, dialog = one.page.get_by_label(say("desk-state"), exact=True), one.page.get_by_role("dialog")
    acts.focus()
    one.page.keyboard.press("ArrowDown")
    one.page.keyboard.press("ArrowDown")
    chosen = acts.input_value()
    assert chosen not in ("", "classified")
    expect(one.page.get_by_role("button", name=say("desk-state-go", what=say(f"desk-case-{chosen}")))).to_be_visible()
    expect(dialog).to_have_count(0)
    one.page.keyboard.press("Enter")
    expect(dialog).to_contain_text(say(f"case-means-{chosen}"))
    one.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(acts).to_be_focused()
    assert acts.input_value() == ""


def test_a_duplicate_names_the_other_tip_and_is_asked_for_twice(
    officers: tuple[Officer, Officer], visit: Visit
) -> None:
    one, _ = officers
    filed(visit(), "viec trung: lai chuyen trong ngo")
    one.home()
    one.open_with("viec trung")
    one.page.get_by_role("button", name=say("desk-duplicate"), exact=True).click()
    dialog = one.page.get_by_role("dialog")
    go = dialog.get_by_role("button", name=say("case-go"), exact=True)
    dialog.get_by_label(say("case-why"), exact=True).fill("Cùng một việc")
    expect(go).to_be_disabled()
    dialog.get_by_label(say("case-of"), exact=True).fill("số năm")
    expect(go).to_be_disabled()
    dialog.get_by_label(say("case-of"), exact=True).fill("1/2026")
    go.click()
    dialog.get_by_role("button", name=say("desk-cancel"), exact=True).click()
    expect(dialog).to_have_count(0)
    expect(one.page.locator(".state-line")).to_have_count(0)
    does(one, "duplicate", of="1/2026", why="Cùng một việc")
    expect(one.page.locator(".state-line")).to_contain_text("1/2026, Cùng một việc")


KINDS = "Đủ mọi thứ: ghi âm, phim, tệp và chỗ"


@pytest.fixture(scope="module")
def every_kind(site: Product) -> str:
    """A tip nine hours old with every kind of part."""
    with ThreadPoolExecutor() as aside:
        aside.submit(file_every_kind, site.folder / "data", KINDS, age=9 * 3600).result()
    return KINDS


def test_a_tip_nobody_opened_in_time_is_overdue(officers: tuple[Officer, Officer], every_kind: str) -> None:
    one, _ = officers
    one.home()
    late = one.rows().filter(has_text=say("desk-tag-late"))
    expect(late).to_have_count(1)
    expect(late.locator(".due")).to_contain_text(re.compile("Mở, quá [0-9]+ giờ"))
    one.page.get_by_role("button", name=say("desk-filter-late")).click()
    expect(one.rows()).to_have_count(1)
    one.open_first()
    one.sees(every_kind)
    one.home()
    expect(one.rows().filter(has_text=say("desk-tag-late"))).to_have_count(0)


def test_a_recording_is_opened_by_a_tap_and_played_by_own_controls(
    officers: tuple[Officer, Officer], every_kind: str
) -> None:
    one, _ = officers
    one.open_with(every_kind)
    page = one.page
    assert page.locator("audio, video").count() == 0
    page.get_by_role("button", name=re.compile(say("desk-voice", n=1))).click()
    player = page.get_by_role("group", name=say("desk-voice", n=1))
    sound = page.locator("audio")
    expect(sound).to_have_attribute("src", re.compile("^blob:"))
    player.get_by_role("button", name=re.compile("1×")).click()
    player.get_by_role("button", name=re.compile("1,25×")).click()
    player.get_by_role("button", name=re.compile("1,5×")).click()
    assert sound.evaluate("one => one.playbackRate") == 2
    player.get_by_role("button", name=re.compile(say("desk-play"))).click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.2")
    place = player.get_by_role("slider")
    place.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('audio').currentTime > 2")
    address = str(sound.get_attribute("src"))
    one.home()
    gone = "address => fetch(address).then(() => false, () => true)"
    assert page.evaluate(gone, address)


def test_a_film_that_does_not_play_is_handed_out(officers: tuple[Officer, Officer], every_kind: str) -> None:
    one, _ = officers
    one.open_with(every_kind)
    one.page.get_by_role("button", name=re.compile(say("desk-video", n=1))).click()
    one.sees(say("desk-media-unplayed"))
    with one.page.expect_download() as saving:
        one.page.get_by_role("group", name=say("desk-video", n=1)).get_by_role("link").click()
    assert saving.value.suggested_filename == "phan-1.mp4"
    assert saving.value.path().read_bytes() == b"no film at all"


def test_a_file_is_only_handed_out_after_a_warning(officers: tuple[Officer, Officer], every_kind: str) -> None:
    one, _ = officers
    one.open_with(every_kind)
    files = one.page.locator(".media.file")
    expect(files).to_have_count(3)
    expect(files.nth(0)).to_contain_text(say("desk-file-warn"))
    expect(files.nth(0)).not_to_contain_text(say("desk-media-raw"))
    for raw in (1, 2):
        expect(files.nth(raw)).to_contain_text(say("desk-media-raw"))
    with one.page.expect_download() as saving:
        files.nth(0).get_by_role("button").click()
    assert saving.value.suggested_filename == "phan-1.pdf"
    assert saving.value.path().read_bytes().startswith(b"%PDF-1.7")


def test_a_place_is_coordinates_and_a_sketch(officers: tuple[Officer, Officer], every_kind: str) -> None:
    one, _ = officers
    one.open_with(every_kind)
    place = one.page.locator(".place").first
    expect(place.locator("code")).to_have_text("18.52000, 105.70000")
    expect(place.get_by_role("img", name=say("desk-place-sketch", metres=100))).to_be_visible()
    expect(place.locator(".point")).to_have_count(2)
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    place.get_by_role("button", name=say("desk-place-copy")).click()
    expect(place).to_contain_text(say("desk-place-copied"))
    assert one.page.evaluate("navigator.clipboard.readText()") == "18.52000, 105.70000"


def test_every_part_is_sound_at_every_size(officers: tuple[Officer, Officer], every_kind: str) -> None:
    one, _ = officers
    one.open_with(every_kind)
    one.page.get_by_role("button", name=re.compile(say("desk-voice", n=1))).click()
    expect(one.page.locator("audio")).to_have_count(1)
    assert flaws(one.page, "parts", resident=False) == []


def test_an_answer_carries_its_question(officers: tuple[Officer, Officer], visit: Visit) -> None:
    one, _ = officers
    person, at = visit(), "sau cho, canh cay da"
    person.scan(BOX).write("quan nuoc dau xom chieu nao cung ghi lo de")
    person.choose(say("btn-guide"))
    person.sees(say("ask-where"))
    person.write(at)
    person.sees(say("ask-when"))
    person.choose(say("when-often"))
    person.sees(say("ask-cat"))
    person.choose(say("btn-skip"))
    person.sees("Gửi 3 phần đến")
    person.choose(say("btn-send"))
    person.receipt()
    one.home()
    one.open_with(at)
    told = [" ".join(part.split()) for part in one.page.locator(".entries .entry").all_inner_texts()]
    assert [part.removeprefix(say("desk-reporter")).strip() for part in told] == [
        "quan nuoc dau xom chieu nao cung ghi lo de",
        f"{say('desk-about-where')} {at}",
        f"{say('desk-about-when')} {say('when-often')}",
    ]


def test_ten_idle_minutes_lock_and_the_passphrase_leads_back(officers: tuple[Officer, Officer]) -> None:
    one, _ = officers
    one.page.clock.install()
    one.page.reload()
    one.login()
    one.at_desk()
    one.open_with(TIP)
    (keys,) = one.page.workers
    one.page.clock.fast_forward(10 * MINUTE)
    one.sees(say("desk-locked"))
    assert "van hoa" not in one.page.content()
    assert TIP not in one.page.content()
    assert keys not in one.page.workers
    one.login()
    one.sees(TIP)
    one.page.get_by_role("button", name=say("desk-lock"), exact=True).click()
    one.sees(say("login-locked-now"))
    one.login()
    one.sees(TIP)


def test_without_network_what_was_opened_stays_readable(officers: tuple[Officer, Officer]) -> None:
    one, _ = officers
    one.open_with(TIP)
    one.context.set_offline(True)
    one.sees(say("desk-offline"))
    expect(one.page.get_by_text(TIP)).to_be_visible()
    expect(one.page.locator("form.answer textarea")).to_be_disabled()
    one.page.get_by_role("button", name=re.compile(say("desk-tips"))).first.click()
    expect(one.page.get_by_role("button", name=say("desk-filter-closed"))).to_be_disabled()
    one.row_with(TIP).get_by_role("link").click()
    one.context.set_offline(False)
    expect(one.page.get_by_text(say("desk-offline"))).to_have_count(0, timeout=40_000)


def test_the_log_in_page_says_it_is_a_demonstration(officers: tuple[Officer, Officer]) -> None:
    one, _ = officers
    one.page.reload()
    one.sees(say("desk-demo"))
    one.login()
    one.at_desk()


def test_every_state_is_sound_at_every_size(officers: tuple[Officer, Officer]) -> None:
    one, two = officers
    found = flaws(one.page, "list", resident=False)
    one.page.set_viewport_size(DESK)
    one.open_with(TIP)
    one.page.locator("details.history summary").click()
    found += flaws(one.page, "thread with history", resident=False)
    one.page.set_viewport_size(DESK)
    one.home()
    holder, taker = by_holder((one, two))
    taker.page.get_by_role("button", name=say("desk-take-over", name=holder.account)).click()
    found += flaws(taker.page, "taking over", resident=False)
    one.page.set_viewport_size(DESK)
    one.home()
    one.page.keyboard.press("?")
    found += flaws(one.page, "keys", resident=False)
    one.page.keyboard.press("Escape")
    one.context.set_offline(True)
    one.sees(say("desk-offline"))
    found += flaws(one.page, "offline", resident=False)
    one.context.set_offline(False)
    assert found == []


def test_a_new_machine_is_opened_by_the_recovery_words_though_their_list_did_not_come_at_first(
    chromium: Browser, site: Product
) -> None:
    with ExitStack() as stack:
        here = watched(Officer(chromium, site.address), site, stack)
        there = watched(Officer(chromium, site.address), site, stack)
        words: list[str] = []

        def look(step: str) -> None:
            if step == "words":
                words.extend(here.page.locator("ol.recovery li").all_inner_texts())

        here.enrol(site.invite("Đ/c C"), "trucban3", look)
        here.at_desk()
        there.page.route("**/assets/recovery-*.js", lambda route: route.abort())
        there.page.goto(f"{site.address}/desk")
        there.account, there.phrase = "trucban3", here.phrase
        there.login()
        expect(there.page.get_by_role("heading", name=say("login-words-title"))).to_be_visible(timeout=30_000)
        expect(there.page.get_by_role("alert")).to_have_text(say("desk-unreached"))
        there.page.get_by_label(say("login-words-label")).fill(" ".join(words))
        go = there.page.get_by_role("button", name=say("login-words-go"))
        expect(go).to_be_disabled()
        there.page.unroute("**/assets/recovery-*.js")
        expect(there.page.get_by_text(say("login-words-count", count=24, of=24))).to_be_visible(timeout=30_000)
        expect(there.page.get_by_role("alert")).to_have_text("")
        go.click()
        there.at_desk()
