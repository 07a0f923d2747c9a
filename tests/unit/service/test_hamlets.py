"""The list of hamlets changes and remembers how it was; coverage says what hangs where, and what is lacking."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection
from unit.service.test_boxes import BESIDE, BOX, ELSEWHERE, GROUP, NOW, WARD, refused, store

from bot.service.boxes import acts as box_acts
from bot.service.boxes.acts import Sketch
from bot.service.coverage import Lacking, coverage, percent
from bot.service.hamlets import acts
from handlers.values import Name
from storage.repositories import hamlets, hotlines, units
from storage.repositories.hotlines import StoredHotline

__all__ = ["store"]


def test_a_hamlet_is_put_on_the_list(store: Connection) -> None:
    made = acts.add(store, acts.sketch("", "18118", " Thôn  Hạ ", ""), NOW)
    assert made == hamlets.Hamlet("thon-ha-18118", NOW, "18118", "Thôn Hạ", "Thôn Hạ")
    assert acts.listed(store, "18118") == (made, GROUP)


@pytest.mark.parametrize(
    ("code", "unit", "name", "said"),
    [
        ("to-4", "18118", "A", "given to a hamlet before"), ("a b", "18118", "A", "a code is"),
        ("", "99999", "A", "no such unit"), ("", "18100", "A", "not there now"),
        ("x", "18118", " ", "name_vi is empty"),
    ],
)  # fmt: skip
def test_a_hamlet_that_cannot_be_is_refused(store: Connection, code: str, unit: str, name: str, said: str) -> None:
    assert said in refused(lambda: acts.add(store, acts.sketch(code, unit, name, ""), NOW))


def test_a_name_that_changes_stays_known(store: Connection) -> None:
    acts.rename(store, "to-4", Name("Tổ 4", "Four"), NOW)
    acts.rename(store, "to-4", Name("Tổ Bốn", "Four"), NOW)
    now = hamlets.Hamlet("to-4", NOW, "18118", "Tổ Bốn", "Four")
    assert acts.listed(store, of="to-4") == (replace(GROUP, valid_to=NOW), now)
    assert acts.listed(store, "18118") == (now,)
    assert "no such hamlet" in refused(lambda: acts.listed(store, of="nowhere"))


def test_boxes_go_with_a_hamlet_that_ends(store: Connection) -> None:
    acts.add(store, acts.sketch("to-5", "18118", "Tổ 5", ""), NOW)
    box_acts.change(store, "tdp4", Sketch(hamlet="to-4"), NOW)
    assert "same unit" in refused(lambda: acts.end(store, "to-4", "to-1", NOW))
    assert "same unit" in refused(lambda: acts.end(store, "to-4", "to-4", NOW))
    assert acts.end(store, "to-4", "to-5", NOW + 9) == 1
    assert [box.hamlet for box in box_acts.every(store)] == ["to-5"]
    assert acts.listed(store, of="to-4") == (replace(GROUP, valid_to=NOW + 9, successor="to-5"),)
    assert acts.end(store, "to-5", None, NOW + 9) == 1
    assert [box.hamlet for box in box_acts.every(store)] == [None]
    assert "no such hamlet" in refused(lambda: acts.end(store, "to-5", None, NOW))


def test_the_day_a_board_was_seen_is_noted(store: Connection) -> None:
    assert acts.see_board(store, "to-4", "2026-11-22").board == "2026-11-22"
    assert acts.see_board(store, "to-4", None).board is None
    assert acts.see_board(store, "to-4", "2/11/2026").board == "2026-11-02"
    for day in ("hôm qua", "2026-13-01", "20261122"):
        assert "board is no day: write 2026-05-02" in refused(lambda day=day: acts.see_board(store, "to-4", day))


def test_coverage_names_what_is_lacking(store: Connection) -> None:
    units.put_unit(store, replace(BESIDE, valid_to=NOW, successor=WARD.code))
    acts.add(store, acts.sketch("to-5", "18118", "Tổ 5", "Five"), NOW)
    hotlines.put(store, StoredHotline(b"1" * 16, "18118", "Trực ban", "Desk", "0239 000 0000", "", "", 0))
    box_acts.change(store, "tdp4", Sketch(hamlet="to-4"), NOW)
    acts.see_board(store, "to-4", "2026-11-22")
    acts.see_board(store, "to-5", "2026-11-22")
    (found,) = coverage(store, NOW)
    assert (found.unit, found.hamlets, found.boxes, found.numbers) == ("18118", 3, 1, 1)
    assert (found.with_box, found.with_board, found.with_both, found.percent) == (1, 2, 1, 33.3)
    assert found.lacking == (
        Lacking("to-5", Name("Tổ 5", "Five"), box=True, board=False),
        Lacking(ELSEWHERE.code, Name(ELSEWHERE.name_vi, ELSEWHERE.name_en), box=True, board=True),
    )
    box_acts.close(store, BOX.code, None, NOW)
    assert [one.with_box for one in coverage(store, NOW, "18118")] == [0]
    assert coverage(store, NOW, "99999") == ()


def test_all_means_all() -> None:
    assert [percent(done, of) for done, of in ((0, 0), (0, 3), (2_999, 3_000), (3, 3))] == [None, 0.0, 99.9, 100.0]
