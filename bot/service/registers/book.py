"""What stands in a register book that is taken out: its lines in words, and the record that it was.

Owns that content never does: it lies sealed, and the line says so. Reads clear facts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final, Literal

from sqlalchemy import Connection

from bot.service.desk.observing import Observed
from bot.service.errors import NotAccepted
from handlers.timeline import EAST
from storage.repositories import officers, register, units
from storage.repositories.register import Line
from storage.repositories.tips import Reader

Purpose = Literal["inspection", "report", "file", "other"]
"""What a book is taken out for, as the audit chain tells it."""
Say = Callable[[str, Mapping[str, str]], str]
"""A text in Vietnamese, by its key and placeables."""
COLUMNS: Final = ("n", "received", "source", "officer", "content", "class", "due", "result", "ended")
"""In the order of an office's book: texts `register-<column>`."""
_ZONE = timezone(timedelta(seconds=EAST))
_FIRST, _LAST = 2020, 2199


@dataclass(frozen=True, slots=True)
class Book:
    """A unit's book of a year, in words: its heading, the names of the columns, and the lines."""

    title: str
    unit: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def taken_out(connection: Connection, unit: str, year: int, say: Say, *, reader: Reader | None = None) -> Book:
    """A unit's book of a year; for an officer without tips that he may not know of.

    Raises:
        NotAccepted: no such unit, or no year that a book could be of.
    """
    found = units.find_unit(connection, unit)
    if found is None:
        raise NotAccepted("there is no such unit here", status=404)
    if not _FIRST <= year <= _LAST:
        raise NotAccepted("the year must be one of four digits", status=422)
    rows = tuple(_row(connection, line, say) for line in register.book(connection, unit, year, reader))
    header = tuple(say(f"register-{column}", {}) for column in COLUMNS)
    return Book(say("register-title", {"year": str(year)}), say("register-unit", {"unit": found.name_vi}), header, rows)


def observed_of(year: int, purpose: Purpose, officer: officers.Officer | None = None) -> Observed:
    """What the unit's audit chain tells of it."""
    return Observed("register", officer, (("year", year), ("purpose", purpose)))


def _row(connection: Connection, line: Line, say: Say) -> tuple[str, ...]:
    opener = officers.by_serial(connection, line.officer) if line.officer else None
    who = opener.name if opener else ""
    if line.gone is not None or line.status is None or line.received is None:
        where = _where(connection, line.gone, say) if line.gone else say("register-erased", {})
        return (str(line.n), "", say("register-box", {}), who, say("register-sealed", {}), "", "", where, "")
    classified = "register-unclassified" if line.status == "received" else "register-classified"
    due = f"{say(f'desk-clock-{line.clock}', {})}: {_hour(line.due)}" if line.due is not None else ""
    return (
        str(line.n),
        _minute(line.received) if line.urgent else _hour(line.received),
        say("register-box", {}),
        who,
        say("register-sealed", {}),
        say(classified, {}),
        due,
        say(f"desk-case-{line.status}", {}),
        "" if line.ended is None else _hour(line.ended),
    )


def _where(connection: Connection, gone: str, say: Say) -> str:
    unit = units.find_unit(connection, gone)
    return say("register-gone", {"unit": unit.name_vi if unit else gone})


def _hour(at: int) -> str:
    return datetime.fromtimestamp(at, _ZONE).strftime("%H giờ %d/%m/%Y")


def _minute(at: int) -> str:
    return datetime.fromtimestamp(at, _ZONE).strftime("%H:%M %d/%m/%Y")
