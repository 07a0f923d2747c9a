"""The one way in which a list of the organisation is changed, by console and command alike: the act, and its history.

What an act did is seen by its rows before and after it, so that no act has to tell. Who may do it is `scope`'s; the
records of the audit chain are the caller's, who has the key for them and says which tells of which row.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from bot.service.organisation.lists import Line, Name, digest, lines, unlisted
from crypto.acts import HOUR
from storage.repositories import changes, editions

T = TypeVar("T")
TOUCHED: Final[Mapping[Name, tuple[Name, ...]]] = {
    "units": ("units",),
    "hamlets": ("hamlets", "boxes"),
    "boxes": ("boxes",),
    "hotlines": ("hotlines",),
    "roster": ("roster",),
    "swaps": ("swaps",),
    "holidays": ("holidays",),
    "officers": ("officers",),
}
"""Which lists an act on one of them may change: boxes go with their hamlet."""
BY_COMMAND: Final[tuple[Name, ...]] = ("units", "hamlets", "boxes", "hotlines", "roster", "swaps", "holidays")
"""Lists that a command on what is public may change."""
UNTOLD: Final = frozenset({"contact_reach"})
"""Cells that no history keeps: how to reach somebody is forgotten when it is taken off."""
PLACE: Final = "order"
"""The cell in which a history keeps where a row stood among those of its unit."""


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
    def unit(self) -> str:
        """Whose it is, or was last."""
        line = self.after or self.before
        return line.unit if line is not None else ""

    @property
    def cells(self) -> Mapping[str, str] | None:
        """What its history keeps of it."""
        if self.after is None:
            return None
        cells = {name: cell for name, cell in self.after.cells.items() if name not in UNTOLD}
        return {**cells, PLACE: str(self.after.place)} if self.after.place else cells


@dataclass(frozen=True, slots=True)
class Arranged(Generic[T]):
    """What an act came to, and the rows it changed."""

    result: T
    changed: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Filed:
    """Where the audit chain of a row's unit tells of its change.

    `record`: under which number, None where the desk chains it later; `change`: the digest that it says.
    """

    record: int | None
    change: bytes


def arrange(connection: Connection, names: Sequence[Name], act: Callable[[], T]) -> Arranged[T]:
    """Carry an act out and see what it changed of these lists.

    One act at a time: what another commits meanwhile would count as this one's.
    """
    editions.hold(connection)
    before = {name: _by_key(connection, name) for name in names}
    result = act()
    found = [one for name in names for one in _differences(name, before[name], _by_key(connection, name))]
    return Arranged(result, tuple(found))


def note(connection: Connection, found: Iterable[tuple[Changed, Filed]], *, by: str | None, now: int) -> None:
    """Write the history of rows that were changed; `by` is the officer's serial, None for a command."""
    changes.add(connection, [_stored(one, filed, by, now) for one, filed in found])


def digest_of(found: Iterable[Changed]) -> bytes:
    """What a record of the audit chain names these rows of a list by: SHA-256 of one line of JSON (see FORMAT.md)."""
    return digest([[one.key, one.cells] for one in sorted(found, key=lambda one: one.key)])


def _by_key(connection: Connection, name: Name) -> dict[str, Line]:
    return {line.key: line for line in (*lines(connection, name), *unlisted(connection, name))}


def _differences(name: Name, before: Mapping[str, Line], after: Mapping[str, Line]) -> list[Changed]:
    moved = _moved(before, after)
    keys = (key for key in dict.fromkeys((*before, *after)) if before.get(key) != after.get(key) or key in moved)
    return [Changed(name, key, before.get(key), after.get(key)) for key in keys]


def _moved(before: Mapping[str, Line], after: Mapping[str, Line]) -> frozenset[str]:
    """Rows that stand elsewhere among those of their unit which were there and are: none by what came or went.

    Both come unit by unit, in the order of each.
    """
    was = [key for key, line in before.items() if line.place and key in after]
    is_ = [key for key, line in after.items() if line.place and key in before]
    return frozenset(key for key, other in zip(is_, was, strict=True) if key != other)


def _stored(one: Changed, filed: Filed, by: str | None, now: int) -> changes.StoredChange:
    cells = one.cells
    written = None if cells is None else json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    hour = now // HOUR * HOUR
    return changes.StoredChange(one.list, one.key, one.unit, hour, by, written, filed.record, filed.change)
