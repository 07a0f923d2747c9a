"""The authority's page in a real browser without network.

A key made by command and thirty wards' requests; sheets that the server takes in, and that are the command's.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from examine import flaws
from integration.shell import Shell, one_line
from people import DESK, PHONE, say
from playwright.sync_api import Browser, Locator, Page, expect
from wards import found_wards, read_aloud

from bot.service.authority.comparing import HEARD

pytestmark = pytest.mark.browser

WARDS = 30
WRONG = "18125"
"""The ward whose officer reads other digits than his request has."""


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    shell = found_wards(tmp_path_factory.mktemp("province"), WARDS)
    assert f"{WARDS} request(s)" in shell.says("unit", "requests", "requests.zip")
    said = shell.says("authority", "page", "authority.html")
    assert re.fullmatch(r"[0-9a-f]{64}  authority\.html", said.splitlines()[0])
    shutil.copytree(shell.folder / "usb", shell.folder / "usb-of-command")
    return shell


@contextmanager
def opened(chromium: Browser, shell: Shell, *, bypass_csp: bool = False) -> Iterator[Page]:
    """The page out of its file, on a machine without network; it asks for nothing and breaks no rule of its own."""
    context = chromium.new_context(viewport=DESK, locale="vi-VN", offline=True, bypass_csp=bypass_csp)
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda line: complaints.append(line.text))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    page = context.new_page()
    page.goto((shell.folder / "authority.html").as_uri())
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert complaints == []


def press(page: Page, key: str, **args: str | int) -> None:
    page.get_by_role("button", name=say(key, **args), exact=True).last.click()


def open_key(page: Page, folder: Path) -> None:
    page.locator("input[type=file]").set_input_files(folder)
    expect(heading(page)).not_to_have_text(say("auth-open"), timeout=15_000)


def take(page: Page, requests: Path) -> None:
    page.locator("input[type=file]").set_input_files(requests)
    expect(heading(page)).to_have_text(say("auth-compare"), timeout=60_000)


def heading(page: Page) -> Locator:
    return page.locator("h1")


def trouble(page: Page) -> Locator:
    return page.locator(".step > .notice[role=alert]").last


def compare(page: Page, heard: dict[tuple[str, str], str]) -> None:
    """Every unit in turn: it is the right one, and each of its officers reads what his own screen shows."""
    for _ in range(WARDS):
        unit = page.locator(".unit", has=page.locator(".inside"))
        code = unit.locator("h2 .num").inner_text()
        unit.get_by_role("button", name=say("auth-unit-right")).click()
        for card in unit.locator(".card:has(.digits)").all():
            account = card.locator("h3").inner_text().split()[0]
            shown = " ".join(card.locator(".digits li").all_inner_texts())
            same = shown == heard[code, account]
            card.get_by_role("button", name=say("auth-same" if same else "auth-other"), exact=True).click()
        following = unit.get_by_role("button", name=say("auth-next-unit"))
        if not following.count():
            return
        following.click()


def signed_by_page(page: Page, folder: Path) -> Path:
    """From the dates to the archive, saved beside the key and read back as the page says."""
    press(page, "auth-next")
    expect(heading(page)).to_have_text(say("auth-summary"))
    page.get_by_role("button", name=re.compile(r"^Ký \d+ danh sách$")).click()
    expect(heading(page)).to_have_text(say("auth-out"), timeout=30_000)
    with page.expect_download() as coming:
        press(page, "auth-out-save")
    out = folder / coming.value.suggested_filename
    coming.value.save_as(out)
    read_back(page, out)
    return out


def read_back(page: Page, saved: Path) -> None:
    page.locator("input[type=file]").set_input_files(saved)
    expect(page.get_by_text(say("auth-out-unsaved"))).to_have_count(0)


def signed_by_command(shell: Shell, heard: dict[tuple[str, str], str]) -> dict[str, bytes]:
    """The same requests by the command, with the list filled in by the same person."""
    key = ("--key", "usb-of-command")
    shell.says("authority", "compare", "requests.zip", *key, "--out", "compare.csv")
    rows = list(csv.DictReader(io.StringIO((shell.folder / "compare.csv").read_text("utf-8-sig"))))
    for row in rows:
        if row["account"]:
            row |= dict(zip(HEARD, heard[row["unit"], row["account"]].split(), strict=True))
        else:
            row["same"] = "x"
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    (shell.folder / "compare.csv").write_text(out.getvalue(), "utf-8")
    done = shell.run("authority", "sign", "requests.zip", *key, "--list", "compare.csv", "--out", "by-command.zip")
    assert f"{WARDS - 1} signed, 0 signed before, 1 waiting" in done.stdout
    return inside(shell.folder / "by-command.zip")


def inside(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def test_thirty_wards_from_their_requests_to_the_server(chromium: Browser, province: Shell) -> None:
    heard = read_aloud(province)
    heard[WRONG, f"truc{WRONG}"] = "00000 00000 00000 00000"
    with opened(chromium, province) as page:
        open_key(page, province.folder / "usb")
        take(page, province.folder / "requests.zip")
        compare(page, heard)
        everything = 2 * WARDS + 1
        expect(page.locator(".count-so-far")).to_contain_text(say("auth-compared", said=everything, of=everything))
        expect(page.locator(".count-so-far")).to_contain_text(say("auth-compared-other", count=1))
        press(page, "auth-next")
        press(page, "auth-next")
        expect(page.get_by_text(say("auth-plans-ready", count=WARDS - 1))).to_be_visible()
        expect(page.get_by_text(say("auth-plans-waiting", count=1))).to_be_visible()
        press(page, "btn-back")
        out = signed_by_page(page, province.folder / "usb")
    sheets = inside(out)
    assert sorted(sheets) == sorted(f"sheet-{code}-1.txt" for code in range(18119, 18119 + WARDS) if str(code) != WRONG)
    assert sheets == signed_by_command(province, heard)
    assert province.says("unit", "sheet", out).count("is in force") == WARDS - 1
    waiting = {one["unit"] for one in json.loads(province.says("officer", "list", "--waiting", "--json"))}
    assert waiting == {WRONG}
    again_by_command(province)
    again_by_page(chromium, province)


def again_by_command(shell: Shell) -> None:
    """Who was compared on the page is known to the command."""
    listed = json.loads(shell.says("authority", "sheets", "--key", "usb", "--json"))
    assert len(listed) == WARDS  # the first ward's was signed by command
    shell.says("unit", "request", "18119", "--out", "again.json")
    said = shell.says("authority", "compare", "again.json", "--key", "usb", "--out", "again.csv")
    assert "0 officer(s) and 0 unit(s) to compare" in said


def again_by_page(chromium: Browser, shell: Shell) -> None:
    """A ward is renewed, then shortened and left by its chief, from what the folder holds."""
    usb = shell.folder / "usb"
    with opened(chromium, shell) as page:
        open_key(page, usb)
        expect(page.get_by_text(say("auth-kept-count", count=WARDS))).to_be_visible()
        press(page, "auth-renew-choose")
        page.get_by_label(say("auth-find")).fill("18119")
        page.get_by_role("checkbox").check()
        press(page, "auth-next")
        renewed = signed_by_page(page, usb)
        assert [*inside(renewed)] == ["sheet-18119-2.txt"]
        assert "is in force: 2 officer(s)" in shell.says("unit", "sheet", renewed)
        page.wait_for_timeout(1_000)  # a sheet is of a later second than the one before
        press(page, "auth-out-more")
        press(page, "auth-shorten-choose")
        page.get_by_label(say("auth-find")).fill("18119")
        page.get_by_role("checkbox").check()
        page.get_by_role("checkbox", name=re.compile("truong18119")).check()
        press(page, "auth-next")
        day = datetime.now(UTC) + timedelta(days=20)
        page.get_by_label(say("auth-last-day")).fill(f"{day:%Y-%m-%d}")
        shortened = signed_by_page(page, shell.folder)
    said = shell.says("unit", "sheet", shortened)
    assert "is in force: 1 officer(s)" in said


def test_what_is_wrong_is_said_on_its_step_in_a_sentence(chromium: Browser, province: Shell, tmp_path: Path) -> None:
    foreign, empty = tmp_path / "foreign", tmp_path / "empty"
    shutil.copytree(province.folder / "usb-of-command", foreign)
    (foreign / "authority.key").write_bytes(bytes(range(32)))
    empty.mkdir()
    (empty / "readme.txt").write_text("nothing")
    with opened(chromium, province) as page:
        page.locator("input[type=file]").set_input_files(empty)
        expect(trouble(page)).to_have_text(say("auth-no-key"))
        page.locator("input[type=file]").set_input_files(foreign)
        expect(trouble(page)).to_contain_text(re.compile(r"signed/\S+\.txt cạnh khóa không phải"))
        open_key(page, province.folder / "usb-of-command")
        bad = tmp_path / "bad.json"
        bad.write_text("{}")
        page.locator("input[type=file]").set_input_files(bad)
        expect(page.locator(".refused")).to_contain_text(say("auth-no-request"))
        (tmp_path / "broken.zip").write_bytes((province.folder / "requests.zip").read_bytes()[:-30])
        page.locator("input[type=file]").set_input_files(tmp_path / "broken.zip")
        expect(trouble(page)).to_have_text(say("auth-no-archive", file="broken.zip"))
        press(page, "auth-shorten-choose")
        page.get_by_role("checkbox").first.check()
        press(page, "auth-next")
        press(page, "auth-next")
        expect(trouble(page)).to_have_text(say("auth-no-change"))
        page.get_by_label(say("auth-last-day")).fill("2020-01-01")
        press(page, "auth-next")
        expect(trouble(page)).to_have_text(say("auth-no-90"))


def changed(shell: Shell, file: Path, **fields: Any) -> Path:
    """A ward's request as somebody on its way to the authority would have it."""
    with zipfile.ZipFile(shell.folder / "requests.zip") as packed:
        name = next(one for one in packed.namelist() if "18120" in one)
        request = json.loads(packed.read(name))
    file.write_text(json.dumps(request | fields), "utf-8")
    return file


def request_of(shell: Shell) -> dict[str, Any]:
    with zipfile.ZipFile(shell.folder / "requests.zip") as packed:
        return json.loads(packed.read(next(one for one in packed.namelist() if "18120" in one)))


def test_a_tampered_request_has_other_digits_and_is_not_signed(
    chromium: Browser, province: Shell, tmp_path: Path
) -> None:
    (officer,) = request_of(province)["officers"]
    forged = changed(province, tmp_path / "forged.json", officers=[officer | {"signing_key": "A" * 43}])
    usb = tmp_path / "usb"
    shutil.copytree(province.folder / "usb-of-command", usb, ignore=shutil.ignore_patterns("*18120*"))
    heard = province.says("authority", "compare", "requests.zip", "--key", usb, "--out", tmp_path / "x.csv", "--json")
    told = {one["account"]: one["digits"] for one in json.loads(heard.splitlines()[0]) if one["digits"]}
    with opened(chromium, province) as page:
        open_key(page, usb)
        take(page, forged)
        page.get_by_role("button", name=say("auth-unit-right")).click()
        assert " ".join(page.locator(".digits li").all_inner_texts()) != told["truc18120"]
        press(page, "auth-other")
        expect(page.locator(".card .notice[role=alert]").last).to_have_text(say("auth-other-told"))
        press(page, "auth-next")
        page.get_by_role("checkbox").check()
        press(page, "auth-next")
        expect(page.get_by_text(say("auth-summary-none"))).to_be_visible()
        expect(page.get_by_role("button", name=say("auth-hand-out"))).to_be_disabled()


def test_the_server_refuses_another_key_and_another_installation(
    chromium: Browser, province: Shell, tmp_path: Path
) -> None:
    other, same = tmp_path / "other", tmp_path / "same"
    for folder in (other, same):
        folder.mkdir()
    (other / "authority.key").write_bytes(bytes(range(32)))
    (same / "authority.key").write_bytes((province.folder / "usb" / "authority.key").read_bytes())
    asked = changed(province, tmp_path / "asked.json")
    elsewhere = changed(province, tmp_path / "elsewhere.json", site="ff00ff00ff00ff00")
    for folder, request, said in ((other, asked, "not signed"), (same, elsewhere, "")):
        with opened(chromium, province) as page:
            open_key(page, folder)
            take(page, request)
            expect(page.locator(".card").first).to_contain_text(say("auth-first"))
            page.get_by_role("button", name=say("auth-unit-right")).click()
            press(page, "auth-same")
            press(page, "auth-next")
            out = signed_by_page(page, folder)
        done = province.run("unit", "sheet", str(out))
        assert done.returncode == 1, done.stdout
        assert said in done.stdout + done.stderr


def test_whoever_leaves_without_saving_is_warned(chromium: Browser, province: Shell, tmp_path: Path) -> None:
    (tmp_path / "authority.key").write_bytes(bytes(range(32)))
    warned: list[str] = []
    with opened(chromium, province) as page:
        page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.dismiss()))
        open_key(page, tmp_path)
        take(page, changed(province, tmp_path / "asked.json"))
        page.get_by_role("button", name=say("auth-unit-right")).click()
        press(page, "auth-same")
        press(page, "auth-next")
        press(page, "auth-next")
        press(page, "auth-sign", count=1)
        expect(page.get_by_text(say("auth-out-unsaved"))).to_be_visible()
        page.close(run_before_unload=True)
        page.wait_for_timeout(300)
        assert warned == ["beforeunload"]
        with page.expect_download() as coming:
            press(page, "auth-out-save")
        expect(page.get_by_text(say("auth-out-unsaved"))).to_be_visible()
        expect(page.get_by_role("button", name=say("auth-out-more"))).to_be_disabled()
        with zipfile.ZipFile(tmp_path / "another.zip", "w") as packed:
            packed.writestr("sheet-18120-1.txt", b"cut off")
        page.locator("input[type=file]").set_input_files(tmp_path / "another.zip")
        expect(trouble(page)).to_have_text(say("auth-no-saved", count=1))
        coming.value.save_as(tmp_path / "saved.zip")
        read_back(page, tmp_path / "saved.zip")
        expect(page.get_by_text(say("auth-out-saved", count=1))).to_be_visible()


def test_a_key_made_on_the_page_is_the_commands(chromium: Browser, province: Shell, tmp_path: Path) -> None:
    with opened(chromium, province) as page:
        page.get_by_text(say("auth-make-first")).click()
        press(page, "auth-make")
        words = type_back(page)
        with page.expect_download() as coming:
            press(page, "auth-words-save", file="authority.key")
        assert coming.value.suggested_filename == "authority.key"
        coming.value.save_as(tmp_path / "authority.key")
        public = page.locator(".public").inner_text().replace(" ", "")
        press(page, "auth-make-done")
        open_locked(page, tmp_path, words)
        expect(page.get_by_text(public[:16])).to_be_visible()
        expect(page.get_by_text(say("auth-lock-why"))).to_have_count(0)
    assert json.loads(province.says("authority", "sheets", "--key", tmp_path, "--json", typed=f"{words}\n")) == []
    taken = one_line(province.run("authority", "create", str(tmp_path)))
    assert "holds an authority's key already" in taken


def type_back(page: Page) -> str:
    """The five words the page shows, typed back into it."""
    words = " ".join(page.locator(".phrase li").all_inner_texts())
    save = page.get_by_role("button", name=say("auth-words-save", file="authority.key"))
    page.get_by_label(say("auth-words-again")).fill(f"{words} thêm")
    expect(save).to_be_disabled()
    page.get_by_label(say("auth-words-again")).fill(words.upper())
    return words


def open_locked(page: Page, folder: Path, words: str) -> None:
    page.locator("input[type=file]").set_input_files(folder)
    expect(heading(page)).to_have_text(say("auth-unlock"))
    page.get_by_label(say("auth-unlock-label")).fill("ai biết được")
    press(page, "auth-unlock-go")
    expect(trouble(page)).to_have_text(say("auth-no-passphrase"))
    page.get_by_label(say("auth-unlock-label")).fill(words)
    press(page, "auth-unlock-go")
    expect(heading(page)).to_have_text(say("auth-task"))


def test_an_open_key_is_offered_to_be_locked_and_signs_as_before(
    chromium: Browser, province: Shell, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    shutil.copytree(province.folder / "usb-of-command", usb)
    with opened(chromium, province) as page:
        open_key(page, usb)
        expect(page.get_by_text(say("auth-lock-why"))).to_be_visible()
        press(page, "auth-lock")
        words = type_back(page)
        with page.expect_download() as coming:
            press(page, "auth-words-save", file="authority.key")
        coming.value.save_as(usb / "authority.key")
        press(page, "auth-make-done")
        open_locked(page, usb, words)
        press(page, "auth-renew-choose")
        expect(page.get_by_text(say("auth-choose-newest"))).to_be_visible()
        expect(page.locator(".sheets li").first).to_contain_text("Bản mới nhất biết ở đây: số 1, ký ngày ")
    listed = province.says("authority", "sheets", "--key", usb, "--json", typed=f"{words}\n")
    assert listed == province.says("authority", "sheets", "--key", "usb-of-command", "--json")


def test_every_step_can_be_used_by_everybody(chromium: Browser, province: Shell, tmp_path: Path) -> None:
    (tmp_path / "authority.key").write_bytes((province.folder / "usb" / "authority.key").read_bytes())
    found: list[str] = []
    with opened(chromium, province, bypass_csp=True) as page:
        found += flaws(page, "open", resident=False)
        page.get_by_text(say("auth-make-first")).click()
        press(page, "auth-make")
        found += flaws(page, "make", resident=False)
        press(page, "btn-back")
        open_key(page, tmp_path)
        found += flaws(page, "task", resident=False)
        take(page, changed(province, tmp_path / "asked.json"))
        press(page, "auth-other")
        found += flaws(page, "compare", resident=False)
        press(page, "auth-same")
        page.get_by_role("button", name=say("auth-unit-right")).click()
        press(page, "auth-next")
        found += flaws(page, "dates", resident=False)
        press(page, "auth-next")
        found += flaws(page, "sign", resident=False)
        press(page, "auth-sign", count=1)
        expect(heading(page)).to_have_text(say("auth-out"))
        found += flaws(page, "out", resident=False)
        page.set_viewport_size(PHONE)
        with page.expect_download() as coming:
            press(page, "auth-out-save")
        coming.value.save_as(tmp_path / "saved.zip")
        read_back(page, tmp_path / "saved.zip")
        press(page, "auth-out-more")
        press(page, "auth-shorten-choose")
        page.get_by_role("checkbox").check()
        found += flaws(page, "choose", resident=False)
    assert found == []
