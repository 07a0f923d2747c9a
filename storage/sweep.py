"""Removes blobs that no row names: uploads whose transaction never came, photos of purged drafts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from storage.blobs import Blobs
from storage.database import Database
from storage.repositories import media

SPARED_SECONDS: Final = 24 * 3600
"""A blob younger than this may belong to a transaction still to come (DESIGN, stack: blobs)."""


async def sweep(database: Database, blobs: Blobs, now: int) -> int:
    """Erase unreferenced blobs older than a day at `now` (UTC seconds); how many went."""
    names = await asyncio.to_thread(blobs.names, now - SPARED_SECONDS)
    kept = await database.read(partial(media.referenced, names=names))
    unwanted = [name for name in names if name not in kept]
    for name in unwanted:
        await blobs.delete(name)
    return len(unwanted)
