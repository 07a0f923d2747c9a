"""A chief takes his unit's register book out at the console, by the command's function; the unit's chain tells of it.

Owns who may. What stands in a book, and how it is written, is the business of `bot/service/registers`.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from bot.service.desk.audit import Ledger
from bot.service.desk.casework import reader_of
from bot.service.errors import NotAccepted
from bot.service.families import store_away
from bot.service.queues import Queue
from bot.service.registers.book import Book, Purpose, Say, observed_of, taken_out
from bot.service.registers.printing import Shape, written
from storage.database import Database
from storage.repositories.officers import Officer

WAITING = 8
"""Books that wait while one is written: each takes some seconds."""


class Books:
    """Where register books are taken out, one at a time beside the loop. `say` has the words of offices."""

    def __init__(self, *, database: Database, ledger: Ledger, clock: Callable[[], float], say: Say) -> None:
        self._database = database
        self._ledger = ledger
        self._clock = clock
        self._say = say
        self._papers = Queue("books", at_once=1, waiting=WAITING, full=_busy)

    async def take_out(self, officer: Officer, year: int, purpose: Purpose, form: Shape) -> bytes:
        """The book of the officer's unit, without tips that he may not know of; chained before it is given.

        Raises:
            NotAccepted: he is no chief; no such year; or too many are being written.
        """
        if officer.role != "chief":
            raise NotAccepted("desk-chief-only", status=403)

        def work(connection: Connection) -> Book:
            reader = reader_of(connection, officer)
            book = taken_out(connection, officer.unit, year, self._say, reader=reader)
            seen = observed_of(year, purpose, officer)
            self._ledger.observe(connection, officer.unit, seen, now=int(self._clock()))
            return book

        with store_away():
            book = await self._database.run(work)
        return await self._papers.run(lambda: written(book, form))


def _busy() -> NotAccepted:
    return NotAccepted("org-busy", status=429)
