"""The lists as the console shows them: a page of rows, what stands beside each, and the figures above them.

Every look is bounded by the officer's scope. What he looks for is kept nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.service.boards import board_rows, is_stale, tel, today
from bot.service.boxes.acts import Box, leads_to
from bot.service.boxes.addresses import Addresses
from bot.service.coverage import Covered, coverage
from bot.service.desk.staffing import Waiting, digits_of, waiting_as
from bot.service.hotlines.rules import NATIONAL, digits
from bot.service.organisation import routelist, sheetlist
from bot.service.organisation.lists import (
    COLUMNS,
    DATED,
    ORDERED,
    WAITING,
    Line,
    View,
    holiday_line,
    line_of,
    lines,
    mark,
    standing,
)
from bot.service.organisation.looking import Beside, Look
from bot.service.posters.content import numberless
from bot.service.site import upwards
from handlers.folding import fold
from handlers.roster import day_of
from handlers.timeline import DAY
from storage.repositories import boxes, holders, hotlines, officers, rosters

PAGE = 50
"""Rows of a page."""
_NAMING: frozenset[View] = frozenset({"roster", "swaps"})
"""Lists whose rows name accounts, and are shown with the names of these."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows: of this unit and those under it (None: of all that are his), with these words in them.

    `past`: those too that are over, closed or shut out.
    """

    unit: str | None = None
    text: str = ""
    offset: int = 0
    past: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list: how many rows there are, whether he may change them, each with what stands beside it.

    `seen`: where the order of rows counts, the mark of all rows of each unit that is on the page, or is looked at.
    """

    total: int
    may_change: bool
    columns: tuple[str, ...]
    rows: tuple[tuple[Line, Beside], ...]
    summary: Mapping[str, int]
    seen: Mapping[str, str]


def page(look: Look, name: View, asked: Asked) -> Shown:
    """A page of a list. Digits are not made yet: they are slow on purpose, and a look holds the store.

    Raises:
        NotAccepted: the list or the unit is not his to see.
    """
    codes, words = look.scope.within(asked.unit), fold(asked.text).split()
    people = _people(look) if words and name in _NAMING else {}
    found = _chosen(look, name, asked, codes)
    if words:
        found = [line for line in found if _fits(words, line, _also(look, name, line, people))]
    shown = found[asked.offset : asked.offset + PAGE]
    return Shown(
        total=len(found),
        may_change=look.scope.may_change,
        columns=tuple(column.name for column in COLUMNS[name]),
        rows=tuple(zip(shown, _beside(look, name, shown), strict=True)),
        summary=_summary(look, name, codes),
        seen=_seen(look, name, {asked.unit or look.scope.unit, *(line.unit for line in shown)} & codes),
    )


def _seen(look: Look, name: View, codes: Iterable[str]) -> Mapping[str, str]:
    if name not in ORDERED:
        return {}
    return {code: mark(standing(look.connection, name, code)) for code in sorted(codes)}


def waits(shown: Shown) -> bool:
    """True where digits of somebody are to be made yet."""
    return any(isinstance(more.get("digits"), Waiting) for _, more in shown.rows)


def with_digits(shown: Shown) -> Shown:
    """The page with everybody's digits: up to a second's work."""
    return replace(shown, rows=tuple((line, _told(more)) for line, more in shown.rows))


def whole(look: Look, name: View, unit: str | None) -> tuple[Line, ...]:
    """Every row of a list that belongs to this unit and those under it, or is his at all: what its table holds.

    Raises:
        NotAccepted: the list or the unit is not his to see.
    """
    look.scope.list_of(name)
    codes = look.scope.within(unit)
    if name == "sheets":
        return tuple(sheetlist.lines(look, codes))
    return tuple(line for line in lines(look.connection, name) if line.unit in codes)


def covered(look: Look, unit: str | None) -> tuple[Covered, ...]:
    """What hangs in this unit and in those under it.

    Raises:
        NotAccepted: the unit is not his to see.
    """
    codes = look.scope.within(unit)
    return tuple(one for one in coverage(look.connection, look.now) if one.unit in codes)


def _chosen(look: Look, name: View, asked: Asked, codes: frozenset[str]) -> list[Line]:
    """The rows that are asked for, whatever is in them; those of single days by day."""
    found = [*whole(look, name, asked.unit), *_inherited(look, name, asked.unit or look.scope.unit, codes)]
    shown = [line for line in found if asked.past or not _is_past(look, name, line)]
    return sorted(shown, key=lambda line: line.cells["day"]) if name in DATED else shown


def _is_past(look: Look, name: View, line: Line) -> bool:
    match name:
        case "units":
            return not look.scope.of.units[line.key].there
        case "boxes":
            return bool(line.cells["closed"])
        case "officers":
            return line.cells["status"] == "removed"
        case "swaps" | "holidays":
            return line.cells["day"] < day_of(look.now - DAY).isoformat()  # yesterday's nights may go on
        case _:
            return False


def _inherited(look: Look, name: View, unit: str, codes: frozenset[str]) -> list[Line]:
    """Numbers, holidays and routes that the unit has from the units above it and from the country."""
    if name == "hotlines":
        found = [row for row in board_rows(look.connection, unit) if row.unit is None or row.unit not in codes]
        return [line_of(row) for row in found]
    if name == "holidays":
        above = [code for code in (*upwards(look.connection, unit), NATIONAL) if code not in codes]
        return [holiday_line(one) for one in rosters.holidays_of(look.connection, above)]
    return list(routelist.inherited(look, unit)) if name == "routes" else []


def _people(look: Look) -> Mapping[str, str]:
    """What everybody is called, by account."""
    return {one.account: one.name for one in officers.every(look.connection)}


def _also(look: Look, name: View, line: Line, people: Mapping[str, str]) -> list[str]:
    """What the page shows of a row besides what its file has."""
    cells = line.cells
    also = [people[cell] for column in ("officer", "instead") if (cell := cells.get(column, "")) in people]
    if name == "hotlines":
        also.append(digits(cells["number"]))
    if name == "routes":
        also.append(routelist.found_by(look, line))
    if name in DATED:
        also.append("/".join(reversed(cells["day"].split("-"))))
    return also


def _fits(words: Sequence[str], line: Line, also: Sequence[str]) -> bool:
    """Whether all words stand in a row as its file has it or as the page shows it."""
    told = fold(" ".join((*line.cells.values(), *also)))
    return all(word in told for word in words)


def _beside(look: Look, name: View, shown: Sequence[Line]) -> list[Beside]:
    match name:
        case "units":
            return [_of_unit(look, line) for line in shown]
        case "boxes":
            every = boxes.every(look.connection)
            return [_of_box(look.links, line.key, leads_to(line.key, every)) for line in shown]
        case "hotlines":
            return [_of_number(look, line) for line in shown]
        case "roster" | "swaps":
            return _naming(name, _people(look), shown)
        case "holidays":
            return [{"inherited_from": look.from_elsewhere(line.unit)} for line in shown]
        case "officers":
            sole = holders.sole(look.connection, {line.unit for line in shown})
            return [{**_of_officer(look, line), "sole": sole.get(line.key, 0)} for line in shown]
        case "routes":
            return routelist.beside(look, shown)
        case "sheets":
            return sheetlist.beside(look, shown)
        case "hamlets":
            return [{} for _ in shown]


def _naming(name: View, people: Mapping[str, str], shown: Sequence[Line]) -> list[Beside]:
    """What those are called whom rows of duties and swaps name by account."""
    if name == "roster":
        return [{"name": people.get(line.cells["officer"], line.cells["officer"])} for line in shown]
    accounts = ({line.cells["officer"], line.cells["instead"]} for line in shown)
    return [{"names": {one: people.get(one, one) for one in some}} for some in accounts]


def _of_unit(look: Look, line: Line) -> Beside:
    sheet = look.book.newest(look.connection, line.key, look.now)
    return {
        "staffed": bool(sheet and sheet.readers(look.now)),
        "sheet_days": (sheet.expires - look.now) // DAY if sheet else None,
        "successor": line.cells["successor"] or None,
        "valid_from": line.cells["valid_from"] or None,
        "valid_to": line.cells["valid_to"] or None,
        "parents": list(upwards(look.connection, line.key)[1:]),
    }


def _of_box(links: Addresses, code: str, after: Box | None) -> Beside:
    addresses = {"web": links.page(code), "telegram": links.chat(code), "zalo": links.account(code)}
    return {**addresses, "leads_to": after.code if after else None}


def _of_number(look: Look, line: Line) -> Beside:
    stored = hotlines.own(look.connection, None if line.unit == NATIONAL else line.unit)
    stale = any(is_stale(row, today(look.now)) for row in stored if row.number == line.cells["number"])
    return {"inherited_from": look.from_elsewhere(line.unit), "stale": stale, "tel": tel(line.cells["number"])}


def _of_officer(look: Look, line: Line) -> Beside:
    waits = line.cells["status"] in WAITING
    found = officers.by_serial(look.connection, line.key) if waits else None
    told = None if found is None else waiting_as(found, look.site)
    sheet = look.book.newest(look.connection, line.unit, look.now)
    listed = sheet is not None and any(one.serial == line.key and one.valid_at(look.now) for one in sheet.officers)
    reads = sheet is not None and any(one.serial == line.key for one in sheet.readers(look.now))
    return {
        "status": line.cells["status"],
        "digits": told,
        "role": line.cells["role"],
        "listed": listed,
        "removable": look.scope.may_shut_out(line.unit, reads=reads),
    }


def _told(more: Beside) -> Beside:
    asked = more.get("digits")
    return {**more, "digits": digits_of(asked)} if isinstance(asked, Waiting) else more


def _summary(look: Look, name: View, codes: frozenset[str]) -> Mapping[str, int]:
    match name:
        case "boxes" | "hamlets":
            hang = hanging([one for one in coverage(look.connection, look.now) if one.unit in codes])
            bare = numberless(look.connection, look.scope.of, codes) if name == "boxes" else ()
            return {**hang, "bare": len(bare)} if name == "boxes" else hang
        case "units":
            of = look.scope.of.units
            return {"units": sum(bool(of[code].there) for code in codes & of.keys())}
        case "hotlines":
            day, every = today(look.now), hotlines.every(look.connection)
            return {"stale": sum(is_stale(row, day) for row in every if row.unit in codes)}
        case "officers":
            waits = [one for one in officers.every(look.connection) if one.status == "requested" and one.unit in codes]
            locked = sum(holders.locked(look.connection, codes).values())
            approved = sum(one.approved for one in waits)
            return {"waiting": len(waits) - approved, "approved": approved, "locked": locked}
        case "sheets":
            return {"asking": sheetlist.asking(look, codes)}
        case "roster" | "swaps" | "holidays" | "routes":
            return {}


def hanging(found: Sequence[Covered]) -> Mapping[str, int]:
    """How many hamlets these units have, and how many of them have a box, or a board."""
    return {
        "hamlets": sum(one.hamlets for one in found),
        "with_box": sum(one.with_box for one in found),
        "with_board": sum(one.with_board for one in found),
    }
