"""Reminders climb: duty, deputy, chief, the unit above; on the minute if urgent, by day on the quarter if not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.ladder import (
    DIGEST,
    LONGEST,
    RUNGS,
    Climb,
    Ladder,
    called,
    digest_of,
    first,
    following,
    heard,
    held_until,
    pace,
    passed_on,
    past,
    standing,
    top,
)
from handlers.roster import Duty, Reader, Roster

MINUTE, HOUR, DAY = 60, 3600, 86_400
CLOCKS = ("open", "report", "classify", "notify", "verify", "complex", "extended", "end", "another")
ZONE = timezone(timedelta(hours=7))


def at(text: str) -> int:
    """A moment in Vietnam, "23/11 07:30", as a UTC second."""
    return int(datetime.strptime(f"2026 {text}", "%Y %d/%m %H:%M").replace(tzinfo=ZONE).timestamp())


def told(climb: Climb, now: int, steps: int) -> list[str]:
    """When the first steps are, each taken as it is due."""
    moments = [first(climb, now)]
    for step in range(steps - 1):
        taken = Climb(climb.clock, climb.due, climb.urgent, step)
        moments.append(following(taken, moments[-1]))
    return [datetime.fromtimestamp(one, UTC).astimezone(ZONE).strftime("%d/%m %H:%M") for one in moments]


def test_an_urgent_tip_at_night_climbs_within_its_half_hour_and_then_every_half_hour() -> None:
    climb = Climb("open", at("23/11 02:44"), urgent=True)
    assert told(climb, at("23/11 02:14"), 6) == [
        "23/11 02:14", "23/11 02:24", "23/11 02:34", "23/11 02:44", "23/11 03:14", "23/11 03:44",
    ]  # fmt: skip


def test_another_tip_climbs_by_day() -> None:
    """Sent at 10:07; its hour is 10, its shift is over at 18:00."""
    climb = Climb("open", at("23/11 18:00"), urgent=False)
    assert told(climb, at("23/11 10:07"), 6) == [
        "23/11 10:15", "23/11 16:00", "23/11 18:00", "24/11 07:00", "25/11 07:00", "26/11 07:00",
    ]  # fmt: skip


def test_one_sent_in_the_evening_waits_for_the_morning() -> None:
    climb = Climb("open", at("24/11 05:00"), urgent=False)
    assert told(climb, at("23/11 21:07"), 1) == ["23/11 21:15"], "a notice the bell gives as it came"
    assert told(Climb("open", at("24/11 05:00"), urgent=False), at("23/11 20:50"), 4)[1:] == [
        "24/11 07:00", "24/11 08:00", "24/11 09:00",
    ]  # fmt: skip


def test_a_term_is_reminded_of_while_it_can_be_kept() -> None:
    climb = Climb("verify", at("20/12 10:00"), urgent=False)
    assert told(climb, at("01/12 09:00"), 5) == [
        "17/12 10:00", "20/12 10:00", "20/12 14:00", "21/12 10:00", "22/12 10:00",
    ]  # fmt: skip


def test_where_steps_were_missed_one_is_taken_and_the_next_after_a_while() -> None:
    late, now = Climb("open", at("20/11 10:00"), urgent=False), at("23/11 08:00")
    assert told(late, now, 3) == ["23/11 08:15", "23/11 09:15", "23/11 10:15"]


@pytest.mark.parametrize(
    ("urgent", "now", "until"),
    [
        (True, "23/11 02:15", "23/11 02:45"),
        (False, "23/11 10:07", "23/11 18:00"),
        (False, "23/11 15:00", "24/11 07:00"),
    ],
)
def test_taking_it_holds_the_ladder_for_a_while(urgent: bool, now: str, until: str) -> None:
    assert held_until(Climb("open", 0, urgent, 1), at(now)) == at(until)


def test_passing_it_on_calls_the_next_as_soon_as_he_may_be() -> None:
    assert passed_on(Climb("open", 0, urgent=True), at("23/11 02:15") + 20) == at("23/11 02:15")
    assert passed_on(Climb("open", 0, urgent=False), at("23/11 10:07")) == at("23/11 10:15")
    assert passed_on(Climb("open", 0, urgent=False), at("23/11 21:30")) == at("24/11 07:00")


@pytest.mark.parametrize(
    ("moment", "wanted"),
    [
        ("23/11 06:45", "23/11 07:00"), ("23/11 07:00", "23/11 07:00"), ("23/11 07:01", "23/11 07:15"),
        ("23/11 20:45", "23/11 20:45"), ("23/11 20:46", "24/11 07:00"), ("23/11 23:59", "24/11 07:00"),
        ("31/12 22:00", "01/01 07:00"),
    ],
)  # fmt: skip
def test_the_night_is_quiet(moment: str, wanted: str) -> None:
    found = heard(at(moment), urgent=False)
    assert datetime.fromtimestamp(found, ZONE).strftime("%d/%m %H:%M") == wanted
    assert heard(at(moment) + 1, urgent=True) == at(moment) + MINUTE


climbs = st.builds(
    Climb,
    st.sampled_from(CLOCKS),
    st.integers(at("01/01 00:00"), at("31/12 23:59")),
    st.booleans(),
    st.integers(0, 40),
)
moments = st.integers(at("01/01 00:00"), at("31/12 23:59"))


@given(climbs, moments)
def test_every_next_step_comes_later_and_not_beyond_the_longest_wait(climb: Climb, now: int) -> None:
    for moment in (following(climb, now), held_until(climb, now)):
        assert now < moment <= max(now, climb.due) + LONGEST
    assert first(climb, now) <= max(now, climb.due) + LONGEST
    assert passed_on(climb, now) <= held_until(climb, now)


@given(climbs, moments)
def test_what_is_not_urgent_is_by_day_and_on_the_quarter(climb: Climb, now: int) -> None:
    found = [following(climb, now), held_until(climb, now), passed_on(climb, now)]
    grid = MINUTE if climb.urgent else 15 * MINUTE
    assert {one % grid for one in found} == {0}
    hours = {datetime.fromtimestamp(one, ZONE).hour for one in found}
    assert climb.urgent or hours <= set(range(7, 21))


@pytest.mark.parametrize("clock", CLOCKS)
def test_each_pace_goes_up(clock: str) -> None:
    for urgent in (True, False):
        rule = pace(Climb(clock, 0, urgent))
        steps = [one for one in rule.steps if one is not None]
        assert steps == sorted(steps)
        assert min(rule.gap, rule.hold, rule.again) > 0


# Who is called.

ROSTER = Roster(tuple(Duty(f"t{day % 3}", day, 7, 24) for day in range(7)))
"""Three officers in turn, each from seven to seven; 23/11 is a Monday."""
READERS = (
    *(Reader(f"s{n}", f"t{n}", "duty") for n in range(3)),
    Reader("s8", "truong", "chief"),
    Reader("s9", "pho", "chief"),
)


def test_duty_then_whom_the_roster_names_next_then_the_chiefs() -> None:
    found = standing(ROSTER, READERS, at("23/11 10:00"), answerable=None)
    assert found == Ladder(("s0",), ("s1",), ("s8", "s9"))
    assert standing(ROSTER, READERS, at("24/11 06:00"), answerable=None) == found
    assert standing(ROSTER, READERS, at("24/11 07:00"), answerable=None) == Ladder(("s1",), ("s2",), ("s8", "s9"))


def test_whoever_answers_for_the_tip_is_first_while_he_can_read_it() -> None:
    assert standing(ROSTER, READERS, at("23/11 10:00"), answerable="s2") == Ladder(("s2",), ("s0",), ("s8", "s9"))
    assert standing(ROSTER, READERS, at("23/11 10:00"), answerable="gone").duty == ("s0",)


def test_without_a_roster_the_chief_answers_and_another_stands_in() -> None:
    assert standing(Roster(), READERS, at("23/11 10:00"), answerable=None) == Ladder(("s8",), ("s0",), ("s9",))
    assert standing(Roster(), READERS[:1], 0, answerable=None) == Ladder(("s0",))
    assert standing(Roster(), (), 0, answerable=None) == Ladder()


def test_above_whoever_answers_comes_before_its_chiefs() -> None:
    assert top(ROSTER, READERS, at("23/11 10:00")) == ("s0", "s8", "s9")
    assert top(Roster(), READERS, 0) == ("s8", "s9")


def test_each_step_calls_one_and_at_the_top_they_take_turns() -> None:
    ladder = Ladder(("a",), ("b",), ("c", "d"), ("p", "q"))
    assert [called(ladder, step) for step in range(7)] == ["a", "b", "c", "p", "q", "p", "q"]


def test_a_rung_where_nobody_stands_calls_whoever_is_below() -> None:
    assert [called(Ladder(("a",)), step) for step in range(5)] == ["a"] * 5
    assert [called(Ladder(("a",), (), ("c", "d")), step) for step in range(6)] == ["a", "a", "c", "c", "d", "c"]
    assert called(Ladder(), 3) is None


def test_where_nobody_stands_so_low_the_nearest_above_is_called():
    assert [called(Ladder((), (), ("c",), ("p",)), step) for step in range(5)] == ["c", "c", "c", "p", "p"]
    assert [called(Ladder((), (), (), ("p", "q")), step) for step in range(6)] == ["p", "p", "p", "p", "q", "p"]


def test_who_is_busy_is_passed_by_while_there_is_somebody_else():
    ladder = Ladder(("a",), (), ("a", "c"), ("p", "q"))
    assert [past(ladder, step, "a") for step in range(6)] == [3, 3, 3, 3, 4, 5]
    assert [past(ladder, step, "p") for step in range(3, 6)] == [4, 4, 6]
    assert past(Ladder(("a",)), 1, "a") == 1


def test_the_rungs_go_up_to_the_province() -> None:
    assert RUNGS == ("duty", "deputy", "chief", "province")


def test_the_digest_is_at_half_past_seven_and_its_day_is_let_go_in_the_evening() -> None:
    half_past = at("23/11 07:30")
    assert DIGEST == 7 * HOUR + 30 * MINUTE
    assert [digest_of(half_past + by) for by in (-1, 0, HOUR, 13 * HOUR)] == [None, half_past, half_past, half_past]
    assert digest_of(at("23/11 21:00")) is None
    assert digest_of(at("24/11 00:10")) is None
