"""Pictures of every page and state, at both sizes, light and dark: `make pictures` writes them to docs/pictures.

Walks the product as people do, against an installation of its own; nothing shown comes from anybody.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

from alley import draw_alley
from country import found_country
from filed import file_every_kind
from offices import Arranger, tour
from people import DESK, PHONE, Officer, Resident, say
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, expect
from prints import posters
from product import PROJECT, Product
from wards import found_wards

from bench.browser import SPEAKING, browser

BOX = "tdp4-nhl"
TIP = "nha cuoi ngo canh nha van hoa to 4, toi nao cung co thanh nien la ra vao, toi nghi la ban ma tuy"
URGENT = "CỨU VỚI nó ngáo đá đang cầm dao đuổi vợ con ngoài đường tổ 11 ngay bây giờ"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
BRIBE = "ong cong an phuong nhan tien cua quan karaoke nen khong ai dam noi"
ANSWER = "tam 9 gio den 11 gio dem, toan xe may"
EVERYTHING = "Gửi thêm ghi âm, phim, tệp và chỗ"
SCREENS: dict[str, ViewportSize] = {"": DESK, "-phone": PHONE}
THEMES: dict[str, Literal["light", "dark"]] = {"": "light", "-dark": "dark"}


class Album:
    """Pictures in a folder, each as a lean PNG."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, page: Page, name: str) -> None:
        """The page as it stands, in both themes."""
        settle(page)
        for ending, theme in THEMES.items():
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self.keep(page.screenshot(animations="disabled", caret="hide"), name + ending)
        page.emulate_media(color_scheme="light")

    def take_both(self, page: Page, name: str) -> None:
        """The page at both sizes; for pages whose place on the screen does not depend on what came before."""
        for ending, screen in SCREENS.items():
            page.set_viewport_size(screen)
            self.take(page, name + ending)
        page.set_viewport_size(DESK)

    def keep(self, shot: bytes, name: str) -> None:
        """A picture as it is, but lean."""
        with Image.open(io.BytesIO(shot)) as picture:
            lean = picture.convert("RGB").quantize(128, dither=Image.Dither.NONE)
            lean.save(self.folder / f"{name}.png", optimize=True)


def resident(album: Album, visitor: Resident, size: str, photo: Path) -> str:
    """From the QR of a box to the receipt; the receipt's digits."""
    page = visitor.scan(BOX).page
    album.take(page, f"start{size}")
    visitor.go(say("btn-tip"))
    visitor.sees(say("tip-ask"))
    album.take(page, f"chat-asked{size}")
    visitor.write(TIP)
    visitor.sees("Đã ghi 1 phần")
    album.take(page, f"chat-draft{size}")
    visitor.attach(photo)
    visitor.sees("Đã ghi 2 phần")
    album.take(page, f"chat-photo{size}")
    visitor.choose(say("btn-review"))
    visitor.sees("Tin đang có")
    album.take(page, f"chat-review{size}")
    visitor.choose(say("btn-back"))
    visitor.choose(say("btn-send"))
    visitor.sees("Gửi 2 phần đến")
    album.take(page, f"chat-confirm{size}")
    visitor.choose(say("btn-send"))
    code = visitor.receipt()
    album.take(page, f"chat-code{size}")
    visitor.close_receipt()
    album.take(page, f"chat-closed{size}")
    return code


def attached(album: Album, visitor: Resident, size: str, film: Path) -> None:
    """Everything beside words, on its way into a tip."""
    page = visitor.page
    visitor.context.grant_permissions(["microphone", "geolocation"], origin=visitor.address)
    visitor.context.set_geolocation({"latitude": 18.53210, "longitude": 105.70450, "accuracy": 21})
    page.goto(f"{visitor.address}/chat?h={BOX}")
    visitor.sees(say("menu-ask"))
    visitor.choose(say("btn-photo"))
    visitor.sees(say("page-add-place-how"))
    album.take(page, f"chat-attach{size}")
    visitor.choose(say("page-add-place"))
    visitor.sees(say("page-place-how"))
    album.take(page, f"chat-place-told{size}")
    visitor.choose(say("page-place-ask"))
    visitor.sees("18.53210, 105.70450")
    album.take(page, f"chat-place-found{size}")
    visitor.choose(say("page-into-tip"))
    visitor.sees("Đã ghi 1 phần")
    visitor.choose(say("btn-mic"))
    expect(page.locator(".recording b")).to_have_text("0:02", timeout=10_000)
    album.take(page, f"chat-recording{size}")
    visitor.choose(say("btn-mic-stop"))
    visitor.sees(say("page-voice-play"))
    album.take(page, f"chat-recorded{size}")
    visitor.choose(say("page-into-tip"))
    visitor.sees("Đã ghi 2 phần")
    album.take(page, f"chat-voice{size}")
    uploading(album, visitor, size, film)
    guided(album, visitor, size)


def uploading(album: Album, visitor: Resident, size: str, film: Path) -> None:
    """A file on a slow line, given up in the end."""
    page = visitor.page
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": film.stat().st_size / 12}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    visitor.attach(film)
    expect(page.locator(".going")).to_contain_text(re.compile(r"\b[2-9]\d\b"), timeout=20_000)
    album.take(page, f"chat-uploading{size}")
    page.get_by_role("button", name=say("page-stop-part", n=3)).click()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    line.detach()


def guided(album: Album, visitor: Resident, size: str) -> None:
    """One question at a time, as far as the kinds."""
    page = visitor.page
    visitor.choose(say("btn-guide"))
    visitor.sees(say("ask-when"))  # the place is known by now
    album.take(page, f"chat-when{size}")
    visitor.choose(say("btn-skip"))
    visitor.sees(say("ask-cat"))
    album.take(page, f"chat-kinds{size}")


def denied(album: Album, visitor: Resident, size: str) -> None:
    """A browser that says no to the microphone, and pages that are none."""
    page = visitor.page
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto(f"{visitor.address}/chat?h={BOX}&chu=to")
    visitor.sees(say("menu-ask"))
    visitor.choose(say("btn-mic"))
    visitor.sees(say("web-mic-denied"))
    album.take(page, f"chat-mic-denied-large{size}")
    page.goto(f"{visitor.address}/khong-co")
    album.take(page, f"error{size}")


def board_alone(album: Album, visitor: Resident, size: str, product: Product) -> None:
    """The board's copy, while the server is away."""
    page = visitor.page
    page.goto(f"{visitor.address}/so/18118")
    visitor.sees(say("page-copy-kept"))
    product.kill()
    page.reload()
    expect(page.locator(".copy")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    album.take(page, f"board-copy{size}")
    product.start()


def alone(album: Album, visitor: Resident, size: str) -> None:
    """Pages and states that need no tip."""
    page = visitor.page
    page.goto(f"{visitor.address}/chat?h={BOX}")
    visitor.sees(say("menu-ask"))
    album.take(page, f"chat-greeting{size}")
    visitor.choose(say("btn-board"))
    visitor.sees("Số cần gọi,")
    album.take(page, f"chat-board{size}")
    visitor.choose(say("btn-back"))
    visitor.sees(say("menu-ask"))
    visitor.context.set_offline(offline=True)
    visitor.write(TIP)
    visitor.sees(say("web-queued"))
    visitor.sees(say("web-offline"))
    album.take(page, f"chat-offline{size}")
    visitor.context.set_offline(offline=False)
    visitor.sees("Đã ghi 1 phần")
    visitor.write("english")
    visitor.sees("Changed to English")
    album.take(page, f"chat-english{size}")
    for path, name in (("/so/18118", "board"), ("/rieng-tu", "privacy"), ("/?lang=en", "start-english")):
        page.goto(visitor.address + path)
        album.take(page, name + size)
    page.goto(f"{visitor.address}/?chu=to")
    album.take(page, f"start-large{size}")


def several(album: Album, visitor: Resident, size: str) -> None:
    """Where there are several wards: which it is in, and who receives the tip."""
    page = visitor.page
    page.goto(visitor.address)
    album.take(page, f"start-several{size}")
    page.goto(f"{visitor.address}/chat")
    visitor.choose(say("btn-tip"))
    visitor.sees(say("find-ask"))
    album.take(page, f"chat-find{size}")
    visitor.write("hong linh")
    visitor.sees(say("find-many"))
    album.take(page, f"chat-find-many{size}")
    visitor.write("khong nho ten")
    visitor.sees("Chưa tìm thấy")
    album.take(page, f"chat-find-none{size}")
    visitor.write("0")
    visitor.sees("Chuyện ở phường, xã nào của")
    album.take(page, f"chat-find-list{size}")
    visitor.choose("Nam Hồng Lĩnh")
    visitor.sees(say("tip-ask"))
    visitor.write(BRIBE)
    visitor.sees(say("route-offer"))
    album.take(page, f"chat-route-offer{size}")
    visitor.write("1")
    visitor.sees("không thấy tin này.")
    album.take(page, f"chat-route-done{size}")
    visitor.choose(say("btn-route"))
    visitor.sees(say("route-ask"))
    album.take(page, f"chat-route{size}")


def urgent(album: Album, visitor: Resident, size: str) -> None:
    """A tip that cannot wait."""
    visitor.scan(BOX).write(URGENT)
    visitor.sees("GỌI NGAY 113")
    album.take(visitor.page, f"chat-urgent{size}")
    visitor.choose(say("btn-send-now"))
    visitor.receipt()


def mailbox(album: Album, visitor: Resident, size: str, code: str) -> None:
    """Reading a question by code, and answering it."""
    page = visitor.scan(BOX).page
    visitor.go(say("btn-open"))
    visitor.sees(say("code-ask"))
    album.take(page, f"chat-code-ask{size}")
    visitor.write(code)
    visitor.sees(QUESTION)
    album.take(page, f"chat-mailbox{size}")
    page.get_by_text(say("page-mail-sent"), exact=True).click()
    album.take(page, f"chat-mailbox-sent{size}")
    visitor.choose(say("btn-timeline"))
    page.locator(".say.plain .timeline").last.wait_for()
    album.take(page, f"chat-timeline{size}")
    visitor.choose(say("btn-proof"))
    visitor.sees(say("mail-proof-ask").splitlines()[0])
    album.take(page, f"chat-proof{size}")
    visitor.choose(say("btn-proof-yes"))
    page.locator(".say.paper").wait_for()
    album.take(page, f"chat-paper{size}")
    visitor.choose(say("btn-forget"))
    visitor.sees(say("forget-ask").splitlines()[0])
    album.take(page, f"chat-forget{size}")
    visitor.choose(say("btn-back"))
    visitor.write(ANSWER)
    visitor.sees("Đã ghi 1 phần bổ sung")
    album.take(page, f"chat-answer{size}")
    visitor.choose(say("btn-send"))
    visitor.sees("ĐÃ TIẾP NHẬN phần bổ sung")
    album.take(page, f"chat-answered{size}")


def desk(album: Album, officer: Officer) -> None:
    """Logging in, the list, the first tip that is not urgent, a question."""
    page = officer.page
    page.reload()
    page.get_by_label(say("login-account")).wait_for()
    album.take_both(page, "desk-login")
    officer.login()
    expect(officer.rows()).to_have_count(5, timeout=30_000)
    expect(officer.rows().filter(has_text="Tổ dân phố 4")).to_have_count(5, timeout=30_000)
    album.take_both(page, "desk-inbox")
    quiet = [officer.rows().nth(n).get_by_role("link").inner_text() for n in (3, 4)]
    for name, number in zip(("desk-thread", ""), quiet, strict=True):
        page.get_by_role("link", name=number).click()
        officer.sees(TIP)
        officer.open_photo()
        if name:
            album.take_both(page, name)
        officer.ask(QUESTION)
        officer.sees(QUESTION)
        if name:
            album.take_both(page, "desk-asked")
        page.get_by_role("link", name=re.compile(re.escape(say("desk-tips")))).first.click()


def desk_states(album: Album, officer: Officer, other: Officer) -> None:
    """What an officer meets besides: a colleague at work, taking over, searching, keys, the lost network, the lock."""
    page = officer.page
    officer.home()
    other.home()
    other.open_with(TIP)
    number = other.page.locator("h1").inner_text()
    expect(officer.row(number)).to_contain_text("trucban2")
    album.take_both(page, "desk-colleague")
    page.get_by_role("searchbox").fill("van hoa thanh nien")
    album.take_both(page, "desk-search")
    page.get_by_role("searchbox").fill("")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    album.take(page, "desk-keys")
    page.keyboard.press("Escape")
    told(album, other)
    taker = other if other.page.get_by_text(say("desk-take-over", name="trucban1")).count() else officer
    if taker is officer:
        officer.open_with(TIP)
    taker.page.get_by_role("button", name=re.compile(re.escape(say("desk-take-yes")))).first.click()
    taker.page.get_by_label(say("desk-take-why")).fill("hết ca, được giao lại")
    album.take_both(taker.page, "desk-take-over")
    page.get_by_role("link", name=re.compile(say("desk-log"))).click()
    officer.sees("Chuỗi khớp đến số")
    album.take_both(page, "desk-log")
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("Log")
    album.take_both(page, "desk-log-english")
    page.get_by_role("button", name="Tiếng Việt").click()
    page.get_by_role("link", name=re.compile(say("desk-tips"))).first.click()
    other.home()
    other.open_with(EVERYTHING)
    other.page.get_by_role("button", name=re.compile(say("desk-voice", n=1))).click()
    expect(other.page.locator("audio")).to_have_count(1)
    album.take_both(other.page, "desk-parts")
    other.page.locator(".place").first.scroll_into_view_if_needed()
    album.take_both(other.page, "desk-places")
    officer.context.set_offline(offline=True)
    officer.sees(say("desk-offline"))
    album.take_both(page, "desk-offline")
    officer.context.set_offline(offline=False)
    page.get_by_role("button", name=say("desk-lock"), exact=True).click()
    officer.sees(say("login-locked-now"))
    album.take_both(page, "desk-locked")


def organisation(album: Album, chromium: Browser, product: Product) -> None:
    """Units, boxes, roster, numbers and officers, before the ward's chief."""
    chief = Arranger(chromium, product.address)
    chief.enrol(product.invite("Đ/c Chỉ huy", role="chief"), "chihuy1")
    chief.at_desk()
    tour(chief, lambda name: album.take_both(chief.page, name))


def told(album: Album, officer: Officer) -> None:
    """What happened to a tip, with who opened it when."""
    page = officer.page
    page.locator("details.history summary").click()
    story = page.locator("details.history li")
    expect(story.filter(has_text=say("desk-history-opened", name=say("desk-me")))).to_contain_text("đã ký")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    album.take(page, "desk-history")
    page.set_viewport_size(PHONE)
    page.locator("aside summary").first.click()
    page.locator("details.history summary").click()
    expect(story.first).to_be_visible()
    story.last.scroll_into_view_if_needed()
    album.take(page, "desk-history-phone")
    page.set_viewport_size(DESK)


def authority(album: Album, chromium: Browser, folder: Path) -> None:
    """The authority's page, step by step, on a machine without network."""
    folder.mkdir()
    shell = found_wards(folder, 4)
    shell.says("unit", "requests", "requests.zip")
    shell.says("authority", "page", "authority.html")
    page = chromium.new_context(viewport=DESK, locale="vi-VN", offline=True).new_page()
    page.goto((folder / "authority.html").as_uri())
    files = page.locator("input[type=file]")
    album.take_both(page, "authority-open")
    files.set_input_files(folder / "usb")
    page.get_by_role("heading", name=say("auth-task")).wait_for()
    album.take_both(page, "authority-task")
    files.set_input_files(folder / "requests.zip")
    page.get_by_role("heading", name=say("auth-compare")).wait_for(timeout=30_000)
    page.get_by_role("button", name=say("auth-unit-right")).click()
    for n, answer in enumerate(("auth-same", "auth-other")):
        page.get_by_role("button", name=say(answer), exact=True).nth(n).click()
    album.take_both(page, "authority-compare")
    for step in ("dates", "sign"):
        press(page, "auth-next")
        album.take_both(page, f"authority-{step}")
        if step == "dates":
            page.get_by_role("checkbox").check()
    page.get_by_role("button", name=say("auth-sign", count=1)).click()
    album.take_both(page, "authority-out")
    with page.expect_download() as coming:
        press(page, "auth-out-save")
    coming.value.save_as(folder / "saved.zip")
    files.set_input_files(folder / "saved.zip")
    page.get_by_text(say("auth-out-saved", count=1)).wait_for()
    press(page, "auth-out-more")
    press(page, "auth-shorten-choose")
    page.get_by_role("checkbox").last.check()
    album.take_both(page, "authority-choose")


def press(page: Page, key: str) -> None:
    """The button of this name."""
    page.get_by_role("button", name=say(key), exact=True).click()


def passed_on(album: Album, officer: Officer) -> None:
    """A tip goes to another unit: which one and why, once more, done."""
    page = officer.page
    page.reload()
    officer.login()
    officer.at_desk()
    officer.open_first()
    page.get_by_role("button", name=say("desk-forward"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("forward-title"))
    dialog.get_by_role("radio").first.check()
    dialog.get_by_label(say("forward-why")).fill("Nhà này bên kia cầu, thuộc địa bàn phường bạn")
    for step in ("choose", "sure", "gone"):
        page.set_viewport_size(DESK)
        expect(dialog.get_by_role("button", name=say(f"forward-go-{step}"), exact=True)).to_be_visible(timeout=20_000)
        album.take_both(page, f"desk-forward-{step}")
        dialog.get_by_role("button", name=say(f"forward-go-{step}"), exact=True).click()


def settle(page: Page) -> None:
    """Nothing is pointed at, fonts are there, a new message has come to rest."""
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(250)


def walk(album: Album, chromium: Browser, product: Product, folder: Path) -> None:
    """Every page and state."""
    photo = draw_alley(folder / "anh-ngo-toi.jpg")
    film = folder / "quay-cuoi-ngo.mp4"
    film.write_bytes(bytes(8_000_000))
    officer = Officer(chromium, product.address)
    officer.enrol(product.enrolment_link(), look=lambda step: album.take_both(officer.page, f"desk-enrol-{step}"))
    officer.sees(say("desk-empty"), within=30_000)
    album.take_both(officer.page, "desk-inbox-empty")
    other = Officer(chromium, product.address)
    other.enrol(product.invite("Đ/c B"), "trucban2")
    other.at_desk()
    codes = {}
    for size, screen in SCREENS.items():
        alone(album, Resident(chromium, product.address, screen), size)
        codes[size] = resident(album, Resident(chromium, product.address, screen), size, photo)
        urgent(album, Resident(chromium, product.address, screen), size)
        attached(album, Resident(chromium, product.address, screen), size, film)
        denied(album, Resident(chromium, product.address, screen), size)
    with ThreadPoolExecutor() as aside:
        aside.submit(file_every_kind, folder / "data", EVERYTHING, age=9 * 3600).result()
    desk(album, officer)
    desk_states(album, officer, other)
    organisation(album, chromium, product)
    for size, screen in SCREENS.items():
        mailbox(album, Resident(chromium, product.address, screen), size, codes[size])
        board_alone(album, Resident(chromium, product.address, screen), size, product)
    product.kill()
    with ThreadPoolExecutor() as aside:
        for name, page in aside.submit(lambda: [*posters(folder / "data")]).result():
            album.keep(page, name)
        aside.submit(found_country, folder / "data").result()
    product.start()
    for size, screen in SCREENS.items():
        several(album, Resident(chromium, product.address, screen), size)
    passed_on(album, officer)


def main(out: Path) -> None:
    """Write all pictures to `out`."""
    with tempfile.TemporaryDirectory() as folder, browser(*SPEAKING) as chromium:
        product = Product(Path(folder)).start()
        try:
            walk(Album(out), chromium, product, Path(folder))
            authority(Album(out), chromium, Path(folder) / "authority")
        finally:
            product.kill()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "pictures")
