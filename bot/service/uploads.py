"""A photo, recording or file on its way into a draft: read within its limits, cleaned, sealed under today's key.

Constant memory here, whatever its size: it comes in pieces into a sealed spool, goes through the cleaner in pieces, and
lies sealed in the blob store before anything refers to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.service.cleaner import Clean, Cleaner
from bot.service.errors import OutsideFailed
from bot.service.families import store_away
from bot.service.keyring import EpochRing
from bot.service.places import LARGE, messenger_room, page_room
from bot.service.spool import Spool, sealed
from handlers.values import Media, MediaKind
from storage.blobs import Blobs

CLEANING, CLEANING_LARGE = 2, 1
"""Things cleaned at once: each lies in the cleaner's memory, and so does its copy."""
WAIT_WITHIN = 60.0
"""Seconds a thing may wait for a cleaner before its sender is asked to come again."""


class Uploads:
    """Takes things in. Nothing clear touches a disk; one not put in any draft is swept after a day."""

    def __init__(self, *, blobs: Blobs, ring: EpochRing, cleaner: Cleaner, entropy: Callable[[int], bytes]) -> None:
        self._blobs = blobs
        self._cleaner = cleaner
        self._ring = ring
        self._entropy = entropy
        self._pages, self._messengers = page_room(), messenger_room()
        self._small, self._large = asyncio.Semaphore(CLEANING), asyncio.Semaphore(CLEANING_LARGE)

    async def take(
        self, kind: MediaKind, chunks: AsyncIterator[bytes], *, mime: str, megabytes: int, now: int, page: bool
    ) -> Media:
        """Clean and seal one thing that a page sends or a messenger holds; `mime` as claimed, or empty.

        Raises:
            NotAccepted: `too-big` or `media-bad`.
            OutsideFailed: too many at once, or this one did not arrive in time or gave way, or it cannot be stored.
        """
        with (self._pages if page else self._messengers).place(kind) as sending:
            spool = Spool(self._blobs, self._entropy)
            try:
                await spool.fill(sending.arriving(chunks, megabytes * 1_000_000))
                async with self._turn(kind), self._cleaner.clean(kind, mime, spool.read()) as clean:
                    return await self._store(clean, now)
            finally:
                await spool.erase()

    @asynccontextmanager
    async def _turn(self, kind: MediaKind) -> AsyncIterator[None]:
        turns = self._large if kind in LARGE else self._small
        try:
            async with asyncio.timeout(WAIT_WITHIN):
                await turns.acquire()
        except TimeoutError:
            raise OutsideFailed("no cleaner became free in time") from None
        try:
            yield
        finally:
            turns.release()

    async def _store(self, clean: Clean, now: int) -> Media:
        key, name = self._ring.living(now)[0], self._entropy(16)
        with store_away():
            await self._blobs.put(name.hex(), sealed(clean.chunks, key.part_sealer(name, name)))
        return Media(name.hex(), clean.size, clean.mime, clean.seconds, clean.cleaned)


def kind_of(media: Media) -> MediaKind:
    """What a thing turned out to be, whatever it was sent as: clean ones by their type, others are files."""
    family = media.mime.partition("/")[0] if media.cleaned else ""
    match family:
        case "image":
            return "photo"
        case "audio":
            return "voice"
        case "video":
            return "video"
        case _:
            return "file"
