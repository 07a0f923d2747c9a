"""A unit's board of numbers as people see it, in the chat, on the page and on paper.

Its own numbers come first, then those of the units above, then the nation's.
Owns what is inherited, and when a number is old. What operators do with numbers is `bot.service.hotlines`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import Connection

from bot.service.site import upwards
from handlers.telephones import NoTelephone, Telephone, telephone
from handlers.values import Board, Hotline, Name
from storage.repositories import hotlines, units
from storage.repositories.hotlines import StoredHotline

STALE_DAYS = 180
"""Days after which a number wants checking again: twice a year, with the half-year review that wards hold anyway."""
_YEAR_SAID = 300
"""Days after which a day is said with its year: before that it can be no other."""
_ZONE = timezone(timedelta(hours=7))


def board(connection: Connection, unit: str, now: int) -> Board:
    """A unit's board at `now` (UTC seconds): its own numbers, those above it from the nearest on, the national ones.

    A number that stands there twice is shown where it stands first. Of the days of checking the earliest is said, and
    none where a number of a unit was never checked.
    """
    rows = board_rows(connection, unit)
    codes = {unit, *(row.unit for row in rows if row.unit)}
    names = {code: name for code in codes if (name := _name(connection, code))}
    days = [row.checked for row in rows if row.unit is not None]
    checked = _said(min(filter(None, days)), today(now)) if days and all(days) else None
    lines = tuple(_line(row, None if row.unit in (None, unit) else names.get(row.unit or "")) for row in rows)
    return Board(names.get(unit, Name("", "")), lines, checked, unit)


def board_rows(connection: Connection, unit: str) -> tuple[StoredHotline, ...]:
    """The same numbers as they are stored."""
    return tuple(_once(hotlines.board(connection, *upwards(connection, unit))))


def today(now: int) -> date:
    """The day at UTC+7."""
    return datetime.fromtimestamp(now, _ZONE).date()


def is_stale(row: StoredHotline, day: date) -> bool:
    """True for a number that nobody has tried for `STALE_DAYS`, or ever; a built-in one counts from its first check."""
    if row.checked is None:
        return row.source is None
    return (day - date.fromisoformat(row.checked)).days > STALE_DAYS


def count_stale(connection: Connection, unit: str, now: int) -> int:
    """How many numbers that the unit put up itself are old."""
    day = today(now)
    return sum(is_stale(row, day) for row in hotlines.own(connection, unit))


def dialled(number: str) -> Telephone | None:
    """A stored number as it is dialled; None for one from before numbers were looked at."""
    try:
        return telephone(number)
    except NoTelephone:
        return None


def tel(number: str) -> str:
    """The address that a tap on this stored number calls."""
    found = dialled(number)
    return found.address if found else "tel:" + "".join(sign for sign in number if sign in "+0123456789")


def _once(rows: Iterable[StoredHotline]) -> Iterator[StoredHotline]:
    seen = set()
    for row in rows:
        found = dialled(row.number)
        digits = found.digits if found else row.number
        if digits not in seen:
            seen.add(digits)
            yield row


def _line(row: StoredHotline, above: Name | None) -> Hotline:
    found = dialled(row.number)
    return Hotline(
        Name(row.role_vi, row.role_en),
        row.number,
        Name(row.hours_vi, row.hours_en),
        national=row.unit is None,
        unit=above,
        tel=tel(row.number),
        paid=found is not None and found.kind == "paid",
    )


def _said(checked: str, day: date) -> str:
    """A day of checking as it is said: "02/05", with its year once that is not plain."""
    found = date.fromisoformat(checked)
    return found.strftime("%d/%m" if (day - found).days < _YEAR_SAID else "%d/%m/%Y")


def _name(connection: Connection, code: str) -> Name | None:
    found = units.find_unit(connection, code)
    return Name(found.name_vi, found.name_en) if found else None
