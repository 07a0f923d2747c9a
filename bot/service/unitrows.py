"""Units as a table: brought by the file, all or nothing, and taken along in a form that can be brought again.

A table adds units, past ones too, and says anew what they are called and which is above. When a unit that is here
begins or ends, and which goes on for it, is no table's to change but a merger's (`tree.merge`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta, timezone

from sqlalchemy import Connection

from bot.service.boxes.rows import NO, YES, Taken
from bot.service.country.atlas import Ward, atlas
from bot.service.country.kinds import english, small
from bot.service.days import read_day
from bot.service.naming import meant, tidy, words_faults
from bot.service.successors import MAX_DEPTH
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from handlers.retention import LEAST, MOST
from handlers.roster import day_of
from storage.repositories import units
from storage.repositories.units import Unit

COLUMNS = (
    Column("code", ("mã", "mã đơn vị"), needed=True),
    Column("parent", ("cấp trên", "đơn vị cấp trên", "mã cấp trên")),
    Column("name_vi", ("tên", "tên đơn vị", "name")),
    Column("name_en", ("tên tiếng Anh",)),
    Column("contact", ("liên hệ", "điện thoại")),
    Column("valid_from", ("từ ngày",)),
    Column("valid_to", ("đến ngày",)),
    Column("successor", ("đơn vị thay thế", "thay bằng")),
    Column("retention", ("số ngày lưu", "lưu trữ")),
    Column("hold", ("tạm giữ", "không xóa")),
)
"""In the order in which they are written. A unit that the country's file knows is called and stands as it says there,
where a row leaves that out; a table without a column leaves what its units have there."""
_LIFE = ("valid_from", "valid_to", "successor")
_LONGEST_CODE = 64
_HERE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh, all year."""


@dataclass(slots=True)
class _Reading:
    """A table while it is read: the units here, every code that may be named, and what the rows say."""

    known: Mapping[str, Unit]
    codes: frozenset[str]
    now: int
    found: dict[str, Unit] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def take(self, row: Row) -> None:
        """One row: its unit as it will be."""
        code = _code(row, self.known)
        if code in self.found:
            self.faults.append(Fault(row.number, "row-twice", "code", {"other": str(self.lines[code])}))
        before = self.known.get(code)
        unit = self._called(row, before or _official(code, self.now), new=before is None)
        self.found[code] = self._begun(row, unit) if before is None else unit
        self.lines[code] = row.number
        if before is not None:
            self._as_it_was(row, before)

    def _called(self, row: Row, before: Unit, *, new: bool) -> Unit:
        """The unit with the names, the unit above and the contact that the row says."""
        name, said = tidy(row["name_vi"]) or before.name_vi, row.said("name_en")
        renamed = name != before.name_vi and (new or said is not None)
        follows = renamed or before.name_en == before.name_vi
        parent, contact = row.said("parent"), row.said("contact")
        stays = parent is None or (new and not parent)
        return replace(
            before,
            name_vi=name,
            name_en=tidy(said or "") or (name if follows else before.name_en),
            parent=before.parent if stays else self._above(parent or ""),
            contact=before.contact if contact is None else tidy(contact),
            retention=self._days(row, before),
            hold=self._held(row, before),
        )

    def _days(self, row: Row, before: Unit) -> int | None:
        """How many days what is decided is kept; an empty cell: as the unit above says."""
        said = row.said("retention")
        plain = tidy(said or "")
        if said is None or not plain:
            return before.retention if said is None else None
        days = int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= len(str(MOST)) else 0
        if not LEAST <= days <= MOST:
            self.faults.append(Fault(row.number, "row-retention", "retention", {"least": LEAST, "most": MOST}))
        return days

    def _held(self, row: Row, before: Unit) -> bool:
        said = row.said("hold")
        plain = tidy(said or "").lower()
        if plain not in YES | NO:
            self.faults.append(Fault(row.number, "row-yes-no", "hold"))
        return before.hold if said is None else plain in YES

    def _begun(self, row: Row, unit: Unit) -> Unit:
        """A unit that is not here yet, with when it began, and when it ended if it did."""
        first, last = self._moment(row, "valid_from"), self._moment(row, "valid_to")
        begun = 0 if last is not None and last <= unit.valid_from else unit.valid_from
        return replace(
            unit,
            valid_from=begun if first is None else first,
            valid_to=last,
            successor=self._unit(row["successor"]),
        )

    def _as_it_was(self, row: Row, before: Unit) -> None:
        """What a row says of when a unit begins and ends is what it was; an empty cell says nothing."""
        there = cells(before)
        for column in _LIFE:
            said = row[column]
            day = read_day(said) if column != "successor" else None
            meaning = day.isoformat() if day else self._unit(said) or ""
            if said and meaning != there[column]:
                self.faults.append(Fault(row.number, "row-unit-life", column))

    def _above(self, said: str) -> str | None:
        """The unit above that is meant: a province before a ward of the same digits."""
        short = frozenset(code for code in self.codes if len(code) == len("42"))
        return meant(said, short) or self._unit(said)

    def _unit(self, said: str) -> str | None:
        plain = tidy(said)
        return meant(plain, self.codes) or plain or None

    def _moment(self, row: Row, column: str) -> int | None:
        """The beginning of the day that stands there."""
        said = row[column]
        day = read_day(said) if said else None
        if said and day is None:
            self.faults.append(Fault(row.number, "row-day", column))
        return int(datetime.combine(day, time(), _HERE).timestamp()) if day else None


def take_in(connection: Connection, body: bytes, now: int) -> Taken:
    """Write every unit of the table; units that it does not name stay as they are.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong; nothing was written.
    """
    rows = read_table(body, COLUMNS)
    known = {unit.code: unit for unit in units.every_unit(connection)}
    reading = _Reading(known, frozenset(known) | {_code(row, known) for row in rows}, now)
    for row in rows:
        reading.take(row)
    after = {**known, **reading.found}
    written = [unit for code, unit in reading.found.items() if known.get(code) != unit]
    for unit in written:
        reading.faults += [why.at(reading.lines[unit.code]) for why in reasons(unit, after)]
    refuse(reading.faults)
    for unit in written:
        units.put_unit(connection, unit)
    new = sum(unit.code not in known for unit in written)
    return Taken(new, len(written) - new, len(reading.found) - len(written))


def take_along(connection: Connection, kind: Kind, unit: str | None = None) -> bytes:
    """Every unit, past ones too, as a table; one and those under it if it is named."""
    every = {one.code: one for one in units.every_unit(connection)}
    asked = [one for one in every.values() if unit is None or unit in (one.code, *_above(one, every))]
    return write_table(kind, COLUMNS, [cells(one) for one in asked])


def reasons(unit: Unit, after: Mapping[str, Unit]) -> Iterator[Fault]:
    """Why this unit cannot be so, if these were all units there are."""
    if not (unit.code.isascii() and unit.code.isalnum()) or len(unit.code) > _LONGEST_CODE:
        yield Fault(0, "row-unit-code", "code")
    yield from words_faults("name_vi", unit.name_vi, needed=True)
    for column, text in (("name_en", unit.name_en), ("contact", unit.contact)):
        yield from words_faults(column, text)
    for column, code, step in (("parent", unit.parent, _next_above), ("successor", unit.successor, _next_after)):
        if code is not None and code not in after:
            yield Fault(0, "row-no-unit", column)
        elif not _ends(unit, after, step):
            yield Fault(0, "row-unit-circle", column, {"most": MAX_DEPTH})
    if unit.valid_to is None and unit.successor is not None:
        yield Fault(0, "row-unit-open", "successor")
    if unit.valid_to is not None and unit.valid_to <= unit.valid_from:
        yield Fault(0, "row-unit-days", "valid_to")


def _ends(unit: Unit, after: Mapping[str, Unit], step: Callable[[Unit], str | None]) -> bool:
    """True where the units that follow one another from this one on come to an end soon enough."""
    last: Unit | None = unit
    for _ in range(MAX_DEPTH):
        if last is None:
            return True
        last = after.get(step(last) or "")
    return last is None


def _next_above(unit: Unit) -> str | None:
    return unit.parent


def _next_after(unit: Unit) -> str | None:
    return unit.successor


def _above(unit: Unit, every: Mapping[str, Unit]) -> Iterator[str]:
    """Codes of the units above, nearest first."""
    one: Unit | None = unit
    for _ in range(MAX_DEPTH):
        one = every.get((one.parent if one else None) or "")
        if one is None:
            return
        yield one.code


def _code(row: Row, known: Mapping[str, Unit]) -> str:
    """The unit that is meant; a spreadsheet may have taken the noughts before its code off."""
    said, country = tidy(row["code"]), atlas()
    places = (known, country.wards, country.provinces)
    if any(said in codes for codes in places):
        return said
    return next((code for codes in places if (code := meant(said, codes))), said)


def _official(code: str, now: int) -> Unit:
    """A unit that is not here, as the country's file says; one that it does not know has no name yet."""
    country = atlas()
    found = country.wards.get(code) or country.provinces.get(code)
    if found is None:
        return Unit(code, "", "", None, now)
    parent = found.province.code if isinstance(found, Ward) else None
    return Unit(code, small(found.name), english(found.name), parent, now)


def cells(unit: Unit) -> Mapping[str, str]:
    """What a row says of a unit."""
    return {
        "code": unit.code,
        "parent": unit.parent or "",
        "name_vi": unit.name_vi,
        "name_en": unit.name_en,
        "contact": unit.contact,
        "valid_from": day_of(unit.valid_from).isoformat() if unit.valid_from else "",
        "valid_to": "" if unit.valid_to is None else day_of(unit.valid_to).isoformat(),
        "successor": unit.successor or "",
        "retention": "" if unit.retention is None else str(unit.retention),
        "hold": "yes" if unit.hold else "",
    }
