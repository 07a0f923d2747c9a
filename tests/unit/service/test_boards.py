"""A unit's board: its own numbers, then those above it, then the nation's; and when a number is old."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from unit.service.boards_world import NOW, PROVINCE, WARD, hotline, in_database

from bot.service.boards import STALE_DAYS, board, count_stale, is_stale, tel, today
from bot.service.founding import NATIONAL
from handlers.values import Board, Name
from storage.repositories import units
from storage.repositories.units import Unit

FAR = Name("tỉnh Hà Tĩnh", "Hà Tĩnh province")


def whose(found: Board) -> list[tuple[str, Name | None, bool]]:
    return [(line.number, line.unit, line.national) for line in found.lines]


def test_a_ward_shows_its_own_numbers_then_the_provinces_then_the_nations() -> None:
    def work(connection: Connection) -> Board:
        hotline(connection, PROVINCE, "0239 000 0009")
        hotline(connection, WARD, "0239 000 0002", 2)
        hotline(connection, WARD, "0239 000 0001", 1)
        hotline(connection, "02671", "0214 000 0000")
        return board(connection, WARD, NOW)

    found = in_database(work)
    assert whose(found)[:3] == [
        ("0239 000 0001", None, False),
        ("0239 000 0002", None, False),
        ("0239 000 0009", FAR, False),
    ]
    assert whose(found)[3:] == [(one.number, None, True) for one in NATIONAL]
    assert (found.unit.vi, found.code) == ("phường Nam Hồng Lĩnh", WARD)


def test_a_number_that_stands_there_twice_is_shown_where_it_stands_first() -> None:
    def work(connection: Connection) -> Board:
        hotline(connection, PROVINCE, "0239 000 0001")
        hotline(connection, WARD, "0239.000.0001")
        hotline(connection, WARD, "+84113", 1)
        return board(connection, WARD, NOW)

    found = whose(in_database(work))
    assert found[:2] == [("0239.000.0001", None, False), ("+84113", None, False)]
    assert len(found) == 2 + len(NATIONAL) - 1


@pytest.mark.parametrize(
    ("number", "address", "paid"),
    [("113", "tel:113", False), ("0239 000 0000", "tel:+842390000000", False), ("1900 0000", "tel:19000000", True)],
)
def test_what_a_tap_calls_and_whether_it_costs_stands_with_the_number(number: str, address: str, paid: bool) -> None:
    def work(connection: Connection) -> Board:
        hotline(connection, WARD, number)
        return board(connection, WARD, NOW)

    (line,) = in_database(work, founded=False).lines
    assert (line.tel, line.paid) == (address, paid)


def test_a_number_from_before_numbers_were_looked_at_is_called_by_its_digits() -> None:
    assert tel("0239 9 (12)") == "tel:0239912"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("2026-05-02", "2026-05-20"), "02/05"),
        (("2026-05-02", None), None),
        (("2025-05-02", "2026-05-20"), "02/05/2025"),
        ((), None),
    ],
)
def test_the_earliest_day_of_checking_is_said_if_all_were_checked(
    days: tuple[str | None, ...], said: str | None
) -> None:
    def work(connection: Connection) -> Board:
        for place, day in enumerate(days):
            hotline(connection, (WARD, PROVINCE)[place], f"0239 000 000{place}", checked=day)
        return board(connection, WARD, NOW)

    assert in_database(work).checked == said


def test_a_number_is_old_after_half_a_year_or_if_nobody_ever_tried_it() -> None:
    def work(connection: Connection) -> list[bool]:
        row, day = hotline(connection, WARD, "113"), today(NOW)
        days = [day - timedelta(days=past) for past in (0, STALE_DAYS, STALE_DAYS + 1)]
        built_in = replace(row, unit=None, source="C04")
        tried = [is_stale(replace(row, checked=one.isoformat()), day) for one in days]
        return [
            *tried,
            is_stale(row, day),
            is_stale(built_in, day),
            is_stale(replace(built_in, checked="2025-01-01"), day),
        ]

    assert in_database(work) == [False, False, True, True, False, True]


def test_a_unit_is_told_of_its_own_old_numbers_alone() -> None:
    def work(connection: Connection) -> int:
        hotline(connection, PROVINCE, "0239 000 0009")
        for last, day in enumerate((None, "2025-01-01", "2026-05-20")):
            hotline(connection, WARD, f"0239 000 000{last}", checked=day)
        return count_stale(connection, WARD, NOW)

    assert in_database(work) == 2


@st.composite
def forests(draw: st.DrawFn) -> dict[str, str | None]:
    """Units by code with the one above each; circles and missing parents too, as a spoiled table might have them."""
    size = draw(st.integers(1, 8))
    codes = [f"u{n}" for n in range(size)]
    return {code: draw(st.sampled_from([None, "nowhere", *codes])) for code in codes}


@settings(max_examples=60, deadline=None)
@given(forests())
def test_in_any_tree_a_board_has_the_numbers_of_the_units_above_it_and_no_other(parents: dict[str, str | None]) -> None:
    def work(connection: Connection) -> dict[str, Board]:
        for code, parent in parents.items():
            units.put_unit(connection, Unit(code, code, code, parent, 0))
            hotline(connection, code, f"0239 000 00{code[1:]:0>2}")
        hotline(connection, None, "113")
        return {code: board(connection, code, NOW) for code in parents}

    for code, found in in_database(work, founded=False).items():
        line, above = [code], parents[code]
        while above in parents and above not in line:
            line.append(above)
            above = parents[above]
        names = [code if one.unit is None else one.unit.vi for one in found.lines if not one.national]
        assert names == line
        assert [one.number for one in found.lines] == [*(f"0239 000 00{one[1:]:0>2}" for one in line), "113"]


def test_a_board_needs_no_unit() -> None:
    found = in_database(lambda connection: board(connection, "", NOW))
    assert [line.number for line in found.lines] == [one.number for one in NATIONAL]
