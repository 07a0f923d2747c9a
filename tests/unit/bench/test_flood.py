"""Others count as flooded where the flood was there all the while that they were measured."""

from __future__ import annotations

import pytest

from bench.flood import Phase, _figures
from bench.flooding.lasting import Lasted, of_load
from bench.spread import Spread
from bench.traffic.load import Result
from bot.service.errors import OutsideFailed


def wrote(started: float, posted: float, answered: float) -> Result:
    return Result(started, posted, answered, {"200": 30, "503": 10}, 30, 100.0, 0, Spread(), Spread())


FLOOD = Lasted(began=10.0, ended=30.0, acts=100)


def test_who_wrote_and_was_answered_within_the_flood_was_measured_in_it() -> None:
    others = wrote(10.0, 29.0, 30.0)
    assert FLOOD.around(others) is others
    assert FLOOD.per_second == 5.0


@pytest.mark.parametrize(
    "others", [wrote(9.9, 20, 20), wrote(11, 30.1, 20), wrote(11, 20, 30.1), wrote(1, 2, 2), wrote(31, 32, 32)]
)
def test_who_wrote_or_was_answered_outside_it_is_no_figure(others: Result) -> None:
    with pytest.raises(OutsideFailed, match="did not last"):
        FLOOD.around(others)


def test_a_load_is_a_flood_from_its_first_post_to_its_last_answer() -> None:
    assert of_load(wrote(10.0, 30.0, 50.0)) == Lasted(10.0, 30.0, 40)


def test_others_are_held_against_the_median_of_peace() -> None:
    phases = {"codes": Phase(10.0, 30.0, 100.0, 140.0, 500.0), "loud": Phase(30.0, 20.0, 140.0, 130.0, 400.0)}
    found = {figure.key: figure.value for figure in _figures(phases, 20.0)}
    assert (found["codes_ratio"], found["loud_ratio"]) == (1.5, 1.0)
    assert (found["codes_memory_mb"], found["loud_memory_mb"], found["codes_per_s"]) == (40.0, -10.0, 500.0)
