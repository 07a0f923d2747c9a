"""The product's part of the year in a process that may be killed at any instant, and goes on where the database stands.

Run as a script it loads everything, then forks a process that lives the year for every line it reads.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from scenario.deeds import Deeds  # noqa: E402 - the two folders must be on the path first
from scenario.founding import Founded  # noqa: E402
from scenario.happenings import BEGIN, YEAR, Year, digest_at, look_at  # noqa: E402
from sqlalchemy import Connection, text  # noqa: E402

from bot.run.belief import FileBelief  # noqa: E402
from bot.run.steady import SteadyClock  # noqa: E402
from bot.service.desk.ladder import DIGEST_DAY, Ladders  # noqa: E402
from bot.service.desk.observing import Notebook  # noqa: E402
from bot.service.reminding import Reminding  # noqa: E402
from storage.database import Database, open_database  # noqa: E402
from storage.leading import AloneLeading  # noqa: E402
from storage.repositories import calls, rungs, settings, sheets, units  # noqa: E402

NEXT = "year-next"
"""Setting: the number of the next happening, written with each."""
TWO_EVERY = 4
"""Looks of which one is both schedulers' at once."""
TOGETHER = 100
"""Happenings done in one transaction at most."""
ALL = 10_000
LATEST = 2**40
BOOTED = 1_000
"""Seconds since the machine started, as the year begins."""
SENT = text("INSERT INTO sends VALUES (:serial, :digest, :urgent, :due)")


class Living:
    """One life of the process. Two schedulers look, each over a database connection of its own.

    They go by the product's clock, over one of a machine that leaps.
    """

    def __init__(self, founded: Founded, year: Year) -> None:
        self.year = year
        self.now = BEGIN
        book = founded.book()
        self.book = book
        self.ladders = Ladders(book, Notebook("a-year", bytes(32), os.urandom).leave)
        self.deeds = Deeds(founded, year, self.ladders, book)
        self.databases = [open_database(founded.url) for _ in range(2)]
        self.clock = SteadyClock(self._wall, self._steady, shared=FileBelief(founded.folder / "clock.json", "a-boot"))
        self.schedulers = [self._scheduler(database) for database in self.databases]

    def _wall(self) -> float:
        return self.now + self.year.wrong_by(self.now)

    def _steady(self) -> float:
        return self.now - BEGIN + BOOTED

    def _scheduler(self, database: Database) -> Reminding:
        return Reminding(database=database, ladders=self.ladders, leading=AloneLeading(), clock=self.clock)

    async def live(self) -> None:
        """Until the year is over."""
        first, looks = self.databases[0], 0
        done, look = await first.run(self._go_on)
        while look is None or look < BEGIN + YEAR:
            if look is not None:
                self.now, looks = look, looks + 1
                both = looks % TWO_EVERY == 0
                await asyncio.gather(*(one.look() for one in self.schedulers[: 1 + both]))
            done, look = await first.run(partial(self._between, looked=look, begin=done))

    def _go_on(self, connection: Connection) -> tuple[int, int | None]:
        """Where the last life ended: its sheets count, what it called is told. See `_between`."""
        for unit in units.every_unit(connection):
            newest = sheets.newest(connection, unit.code)
            sheet = self.book.verified(newest.body) if newest else None
            if sheet is not None:
                self.book.take_in(sheet)
        return self._between(connection, LATEST, int(settings.get(connection, NEXT) or 0))

    def _between(self, connection: Connection, looked: int | None, begin: int) -> tuple[int, int | None]:
        """Calls are told, then it goes on as far as what schedulers next find, and that is noted with it.

        The number of the next happening, and the next look; None if more happens before.
        """
        if looked is not None:
            self._send(connection, looked)
        happenings, number = self.year.happenings, begin
        while True:
            since = happenings[number - 1].at if number else BEGIN
            look = next_look(connection, self.year, since)
            if number == len(happenings) or happenings[number].at > look or number - begin == TOGETHER:
                break
            self.deeds.do(connection, happenings[number])
            number += 1
        if number > begin:
            settings.put(connection, NEXT, b"%d" % number)
        return number, None if number < len(happenings) and happenings[number].at <= look else look

    def _send(self, connection: Connection, now: int) -> None:
        """The officers' messenger has it all."""
        waiting = calls.waiting(connection, now, ALL)
        for one in waiting:
            calls.sent(connection, one.serial, one.due, digest=one.digest)
        rows = [{"serial": one.serial, "digest": one.digest, "urgent": one.urgent, "due": one.due} for one in waiting]
        if rows:
            connection.execute(SENT, rows)


def next_look(connection: Connection, year: Year, since: int) -> int:
    """When schedulers that look every few seconds next find something."""
    earliest, told = rungs.earliest(connection), int(settings.get(connection, DIGEST_DAY) or 0)
    return min(look_at(year, since, earliest), digest_at(year, since, told))


def main() -> None:
    folder, wards, number, seed = sys.argv[1:]
    founded, year = Founded(Path(folder)), Year(int(wards), int(number), int(seed))
    assert year.happenings
    assert year.ids
    assert founded.sheet(0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    sys.stdout.write("loaded\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what the product logs is no answer
            try:
                asyncio.run(Living(founded, year).live())
                (founded.folder / "over").touch()
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
