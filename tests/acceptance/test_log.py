"""The log of officers' acts in a real browser: it holds, it can be taken away, and a changed row stops the desk."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from examine import flaws
from people import DESK, Officer, Visit, say
from playwright.sync_api import expect
from product import Product

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
TIP = "Nhà cuối ngõ, tối nào cũng có thanh niên lạ ra vào"


def forge(site: Product, statement: str) -> None:
    """Somebody with write access to the database."""
    with closing(sqlite3.connect(site.folder / "data" / "hopthu.sqlite3", timeout=10)) as database, database:
        database.execute(statement)


def test_the_log_tells_who_did_what_until_somebody_changes_it(
    officer: Officer, visit: Visit, site: Product, tmp_path: Path
) -> None:
    officer.enrol(site.enrolment_link())
    officer.sees(say("desk-empty"), within=30_000)
    person = visit().scan(BOX)
    person.write(TIP)
    person.sees("Đã ghi 1 phần")
    person.choose(say("btn-send"))
    person.sees("Gửi 1 phần đến")
    person.choose(say("btn-send"))
    person.receipt()
    officer.page.reload()
    officer.login()
    officer.open_first()
    officer.sees(TIP)
    page = officer.page
    officer.ask("Họ đi xe gì?")
    officer.sees("Họ đi xe gì?")
    page.locator("details.history summary").click()
    story = page.locator("details.history li")
    opened = story.filter(has_text=say("desk-history-opened", name=say("desk-me")))
    expect(opened).to_contain_text(re.compile(r"\d+/\d+, \d+ giờ\s*" + say("desk-history-signed")))
    told = story.all_inner_texts()
    asked = say("desk-history-question", name=say("desk-me"))
    assert [line.split("\n")[0] for line in told][-2:] == [say("desk-history-opened", name=say("desk-me")), asked]
    assert flaws(page, "a tip's history", resident=False) == []
    page.get_by_role("button", name=re.compile("◂")).click()
    page.get_by_role("link", name=say("desk-log")).click()
    rows = page.locator("table.log tbody tr")
    expect(rows.first).to_contain_text(say("desk-act-question"))
    expect(rows.nth(1)).to_contain_text(say("desk-log-act-open"))
    expect(page.get_by_role("status").filter(has_text="Chuỗi khớp đến số")).to_be_visible()
    page.get_by_label(say("desk-log-col-act"), exact=True).select_option("open")
    expect(rows).to_have_count(1)
    page.get_by_label(say("desk-log-col-act"), exact=True).select_option("")
    assert flaws(page, "log", resident=False) == []
    page.set_viewport_size(DESK)
    with page.expect_download() as saved:
        page.get_by_role("link", name=say("desk-log-file")).click()
    saved.value.save_as(tmp_path / "audit.txt")
    assert (tmp_path / "audit.txt").read_bytes().startswith(b'{"v":2,"kind":"hopthu-audit"')
    assert TIP.encode() not in (tmp_path / "audit.txt").read_bytes()

    forge(site, "UPDATE audit SET body = (SELECT body FROM audit WHERE n = 1) WHERE n = 2")
    page.get_by_role("link", name=say("desk-tips")).first.click()
    page.get_by_role("link", name=say("desk-log")).click()
    expect(page.get_by_role("alert").filter(has_text=say("desk-tampered"))).to_be_visible()

    forge(site, "DELETE FROM audit WHERE n > 3")
    page.get_by_role("link", name=say("desk-tips")).first.click()
    officer.open_first()
    officer.ask("Lúc mấy giờ?")
    expect(page.get_by_role("alert").filter(has_text=say("desk-tampered"))).to_be_visible()
