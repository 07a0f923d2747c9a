"""Two wards become one: an officer of the old one finds the open tip at the new one, and its reporter is answered."""

from __future__ import annotations

import subprocess
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from acceptance.conftest import watched
from offices import Arranger
from people import Resident, say
from playwright.sync_api import Browser, expect
from product import COMMAND, PROJECT, Product

pytestmark = pytest.mark.browser

UNIT, NEW = "18118", "18200"
WORDS = "Quán nước đầu xóm chiều nào cũng ghi lô đề"
QUESTION = "Lúc mấy giờ thì đông người?"


def hopthu(product: Product, *words: str | Path) -> str:
    """What a command of this installation says."""
    asked = [str(COMMAND), *map(str, words)]
    done = subprocess.run(asked, cwd=PROJECT, env=product.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def merge(product: Product) -> None:
    """The demonstration's authority signs for the new ward, on a machine of its own, and the server takes it in."""
    usb, sheets = product.folder / "usb", product.folder / "sheets"
    usb.mkdir(mode=0o700)
    key = product.folder / "data" / "keys" / "demo-authority.key"
    (usb / "authority.key").write_bytes(key.read_bytes())
    recovery = product.folder / "data" / "keys" / "demo-recovery.key"
    (usb / f"recovery-{UNIT}.key").write_bytes(recovery.read_bytes())
    request = product.folder / "request.json"
    hopthu(product, "unit", "request", UNIT, "--out", request)
    signed = time.time()
    hopthu(product, "authority", "sign", request, "--key", usb, "--out", product.folder / "old.txt", "--yes")
    hopthu(product, "unit", "sheet", product.folder / "old.txt")
    hopthu(product, "unit", "add", NEW, "--name-vi", "phường Mới", "--name-en", "Mới ward")
    while time.time() < signed + 1:  # sheets are dated by the second, and the next one is younger
        time.sleep(0.05)
    merging = ("authority", "merge", UNIT, "--into", NEW, "--name", "phường Mới", "--top", "--yes")
    hopthu(product, *merging, "--key", usb, "--out", sheets)
    assert f"It goes on for {UNIT}" in hopthu(product, "unit", "sheet", sheets)


def test_an_open_tip_goes_on_in_the_ward_that_goes_on(chromium: Browser, product: Product) -> None:
    with ExitStack() as stack:
        officer = watched(Arranger(chromium, product.address, bypass_csp=True), product, stack)
        officer.enrol(product.invite("Đ/c Trưởng", role="chief"))
        officer.at_desk()
        resident = watched(Resident(chromium, product.address), product, stack)
        resident.scan("tdp4-nhl")
        resident.write(WORDS)
        resident.sees("Đã ghi 1 phần")
        resident.choose(say("btn-send"))
        resident.sees("Gửi 1 phần đến", within=30_000)
        resident.choose(say("btn-send"))
        code = resident.receipt()
        officer.home()
        officer.open_first()
        officer.sees(WORDS)
        merge(product)
        officer.page.reload()
        officer.login()
        expect(officer.rows()).to_have_count(1, timeout=30_000)
        officer.sees("Phường Mới")
        officer.open_first()
        officer.sees(WORDS)
        officer.ask(QUESTION)
        officer.sees(QUESTION)
        officer.home()
        officer.go("log")
        officer.page.get_by_label(say("desk-log-unit")).select_option(UNIT)
        entries = officer.page.locator("table.log tbody tr")
        expect(entries.filter(has_text=say("desk-log-act-open"))).to_have_count(1)
        expect(officer.page.get_by_role("status").filter(has_text="Chuỗi khớp đến số")).to_be_visible()
        with officer.page.expect_download() as saved:
            officer.page.get_by_role("link", name=say("desk-log-file")).click()
        assert saved.value.suggested_filename == f"hopthu-audit-{UNIT}.txt"
        later = watched(Resident(chromium, product.address), product, stack)
        later.scan("tdp4-nhl")
        later.go(say("btn-open"))
        later.sees(say("code-ask"))
        later.write(code)
        later.sees(QUESTION)
