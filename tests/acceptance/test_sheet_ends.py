"""A unit's list of keys runs out in days: its officers read it on the console, after the list was signed to end so."""

from __future__ import annotations

import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from acceptance.conftest import watched
from examine import flaws
from people import Officer, say
from playwright.sync_api import Browser, expect
from product import COMMAND, PROJECT, Product

pytestmark = pytest.mark.browser

UNIT = "18118"


def hopthu(product: Product, *words: str | Path) -> str:
    """What a command of this installation says."""
    asked = [str(COMMAND), *map(str, words)]
    done = subprocess.run(asked, cwd=PROJECT, env=product.environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sign_until(product: Product, last: str) -> None:
    """The demonstration's authority signs the same officers until this day, on a machine of its own."""
    usb = product.folder / "usb"
    usb.mkdir(mode=0o700)
    for there, here in (("authority", "authority"), ("recovery", f"recovery-{UNIT}")):
        key = product.folder / "data" / "keys" / f"demo-{there}.key"
        (usb / f"{here}.key").write_bytes(key.read_bytes())
    request, sheet = product.folder / "request.json", product.folder / "sheet.txt"
    hopthu(product, "unit", "request", UNIT, "--out", request)
    hopthu(product, "authority", "sign", request, "--key", usb, "--out", sheet, "--until", last, "--yes")
    assert "is in force" in hopthu(product, "unit", "sheet", sheet)


def test_officers_read_in_time_that_their_list_of_keys_ends(chromium: Browser, product: Product) -> None:
    end = datetime.now(UTC) + timedelta(hours=7, days=5)
    with ExitStack() as stack:
        officer = watched(Officer(chromium, product.address, bypass_csp=True), product, stack)
        officer.enrol(product.enrolment_link())
        officer.at_desk()
        expect(officer.page.locator("p.banner[role=status]")).to_have_count(0)
        sign_until(product, f"{end:%Y-%m-%d}")
        officer.page.reload()
        officer.login()
        officer.at_desk()
        officer.sees(say("desk-sheet-soon", day=f"{end:%d/%m}", days=6))
        assert flaws(officer.page, "a list of keys that ends", resident=False) == []
