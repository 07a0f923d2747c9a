"""A photo on its way into a draft: read within its limit, cleaned, sealed under today's key, stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress

from bot.service.cleaner import Cleaner
from bot.service.cleaning import MIME
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.keyring import EpochRing
from handlers.values import Media
from storage.blobs import Blobs
from storage.errors import StorageError

CHUNK = 65_536
"""Bytes handed over at a time (the STREAM chunk of CRYPTO "Draft")."""
READING, CLEANING = 8, 2
"""Photos read, and cleaned, at once: each of the former holds its bytes, each of the latter its pixels, in memory."""
READ_WITHIN = 180.0
"""Seconds one photo may take to arrive: enough over a slow network, not for somebody who only holds a place."""


class Uploads:
    """Takes photos in. Nothing clear touches a disk; a photo not put in any draft is swept after a day."""

    def __init__(self, *, blobs: Blobs, ring: EpochRing, cleaner: Cleaner, entropy: Callable[[int], bytes]) -> None:
        self._blobs = blobs
        self._cleaner = cleaner
        self._ring = ring
        self._entropy = entropy
        self._reading = asyncio.Semaphore(READING)
        self._cleaning = asyncio.Semaphore(CLEANING)

    async def photo(self, chunks: AsyncIterator[bytes], *, megabytes: int, now: int) -> Media:
        """Clean and seal one photo.

        Raises:
            NotAccepted: `too-big` or `media-bad`.
            OutsideFailed: too many photos at once, or this one did not arrive in time, or it cannot be stored.
        """
        if self._reading.locked():
            raise OutsideFailed("too many photos arrive at once")
        async with self._reading:
            raw = await _in_time(read_within(chunks, megabytes * 1_000_000))
            async with self._cleaning:
                clean = await self._cleaner.clean(raw)
            return await self._store(clean, now)

    async def _store(self, clean: bytes, now: int) -> Media:
        key, name = self._ring.living(now)[0], self._entropy(16)
        sealed = key.seal_part_stream(name, name, pieces(clean))
        try:
            await self._blobs.put(name.hex(), sealed)
        except StorageError as error:
            raise OutsideFailed("the store does not take photos now") from error
        return Media(name.hex(), len(clean), MIME)


async def _in_time(reading: Awaitable[bytes]) -> bytes:
    with suppress(TimeoutError):
        async with asyncio.timeout(READ_WITHIN):
            return await reading
    raise OutsideFailed("a photo did not arrive in time")


async def read_within(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    """All bytes of a stream.

    Raises:
        NotAccepted: `too-big` as soon as more than `limit` bytes came.
    """
    read = bytearray()
    async for chunk in chunks:
        read += chunk
        if len(read) > limit:
            raise NotAccepted("too-big", status=413)
    return bytes(read)


def pieces(content: bytes) -> list[bytes]:
    """The content in chunks."""
    return [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
