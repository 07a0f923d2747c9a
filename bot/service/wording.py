"""The unit's approval of the texts people see: on which day, and of which catalogues."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from storage.repositories import settings

APPROVED = "wording-approved"
"""Setting: the day of the approval and the digest of what was approved."""


@dataclass(frozen=True, slots=True)
class Approval:
    """The newest approval: its day (ISO, UTC; None if none is noted), and whether the texts are still those."""

    day: str | None
    unchanged: bool


def digest(locales: Path) -> str:
    """SHA-256 over every catalogue of a folder, each under its name."""
    found = hashlib.sha256()
    for path in sorted(locales.glob("*.ftl")):
        content = path.read_bytes()
        found.update(f"{path.name} {len(content)}\n".encode() + content)
    return found.hexdigest()


def approve(connection: Connection, text: str, *, now: int) -> None:
    """Note that the unit approved the catalogues of this digest today."""
    content = {"v": 1, "day": datetime.fromtimestamp(now, UTC).date().isoformat(), "digest": text}
    settings.put(connection, APPROVED, json.dumps(content).encode())


def approval(connection: Connection, text: str) -> Approval:
    """What is noted, seen from the catalogues of this digest."""
    try:
        found = json.loads(settings.get(connection, APPROVED) or b"")
        return Approval(str(found["day"]), found["digest"] == text)
    except (KeyError, TypeError, ValueError):
        return Approval(None, unchanged=False)
