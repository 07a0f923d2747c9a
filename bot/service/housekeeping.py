"""What must go, goes: epoch keys past their day, rows only they opened, sessions, notices, blobs nobody names."""

from __future__ import annotations

from collections.abc import Callable

import structlog
from sqlalchemy import Connection

from bot.service.chats import open_drafts
from bot.service.keyring import EpochRing
from storage.blobs import Blobs
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import drafts, epochs, notices, sessions
from storage.sweep import sweep

NOTICES_KEPT = 7 * 24 * 3600
"""Seconds a content-free notice is kept."""

DRAFT_LIVES = 24 * 3600
"""Seconds an unsent draft is kept (FLOWS, `privacy`)."""

log = structlog.get_logger(__name__)


class Housekeeping:
    """Fixed jobs. Each takes its work from the database, so that running twice does no harm."""

    def __init__(self, *, database: Database, blobs: Blobs, ring: EpochRing, clock: Callable[[], float]) -> None:
        self._database = database
        self._blobs = blobs
        self._ring = ring
        self._clock = clock

    async def expire(self) -> None:
        """Destroy epoch keys of over 72 h, then what only they could open; sessions and notices that are over."""
        now = int(self._clock())
        oldest = self._ring.expire(now)

        def work(connection: Connection) -> tuple[str, ...]:
            sessions.expire(connection, now)
            notices.expire(connection, now - NOTICES_KEPT)
            return epochs.purge_epochs(connection, oldest)

        try:
            for name in await self._database.run(work):
                await self._blobs.delete(name)
        except StorageError:
            log.warning("expiry_postponed")

    async def erase_drafts(self) -> None:
        """Erase the parts of drafts of over 24 h; the person is told when writing again (FLOWS §2.2, silence)."""
        now = int(self._clock())
        keys = self._ring.living(now)

        def work(connection: Connection) -> list[str]:
            stale = [draft for draft in open_drafts(connection, keys) if draft.born + DRAFT_LIVES <= now]
            return [name for draft in stale for name in drafts.remove_draft(connection, draft.id)]

        try:
            for name in await self._database.run(work):
                await self._blobs.delete(name)
        except StorageError:
            log.warning("draft_expiry_postponed")

    async def sweep(self) -> None:
        """Remove blobs that no row names."""
        try:
            await sweep(self._database, self._blobs, int(self._clock()))
        except StorageError:
            log.warning("sweep_postponed")

    async def checkpoint(self) -> None:
        """Take what was written out of the database's side files."""
        try:
            await self._database.checkpoint()
        except StorageError:
            log.warning("checkpoint_postponed")
