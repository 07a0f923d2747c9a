"""No tip without a door while anybody can read it, and no way back to a ward that was passed over.

Over random trees of units, mergers that only half the sheets know of, sheets that ran out, rosters and routes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.service.rosters.standing import answerable
from bot.service.site import OVER, MemoryFloors, SheetBook, Site, find_desk
from crypto.hybrid import Identity
from crypto.sheets import Officer, Sheet, sign_sheet
from crypto.signing import Signer
from handlers.values import Desk
from storage.repositories import rosters, routes, sheets, units
from storage.repositories.rosters import StoredDuty
from storage.repositories.routes import StoredRoute
from storage.repositories.units import Box, Unit
from storage.sqlite import sqlite_engine
from storage.tables import metadata

NOW = 1_795_000_000
AUTHORITY = Signer.generate()
SITE = Site("site", b"s" * 16, demo=False, authority=AUTHORITY.verify_key)
KEY = Identity.generate().recipient
VERIFY = Signer.generate().verify_key
MOST = 6
PAPERS = ("none", "officers", "chief", "late officer", "recovery", "nobody", "expired", "gone back")
"""What a unit's newest sheet is like."""
READABLE = frozenset({"officers", "chief", "recovery"})
STAFFED = frozenset({"officers", "chief"})


@dataclass(frozen=True)
class Made:
    """A unit of a random country: `parent`, `successor` and where it sends by place, `paper` one of `PAPERS`.

    `carried`: the sheet of the one after it, if that has one, says that it goes on for this one.
    """

    parent: int | None
    paper: str
    successor: int | None
    duty: str | None
    route: int | None
    inspected: int | None
    carried: bool


@st.composite
def countries(draw: st.DrawFn) -> list[Made]:
    count = draw(st.integers(1, MOST))
    places = st.integers(0, count - 1)
    made = []
    for place in range(count):
        parent = draw(st.none() | st.integers(0, place - 1)) if place else None
        successor = draw(st.none() | st.none() | places)
        duty = draw(st.sampled_from((None, "a", "b", "gone")))
        route, inspected = draw(st.none() | places), draw(st.none() | places)
        drawn, carried = draw(st.sampled_from(PAPERS)), draw(st.booleans())
        made.append(Made(parent, drawn, successor, duty, route, inspected, carried))
    return made


def code(place: int | None) -> str | None:
    return None if place is None else f"u{place}"


def sheet_of(country: list[Made], place: int) -> Sheet:
    unit = country[place]
    role = "chief" if unit.paper == "chief" else "duty"
    since = NOW + 1 if unit.paper == "late officer" else 0
    officers = [Officer(f"{place}{name}", name, role, KEY, VERIFY, since, None) for name in ("a", "b")]
    kept = tuple(officers) if unit.paper not in ("recovery", "nobody") else ()
    over = NOW if unit.paper == "expired" else NOW + 1000
    recovery = KEY if unit.paper == "recovery" else None
    olds = tuple(f"u{old}" for old in goes_on_for(country, place))
    parent = code(signed_parent(country, place))
    return Sheet("site", False, f"u{place}", f"xã {place}", parent, 1, NOW - 1000, over, kept, recovery, olds)


@cache
def engine() -> Engine:
    made = sqlite_engine("sqlite://")
    with made.begin() as connection:
        metadata.create_all(connection)
    return made


@contextmanager
def standing(country: list[Made]) -> Iterator[tuple[Connection, SheetBook]]:
    """The country written, for the length of a transaction that is undone."""
    floors = MemoryFloors()
    with engine().connect() as connection, connection.begin() as undone:
        for place, unit in enumerate(country):
            own, ended = f"u{place}", NOW if unit.successor not in (None, place) else None
            successor = code(unit.successor) if ended else None
            units.put_unit(connection, Unit(own, own, own, code(unit.parent), 0, ended, successor))
            units.put_box(connection, Box(f"box-{place}", own, own, own))
            if unit.paper != "none":
                sheet = sheet_of(country, place)
                floors.raise_to(own, 1)
                for old in sheet.goes_on_for:
                    floors.raise_to(old, OVER)
                sheets.add(connection, sheets.StoredSheet(own, 1, sign_sheet(sheet, AUTHORITY)))
            floors.raise_to(own, 2 if unit.paper == "gone back" else 0)
            if unit.duty is not None:
                rosters.put_week(connection, own, [StoredDuty(day, 0, unit.duty, 24) for day in range(7)])
            if unit.route is not None:
                routes.put(connection, StoredRoute(own, "child", f"u{unit.route}"))
            if unit.inspected is not None:
                routes.put(connection, StoredRoute(own, "staff", f"u{unit.inspected}"))
        yield connection, SheetBook(SITE, floors)
        undone.rollback()


def goes_on_for(country: list[Made], place: int) -> list[int]:
    """The units whose sheets were carried over to this one's, one after the other."""
    found: list[int] = []
    for old in range(len(country)):
        later = after(country, old)
        way = later[: later.index(place)] if place in later else []
        if way and all(country[one].carried for one in way):
            found.append(old)
    return [old for old in found if old != place]


def signed_parent(country: list[Made], place: int) -> int | None:
    """The nearest unit above that this one does not go on for."""
    parent, olds = country[place].parent, goes_on_for(country, place)
    while parent in olds:
        parent = country[parent].parent
    return parent


def is_over(country: list[Made], place: int) -> bool:
    """True where somebody's sheet says that it goes on for this one."""
    return any(one.paper != "none" and place in goes_on_for(country, other) for other, one in enumerate(country))


def paper(country: list[Made], place: int) -> str:
    """What a unit's newest sheet is worth now."""
    return "over" if is_over(country, place) else country[place].paper


def above(country: list[Made], place: int) -> int | None:
    """The unit above one, as sheets say that count, or the one that goes on for it; where none is, its row."""
    made = country[place]
    if is_over(country, place):
        for heir in after(country, place)[1:]:
            if paper(country, heir) not in ("none", "gone back", "over") and place in goes_on_for(country, heir):
                return heir
        return None if made.paper == "none" else signed_parent(country, place)
    if made.paper == "gone back":
        return None
    return made.parent if made.paper == "none" else signed_parent(country, place)


def chain(country: list[Made], place: int | None) -> list[int]:
    """The unit and those above it."""
    found: list[int] = []
    while place is not None and place not in found:
        found.append(place)
        place = above(country, place)
    return found


def after(country: list[Made], place: int) -> list[int]:
    """The unit and those that came after it."""
    found = [place]
    while (later := country[found[-1]].successor) is not None and later != found[-1] and len(found) <= MOST + 1:
        found.append(later)
    return found


RANDOM = settings(deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow])


def desks(connection: Connection, book: SheetBook, country: list[Made]) -> Iterator[tuple[int, Desk]]:
    for place in range(len(country)):
        yield place, find_desk(connection, book, NOW, box=f"box-{place}", unit=None)


@RANDOM
@given(countries())
def test_every_box_has_a_door_while_anybody_near_can_read(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        for place, desk in desks(connection, book, country):
            near = {one for later in after(country, place) for one in chain(country, later)}
            readable = {paper(country, one) for one in near} & READABLE
            assert desk.open or not readable
            assert desk.staffed or not readable & STAFFED
            receiver = paper(country, int(desk.receiver[1:]))
            assert not desk.open or receiver in (STAFFED if desk.staffed else {"recovery"})


@RANDOM
@given(countries())
def test_the_nearest_officer_above_receives(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        for _, desk in desks(connection, book, country):
            own = chain(country, int(desk.unit[1:]))
            nearest = next((one for one in own if paper(country, one) in STAFFED), None)
            assert nearest is None or desk.receiver == f"u{nearest}"


@RANDOM
@given(countries())
def test_a_ward_that_is_passed_over_is_never_come_back_to(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        for _, desk in desks(connection, book, country):
            for over in filter(None, (desk.above, desk.inspectorate)):
                door = find_desk(connection, book, NOW, box=None, unit=over.unit)
                assert (door.unit, door.receiver) == (over.unit, over.unit)
                assert door.staffed
                assert desk.unit not in (door.unit, door.receiver)
            assert desk.inspectorate is None or desk.inspectorate != desk.above


@RANDOM
@given(countries())
def test_kinds_go_elsewhere_only_where_an_officer_is(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        for _, desk in desks(connection, book, country):
            for _, door in desk.elsewhere:
                assert paper(country, int(door.unit[1:])) in STAFFED
                assert door.unit != desk.unit


@RANDOM
@given(countries())
def test_somebody_answers_for_every_tip_that_an_officer_can_read(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        for _, desk in desks(connection, book, country):
            sheet = book.newest(connection, desk.receiver, NOW)
            if sheet is None:
                continue
            who, receiver = answerable(connection, book, sheet, NOW), country[int(desk.receiver[1:])]
            assert (who is not None) == desk.staffed
            if receiver.duty in ("a", "b") and desk.staffed:
                assert who == f"{desk.receiver[1:]}{receiver.duty}"


@RANDOM
@given(countries())
def test_nothing_is_sealed_by_the_sheet_of_a_unit_that_another_goes_on_for(country: list[Made]) -> None:
    with standing(country) as (connection, book):
        over = {f"u{place}" for place in range(len(country)) if is_over(country, place)}
        assert [code for code in over if book.newest(connection, code, NOW) is not None] == []
        for _, desk in desks(connection, book, country):
            doors = {
                desk.receiver,
                *(door.unit for _, door in desk.elsewhere),
                *([desk.above.unit] if desk.above else []),
            }
            assert not (desk.open and doors & over)
