"""What of a tip is due next stands with it: at filing, once it is opened, passed on, and where days or terms change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from installation import UNIT, Installation, Officer, Page
from postgres_server import BOTH
from sqlalchemy import Connection, event

from bot.service import calendars
from bot.service.calendars import COUNTRY, ask_reckoning, calendar_of
from bot.service.desk import clocks
from handlers.clocks import OPENING
from handlers.deadlines import HOUR
from handlers.roster import day_of
from storage.repositories import rosters, settings, tips, units
from storage.repositories.rosters import StoredHoliday
from storage.repositories.tips import StoredTip

STORES = BOTH
WORDS = "Có người bán ma túy ở đầu xóm"
TET = StoredHoliday(COUNTRY, "2027-02-06", "Tết")


@pytest.fixture
async def tip(officer: Officer, page: Page) -> bytes:
    await page.file_tip(WORDS)
    (tip,) = await officer.tips()
    return tip


async def found(box: Installation, tip: bytes, unit: str = UNIT) -> StoredTip:
    stored = await box.ground.database.read(lambda c: tips.find(c, unit, tip))
    assert stored is not None
    return stored


async def test_a_tip_is_to_be_opened_and_then_to_be_reported(box: Installation, officer: Officer, tip: bytes) -> None:
    filed = await found(box, tip)
    assert (filed.due, filed.clock) == (filed.received + OPENING, "open")
    await officer.open(tip)
    opened = await found(box, tip)
    assert (opened.due, opened.clock) == (filed.received + 12 * HOUR, "report")


async def test_in_a_difficult_area_there_is_twice_the_time(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.open(tip)

    def harder(connection: Connection) -> None:
        units.set_profile(connection, UNIT, "difficult")
        ask_reckoning(connection)

    await box.run(harder)
    await box.housekeeping.reckon()
    stored = await found(box, tip)
    assert (stored.due, stored.clock) == (stored.received + 24 * HOUR, "report")
    assert await box.ground.database.read(lambda c: settings.get(c, calendars.RECKON)) == b""


async def test_the_reckoning_walks_past_its_first_stretch(
    box: Installation, officer: Officer, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await page.file_tip(WORDS)
    await box.forge("UPDATE tips SET due = 1")
    monkeypatch.setattr(clocks, "BATCH", 1)
    await box.run(ask_reckoning)
    await box.housekeeping.reckon()
    assert await box.rows("SELECT count(*) FROM tips WHERE due > 1") == [(3,)]


async def test_nothing_is_reckoned_unasked(box: Installation, tip: bytes) -> None:
    await box.forge("UPDATE tips SET due = 1")
    await box.housekeeping.reckon()
    assert (await found(box, tip)).due == 1


async def test_the_countrys_holidays_come_once_and_stay_as_edited(
    box: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[range] = []

    def made(years: range) -> Iterator[StoredHoliday]:
        asked.append(years)
        yield from (StoredHoliday(COUNTRY, f"{year}-09-02", "Quốc khánh") for year in years)

    monkeypatch.setattr(calendars, "of_the_country", made)
    await box.housekeeping.seed_holidays()
    await box.run(lambda c: rosters.remove_holiday(c, COUNTRY, "2027-09-02"))
    await box.housekeeping.seed_holidays()
    assert asked == [range(2026, 2028)]
    assert await box.rows("SELECT unit_id, day FROM holidays") == [(COUNTRY, "2026-09-02")]
    box.clock.advance(370 * 24 * HOUR)
    await box.housekeeping.seed_holidays()
    assert asked[1:] == [range(2028, 2029)]


def test_the_package_knows_tet() -> None:
    days = {one.day for one in calendars.of_the_country(range(2027, 2028)) if not one.working}
    assert {"2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-04-16", "2027-09-02"} <= days


async def test_the_nearest_unit_says_whether_a_day_is_worked(box: Installation) -> None:
    def work(connection: Connection) -> None:
        rosters.put_holiday(connection, TET)
        rosters.put_holiday(connection, StoredHoliday(UNIT, "2027-02-06", "trực", working=True))
        rosters.put_holiday(connection, StoredHoliday(COUNTRY, "2027-02-07", "Tết"))

    await box.run(work)
    calendar = await box.ground.database.read(lambda c: calendar_of(c, UNIT, int(box.clock())))
    assert (calendar.holidays, calendar.made_up) == ({date(2027, 2, 7)}, {date(2027, 2, 6)})


async def test_a_tip_that_is_no_more_has_no_clock(box: Installation) -> None:
    await box.run(lambda c: clocks.set_clock(c, UNIT, b"x" * 16))


async def test_a_wards_own_holidays_move_no_legal_term(box: Installation, officer: Officer, tip: bytes) -> None:
    await officer.act_on(tip, "classified")
    await officer.act_on(tip, "report")
    before = await found(box, tip)
    assert (before.clock, before.due is None) == ("notify", False)
    today = day_of(int(box.clock())).toordinal()
    days = [date.fromordinal(today + n).isoformat() for n in range(1, 8)]
    for unit, moved in ((UNIT, False), (COUNTRY, True)):
        for day in days:
            await box.run(lambda c, unit=unit, day=day: rosters.put_holiday(c, StoredHoliday(unit, day, "nghỉ")))  # type: ignore[misc] # one a turn
        await box.run(lambda c: clocks.set_clock(c, UNIT, tip))
        assert ((await found(box, tip)).due != before.due) == moved


async def test_whoever_opens_it_at_this_moment_is_waited_for(box: Installation, tip: bytes) -> None:
    """On PostgreSQL who sets a clock beside a first opening would else write what was due before it."""
    read: list[tuple[str, bool]] = []

    def seen(_connection: Connection, statement: object, *_rest: object) -> None:
        read.append((str(statement), getattr(statement, "_for_update_arg", None) is not None))

    def work(connection: Connection) -> None:
        event.listen(connection, "before_execute", seen)
        clocks.set_clock(connection, UNIT, tip)
        event.remove(connection, "before_execute", seen)

    await box.run(work)
    first, alone = read[0]
    assert "FROM tips" in first
    assert alone
