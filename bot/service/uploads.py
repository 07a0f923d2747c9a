"""A photo on its way into a draft: read within its limit, cleaned, sealed under today's key, stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from bot.service.cleaning import MIME, clean_photo
from bot.service.errors import NotAccepted
from bot.service.keyring import EpochRing
from handlers.values import Media
from storage.blobs import Blobs

CHUNK = 65_536
"""Bytes handed over at a time (the STREAM chunk of CRYPTO "Draft")."""


class Uploads:
    """Takes photos in. Nothing clear touches a disk; a photo not put in any draft is swept after a day."""

    def __init__(self, *, blobs: Blobs, ring: EpochRing, entropy: Callable[[int], bytes]) -> None:
        self._blobs = blobs
        self._ring = ring
        self._entropy = entropy
        self._places = asyncio.Semaphore(2)

    async def photo(self, chunks: AsyncIterator[bytes], *, megabytes: int, now: int) -> Media:
        """Clean and seal one photo.

        Raises:
            NotAccepted: `too-big` or `media-bad`.
        """
        async with self._places:
            raw = await read_within(chunks, megabytes * 1_000_000)
            clean = await asyncio.to_thread(clean_photo, raw)
            key, name = self._ring.living(now)[0], self._entropy(16)
            sealed = key.seal_part_stream(name, name, pieces(clean))
            await self._blobs.put(name.hex(), sealed)
            return Media(name.hex(), len(clean), MIME)


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
