"""Days and hours of a roster as people write them, in Vietnamese or English, and as they are written back."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from handlers.folding import fold
from handlers.roster import HOLIDAY, HOURS, WEEK
from handlers.timeline import EAST

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday")
"""Monday to Sunday, and any holiday, as they are written."""
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALSO = {
    **{f"{word}{number}": number - 2 for word in ("t", "thu ", "thu") for number in range(2, 8)},
    **{f"thu {name}": day for day, name in enumerate(("hai", "ba", "tu", "nam", "sau", "bay"))},
    **dict.fromkeys(("cn", "chu nhat"), 6),
    **dict.fromkeys(("le", "ngay le", "nghi le", "holidays"), HOLIDAY),
    **{name: day for day, name in enumerate(_ENGLISH)},
    **{name: day for day, name in enumerate(DAYS)},
}
_EVERY = ("all", "every", "ca tuan", "hang ngay", "*")
_HOUR = re.compile(r"(\d{1,2})(?:[:hg](?:00)?)?")


def read_days(said: str) -> tuple[int, ...] | None:
    """The days that are meant ("mon-fri", "T7, CN", "all"), in order; None where it says none."""
    found: dict[int, None] = {}
    for piece in said.split(","):
        word = fold(piece).strip()
        first, dash, last = (end.strip() for end in piece.partition("-"))
        if word in _EVERY:
            days: tuple[int, ...] = tuple(range(WEEK))
        elif dash:
            days = _between(_ALSO.get(fold(first)), _ALSO.get(fold(last)))
        else:
            days = (_ALSO[word],) if word in _ALSO else ()
        if not days:
            return None
        found.update(dict.fromkeys(days))
    return tuple(sorted(found))


def _between(first: int | None, last: int | None) -> tuple[int, ...]:
    """From one day of the week to another, over Sunday too."""
    if first is None or last is None or HOLIDAY in (first, last):
        return ()
    return tuple((first + step) % WEEK for step in range((last - first) % WEEK + 1))


def read_hours(said: str) -> tuple[int, int] | None:
    """The first hour and how many ("19-7": from 19, 12 hours; "7-7" and "0-24": 24); None where it says none."""
    first, dash, last = said.partition("-")
    start, end = read_hour(first), read_hour(last)
    return None if not dash or start is None or end is None else span(start, end)


def read_hour(said: str) -> int | None:
    """A whole hour, 0 to 24 ("7", "07:00", "19h")."""
    found = _HOUR.fullmatch(said.strip().lower())
    return int(found[1]) if found and int(found[1]) <= HOURS else None


def span(start: int, end: int) -> tuple[int, int]:
    """From hour `start` up to `end`, on the next day if that is not later: the first hour and how many."""
    begins = start % HOURS
    return begins, (end - begins - 1) % HOURS + 1


def end_of(start: int, hours: int) -> int:
    """The hour at which it ends, 1 to 24, the next day's if that is not later than `start`."""
    return (start + hours - 1) % HOURS + 1


def moment(day: date, hour: int) -> int:
    """UTC second of an hour (0 to 24) of a day in Vietnam."""
    midnight = datetime.combine(day, time(), timezone(timedelta(seconds=EAST)))
    return int(midnight.timestamp()) + hour * 3600
