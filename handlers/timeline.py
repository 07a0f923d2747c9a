"""What a reporter may see of a tip: four states, late and coarse (DESIGN rule 11).

Owns the delay of state changes and which of an officer's words are news. Times are UTC seconds; days are shown as the
day the change became public.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from handlers.values import Mailbox, Mark, TipState, Words

DAY = 24 * 3600
WAKING = range(7, 21)
"""Hours in Vietnam in which the box may write first (FLOWS §2.2: not 21 to 7)."""
_PUBLIC_HOUR = 18 * 3600
EAST = 7 * 3600
"""Asia/Ho_Chi_Minh is UTC+7 all year."""
_FIRST_DAY = date(1970, 1, 1)
_ZONE = timezone(timedelta(seconds=EAST))


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline: when it became public, and what it is: a state, words, or `more` of the reporter's."""

    at: int
    what: TipState | Words | Literal["more"]


def hour_of(at: int) -> int:
    """The hour of day in Vietnam, 0 to 23, of a UTC second."""
    return (at + EAST) % DAY // 3600


def public_at(changed: int) -> int:
    """18:00 at UTC+7, at least 24 hours after the change."""
    earliest = changed + DAY
    midnight = (earliest + EAST) // DAY * DAY - EAST
    evening = midnight + _PUBLIC_HOUR
    return evening if evening >= earliest else evening + DAY


def shown_at(mark: Mark) -> int:
    """When a state change becomes public: neither the officer's clock nor the server's can bring it forward."""
    return max(public_at(mark.at), mark.not_before)


def visible_marks(mailbox: Mailbox, at: int) -> tuple[Mark, ...]:
    """The state changes that are public by now."""
    return tuple(mark for mark in mailbox.marks if shown_at(mark) <= at)


def news(mailbox: Mailbox) -> tuple[Words, ...]:
    """What officers wrote since the reporter last wrote."""
    return mailbox.words[max(mailbox.own, default=0) :]


def public_state(mailbox: Mailbox, at: int) -> TipState:
    """The state as shown: the last public one, or `need` while a question waits and the tip was not closed later."""
    marks = visible_marks(mailbox, at)
    shown = marks[-1] if marks else None
    asked = [words.at for words in news(mailbox) if words.speaker == "question"]
    if asked and not (shown is not None and shown.state == "closed" and shown.at >= asked[-1]):
        return "need"
    return "received" if shown is None else shown.state


def timeline(mailbox: Mailbox, at: int) -> tuple[Event, ...]:
    """Everything public, in the order it became public."""
    marks = (Event(shown_at(mark), mark.state) for mark in visible_marks(mailbox, at))
    return tuple(sorted((*marks, *_written(mailbox)), key=lambda event: event.at))


def _written(mailbox: Mailbox) -> Iterator[Event]:
    """The thread in its order. Of a reporter's addition the day alone is known: it stands behind what it came after."""
    at = 0
    for place in range(len(mailbox.words) + 1):
        for _, day in (one for one in mailbox.added if one[0] == place):
            at = max(at, (date.fromisoformat(day) - _FIRST_DAY).days * DAY - EAST)
            yield Event(at, "more")
        if place < len(mailbox.words):
            words = mailbox.words[place]
            at = words.at
            yield Event(at, words)


def last_day(mailbox: Mailbox, at: int) -> str:
    """The day of the newest public event of others' making, else the day of sending, as "20/11"."""
    events = [event for event in timeline(mailbox, at) if event.what != "more"]
    return short_day(events[-1].at) if events else sent_day(mailbox)


def sent_day(mailbox: Mailbox) -> str:
    """The day of sending as "20/11"."""
    _, month, day = mailbox.day.split("-")
    return f"{day}/{month}"


def full_day(mailbox: Mailbox) -> str:
    """The day of sending with its year, "20/11/2026"."""
    return f"{sent_day(mailbox)}/{mailbox.day.partition('-')[0]}"


def short_day(at: int) -> str:
    """A second as its day at UTC+7, "20/11"."""
    return datetime.fromtimestamp(at, _ZONE).strftime("%d/%m")


def clock(at: int) -> str:
    """A second as its time of day at UTC+7, "15:10"."""
    return datetime.fromtimestamp(at, _ZONE).strftime("%H:%M")
