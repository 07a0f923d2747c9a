"""What a seized machine tells of who arranged what: public rows, hours and officers; no query, no minute, no tip."""

from __future__ import annotations

from pathlib import Path

from installation import UNIT, Page
from rules.marks import Marks
from rules.thief import all_rows
from unit.service.organisation_world import open_country

from crypto.acts import HOUR, read_record

QUERY = "ai treo hòm thư ở nhà ông bí mật"
REACH = "số máy chưa bao giờ có 0900"
WORDS = "Có người bán ma túy ở đầu xóm này"


async def test_what_is_kept_of_changes_and_looks(tmp_path: Path) -> None:
    data, marks = tmp_path / "data", Marks()
    async with open_country(data) as country:
        chief, box = country["truong"], country.box
        page = Page(box)
        await page.open()
        await page.file_tip(WORDS)
        header = "unit,label_vi,code,contact_role,contact_reach"
        await chief.brings("boxes", header, f"{UNIT},Tổ dân phố số chín của phường,to-9,Tổ trưởng,{REACH}")
        box.clock.advance(137)
        await chief.brings("boxes", header, f"{UNIT},Tổ dân phố số chín của phường,to-9,,")
        await chief.sees("boxes", text=QUERY)
        rows = await box.ground.database.read(all_rows)
        chains = [read_record(row.body).act for row in rows["audit"]]
    told = {(row.list, row.key, row.n, row.unit_id, row.hour % HOUR) for row in rows["changes"]}
    let_in = {("officers", row.serial, 1, row.unit_id, 0) for row in rows["officers"]}
    assert told == {("boxes", "to-9", n, UNIT, 0) for n in (1, 2)} | let_in
    assert {act.hour % HOUR for act in chains} == {0}
    tips = {bytes(row.id).hex() for row in rows["tips"]}
    assert tips
    assert not [row for row in rows["changes"] for tip in tips if tip in repr(row)]
    for name, mark in (("query", QUERY), ("how to reach somebody, taken off", REACH), ("a tip's words", WORDS)):
        marks.add(name, mark)
    assert marks.found(data) == set(), "SQLite overwrites what is deleted, and the history never had it"
    there = Marks()
    there.add("the box's public label", "Tổ dân phố số chín của phường")
    assert there.found(data), "it was there to be found"
