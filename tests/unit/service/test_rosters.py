"""Duty rosters as operators keep them: days and hours as written, weeks as tables, swaps, holidays, who answers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection
from unit.service.operating_world import UNIT, Machine, make_machine
from unit.service.wrong_rows import lines

from bot.service.calendars import COUNTRY
from bot.service.days import read_day
from bot.service.errors import NotAccepted
from bot.service.rosters import acts, holidays, rows, swaps
from bot.service.rosters.standing import answerable
from bot.service.rosters.words import end_of, moment, read_days, read_hours, span
from bot.service.tables import Kind, RowsRefused
from handlers.roster import HOLIDAY, Swap, day_of
from storage.repositories import rosters, units
from storage.repositories.units import Unit

T = TypeVar("T")
WEEK = tuple(range(7))
DAYTIME, NIGHT = (7, 12), (19, 12)


@pytest.fixture
async def machine(tmp_path: Path) -> AsyncIterator[Machine]:
    """A ward with two officers on its sheet and a chief."""
    found = await make_machine(tmp_path)
    for account, role in (("toan", "duty"), ("binh", "duty"), ("truong", "chief")):
        await found.let_in(account, role)
    yield found
    await found.database.close()


async def act(machine: Machine, work: Callable[[Connection], T]) -> T:
    return await machine.operator.act(lambda connection, _now: work(connection))


async def shown(machine: Machine, at: int | None = None) -> acts.Shown:
    return await machine.operator.act(lambda c, now: acts.shown(c, machine.book, UNIT, now, at=at))


def tomorrow(machine: Machine) -> date:
    """A day on which everybody on the sheet already is."""
    return today(machine) + timedelta(days=1)


def today(machine: Machine) -> date:
    return day_of(int(machine.clock()))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("fri-mon", (0, 4, 5, 6)),
        ("T7, CN", (5, 6)),
        ("Thứ Hai, thứ tư", (0, 2)),
        ("thứ 2", (0,)),
        ("all", WEEK),
        ("Ngày lễ", (HOLIDAY,)),
        ("sun,sun", (6,)),
        ("", None),
        ("mon-holiday", None),
        ("mon,x", None),
        ("T8", None),
    ],
)
def test_days_as_people_write_them(said: str, days: tuple[int, ...] | None) -> None:
    assert read_days(said) == days


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("7-19", (7, 12)),
        ("19-7", (19, 12)),
        ("07:00 - 19h", (7, 12)),
        ("0-24", (0, 24)),
        ("7-7", (7, 24)),
        ("22-24", (22, 2)),
        ("7", None),
        ("7-25", None),
        ("7:30-19", None),
    ],
)
def test_hours_as_people_write_them(said: str, hours: tuple[int, int] | None) -> None:
    assert read_hours(said) == hours


def test_every_stretch_of_hours_is_written_back_as_it_is_read() -> None:
    for start in range(24):
        for hours in range(1, 25):
            assert span(start, end_of(start, hours)) == (start, hours)


def test_days_of_the_calendar() -> None:
    assert {read_day(said) for said in ("2026-11-23", " 23/11/2026", "23-11-2026")} == {date(2026, 11, 23)}
    assert read_day("2026-5-2") == read_day("2/5/2026") == date(2026, 5, 2)
    assert {read_day(said) for said in ("31/02/2026", "20261123", "", "23/11/26", "٢٣/11/2026")} == {None}
    assert moment(date(1970, 1, 1), 7) == 0


async def test_whoever_stands_on_the_roster_answers(machine: Machine) -> None:
    await act(machine, lambda c: acts.put(c, UNIT, "binh", days=WEEK, hours=DAYTIME))
    await act(machine, lambda c: acts.put(c, UNIT, "toan", days=WEEK, hours=NIGHT))
    found = await shown(machine, moment(tomorrow(machine), 9))
    assert (found.answers, found.by_roster, found.gaps) == (("binh",), True, ())
    assert [(line.day, line.start, line.end, line.officer, line.here) for line in found.duties][:2] == [
        ("mon", 7, 19, "binh", True),
        ("mon", 19, 7, "toan", True),
    ]
    assert (await shown(machine, moment(tomorrow(machine), 23))).answers == ("toan",)


async def test_where_nobody_stands_the_chief_answers(machine: Machine) -> None:
    assert (await shown(machine)).answers == ("truong",)
    await act(machine, lambda c: acts.put(c, UNIT, "toan", days=WEEK, hours=DAYTIME))
    found = await shown(machine, moment(tomorrow(machine), 20))
    assert (found.answers, found.by_roster) == (("truong",), False)
    assert [(hole.day, hole.start, hole.end) for hole in found.gaps][:2] == [("mon", 0, 7), ("mon", 19, 24)]


async def test_a_tips_answerable_officer_is_the_rosters(machine: Machine) -> None:
    """Also right after a change: the roster that is remembered is of another edition then."""

    async def now() -> str | None:
        def work(connection: Connection, at: int) -> str | None:
            sheet = machine.book.newest(connection, UNIT, at)
            assert sheet is not None
            serial = answerable(connection, machine.book, sheet, at)
            return next(one.officer for one in sheet.officers if one.serial == serial)

        return await machine.operator.act(work)

    assert await now() == "truong"
    await act(machine, lambda c: acts.put(c, UNIT, "binh", days=WEEK, hours=(0, 24)))
    assert await now() == "binh"
    await machine.operator.act(lambda c, at: acts.swap(c, UNIT, Swap(day_of(at), "binh", "toan"), now=at))
    assert await now() == "toan"
    await act(machine, lambda c: acts.unswap(c, UNIT, today(machine), "binh"))
    assert await act(machine, lambda c: acts.take_off(c, UNIT, "binh", WEEK)) == 7
    assert await now() == "truong"


async def test_who_left_does_not_answer(machine: Machine) -> None:
    await act(machine, lambda c: acts.put(c, UNIT, "binh", days=WEEK, hours=(0, 24)))
    gone = next(one for one in await machine.operator.officers() if one.account == "binh")
    await machine.operator.take_in(machine.signed(await machine.operator.remove(gone.serial)))
    found = await shown(machine)
    assert (found.answers, found.by_roster, found.duties[0].here) == (("truong",), False, False)


async def test_holidays_of_the_unit_above_are_the_wards_too(machine: Machine) -> None:
    await act(machine, lambda c: units.put_unit(c, Unit("42", "tỉnh", "province", None, 0)))
    ward = await act(machine, lambda c: units.find_unit(c, UNIT))
    assert ward is not None
    above = Unit(ward.code, ward.name_vi, ward.name_en, "42", 0)
    await act(machine, lambda c: units.put_unit(c, above))
    await act(machine, lambda c: acts.put(c, UNIT, "toan", days=WEEK, hours=(0, 24)))
    await act(machine, lambda c: acts.put(c, UNIT, "binh", days=(HOLIDAY,), hours=(0, 24)))
    day = today(machine) + timedelta(days=3)
    days = day, day + timedelta(days=1)
    assert await machine.operator.act(lambda c, now: acts.holiday(c, "42", days, "Tết", now=now)) == 2
    assert (await shown(machine, moment(day, 9))).answers == ("binh",)
    assert (await shown(machine, moment(day + timedelta(days=2), 9))).answers == ("toan",)
    assert [(one.unit, one.name) for one in (await shown(machine)).holidays] == [("42", "Tết")] * 2
    with pytest.raises(NotAccepted, match="a unit above"):
        await act(machine, lambda c: acts.no_holiday(c, UNIT, days))
    assert await act(machine, lambda c: acts.no_holiday(c, "42", days)) == 2
    assert (await shown(machine, moment(day, 9))).answers == ("toan",)


async def test_what_is_refused_says_why(machine: Machine) -> None:
    day = today(machine)
    yesterday, long = day - timedelta(days=1), day + timedelta(days=40)
    refused: list[tuple[str, Callable[[Connection, int], object]]] = [
        ("no such unit", lambda c, _: acts.put(c, "x", "toan", days=WEEK, hours=DAYTIME)),
        ("no such account", lambda c, _: acts.put(c, UNIT, "x", days=WEEK, hours=DAYTIME)),
        ("no duty", lambda c, _: acts.take_off(c, UNIT, "toan", WEEK)),
        ("no such unit", lambda c, now: acts.swap(c, "x", Swap(day, "toan", "binh"), now=now)),
        ("no swap", lambda c, _: acts.unswap(c, UNIT, day, "toan")),
        ("must not be before", lambda c, now: acts.holiday(c, UNIT, (day, yesterday), "", now=now)),
        ("nor more than 31", lambda c, now: acts.holiday(c, UNIT, (day, long), "", now=now)),
        ("no such unit", lambda c, now: acts.shown(c, machine.book, "x", now)),
    ]
    for why, work in refused:
        with pytest.raises(NotAccepted, match=why):
            await machine.operator.act(work)
    assert (await shown(machine)).duties == ()


TABLE = """Đơn vị;Thứ;Từ;Đến;Tài khoản
18118;T2-T6;7;19;toan
18118;T7,CN;7:00;19h;binh
18118;all;19;7;binh
18118;lễ;0;24;truong
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_a_week_is_brought_and_taken_along(machine: Machine, kind: Kind) -> None:
    took = await act(machine, lambda c: rows.take_in(c, TABLE.encode()))
    assert (took.duties, took.units) == (15, 1)
    before = await act(machine, lambda c: rosters.week(c, UNIT))
    along = await act(machine, lambda c: rows.taken_along(c, kind))
    await act(machine, lambda c: rosters.put_week(c, UNIT, ()))
    await act(machine, lambda c: rows.take_in(c, along))
    assert await act(machine, lambda c: rosters.week(c, UNIT)) == before


async def test_wrong_rows_are_named_and_nothing_is_taken(machine: Machine) -> None:
    wrong = "unit,day,from,to,officer\n18118,mon,7,19,toan\n999,mun,7,99,toan\n18118,tue,7,19,x\n18118,mon,7,12,toan\n"
    with pytest.raises(RowsRefused) as told:
        await act(machine, lambda c: rows.take_in(c, wrong.encode()))
    assert lines(told.value) == [
        "Row 3: there is no such unit here",
        "Row 3: day is no day of duty: write mon to sun, mon-fri, all or holiday",
        "Row 3: to is no whole hour, 0 to 24",
        "Row 4: there is no such account in this unit",
        "Row 5: the same stands in row 2",
    ]
    assert await act(machine, lambda c: rosters.week(c, UNIT)) == ()


SWAPS, FEASTS = "unit,day,officer,instead", "unit,day,name,working"


async def refused(machine: Machine, work: Callable[[Connection, int], object]) -> list[str]:
    """Why it was, in words; nothing of it was written."""
    with pytest.raises(RowsRefused) as told:
        await machine.operator.act(work)
    assert await act(machine, lambda c: (rosters.every_swap(c), rosters.every_holiday(c))) == ((), ())
    return lines(told.value)


@pytest.mark.parametrize(
    ("days", "off", "instead", "why"),
    [
        (0, "toan", "x", "there is no such account in this unit"),
        (0, "toan", "toan", "somebody else must stand in"),
        (-1, "toan", "binh", "day is over, or more than two years ahead"),
        (800, "toan", "binh", "day is over, or more than two years ahead"),
    ],
)
async def test_a_swap_is_judged_alike_by_command_and_table(
    machine: Machine, days: int, off: str, instead: str, why: str
) -> None:
    day = today(machine) + timedelta(days=days)
    told = await refused(machine, lambda c, now: acts.swap(c, UNIT, Swap(day, off, instead), now=now))
    body = f"{SWAPS}\n{UNIT},{day},{off},{instead}\n".encode()
    brought = await refused(machine, lambda c, now: swaps.take_in(c, body, now))
    assert (told, brought) == ([f"Row 0: {why}"], [f"Row 2: {why}"])


@pytest.mark.parametrize(
    ("days", "name", "why"),
    [
        (-1, "Tết", "day is over, or more than two years ahead"),
        (800, "Tết", "day is over, or more than two years ahead"),
        (1, "x" * 101, "name is longer than 100 characters"),
    ],
)
async def test_a_holiday_is_judged_alike_by_command_and_table(machine: Machine, days: int, name: str, why: str) -> None:
    day = today(machine) + timedelta(days=days)
    told = await refused(machine, lambda c, now: acts.holiday(c, UNIT, (day, day), name, now=now))
    body = f"{FEASTS}\n{UNIT},{day},{name},\n".encode()
    brought = await refused(machine, lambda c, now: holidays.take_in(c, body, now))
    assert (told, brought) == ([f"Row 0: {why}"], [f"Row 2: {why}"])


async def test_wrong_rows_of_single_days_are_named(machine: Machine) -> None:
    day = tomorrow(machine).isoformat()
    body = f"{FEASTS}\n{UNIT},{day},a,\n999,{day},b,\n{UNIT},mai,c,maybe\n{UNIT},{day},d,\n".encode()
    assert await refused(machine, lambda c, now: holidays.take_in(c, body, now)) == [
        "Row 3: there is no such unit here",
        "Row 4: day is no day: write 2026-05-02 or 02/05/2026",
        "Row 4: working says neither yes nor no",
        "Row 5: the same stands in row 2",
    ]
    twice = f"{SWAPS}\n{UNIT},{day},toan,binh\n{UNIT},{day},toan,truong\nx,{day},toan,binh\n".encode()
    assert await refused(machine, lambda c, now: swaps.take_in(c, twice, now)) == [
        "Row 3: the same stands in row 2",
        "Row 4: there is no such unit here",
    ]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_single_days_are_taken_along_and_brought_again_though_they_are_over(machine: Machine, kind: Kind) -> None:
    day = tomorrow(machine)
    await machine.operator.act(lambda c, now: acts.swap(c, UNIT, Swap(day, "toan", "binh"), now=now))
    await machine.operator.act(lambda c, now: acts.holiday(c, UNIT, (day, day), "Tết", now=now, working=True))
    await machine.operator.act(lambda c, now: acts.holiday(c, COUNTRY, (day, day), "Tết", now=now))
    along = await act(machine, lambda c: (swaps.taken_along(c, kind), holidays.taken_along(c, kind)))
    machine.clock.now += 30 * 86_400
    took = await machine.operator.act(
        lambda c, now: (swaps.take_in(c, along[0], now), holidays.take_in(c, along[1], now))
    )
    assert [(one.new, one.changed, one.same) for one in took] == [(0, 0, 1), (0, 0, 2)]


async def test_a_table_of_holidays_without_a_column_leaves_what_is_there(machine: Machine) -> None:
    day = tomorrow(machine)
    await machine.operator.act(lambda c, now: acts.holiday(c, UNIT, (day, day), "Tết", now=now))
    table = f"unit,day,working\n{UNIT},{day},x\n".encode()
    took = await machine.operator.act(lambda c, now: holidays.take_in(c, table, now))
    assert (took.new, took.changed) == (0, 1)
    (found,) = await act(machine, rosters.every_holiday)
    assert (found.name, found.working) == ("Tết", True)
