"""The product's part of the year in a process that may be killed at any instant, and goes on where the database stands.

Run as a script it loads everything, then forks a process that lives the year for every line it reads.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from scenario.founding import Founded  # noqa: E402 - the two folders must be on the path first
from scenario.happenings import BEGIN, DAY, OFFICERS, YEAR, Happening, Year  # noqa: E402
from sqlalchemy import Connection, text  # noqa: E402

from bot.service.desk import clocks  # noqa: E402
from bot.service.desk.ladder import DIGEST_DAY, Ladders  # noqa: E402
from bot.service.desk.observing import Notebook  # noqa: E402
from bot.service.reminding import Reminding  # noqa: E402
from handlers.clocks import opening_due, told_from  # noqa: E402
from handlers.ladder import DIGEST, digest_of  # noqa: E402
from storage.database import Database, open_database  # noqa: E402
from storage.leading import AloneLeading  # noqa: E402
from storage.repositories import calls, notices, rungs, settings, sheets, tips  # noqa: E402

NEXT = "year-next"
"""Setting: the number of the next happening, written with each."""
LOOKS_EVERY = 15
TWO_EVERY = 4
"""Looks of which one is both schedulers' at once."""
ALL = 10_000
SENT = text("INSERT INTO sends VALUES (:serial, :digest, :urgent, :due)")


class Living:
    """One life of the process. Two schedulers look, each over a database connection of its own."""

    def __init__(self, founded: Founded, year: Year) -> None:
        self.year = year
        self.founded = founded
        self.now = BEGIN
        self.ladders = Ladders(founded.book(), Notebook("a-year", bytes(32), os.urandom).leave)
        self.databases = [open_database(founded.url) for _ in range(2)]
        self.schedulers = [self._scheduler(database) for database in self.databases]

    def _scheduler(self, database: Database) -> Reminding:
        return Reminding(database=database, ladders=self.ladders, leading=AloneLeading(), clock=lambda: self.now)

    async def live(self) -> None:
        """Until the year is over."""
        first, happenings, looks = self.databases[0], self.year.happenings, 0
        done = int(await first.read(partial(settings.get, key=NEXT)) or 0)
        since = happenings[done - 1].at if done else BEGIN
        look = await first.read(partial(next_look, year=self.year, since=since))
        while True:
            if done < len(happenings) and happenings[done].at <= look:
                since = happenings[done].at
                look = await first.run(partial(self._happens, one=happenings[done], number=done))
                done += 1
            elif look >= BEGIN + YEAR:
                return
            else:
                self.now, looks = look, looks + 1
                both = looks % TWO_EVERY == 0
                await asyncio.gather(*(one.look() for one in self.schedulers[: 1 + both]))
                look = await first.run(partial(self._send, now=look, since=since))

    def _happens(self, connection: Connection, one: Happening, number: int) -> int:
        """The happening, which is noted with it; when schedulers next find something."""
        self._does(connection, one)
        settings.put(connection, NEXT, b"%d" % (number + 1))
        return next_look(connection, self.year, one.at)

    def _does(self, connection: Connection, one: Happening) -> None:
        match one.what:
            case "sheets":
                for unit, body in self.founded.sheets(one.n):
                    sheets.add(connection, sheets.StoredSheet(unit, one.n + 1, body))
            case "filed":
                self._file(connection, one)
            case "taken":
                self.ladders.acknowledge(connection, one.who, one.at)
            case "busy":
                self.ladders.pass_on(connection, one.who, one.at)
            case _:
                self._work_on(connection, one)

    def _file(self, connection: Connection, one: Happening) -> None:
        tip, unit, urgent = self.year.ids[one.n], self.year.ward_of(one.n), self.year.is_urgent(one.n)
        received = clocks.moment(one.at, urgent=urgent)
        notice = notices.Notice(tip, unit, tip, "tip", told_from(one.at, urgent=urgent))
        grants = {f"{unit}-{name}": b"key" for name in OFFICERS}
        new = tips.NewTip(
            tip, unit, urgent, received, [b"sealed"], grants, tip * 2, b"reporter's",
            notices=[notice], due=opening_due(received, urgent=urgent),
        )  # fmt: skip
        tips.file(connection, new)

    def _send(self, connection: Connection, now: int, since: int) -> int:
        """The officers' messenger has it all; when schedulers next find something."""
        waiting = calls.waiting(connection, now, ALL)
        for one in waiting:
            calls.sent(connection, one.serial, one.due, digest=one.digest)
        rows = [{"serial": one.serial, "digest": one.digest, "urgent": one.urgent, "due": one.due} for one in waiting]
        if rows:
            connection.execute(SENT, rows)
        return next_look(connection, self.year, since)

    def _work_on(self, connection: Connection, one: Happening) -> None:
        tip, unit = self.year.ids[one.n], self.year.ward_of(one.n)
        found = tips.find(connection, unit, tip)
        assert found is not None
        if one.what == "opened":
            tips.mark_opened(connection, tips.Reader(unit, f"{unit}-t1"), tip, entries=1)
        elif one.what == "reported":
            tips.set_case(connection, replace(found, status="classified", reported=True))
        else:
            ended = clocks.moment(one.at, urgent=found.urgent)
            tips.set_case(connection, replace(found, status="handled", ended=ended, notified=True))
        clocks.set_clock(connection, unit, tip)


def next_look(connection: Connection, year: Year, since: int) -> int:
    """When schedulers that look every few seconds next find something."""
    earliest, told = rungs.earliest(connection), int(settings.get(connection, DIGEST_DAY) or 0)
    return min(look_at(year, since, earliest), digest_at(year, since, told))


def look_at(year: Year, since: int, earliest: int | None) -> int:
    """The look that climbs."""
    if earliest is None:
        return BEGIN + YEAR
    return year.on(-(-since // LOOKS_EVERY) * LOOKS_EVERY if earliest == rungs.NEW else max(earliest, since))


def digest_at(year: Year, since: int, told: int) -> int:
    """The look that has the next digest sent: a day whose evening came while the machine was off has none."""
    day = told + DAY if told else BEGIN + DIGEST
    while digest_of(year.on(max(day, since))) != day:
        day += DAY
    return year.on(max(day, since))


def main() -> None:
    folder, wards, number, seed = sys.argv[1:]
    founded, year = Founded(Path(folder)), Year(int(wards), int(number), int(seed))
    assert year.happenings
    assert year.ids
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("loaded\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                asyncio.run(Living(founded, year).live())
                (founded.folder / "over").touch()
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
