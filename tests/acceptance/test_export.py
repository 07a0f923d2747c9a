"""A tip taken out of a real browser: an archive that the age format opens by the tip's key alone, signed for before."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pikepdf
import pytest
from acceptance.conftest import watched
from examine import flaws
from filed import PARTS, PLACES, Kept, file_every_kind
from people import DESK, Officer, say
from PIL import Image
from playwright.sync_api import Browser, Download, expect
from product import Product
from unit.crypto.node_world import run_node

from crypto.acts import read_record
from crypto.age import open_
from crypto.audit_file import read_file
from crypto.hybrid import Identity
from crypto.wire import encode_raw

pytestmark = pytest.mark.browser

TIP = "Đủ mọi thứ: ghi âm, phim, tệp và chỗ; nhưng nhữ Ữ Ỷ ặ ợ"
STRANGE = "☎ 东 →"
"""Letters that the console's typeface has none of."""
OPEN_KEYS = """
import { Decrypter } from "age-encryption";
let given = ""; for await (const piece of process.stdin) given += piece;
const { sealed, words } = JSON.parse(given);
const decrypter = new Decrypter();
decrypter.addPassphrase(words);
const plain = await decrypter.decrypt(Buffer.from(sealed, "base64"), "text").catch((error) => `no: ${error.message}`);
console.log(JSON.stringify(plain));
"""


def photo() -> Kept:
    """Four fields of colour."""
    out = io.BytesIO()
    picture = Image.new("RGB", (240, 160), "teal")
    picture.paste("orange", (0, 0, 120, 80))
    picture.save(out, "JPEG")
    return ("photo", "image/jpeg", out.getvalue(), None, True)


@pytest.fixture(scope="module")
def officer(chromium: Browser, site: Product) -> Iterator[Officer]:
    with ExitStack() as stack:
        one = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
        one.enrol(site.enrolment_link())
        one.at_desk()
        with ThreadPoolExecutor() as aside:
            words = f"{TIP}\n{STRANGE}"
            aside.submit(file_every_kind, site.folder / "data", words, kept=(*PARTS, photo()), age=3600).result()
        one.home()
        one.open_first()
        one.sees(TIP)
        yield one


def opened_keys(sealed: bytes, words: str) -> str:
    """What `age -d` prints of a file under a passphrase, by the library that others keep."""
    given = {"sealed": b64encode(sealed).decode(), "words": words}
    return str(run_node(OPEN_KEYS, given, "age-encryption"))


def taken_out(officer: Officer, folder: Path) -> tuple[dict[str, bytes], str, bytes]:
    """The archive's files, the words on the screen, and the document to print."""
    page = officer.page
    page.get_by_role("button", name=say("desk-export"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("export-title"))
    go = dialog.get_by_role("button", name=say("export-go"), exact=True)
    expect(go).to_be_disabled()
    assert flaws(page, "taking a tip out", resident=False) == []
    page.set_viewport_size(DESK)
    dialog.get_by_label(say("export-purpose")).select_option("file")
    with page.expect_download(timeout=120_000) as coming:
        go.click()
    coming.value.save_as(folder / "out.zip")
    words = dialog.locator(".export-words code").inner_text()
    assert flaws(page, "a tip taken out", resident=False) == []
    page.set_viewport_size(DESK)
    with page.expect_download() as printed:
        dialog.get_by_role("button", name=say("export-print"), exact=True).click()
    printed.value.save_as(folder / "out.pdf")
    dialog.get_by_role("button", name=say("export-close"), exact=True).click()
    expect(dialog).to_have_count(0)
    with zipfile.ZipFile(folder / "out.zip") as archive:
        assert archive.testzip() is None
        files = {name: archive.read(name) for name in archive.namelist()}
    return files, words, (folder / "out.pdf").read_bytes()


def test_a_tip_taken_out_opens_by_its_own_key_and_is_signed_for(officer: Officer, tmp_path: Path) -> None:
    files, words, printed = taken_out(officer, tmp_path)
    manifest = json.loads(files["manifest.json"])
    listed = {line["name"]: line for line in manifest["files"]}
    assert listed.keys() | {"manifest.json"} == files.keys()
    for name, line in listed.items():
        assert (line["sha256"], line["bytes"]) == (hashlib.sha256(files[name]).hexdigest(), len(files[name]))

    assert opened_keys(files["khoa.age"], words.replace("-", " ")).startswith("no:")
    lines = opened_keys(files["khoa.age"], words).split()
    keys = [Identity.parse(line) for line in lines]
    assert len(keys) == 1
    assert all(line.encode() not in body for body in files.values() for line in lines)
    said = [open_(files[name], keys[0]) for name in sorted(listed) if name[:3].isdigit() and len(name) == 7]
    assert len(said) == 2 + len(PARTS) + 1 + len(PLACES)
    assert TIP.encode() in b"".join(map(bytes, said))
    assert open_(files["ban-doc.pdf.age"], keys[0]) == printed
    attached = [line for name, line in listed.items() if name.endswith("-tep.age")]
    assert len(attached) == len(PARTS) + 1
    for line in attached:
        plain = bytes(open_(files[line["name"]], keys[0]))
        assert set(plain[line["content"]["bytes"] :]) <= {0}
    assert "age -d -i khoa.age" in files["LÀM-THẾ-NÀO-ĐỌC.txt"].decode()
    assert "HOW TO READ THIS FILE" in files["LÀM-THẾ-NÀO-ĐỌC.txt"].decode()

    chain = officer.page.evaluate("fetch('/api/v1/desk/audit/file').then((one) => one.text())")
    acts = [read_record(one).act for one in read_file(chain.encode()).records]
    (act,) = [one for one in acts if one.act == "export"]
    assert dict(act.detail) == {"purpose": "file", "manifest": hashlib.sha256(files["manifest.json"]).digest()}
    assert encode_raw(act.tip or b"") == manifest["tip"]
    assert manifest["chain"]["n"] == act.n - 1
    officer.page.get_by_role("link", name=say("desk-log")).click()
    expect(officer.page.locator("table.log tbody tr").first).to_contain_text(say("desk-log-purpose-file"))
    officer.page.get_by_role("link", name=re.compile(say("desk-tips"))).first.click()
    officer.at_desk()


def test_the_document_says_it_all_in_its_own_letters(officer: Officer, tmp_path: Path) -> None:
    officer.open_with(TIP)
    _, _, printed = taken_out(officer, tmp_path)
    with pikepdf.open(io.BytesIO(printed)) as document:
        fonts = {str(font.get("/BaseFont")) for page in document.pages for font in page.Resources.Font.values()}
        pictures = {image for page in document.pages for image in page.get_images()}
    assert fonts == {"/Be Vietnam Pro"}
    assert len(pictures) == 2


def test_nothing_is_given_where_it_cannot_be_signed_for(officer: Officer, tmp_path: Path) -> None:
    officer.home()
    officer.open_with(TIP)
    page = officer.page
    page.route("**/api/v1/desk/tips/*/export", lambda route: route.abort())
    saved: list[str] = []

    def note(download: Download) -> None:
        saved.append(download.suggested_filename)

    page.on("download", note)
    page.get_by_role("button", name=say("desk-export"), exact=True).click()
    dialog = page.get_by_role("dialog", name=say("export-title"))
    dialog.get_by_label(say("export-purpose")).select_option("other")
    dialog.get_by_role("button", name=say("export-go"), exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible(timeout=60_000)
    expect(dialog.locator(".export-words")).to_have_count(0)
    page.unroute("**/api/v1/desk/tips/*/export")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert saved == []


def test_a_chief_saves_the_register_book(chromium: Browser, site: Product, tmp_path: Path) -> None:
    with ExitStack() as stack:
        chief = watched(Officer(chromium, site.address, bypass_csp=True), site, stack)
        chief.enrol(site.invite("Đ/c trưởng", role="chief"), "truongca")
        chief.at_desk()
        page = chief.page
        page.get_by_role("button", name=say("desk-book"), exact=True).click()
        dialog = page.get_by_role("dialog", name=say("book-title"))
        go = dialog.get_by_role("button", name=say("book-go-pdf"), exact=True)
        expect(go).to_be_disabled()
        assert flaws(page, "the register book", resident=False) == []
        page.set_viewport_size(DESK)
        dialog.get_by_label(say("export-purpose")).select_option("inspection")
        with page.expect_download() as coming:
            go.click()
        coming.value.save_as(tmp_path / "book.pdf")
        assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF-")
        expect(dialog.get_by_text(say("book-done"))).to_be_visible()
        dialog.get_by_role("button", name=say("book-close"), exact=True).click()
        expect(dialog).to_have_count(0)


def test_a_duty_officer_is_not_offered_the_book(officer: Officer) -> None:
    officer.home()
    expect(officer.page.get_by_role("button", name=say("desk-book"), exact=True)).to_have_count(0)
