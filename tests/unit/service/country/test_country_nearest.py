"""The wards nearest to a place."""

from __future__ import annotations

import pytest

from bot.service.country.atlas import atlas
from bot.service.country.nearest import distance, nearest


def test_the_middle_of_a_ward_is_nearest_to_itself() -> None:
    ward = atlas().wards["18118"]
    (found, far), *_ = nearest(ward.latitude, ward.longitude)
    assert (found, far) == (ward, pytest.approx(0, abs=0.001))


def test_the_nearer_comes_first() -> None:
    found = nearest(18.53, 105.70)
    assert len(found) == 5
    assert [far for _, far in found] == sorted(far for _, far in found)


def test_kilometres_are_those_of_the_globe() -> None:
    ward = atlas().wards["18118"]
    assert distance(ward.latitude + 1, ward.longitude, ward) == pytest.approx(111.19, abs=0.01)


@pytest.mark.parametrize("place", [(48.85, 2.35), (0.0, 0.0), (-90.0, 180.0), (90.0, -180.0)])
def test_far_away_there_is_none(place: tuple[float, float]) -> None:
    assert nearest(*place) == []
