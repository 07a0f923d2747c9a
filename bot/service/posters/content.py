"""What stands on the poster of a box: public facts of its unit, its board of numbers and its address.

Owns which numbers stand apart and which one is called when a code was pasted over. Nothing of whoever looks after the
box stands on it. Reads the store, changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from bot.service.boards import board
from bot.service.boxes.acts import every
from bot.service.boxes.addresses import Addresses
from bot.service.boxes.belonging import Belonging
from bot.service.errors import NotAccepted
from bot.service.site import SheetBook, find_desk, upwards
from handlers.values import Board, Desk, Hotline, Name
from storage.repositories import hotlines, units

IN_DANGER = "113"
"""Stands in the largest figures, and not again among the numbers."""
SHORT = 4
"""Digits of a number that stands beside another; longer ones have a line to themselves."""


Lack = Literal["number", "day"]


@dataclass(frozen=True, slots=True)
class Line:
    """A number of the board, as it is dialled, and whose it is; `national`: the country's."""

    role: Name
    number: str
    national: bool = False


@dataclass(frozen=True, slots=True)
class Poster:
    """One box's poster. `code` names its file.

    `tamper` is the number to call when a code was pasted over, None where there is none: then the unit that it names is
    to be told; `day` the last day the unit's numbers were tried, as shown; `demo`: tips go nowhere; `zalo` the
    account's page there, where the box's code is typed.
    """

    code: str
    unit: Name
    label: Name
    address: str
    lines: tuple[Line, ...]
    short: tuple[Line, ...]
    tamper: str | None
    day: str | None
    demo: bool = False
    zalo: str | None = None

    @property
    def lacks(self) -> Lack | None:
        """What it should have and has not: a number of its unit, else a day on which all its numbers were tried."""
        if self.tamper is None:
            return "number"
        return "day" if self.day is None and not all(line.national for line in self.lines) else None


def of_boxes(
    connection: Connection, book: SheetBook, links: Addresses, codes: Sequence[str], *, now: int
) -> tuple[Poster, ...]:
    """The posters of these boxes, in this order.

    Raises:
        NotAccepted: there is no such box, it is closed, or residents could not reach the address it would show.
    """
    if not (links.web.startswith("https://") or book.demo):
        raise NotAccepted("a poster needs the https address that residents see: set HOPTHU_PUBLIC_URL")
    found = {box.code: box for box in every(connection, closed=True)}
    for code in codes:
        if code not in found:
            raise NotAccepted("there is no such box: hopthu box list shows their codes")
        if found[code].closed:
            raise NotAccepted("a closed box has no poster: print that of the one after it")
    desks = {code: find_desk(connection, book, now, box=code, unit=None) for code in codes}
    boards = {unit: board(connection, unit, now) for unit in {desk.unit for desk in desks.values()}}
    return tuple(_poster(desk, code, links, boards[desk.unit]) for code, desk in desks.items())


def of_units(
    connection: Connection, book: SheetBook, links: Addresses, codes: Sequence[str], *, now: int
) -> tuple[Poster, ...]:
    """The posters of all open boxes that belong to these units today, by unit and code.

    Raises:
        NotAccepted: there is no such unit, or no box hangs in any of them.
    """
    return of_boxes(connection, book, links, boxes_of(connection, codes, now=now), now=now)


def boxes_of(connection: Connection, codes: Sequence[str], *, now: int) -> list[str]:
    """Codes of all open boxes that belong to these units today, by unit and code.

    Raises:
        NotAccepted: there is no such unit, or no box hangs in any of them.
    """
    for code in codes:
        if units.find_unit(connection, code) is None:
            raise NotAccepted("there is no such unit here")
    of, hanging = Belonging(units.names(connection, now)), every(connection)
    boxes = [box.code for code in codes for box in hanging if of.today(box.unit) == of.today(code)]
    if not boxes:
        raise NotAccepted("no box hangs there: hopthu box add makes one")
    return boxes


def numberless(connection: Connection, of: Belonging, codes: Collection[str]) -> frozenset[str]:
    """Those of these units where a box hangs and posters can name no number of the unit or of one above it."""
    numbered = {line.unit for line in hotlines.every(connection) if line.unit is not None}
    called = {unit.code for unit in units.every_unit(connection) if unit.contact}
    here = {of.today(box.unit) for box in every(connection)} & set(codes)
    return frozenset(code for code in here - called if numbered.isdisjoint(upwards(connection, code)))


def _poster(desk: Desk, code: str, links: Addresses, numbers: Board) -> Poster:
    lines, short = _lines(numbers)
    own = next((line.number for line in numbers.lines if not line.national), desk.contact)
    return Poster(
        code=code,
        unit=desk.name,
        label=desk.box_label or Name("", ""),
        address=links.page(code),
        lines=lines,
        short=short,
        tamper=own or None,
        day=numbers.checked,
        demo=desk.demo,
        zalo=links.account(code),
    )


def _lines(numbers: Board) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The numbers with a line to themselves, and those that stand beside each other."""
    shown = [line for line in numbers.lines if line.number != IN_DANGER]
    long = [line for line in shown if not _is_short(line)]
    return tuple(map(_line, long)), tuple(_line(line) for line in shown if _is_short(line))


def _is_short(line: Hotline) -> bool:
    return line.national and len(line.number) <= SHORT


def _line(line: Hotline) -> Line:
    return Line(line.who, line.number, line.national)
