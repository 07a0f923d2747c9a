"""What the officers' bot understands and says. Pure, and without a state: everything is answered where it is.

Owns that whatever it says first is one of two messages without content, and that nothing typed here goes anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.folding import fold
from handlers.timeline import clock
from handlers.values import Choice, Line, Menu, Message, line

TAKEN: Final = 1
BUSY: Final = 2
DESK: Final = 3
DUTY: Final = 4
CODE: Final = 12
"""Digits of a code that links a phone: a hundred tries a second for its ten minutes find one in ten million."""
SERIAL: Final = "desk"
"""All menus have the same one: a press says a number, whichever notice stands above it."""

_DIGITS = re.compile(r"[0-9]+")
_TYPED: Final = {
    **{str(number): number for number in (TAKEN, BUSY, DESK, DUTY)},
    **dict.fromkeys(("da nhan", "nhan", "taken"), TAKEN),
    **dict.fromkeys(("ban", "chuyen truc", "busy"), BUSY),
    **dict.fromkeys(("ban lam viec", "desk"), DESK),
    **dict.fromkeys(("truc", "lich truc", "truc hom nay", "duty", "roster"), DUTY),
}
"""What can be typed, folded."""
_TAKEN = Choice(TAKEN, line("btn-off-taken"), "taken")
_BUSY = Choice(BUSY, line("btn-off-busy"), "busy")
_DESK = Choice(DESK, line("btn-off-desk"), "desk")
_DUTY = Choice(DUTY, line("btn-off-duty"), "duty")


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody wrote this."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button of this number was pressed."""

    number: int


@dataclass(frozen=True, slots=True)
class Sent:
    """Something else came: a file, a place, a sticker, a button that is none of ours."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The chat was opened."""


Said = Typed | Pressed | Sent | Opened


@dataclass(frozen=True, slots=True)
class Take:
    """The officer has taken what he was called to."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """He is busy: whoever is next is to be called."""


@dataclass(frozen=True, slots=True)
class ShowDesk:
    """He wants the desk's address."""


@dataclass(frozen=True, slots=True)
class ShowDuty:
    """He wants to know who is on duty today."""


@dataclass(frozen=True, slots=True)
class TryCode:
    """Digits that may be a code."""

    digits: str


@dataclass(frozen=True, slots=True)
class Greet:
    """He wants to know what this is."""


@dataclass(frozen=True, slots=True)
class Refuse:
    """What came is not for here: it is answered, deleted where that can be done, and kept nowhere."""


Wish = Take | PassOn | ShowDesk | ShowDuty | TryCode | Greet | Refuse
_MEANT: Final[dict[int, Wish]] = {TAKEN: Take(), BUSY: PassOn(), DESK: ShowDesk(), DUTY: ShowDuty()}


@dataclass(frozen=True, slots=True)
class Watch:
    """Accounts on duty from one hour of today up to another."""

    start: int
    end: int
    officers: tuple[str, ...]


def meant(said: Said, *, linked: bool) -> Wish:
    """What somebody wants; of a chat that is not linked nothing is understood but a code."""
    match said:
        case Typed(text):
            digits = "".join(_DIGITS.findall(text))
            if len(digits) == CODE and not _letters(text):
                return TryCode(digits)
            if not linked:
                return Refuse()
            return _MEANT.get(_TYPED.get(fold(text).strip(" .!"), 0), Refuse())
        case Pressed(number):
            return _MEANT.get(number, Refuse()) if linked else Refuse()
        case Opened():
            return Greet() if linked else Refuse()
        case Sent():
            return Refuse()


def _letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def notice(desk: str) -> Message:
    """Whatever there is to look at, and however many: always these words."""
    return Message((line("off-notice", desk=desk),), Menu(SERIAL, (_TAKEN, _BUSY, _DESK)))


def digest(day: str, *, unread: int, under_way: int, soon: int, late: int) -> Message:
    """The morning's counts of the officer's own unit."""
    return Message((line("off-digest", day=day, unread=unread, open=under_way, soon=soon, late=late),))


def taken(calls: int, now: int) -> Message:
    """He took so many calls at this second, if there was any."""
    return _plain(line("off-taken", time=clock(now)) if calls else line("off-none"))


def passed_on(calls: int) -> Message:
    """So many calls go to whoever is next, if there was any."""
    return _plain(line("off-passed") if calls else line("off-none"))


def on_duty(day: str, watches: Sequence[Watch]) -> Message:
    """Who is on duty today, hour by hour; accounts alone."""
    shown = (
        line("off-duty-watch", start=watch.start, end=watch.end, who=", ".join(watch.officers))
        for watch in watches
        if watch.officers
    )
    return Message((line("off-duty", day=day), *shown))


def where(desk: str) -> Message:
    """The desk's address."""
    return _plain(line("off-desk", desk=desk))


def not_here(desk: str) -> Message:
    """Nothing is answered here."""
    return _plain(line("off-no-reply-here", desk=desk))


def linked() -> Message:
    """This phone is the officer's now, or still is."""
    return Message((line("off-linked"),), Menu(SERIAL, (_DESK, _DUTY)))


def code_bad() -> Message:
    """This code links nothing."""
    return _plain(line("off-link-bad"))


def stranger() -> Message:
    """One sentence for whoever is not linked. It says nothing of anybody here."""
    return _plain(line("off-stranger"))


def _plain(said: Line) -> Message:
    return Message((said,))
