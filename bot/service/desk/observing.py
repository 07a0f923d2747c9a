"""What the server saw of officers and operators, as the audit chain tells it: who, what, which hour. No content.

The desk holds the server's audit key; commands do not, and leave notes in the same transaction as their deed, which
the desk chains at its next look. A note carries a mark (HMAC) under a key beside the database, not in it.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from crypto.acts import HOUR, Act, Detail, read_line, write_line
from crypto.errors import SealError
from storage.repositories import audit as chain
from storage.repositories.officers import Officer

NOTE = 16
"""Bytes of a note's id."""
MARK = 32
"""Bytes of a note's HMAC-SHA256."""
NOTED = frozenset(
    {
        "register",
        "invite",
        "remove",
        "sheet",
        "merge",
        "keys",
        "arrange",
        "acknowledged",
        "passed-duty",
        "link",
        "unlink",
        "erased",
    }
)
"""What a note may tell: acts of commands, and what officers say to a call. Log-ins are seen by the desk itself."""
_NOWHERE = bytes(32)


@dataclass(frozen=True, slots=True)
class Observed:
    """One act as seen, of an officer or of nobody in particular; of a tip that was passed on to here, or erased."""

    what: str
    officer: Officer | None = None
    detail: Detail = ()
    tip: bytes | None = None

    def act(self, site: str, unit: str, now: int) -> Act:
        """The record's content but for its place in the chain."""
        return Act(
            site=site,
            unit=unit,
            n=1,
            head=_NOWHERE,
            kind="observed",
            act=self.what,
            hour=now // HOUR * HOUR,
            officer=self.officer.account if self.officer else None,
            serial=self.officer.serial if self.officer else None,
            detail=self.detail,
            tip=self.tip,
        )


@dataclass(frozen=True, slots=True)
class Notebook:
    """Where a process without the audit key notes what it did. `key` marks its notes."""

    site: str
    key: bytes
    entropy: Callable[[int], bytes]

    def leave(self, connection: Connection, unit: str, seen: Observed, *, now: int) -> None:
        """Note something for the unit's chain."""
        chain.leave(connection, [chain.Waiting(self.entropy(NOTE), unit, self._note(unit, seen, now))])

    def leave_once(self, connection: Connection, unit: str, seen: Observed, *, what: str, now: int) -> None:
        """Note something that a command broken off would note again: `what` names it among everything ever noted."""
        id_ = hmac.digest(self.key, f"{unit} {what}".encode(), "sha256")[:NOTE]
        chain.leave_once(connection, chain.Waiting(id_, unit, self._note(unit, seen, now)))

    def _note(self, unit: str, seen: Observed, now: int) -> bytes:
        line = write_line(seen.act(self.site, unit, now))
        return hmac.digest(self.key, line, "sha256") + line


def opened_note(note: bytes, key: bytes) -> Act | None:
    """What a note says; None if it was not left by a command of this installation."""
    mark, line = note[:MARK], note[MARK:]
    if not hmac.compare_digest(mark, hmac.digest(key, line, "sha256")):
        return None
    try:
        act = read_line(line)
    except SealError:
        return None
    return act if act.kind == "observed" and act.act in NOTED else None
