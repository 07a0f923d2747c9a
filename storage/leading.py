"""Which process alone does what one is enough for: whoever takes the lock first, until it ends.

Nothing is written. Two that both lead, as may be for a moment where a connection is lost, must do no harm.
"""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Protocol

from sqlalchemy.engine import make_url

from storage.senders import TAKE, AdvisoryLock, FileLock

_STILL = "SELECT true"


class Leading(Protocol):
    """The one place at the head of something."""

    async def leads(self) -> bool:
        """True if it is this process's, from now on. Raises `Busy` or `Full` where that cannot be told now."""
        ...

    async def leave(self) -> None:
        """Let somebody else have it."""
        ...


class AloneLeading:
    """The twin for a database in memory: no other process sees it."""

    async def leads(self) -> bool:
        """Always."""
        return True

    async def leave(self) -> None:
        """Nothing to do."""


class FileLeading(FileLock):
    """Among the processes of this machine, by a lock on an empty file."""

    async def leads(self) -> bool:
        """True if no other process has the lock. Raises `Full` where the file cannot be opened or locked."""
        return self._locked(fcntl.LOCK_EX)


class PostgresLeading(AdvisoryLock):
    """Among the processes of any machine. Who loses his connection loses the lead, and hears so when next he asks."""

    _held = False

    async def leads(self) -> bool:
        """True if no other connection has the lock. Raises `Busy` where the server is away."""
        if self._connection is None:
            self._held = False
        self._held = await self._ask(_STILL if self._held else TAKE)
        return self._held


def open_leading(url: str, what: str) -> Leading:
    """The head of this work on the database at `url`. Connects when first asked."""
    address = make_url(url)
    if address.drivername != "sqlite":
        return PostgresLeading(url, what)
    if not address.database or address.database == ":memory:":
        return AloneLeading()
    return FileLeading(Path(f"{address.database}.{what}.lock"))
