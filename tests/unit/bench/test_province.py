"""The benchmark of a province brings what it says, by the commands themselves."""

from __future__ import annotations

from bench import province
from bench.communes import QUICK, WHOLE, former, made_up


def test_a_small_province_is_brought_and_counted() -> None:
    measured = province.measure(quick=True)
    found = {figure.key: figure.value for figure in measured.figures}
    assert found["load_s"] > 0
    assert (found["units"], found["boxes"], found["officers"]) == (QUICK.communes + 3, 12, 8)
    assert all(figure.goal is None for figure in measured.figures if figure.key != "load_s")


def test_the_whole_province_is_the_same_every_time() -> None:
    one = made_up(WHOLE)
    assert one == made_up(WHOLE)
    assert len(one.links) == province.BOXES == WHOLE.communes * WHOLE.boxes
    assert (WHOLE.communes, WHOLE.communes * WHOLE.officers) == (province.COMMUNES, province.OFFICERS)
    assert former("97004") == "97004x"
    assert former("97005") is None
