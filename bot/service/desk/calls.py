"""Calls as a messenger sends them: to whom a notice goes now, or the day's digest with its counts. Never content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from storage.repositories import calls, units, worklists
from storage.repositories.tips import Reader
from storage.repositories.worklists import Counts

CallKind = Literal["notice", "digest"]
SOON = 24 * 3600
"""Seconds within which something is due soon: before the next digest."""


@dataclass(frozen=True, slots=True)
class Call:
    """One message to the officer of this serial, due at a UTC second. `counts`: what a digest says, and no notice."""

    serial: str
    unit: str
    kind: CallKind
    urgent: bool
    due: int
    counts: Counts | None


def pending(connection: Connection, now: int, limit: int) -> tuple[Call, ...]:
    """Messages that are due, at most one notice and one digest for an officer, however many tips he was called to."""
    return tuple(_call(connection, one, now) for one in calls.waiting(connection, now, limit))


def done(connection: Connection, serial: str, due: int, kind: CallKind = "notice") -> None:
    """The message was sent, or there is nowhere to send it to. What became due meanwhile is another."""
    calls.sent(connection, serial, due, digest=kind == "digest")


def _call(connection: Connection, one: calls.Waiting, now: int) -> Call:
    counts = _counts(connection, one, now) if one.digest else None
    return Call(one.serial, one.unit, "digest" if one.digest else "notice", one.urgent, one.due, counts)


def _counts(connection: Connection, one: calls.Waiting, now: int) -> Counts:
    """Of tips that the officer may know of, without what no notice has told of yet (rule 7)."""
    reader = Reader(one.unit, one.serial, keyed=units.came_after(connection, one.unit))
    return worklists.counts(connection, reader, now, soon=now + SOON)
