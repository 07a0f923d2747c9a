"""What happens, done to the product by its own functions, each in the transaction of whoever calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cached_property

from scenario.founding import Founded
from scenario.happenings import NEWCOMER, Happening, What, Year
from sqlalchemy import Connection, select

from bot.service import calendars
from bot.service.calendars import COUNTRY
from bot.service.desk import clocks, sheetwork, staffing
from bot.service.desk.ladder import Ladders
from bot.service.rosters.standing import answerable
from bot.service.site import SheetBook
from handlers import cases
from handlers.cases import PUBLIC
from handlers.clocks import opening_due, told_from
from handlers.timeline import public_at
from storage.repositories import keyholders, notices, officers, rosters, sheets, tips
from storage.repositories.keyholders import Page, Pair
from storage.repositories.rosters import StoredHoliday, StoredSwap
from storage.tables import grants
from storage.tables import tips as tips_table

ZONE = timezone(timedelta(hours=7))
EVERY = 10**6


class Deeds:
    """Does happenings."""

    def __init__(self, founded: Founded, year: Year, ladders: Ladders, book: SheetBook) -> None:
        self._founded = founded
        self._year = year
        self._ladders = ladders
        self._book = book

    def do(self, connection: Connection, one: Happening) -> None:
        """One of them."""
        self._done[one.what](connection, one)
        self._reckon(connection)

    @cached_property
    def _done(self) -> dict[What, Callable[[Connection, Happening], None]]:
        return {
            "sheet": self._sheet, "filed": self._file, "passed": self._pass_on, "taken": self._answer,
            "busy": self._answer, "swap": self._swap, "out": self._shut_out, "handed": self._hand,
            "worked": self._work_instead, "opened": self._open, "act": self._act,
        }  # fmt: skip

    def _shut_out(self, connection: Connection, one: Happening) -> None:
        staffing.shut_out(connection, one.who, seen=lambda *_: None, tips=EVERY)

    def _work_instead(self, connection: Connection, one: Happening) -> None:
        rosters.put_holiday(connection, StoredHoliday(COUNTRY, one.act, "làm bù", working=True))
        calendars.ask_reckoning(connection)

    def _reckon(self, connection: Connection) -> None:
        """The job that works deadlines out anew where somebody asked for it."""
        asked, after = clocks.is_asked(connection), b""
        if asked is not None:
            while (reached := clocks.reckon(connection, after)) is not None:
                after = reached
            clocks.reckoned(connection, asked)

    def _sheet(self, connection: Connection, one: Happening) -> None:
        plan, body = self._year.plans[one.n], self._founded.sheet(one.n)
        if plan.changes:
            self._book.take_in(sheetwork.take_in(connection, self._book, body, one.at, tips=EVERY))
        else:
            sheets.add(connection, sheets.StoredSheet(plan.unit, plan.n, body))

    def _file(self, connection: Connection, one: Happening) -> None:
        tip, urgent = self._year.ids[one.n], self._year.is_urgent(one.n)
        receiver = self._book.receiver(connection, self._year.told_for(one.n), one.at)
        assert receiver is not None
        received, sheet = clocks.moment(one.at, urgent=urgent), receiver.sheet
        notice = notices.Notice(tip, receiver.unit, tip, "tip", told_from(one.at, urgent=urgent))
        sealed = {line.serial: b"key" for line in sheet.readers(one.at)}
        new = tips.NewTip(
            tip, receiver.unit, urgent, received, [b"sealed"], sealed, tip * 2, b"reporter's",
            notices=[notice], due=opening_due(received, urgent=urgent),
            answerable=answerable(connection, self._book, sheet, one.at),
        )  # fmt: skip
        tips.file(connection, new)

    def _unit_of(self, connection: Connection, tip: bytes) -> str:
        return str(connection.execute(select(tips_table.c.unit_id).where(tips_table.c.id == tip)).scalar_one())

    def _pass_on(self, connection: Connection, one: Happening) -> None:
        tip = self._year.ids[one.n]
        unit, to = self._unit_of(connection, tip), self._book.home(connection, one.act)
        sheet = self._book.newest(connection, to, one.at)
        if to == unit or sheet is None:
            return
        urgent = self._year.is_urgent(one.n)
        notice = notices.Notice(tip[::-1], to, tip, "tip", told_from(one.at, urgent=urgent))
        sealed = {line.serial: b"key" for line in sheet.readers(one.at)}
        since = clocks.moment(one.at, urgent=urgent)
        tips.hand_over(connection, unit, tip, tips.HandOver(to, 1, sealed, notice, since))
        clocks.set_clock(connection, to, tip)

    def _answer(self, connection: Connection, one: Happening) -> None:
        found = officers.by_serial(connection, one.who)
        if found is not None and found.status == "active":
            say = self._ladders.acknowledge if one.what == "taken" else self._ladders.pass_on
            say(connection, one.who, one.at)

    def _swap(self, connection: Connection, one: Happening) -> None:
        if rosters.week(connection, one.who):
            day = (datetime.fromtimestamp(one.at, ZONE) + timedelta(days=one.n)).date()
            off = f"{one.who}-{('t1', 't2')[day.weekday() % 2]}"
            rosters.put_swap(connection, one.who, StoredSwap(day.isoformat(), off, f"{one.who}-{one.act}"))

    def _hand(self, connection: Connection, one: Happening) -> None:
        """The chief hands the desk over to the newcomer."""
        unit = one.who.partition("-")[0]
        new = f"{unit}-{NEWCOMER}"
        held = keyholders.lacking(connection, Pair(unit, f"{unit}-chief", new), Page(None, EVERY))
        if held:
            keyholders.give(connection, unit, new, {one.tip: b"key" for one in held})

    def _open(self, connection: Connection, one: Happening) -> None:
        """One of those who hold a key and are let in."""
        tip = self._year.ids[one.n]
        unit = self._unit_of(connection, tip)
        held = set(connection.execute(select(grants.c.recipient).where(grants.c.tip == tip)).scalars())
        could = sorted(held & staffing.readers(connection, self._book, unit, one.at))
        if could:
            tips.mark_opened(connection, tips.Reader(unit, could[int(one.who) % len(could)]), tip, entries=1)
            clocks.set_clock(connection, unit, tip)

    def _act(self, connection: Connection, one: Happening) -> None:
        tip = self._year.ids[one.n]
        unit = self._unit_of(connection, tip)
        found = tips.find(connection, unit, tip)
        assert found is not None
        before = clocks.case_of(connection, found)
        assert one.act in cases.allowed(before)
        case = cases.after(before, one.act, clocks.moment(one.at, urgent=found.urgent))  # type: ignore[arg-type] # asserted
        names = ("status", "since", "reported", "notified", "complex", "extended", "ended")
        tips.set_case(connection, replace(found, **{name: getattr(case, name) for name in names}))
        tips.set_state(connection, unit, tip, state=PUBLIC[case.status], visible_from=public_at(one.at))
        clocks.set_clock(connection, unit, tip)
