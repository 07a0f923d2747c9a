"""The main job in real browsers against the real server, killed on the way: sealed, assigned, read, answered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from people import Officer, Resident, say
from PIL import Image
from playwright.sync_api import Browser, expect
from product import Product

from bench.browser import browser

pytestmark = pytest.mark.browser

TIP = "nha cuoi ngo canh nha van hoa to 4 toi nao cung co thanh nien la ra vao"
QUESTION = "Những người đó thường đến lúc mấy giờ, đi xe gì?"
ANSWER = "tam 9 gio den 11 gio, toan xe may"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running


def photo(folder: Path) -> Path:
    path = folder / "anh-nha-toi.jpg"
    exif = Image.Exif()
    exif[0x010F] = "PHONE-OF-A-NEIGHBOUR"
    Image.new("RGB", (640, 480), (90, 140, 120)).save(path, exif=exif)
    return path


def test_a_tip_is_sealed_assigned_read_and_answered(chromium: Browser, product: Product, tmp_path: Path) -> None:
    officer = Officer(chromium, product.address)
    officer.enrol(product.enrolment_link())
    officer.sees(say("desk-empty"), within=30_000)

    resident = Resident(chromium, product.address).scan("tdp4-nhl")
    resident.write(TIP)
    resident.sees("Đã ghi 1 phần")
    resident.attach(photo(tmp_path))
    resident.sees("Đã ghi 2 phần")
    product.kill()
    product.start()
    resident.sees("Đã ghi 2 phần")
    resident.choose(say("btn-send"))
    resident.sees("Gửi 2 phần đến", within=30_000)
    resident.choose(say("btn-send"))
    code = resident.receipt()
    product.kill()
    product.start()

    officer.page.reload()
    officer.login()
    expect(officer.rows()).to_have_count(1, timeout=30_000)
    officer.open_first()
    officer.sees(TIP)
    officer.open_photo()
    officer.ask(QUESTION)
    officer.sees(QUESTION)

    later = Resident(chromium, product.address).scan("tdp4-nhl")
    later.go(say("btn-open"))
    later.sees(say("code-ask"))
    later.write(code)
    later.sees(QUESTION)
    later.write(ANSWER)
    later.sees("Đã ghi 1 phần bổ sung")
    later.choose(say("btn-send"))
    later.sees("ĐÃ TIẾP NHẬN phần bổ sung")

    officer.page.reload()
    officer.login()
    officer.open_first()
    officer.sees(ANSWER)
