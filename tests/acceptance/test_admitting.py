"""Onto a signed list over the console, in real browsers and a real installation; each step sees a wrong thing first.

The authority's machine is the command, in a folder of its own: the server has no key that signs.
"""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from acceptance.conftest import watched
from examine import flaws
from offices import Arranger
from people import DESK, say
from playwright.sync_api import Browser, FilePayload, expect
from product import COMMAND, Product

pytestmark = pytest.mark.browser

UNIT = "18118"


class Installation:
    """A product without a demonstration's key, and the authority's folder beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.people: list[Applicant] = []
        settings = {"HOPTHU_EPHEMERAL_DIR": str(folder / "ram")}
        self.product = Product(folder / "server", settings=settings)
        self.product.folder.mkdir()
        public = re.search(r"[0-9a-f]{64}", self.says("authority", "create", "usb", "--open"))
        assert public is not None
        self.says(
            "init", "--authority", public[0], "--unit", UNIT, "--name-vi", "phường Nam Hồng Lĩnh",
            "--name-en", "Nam Hồng Lĩnh ward", "--contact", "0239 000 0000", "--wording-approved",
            "--out", "first.json",
        )  # fmt: skip
        self.says("authority", "recovery", "usb", UNIT)
        self.take_in(self.signed(folder / "first.json"))

    def says(self, *words: str | Path) -> str:
        asked = [str(COMMAND), *map(str, words)]
        done = subprocess.run(
            asked, cwd=self.folder, env=self.product.environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def signed(self, request: Path) -> Path:
        """The authority signs what it is asked for."""
        out = request.with_name(f"signed-{request.stem}.txt")
        self.says("authority", "sign", request, "--key", "usb", "--out", out, "--yes")
        return out

    def signed_of(self, archive: Path) -> bytes:
        """The same for the one request in an archive, as an archive."""
        with zipfile.ZipFile(archive) as packed:
            (name,) = packed.namelist()
            packed.extract(name, self.folder)
        sheet = self.signed(self.folder / name)
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as made:
            made.write(sheet, sheet.name)
        return kept.getvalue()

    def take_in(self, sheet: Path) -> None:
        self.says("unit", "sheet", sheet)


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Installation]:
    found = Installation(tmp_path)
    try:
        found.product.start()
        yield found
    finally:
        found.product.kill()


@dataclass
class Applicant:
    """Somebody who asked to be on the list, and the digits that his own screen shows him to read aloud."""

    officer: Arranger
    heard: str = ""

    def look(self, step: str) -> None:
        if step == "digits":
            self.heard = " ".join(self.officer.page.locator("ol.digits li").all_inner_texts())


def asks_to_be_on_it(browser: Browser, real: Installation, stack: ExitStack, link: str) -> Applicant:
    """Somebody uses his link, up to the page that waits for the signed list."""
    officer = watched(Arranger(browser, real.product.address, bypass_csp=True), real.product, stack)
    found = Applicant(officer)
    officer.enrol(link, f"canbo{len(real.people)}", found.look)
    real.people.append(found)
    return found


def first_chief(browser: Browser, real: Installation, stack: ExitStack) -> Arranger:
    """The first one cannot be let in by anybody's console: commands do it."""
    asked = asks_to_be_on_it(browser, real, stack, real.product.invite("Đ/c Trưởng", role="chief"))
    serial = re.search(r"^(\S+)  requested", real.says("officer", "list"), re.MULTILINE)
    assert serial is not None
    request = real.folder / "chief.json"
    said = real.says("officer", "approve", serial[1], "--digits", asked.heard, "--out", request)
    assert "The digits fit" in said
    real.take_in(real.signed(request))
    asked.officer.at_desk()
    return asked.officer


def brings(chief: Arranger, name: str, body: bytes) -> None:
    """A file from the authority's machine."""
    file = FilePayload(name=name, mimeType="application/octet-stream", buffer=body)
    chief.aside.get_by_label(say("org-file"), exact=True).set_input_files(file)
    chief.press("org-sheet-bring-go")


def test_from_digits_to_the_desk_over_the_console(chromium: Browser, real: Installation) -> None:
    with ExitStack() as stack:
        chief = first_chief(chromium, real, stack)
        chief.page.set_viewport_size(DESK)
        chief.go("officers")
        chief.press("org-invite")
        chief.aside.get_by_label(say("org-invite-name")).fill("Đ/c Mới")
        chief.press("org-invite-go")
        link = chief.aside.locator(".address").inner_text()
        chief.close()
        new = asks_to_be_on_it(chromium, real, stack, link)
        _nothing_to_ask_for_yet(chief)
        _digits_are_compared(chief, new.heard)
        requests = _requests_are_made(chief, real.folder)
        signed = real.signed_of(requests)
        _a_forged_list_is_refused(chief, signed, requests.read_bytes())
        brings(chief, "danh-sach.zip", signed)
        expect(chief.aside).to_contain_text(say("org-sheet-taken", unit="phường Nam Hồng Lĩnh", n=3, count=2))
        brings(chief, "danh-sach.zip", signed)
        expect(chief.aside).to_contain_text(say("org-sheet-already", unit="phường Nam Hồng Lĩnh", n=3))
        chief.close()
        new.officer.at_desk()
        _what_was_done_is_told(chief)


def _nothing_to_ask_for_yet(chief: Arranger) -> None:
    chief.press("org-list-sheets")
    chief.sees(say("org-figure-asking", count=0))
    chief.press("org-sheet-ask")
    chief.press("org-sheet-get")
    expect(chief.aside.get_by_role("alert")).to_have_text(say("org-no-requests"))
    chief.close()


def _digits_are_compared(chief: Arranger, heard: str) -> None:
    chief.press("org-list-officers")
    field = chief.page.get_by_label(say("org-heard"))
    field.fill(heard[:-1])
    expect(chief.page.get_by_role("button", name=say("org-approve"))).to_be_disabled()
    field.fill(heard[:-1] + ("1" if heard[-1] != "1" else "2"))
    chief.press("org-approve")
    chief.sees(say("org-other-digits"))
    assert flaws(chief.page, "digits that do not fit", resident=False) == []
    chief.page.set_viewport_size(DESK)
    field.fill(heard)
    chief.press("org-approve")
    chief.sees(say("org-approved", name="Đ/c Mới"))
    expect(chief.row("Đ/c Mới")).to_contain_text(say("org-status-approved"))


def _requests_are_made(chief: Arranger, folder: Path) -> Path:
    chief.press("org-list-sheets")
    chief.sees(say("org-figure-asking", count=1))
    row = chief.page.locator("table.list tbody tr")
    expect(row).to_contain_text("canbo1")
    row.get_by_role("button").click()
    expect(chief.aside).to_contain_text(say("org-sheet-adds", name="canbo1", role=say("desk-role-duty")))
    chief.aside.locator("details.history summary").click()
    expect(chief.aside.locator("details.history li")).to_have_count(2)
    assert flaws(chief.page, "a signed list at the side", resident=False) == []
    chief.page.set_viewport_size(DESK)
    chief.close()
    chief.press("org-sheet-ask")
    with chief.page.expect_download() as saved:
        chief.press("org-sheet-get")
    saved.value.save_as(folder / "requests.zip")
    chief.close()
    return folder / "requests.zip"


def _a_forged_list_is_refused(chief: Arranger, signed: bytes, requests: bytes) -> None:
    chief.press("org-sheet-bring")
    brings(chief, "de-nghi.zip", requests)
    chief.sees(say("org-sheet-no-file"))
    brings(chief, "hong.zip", signed[:-40])
    chief.sees(say("org-sheet-archive"))
    brings(chief, "gia.txt", b'{"v":1}\nAAAA')
    expect(chief.aside.locator("li.bad")).to_contain_text(say("row-sheet-none"))
    assert flaws(chief.page, "a forged list refused", resident=False) == []
    chief.page.set_viewport_size(DESK)


def _what_was_done_is_told(chief: Arranger) -> None:
    chief.press("org-list-officers")
    chief.open_row("Đ/c Mới")
    told = chief.history()
    expect(told.nth(0)).to_contain_text(say("org-status-active"))
    expect(told.nth(1)).to_contain_text(say("org-status-approved"))
    expect(told.first).to_contain_text("Đ/c Trưởng")
    expect(told.first).to_contain_text(re.compile(say("org-chain-good", n="\\d+")))
    chief.close()
