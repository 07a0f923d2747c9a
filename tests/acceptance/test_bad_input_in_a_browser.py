"""Bad input by its name, where a browser has the first word: what is too long, clicked twice, or copied with marks.

`tests/rules/test_bad_input.py` has each of them below the page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from people import Resident, Visit, say
from playwright.sync_api import expect
from product import Product

pytestmark = pytest.mark.browser

BOX = "tdp4-nhl"
LONG = "Tối qua sau chợ có người lạ. "


def double_click(person: Resident, label: str) -> None:
    """Both clicks at once, as an impatient thumb gives them: the page cannot answer in between."""
    button = person.page.get_by_role("button", name=re.compile(re.escape(label))).last
    button.evaluate("button => { button.click(); button.click(); }")


def receipts_shown(person: Resident) -> int:
    return person.page.locator(".cells").count()


def test_over_long_text_in_a_page_is_split_and_kept_whole(visit: Visit) -> None:
    """More than one frame may hold: the page cuts it, and the box cuts the pieces."""
    person = visit().scan(BOX)
    person.write((LONG * 1_000)[:20_500])
    person.sees("Đã ghi 7 phần", within=30_000)
    person.sees(say("draft-split", count=2))


def test_double_clicks_on_send_file_one_tip(visit: Visit, site: Product) -> None:
    person = visit().scan(BOX)
    person.write(LONG)
    person.sees("Đã ghi 1 phần")
    double_click(person, say("btn-send"))
    person.sees("Gửi 1 phần đến")
    double_click(person, say("btn-send"))
    code = person.receipt()
    assert receipts_shown(person) == 1
    later = visit().scan(BOX)
    later.go(say("btn-open"))
    later.sees(say("code-ask"))
    later.write("\u200e ".join(re.findall("....", code)))
    later.sees(say("mail-ask"))
    expect(later.page.get_by_text(say("code-half"))).to_have_count(0)


@pytest.mark.parametrize("label", ["btn-now", "btn-guide", "btn-review"])
def test_double_clicks_on_every_other_button_of_the_card(visit: Visit, label: str) -> None:
    person = visit().scan(BOX)
    person.write(LONG)
    person.sees("Đã ghi 1 phần")
    double_click(person, say(label))
    expect(person.page.get_by_text(say("web-queued"))).to_have_count(0)
    assert receipts_shown(person) == 0
    person.write("gửi")
    person.sees("Gửi 1 phần đến")


def test_a_2_gb_file_is_refused_by_the_page_before_it_is_sent(visit: Visit, tmp_path: Path) -> None:
    film = tmp_path / "phim.mp4"
    with film.open("wb") as file:
        file.truncate(2_000_000_000)
    person = visit().scan(BOX)
    person.write(LONG)
    person.sees("Đã ghi 1 phần")
    person.attach(film)
    person.sees(say("too-big-here", here=200))
    person.write("Vẫn viết tiếp được.")
    person.sees("Đã ghi 2 phần")
