"""The workflow's table: every status × act is there or refused, nothing leads out, and clocks follow what is done."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.cases import ACTS, PUBLIC, STEPS, TABLE, Act, Case, after, allowed, clocks_of, running
from handlers.deadlines import Calendar, next_deadline
from handlers.values import STATUSES, Clock, Status

AT = 1_795_316_400
HOUR = 3600
AGAINST: frozenset[Act] = frozenset({"insufficient", "suspended", "duplicate", "false", "abusive"})
OPEN: Case = Case("received", urgent=False, since=AT, opened=True)
REFUSED = {(status, act) for status, act in product(STATUSES, ACTS) if act not in TABLE[status]}


def done(*acts: Act, case: Case = OPEN) -> Case:
    """How a tip stands after these acts, one an hour, each of which is allowed."""
    for step, act in enumerate(acts, 1):
        assert act in allowed(case), act
        case = after(case, act, AT + step * HOUR)
    return case


def test_the_table_is_total_and_names_nothing_it_does_not_know() -> None:
    assert set(TABLE) == set(STATUSES) == set(PUBLIC)
    assert {act for row in TABLE.values() for act in row} <= set(ACTS)
    assert len(REFUSED) + sum(len(row) for row in TABLE.values()) == len(STATUSES) * len(ACTS)


@pytest.mark.parametrize(
    ("status", "act"),
    [
        ("received", "verifying"),
        ("received", "handled"),
        ("received", "received"),
        ("verifying", "closed"),
        ("verifying", "classified"),
        ("investigation", "extend"),
        ("suspended", "handled"),
        ("duplicate", "false"),
        ("closed", "handled"),
        ("closed", "notify"),
    ],
)
def test_what_is_refused(status: Status, act: Act) -> None:
    assert (status, act) in REFUSED


def test_only_a_chief_takes_up_again_what_is_over_and_says_why() -> None:
    for status in STATUSES:
        if PUBLIC[status] == "closed":
            assert (TABLE[status]["verifying"].chief, TABLE[status]["verifying"].reason) == (True, True)
        else:
            assert not any(
                rule.chief for act, rule in TABLE[status].items() if act not in ("extend", "closed", "hold", "release")
            )


def test_what_ends_a_tip_against_its_reporter_is_given_a_reason() -> None:
    for row in TABLE.values():
        assert all(row[act].reason for act in AGAINST & row.keys())


def test_the_common_way() -> None:
    case = done("classified", "report", "notify", "verifying", "investigation", "handled", "notify", "closed")
    assert (case.status, case.ended, clocks_of(case)) == ("closed", AT + 6 * HOUR, frozenset())


@pytest.mark.parametrize(
    ("acts", "clocks"),
    [
        ((), {"report", "classify", "notify", "verify"}),
        (("report",), {"classify", "notify", "verify"}),
        (("classified",), {"report", "notify", "verify"}),
        (("classified", "report", "notify", "complex"), {"complex"}),
        (("classified", "report", "notify", "complex", "extend"), {"extended"}),
        (("investigation",), {"notify"}),
        (("classified", "verifying", "suspended"), {"notify"}),
        (("classified", "verifying", "suspended", "notify"), set()),
        (("classified", "handled"), {"end"}),
        (("classified", "handled", "notify"), set()),
        (("duplicate",), set()),
        (("classified", "report", "notify", "verifying", "suspended", "verifying"), {"verify"}),
        (("classified", "verifying", "suspended", "verifying"), {"report", "notify", "verify"}),
        (("investigation", "verifying"), {"report", "notify", "verify"}),
    ],
)
def test_which_clocks_run(acts: tuple[Act, ...], clocks: set[Clock]) -> None:
    assert clocks_of(done(*acts)) == clocks


def test_nothing_is_more_urgent_than_opening_it() -> None:
    case = replace(OPEN, opened=False)
    found = next_deadline(running(case), "ordinary", Calendar())
    assert found is not None
    assert found.clock == "open"


def test_an_extension_is_given_once_and_to_what_is_complex() -> None:
    assert "extend" not in allowed(done("classified"))
    longer = done("classified", "complex")
    assert "extend" in allowed(longer)
    assert "complex" not in allowed(longer)
    assert "extend" not in allowed(done("classified", "complex", "extend"))


def test_taken_up_again_it_has_its_whole_time() -> None:
    again = done("classified", "complex", "extend", "insufficient", "notify", "closed", "verifying")
    assert (again.since, again.ended, again.extended) == (AT + 7 * HOUR, None, False)


WALKS = st.lists(st.integers(min_value=0, max_value=len(ACTS)), max_size=40)


@given(WALKS, st.booleans())
def test_no_way_leads_out_of_the_table(choices: list[int], urgent: bool) -> None:
    case, now = replace(OPEN, urgent=urgent), AT
    for choice in choices:
        now += HOUR
        ways = [*allowed(case)]
        assert ways, "every status has a way on"
        act = ways[choice % len(ways)]
        before, case = case, after(case, act, now)
        assert case.status in TABLE
        assert case.since >= before.since
        assert (case.status == before.status) == (act in STEPS)
        assert (case.ended is not None) == (PUBLIC[case.status] == "closed")
        deadline = next_deadline(running(case), "ordinary", Calendar())
        assert deadline is None or deadline.at > case.since


def test_whoever_passes_a_tip_on_and_takes_it_back_wins_no_time() -> None:
    passed = done("investigation", "verifying", "competent", "verifying")
    assert (passed.since, passed.reported, passed.notified) == (OPEN.since, False, False)
    assert done("classified", "complex", "extend", "handled", "verifying").since > OPEN.since
