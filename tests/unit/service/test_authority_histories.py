"""Whatever a server asks for over time, nobody is on a signed sheet who was neither compared nor on the one before."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from installation import START
from unit.service.papers_of_authority import DAY, UNIT, line_of, open_office, sheet_of

from bot.service.authority.comparing import key_of
from bot.service.authority.requests import AHEAD, open_cases, request_file
from bot.service.authority.signing import Terms, chosen, renew, shorten, sign_cases
from crypto.sheets import LIFETIME, Officer, Sheet

PEOPLE = tuple(line_of(f"s-{n}", f"truc{n}") for n in range(4))
FORGED = tuple(replace(line_of("s-x", "x"), serial=one.serial, officer=one.officer) for one in PEOPLE)
LINES = st.lists(st.sampled_from((*PEOPLE, *FORGED)), max_size=4, unique_by=lambda line: line.serial)
DAYS = st.integers(-120, 120)
ASKED = st.tuples(
    st.just("asked"), LINES, st.integers(0, 6), DAYS, st.sets(st.integers(0, 4)), st.booleans(), st.none() | DAYS
)
AGAIN = st.tuples(st.sampled_from(["renew", "shorten"]), st.none() | DAYS, st.sets(st.sampled_from(range(4))))
STEPS = st.lists(st.tuples(st.integers(0, 40), ASKED | AGAIN), max_size=8)


@settings(deadline=None)
@given(STEPS)
def test_every_history_of_requests(steps: list[tuple[int, tuple[object, ...]]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder))
        known: set[Officer] = set()
        last: Sheet | None = None
        for days, (what, *rest) in steps:
            office.now += days * DAY
            compared: set[Officer] = set()
            if what == "asked":
                lines, n, day, confirmed, leave_out, until = rest
                at = office.now + day * DAY  # type: ignore[operator] # drawn as a number
                asked = sheet_of(*lines, n=n, at=max(at, 1))  # type: ignore[misc,arg-type] # drawn so
                cases, _ = open_cases(office, [("r.json", request_file(asked))])
                every = [line for case in cases for line in case.new]
                compared = {line for place, line in enumerate(every) if place in confirmed}  # type: ignore[operator] # confirmed is a set
                keys = {key_of(UNIT), *(key_of(UNIT, line.serial) for line in compared)}
                end = None if until is None else office.now + until * DAY  # type: ignore[operator] # drawn so
                _, signed = sign_cases(office, cases, keys, Terms(end, bool(leave_out)))
            else:
                until, without = rest
                end = None if until is None else office.now + until * DAY  # type: ignore[operator] # drawn so
                sheets = chosen(office, ())
                gone = frozenset(f"s-{n}" for n in without)  # type: ignore[attr-defined] # drawn as a set
                again = renew(office, sheets, end) if what == "renew" else shorten(office, sheets, end, gone)
                _, signed = again
            for one in signed:
                if last is not None and one.sheet == last:
                    continue
                assert set(one.sheet.officers) <= known | compared
                assert last is None or one.sheet.n > last.n
                assert one.sheet.expires <= office.now + LIFETIME + AHEAD
                known, last = set(one.sheet.officers), one.sheet
        assert open_office(Path(folder), START).every() == office.every()
