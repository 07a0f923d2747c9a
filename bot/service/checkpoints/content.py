"""What stands on a checkpoint: whose chain, the day, the last record's number and head, and what to do with the sheet.

Owns nothing of a tip: a head is a digest of all that officers did up to it. The words are the catalogue's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.auditing import written_mark
from bot.service.boxes.addresses import qr_svg
from bot.service.site import SheetBook, Site
from crypto.acts import digest
from crypto.audit import beginning
from handlers.roster import day_of
from storage.repositories import audit

Say = Callable[[str, Mapping[str, str]], str]
"""A text of the catalogue with its arguments."""
GROUP = 4
"""Letters of a head that are read aloud at once."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Where a unit's chain ends on a day (ISO): after record `n`, whose digest is `head`."""

    unit: str
    name: str
    day: str
    n: int
    head: bytes

    @property
    def groups(self) -> tuple[str, ...]:
        """The whole head as people read it aloud."""
        text = self.head.hex()
        return tuple(text[at : at + GROUP] for at in range(0, len(text), GROUP))

    @property
    def mark(self) -> str:
        """What its code says, and `hopthu audit verify --checkpoint` reads."""
        return written_mark(self.unit, self.n, self.head)


def checkpoint(connection: Connection, book: SheetBook, site: Site, unit: str, *, now: int) -> Checkpoint:
    """Where the unit's chain ends now (UTC seconds); before its first record, where it begins."""
    last = audit.last(connection, unit)
    n, head = (last.n, digest(last.body)) if last else (0, beginning(site.id, unit).head)
    return Checkpoint(unit, book.name(connection, unit).vi, day_of(now).isoformat(), n, head)


def page(found: Checkpoint, say: Say) -> dict[str, object]:
    """The sheet's words, as the layout takes them."""
    year, month, day = found.day.split("-")
    facts = (
        ("unit", f"{found.name} ({found.unit})"),
        ("day", f"{day}/{month}/{year}"),
        ("number", str(found.n)),
    )
    return {
        "title": say("checkpoint-title", {}),
        "facts": [[say(f"checkpoint-{name}", {}), value] for name, value in facts],
        "head": say("checkpoint-head", {}),
        "groups": found.groups,
        "about": [say("checkpoint-about", {}), say("checkpoint-check", {})],
        "command": f"hopthu audit verify {say('checkpoint-file', {})} --checkpoint {found.mark}",
        "signed": [say("checkpoint-chief", {}), say("checkpoint-keeper", {})],
        "qr": qr_svg(found.mark).decode(),
    }
