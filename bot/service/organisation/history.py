"""What became of a row of a list: every change that was noted of it, with who arranged it. Reads, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.errors import NotAccepted
from bot.service.hotlines.rules import NATIONAL, digits
from bot.service.organisation.lists import NAMES, Name
from crypto.wire import encode_raw
from handlers.timeline import DAY
from storage.repositories import changes, officers

YEAR = 365 * DAY
KEPT: Mapping[Name, int] = {
    **dict.fromkeys(NAMES, 5 * YEAR),
    **dict.fromkeys(("officers", "roster", "swaps"), 2 * YEAR),
}
"""Seconds for which changes of a list are kept: no law names a term. Those of lists that name persons go earlier."""


@dataclass(frozen=True, slots=True)
class Past:
    """One change: its hour (UTC seconds), who arranged it (None: a command), the cells after it (None: it went).

    The audit chain of this unit tells of it in `record` (None: under a number given later), by `serial`, and says
    `change` as written there; None where it is older than that. Who doubts it looks there.
    """

    hour: int
    by: str | None
    serial: str | None
    cells: Mapping[str, str] | None
    unit: str
    record: int | None
    change: str | None


def history(connection: Connection, name: Name, key: str, units: Collection[str] | None = None) -> tuple[Past, ...]:
    """The changes of a row, the newest first; where `units` are given, those alone that were theirs, or everybody's."""
    found = changes.of(connection, name, key_of(name, key))
    return tuple(_past(connection, one) for one in found if units is None or one.unit in {NATIONAL, *units})


def forget(connection: Connection, now: int) -> None:
    """Erase what is older than it is kept (UTC seconds)."""
    for name, term in KEPT.items():
        changes.expire(connection, name, now - term)


def told(connection: Connection, name: Name, key: str) -> tuple[Past, ...]:
    """The same for whoever works on the machine.

    Raises:
        NotAccepted: nothing was ever noted of such a row.
    """
    found = history(connection, name, key)
    if not found:
        raise NotAccepted("no change of it was noted here: is it the key that `list` or `export` shows?")
    return found


def key_of(name: Name, said: str) -> str:
    """The key of a row as it is meant: a number may be written in any way."""
    unit, slash, number = said.partition("/")
    return f"{unit}/{digits(number)}" if name == "hotlines" and slash else said


def _past(connection: Connection, one: changes.StoredChange) -> Past:
    cells = None if one.cells is None else json.loads(one.cells)
    found = None if one.serial is None else officers.by_serial(connection, one.serial)
    change = None if one.change is None else encode_raw(one.change)
    return Past(one.hour, found.name if found else one.serial, one.serial, cells, one.unit, one.record, change)
