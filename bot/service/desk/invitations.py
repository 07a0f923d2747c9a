"""Invitations as a table: who shall enrol goes in, a one-time link for each comes out. All rows or none.

A link lets somebody ask to be on the sheet, and no more: the authority compares his digits as everybody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import Connection

from bot.service.boxes.rules import unit_faults
from bot.service.desk.staffing import ROLES, Invited
from bot.service.naming import meant, tidy, words_faults
from bot.service.tables import Column, Fault, Kind, Row, read_table, refuse, write_table
from storage.repositories import units

COLUMNS = (
    Column("unit", ("đơn vị", "mã đơn vị", "mã phường xã"), needed=True),
    Column("name", ("tên", "họ tên", "cán bộ"), needed=True),
    Column("role", ("vai trò", "chức vụ")),
)
"""A row without a role is a duty officer's."""
LINKS = (*COLUMNS, Column("link"), Column("expires"))
SAID: Mapping[str, str] = {
    "": "duty", "trực ban": "duty", "cán bộ": "duty", "chỉ huy": "chief", "trưởng": "chief", "quản trị": "operator",
    **{role: role for role in ROLES},
}  # fmt: skip
"""What may stand in the column of roles, in small letters."""
_HERE = timezone(timedelta(hours=7))
"""Asia/Ho_Chi_Minh, all year."""


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody who was invited, his link, and the moment it ends (UTC seconds)."""

    invited: Invited
    link: str
    expires: int


def read(connection: Connection, body: bytes, now: int) -> tuple[Invited, ...]:
    """Everybody in the table.

    Raises:
        RowsRefused: the file is no such table, or rows of it are wrong.
    """
    there = {unit.code: bool(unit.there) for unit in units.names(connection, now)}
    found: dict[Invited, int] = {}
    faults: list[Fault] = []
    for row in read_table(body, COLUMNS):
        one = _invited(row, there)
        wrong = [*unit_faults(one.unit, there), *words_faults("name", one.name, needed=True)]
        wrong += [] if one.role else [Fault(0, "row-role", "role")]
        faults += [fault.at(row.number) for fault in wrong]
        if one in found:
            faults.append(Fault(row.number, "row-twice", args={"other": str(found[one])}))
        found.setdefault(one, row.number)
    refuse(faults)
    return tuple(found)


def write(kind: Kind, links: Sequence[Link]) -> bytes:
    """The links as a table. Who reads it may enrol in the place of everybody in it, until the links end."""
    return write_table(kind, LINKS, [_cells(one) for one in links])


def _invited(row: Row, there: Mapping[str, bool]) -> Invited:
    unit = meant(row["unit"], there) or row["unit"]
    return Invited(unit, tidy(row["name"]), SAID.get(tidy(row["role"]).casefold(), ""))


def _cells(one: Link) -> Mapping[str, str]:
    until = datetime.fromtimestamp(one.expires, UTC).astimezone(_HERE).strftime("%Y-%m-%d %H:%M")
    who = one.invited
    return {"unit": who.unit, "name": who.name, "role": who.role, "link": one.link, "expires": until}
