"""Somebody who arranges units, boxes, rosters, numbers or officers at the console: what such a person sees and taps."""

from __future__ import annotations

import re
from collections.abc import Callable

from people import Officer, say
from playwright.sync_api import FilePayload, Locator, expect


class Arranger(Officer):
    """An officer before one of the organisation's pages."""

    def go(self, place: str) -> None:
        """Through a door of the rail."""
        door = self.page.locator("nav.rail").get_by_role("link", name=re.compile(f"^{say(f'desk-{place}')}"))
        door.click()
        expect(self.page.locator("h1")).to_have_text(say(f"desk-{place}"))
        expect(self.page.get_by_text(say("desk-loading"))).to_have_count(0)

    @property
    def aside(self) -> Locator:
        """What stands at the side."""
        return self.page.locator("dialog.aside")

    def field(self, column: str) -> Locator:
        """The field of a column, which may be an optional one."""
        return self.aside.get_by_label(re.compile(f"^{say('org-col-' + column.replace('_', '-'))}( \\(|$)"))

    def press(self, key: str) -> None:
        """A button, of what stands at the side if anything does."""
        here = self.page.locator("main, dialog.aside").last
        here.get_by_role("button", name=say(key), exact=True).first.click()

    def row(self, name: str) -> Locator:
        """The row of this name."""
        named = self.page.get_by_role("button", name=name, exact=True)
        return self.page.locator("table.list tbody tr").filter(has=named)

    def open_row(self, name: str) -> None:
        self.row(name).get_by_role("button", name=name, exact=True).click()
        expect(self.aside).to_be_visible()

    def bring(self, table: str, go: str = "org-import-go") -> None:
        """A table from a file of this machine."""
        file = FilePayload(name="bang.csv", mimeType="text/csv", buffer=table.encode())
        self.aside.get_by_label(say("org-file"), exact=True).set_input_files(file)
        self.press(go)

    def close(self) -> None:
        """Away with what stands at the side."""
        self.page.keyboard.press("Escape")
        expect(self.aside).to_have_count(0)

    def leave(self) -> None:
        """Away with it, and with what was typed there."""
        self.page.keyboard.press("Escape")
        self.press("org-leave-yes")
        expect(self.aside).to_have_count(0)

    def history(self) -> Locator:
        """What became of the row at the side, the newest first."""
        self.aside.locator("details.history summary").click()
        return self.aside.locator("details.history li")


TABLE = (
    "unit,label_vi,place,contact_role\r\n"
    "18118,Tổ dân phố 9,Cổng trường tiểu học,Tổ trưởng tổ dân phố 9\r\n"
    "18118,Tổ dân phố 11,Nhà văn hóa tổ dân phố 11,Tổ trưởng tổ dân phố 11\r\n"
    "18118,Thôn Hồng Nguyệt,Nhà văn hóa thôn,Trưởng thôn\r\n"
)
LACKING = "unit,label_vi,place\r\n18118,Tổ dân phố 14,Chợ\r\n18118,,Bến đò\r\n,Thôn 2,Đình làng\r\n"
HAMLETS = "unit,name_vi,board\r\n" + "".join(
    f"18118,Tổ dân phố {n},{'2026-11-02' if n < 6 else ''}\r\n" for n in range(4, 8)
)


def tour(chief: Arranger, look: Callable[[str], None]) -> None:
    """Every page of the organisation and what stands at its side; `look` is told the name of each state."""
    chief.go("boxes")
    chief.press("org-list-hamlets")
    chief.sees(say("org-empty-hamlets"))
    look("desk-hamlets-empty")
    chief.press("org-import-file")
    chief.bring(HAMLETS)
    chief.sees(say("org-taken", new=4, changed=0, same=0))
    chief.press("org-list-boxes")
    chief.sees(say("org-figure-boxes", done=0, of=4))
    chief.press("org-import")
    chief.bring(LACKING)
    chief.sees(say("org-rows-wrong", rows=2))
    look("desk-import-refused")
    chief.bring(TABLE)
    chief.sees(say("org-taken", new=3, changed=0, same=0))
    look("desk-boxes")
    chief.open_row("Tổ dân phố 9")
    look("desk-box")
    chief.aside.locator("details.history summary").click()
    expect(chief.aside.locator("details.history li").first).to_be_visible()
    chief.aside.locator("details.history li").last.scroll_into_view_if_needed()
    look("desk-box-history")
    chief.close()
    chief.press("org-posters")
    look("desk-posters")
    chief.close()
    _roster(chief, look)
    _numbers(chief, look)
    _people(chief, look)


def _roster(chief: Arranger, look: Callable[[str], None]) -> None:
    chief.go("roster")
    look("desk-roster-empty")
    for day, start, end in (("mon", 7, 7), ("tue", 7, 7), ("wed", 7, 19), ("thu", 7, 7), ("fri", 7, 7), ("sat", 7, 21)):
        chief.press("org-new-roster")
        chief.field("day").select_option(day)
        chief.field("from").select_option(str(start))
        chief.field("to").select_option(str(end))
        chief.field("officer").fill(chief.account)
        chief.press("org-add")
        expect(chief.aside).to_have_count(0)
    chief.sees(say("org-gap", span="21–24", day=say("org-day-sat"), to="Đ/c Chỉ huy"))
    look("desk-roster")
    chief.press("org-list-swaps")
    chief.press("org-new-swaps")
    look("desk-swap")
    chief.close()
    chief.press("org-list-holidays")
    chief.press("org-new-holidays")
    chief.aside.get_by_label(say("org-holiday-name")).fill("Quốc khánh")
    chief.press("org-holiday-go")
    chief.sees(say("org-holiday-added"))
    look("desk-days")


def _numbers(chief: Arranger, look: Callable[[str], None]) -> None:
    chief.go("hotlines")
    look("desk-hotlines")
    chief.press("org-new-hotlines")
    chief.field("number").fill("0239 000")
    chief.field("role_vi").fill("Trạm y tế phường")
    look("desk-hotline-typed")
    chief.page.keyboard.press("Escape")
    look("desk-leaving")
    chief.leave()
    chief.press("org-order")
    expect(chief.aside.locator("ol.order li").first).to_be_visible()
    look("desk-order")
    chief.close()
    chief.press("org-board")
    chief.sees("113")
    look("desk-board")
    chief.close()


def _people(chief: Arranger, look: Callable[[str], None]) -> None:
    chief.go("officers")
    look("desk-officers")
    chief.press("org-new-officers")
    chief.aside.get_by_label(say("org-invite-name")).fill("Đ/c C")
    chief.press("org-invite-go")
    expect(chief.aside.locator(".address")).to_contain_text("/desk#")
    look("desk-invited")
    chief.close()
    chief.press("org-invite-many")
    chief.bring("unit,name,role\r\n18118,Đ/c D,duty\r\n18118,Đ/c E,chief\r\n", go="org-invite-many-go")
    chief.sees(say("org-invited-many-once"))
    look("desk-invited-many")
    chief.leave()
    chief.go("units")
    look("desk-units")
