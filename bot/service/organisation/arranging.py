"""The one way in which a list of the organisation is changed, by console and command alike: the act, and its history.

What an act did is seen by its rows before and after it, so that no act has to tell. Who may do it is `scope`'s; the
records of the audit chain are the caller's, who has the key for them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from bot.service.organisation.lists import Line, Name, lines, unlisted
from crypto.acts import HOUR
from storage.repositories import changes, editions

T = TypeVar("T")
TOUCHED: Final[Mapping[Name, tuple[Name, ...]]] = {
    "units": ("units",),
    "hamlets": ("hamlets", "boxes"),
    "boxes": ("boxes",),
    "hotlines": ("hotlines",),
    "roster": ("roster",),
    "officers": ("officers",),
}
"""Which lists an act on one of them may change: boxes go with their hamlet."""
BY_COMMAND: Final[tuple[Name, ...]] = ("units", "hamlets", "boxes", "hotlines", "roster")
"""Lists that a command on what is public may change."""
UNTOLD: Final = frozenset({"contact_reach"})
"""Cells that no history keeps: how to reach somebody is forgotten when it is taken off."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that an act changed: as it was (None: it is new) and as it is (None: it is no more)."""

    list: Name
    key: str
    before: Line | None
    after: Line | None

    @property
    def units(self) -> frozenset[str]:
        """Whose it was and is."""
        return frozenset(line.unit for line in (self.before, self.after) if line is not None)

    @property
    def cells(self) -> Mapping[str, str] | None:
        """What its history keeps of it."""
        if self.after is None:
            return None
        return {name: cell for name, cell in self.after.cells.items() if name not in UNTOLD}


@dataclass(frozen=True, slots=True)
class Arranged(Generic[T]):
    """What an act came to, and the rows it changed."""

    result: T
    changed: tuple[Changed, ...]


def arrange(
    connection: Connection, names: Sequence[Name], act: Callable[[], T], *, by: str | None, now: int
) -> Arranged[T]:
    """Carry an act out and note what it changed of these lists; `by` is the officer's serial, None for a command.

    One act at a time: what another commits meanwhile would count as this one's.
    """
    editions.hold(connection)
    before = {name: _by_key(connection, name) for name in names}
    result = act()
    found = [one for name in names for one in _differences(name, before[name], _by_key(connection, name))]
    changes.add(connection, [_stored(one, by, now) for one in found])
    return Arranged(result, tuple(found))


def digest_of(found: Iterable[Changed]) -> bytes:
    """What a record of the audit chain names these rows of a list by: SHA-256 of one line of JSON (see FORMAT.md)."""
    rows = [[one.key, one.cells] for one in sorted(found, key=lambda one: one.key)]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def _by_key(connection: Connection, name: Name) -> dict[str, Line]:
    return {line.key: line for line in (*lines(connection, name), *unlisted(connection, name))}


def _differences(name: Name, before: Mapping[str, Line], after: Mapping[str, Line]) -> list[Changed]:
    keys = (key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key))
    return [Changed(name, key, before.get(key), after.get(key)) for key in keys]


def _stored(one: Changed, by: str | None, now: int) -> changes.StoredChange:
    line = one.after or one.before
    unit = line.unit if line is not None else ""
    cells = one.cells
    written = None if cells is None else json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return changes.StoredChange(one.list, one.key, unit, now // HOUR * HOUR, by, written)
