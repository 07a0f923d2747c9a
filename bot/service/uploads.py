"""A photo on its way into a draft: read within its limit, cleaned, sealed under today's key, stored."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from bot.service.cleaner import Cleaner
from bot.service.cleaning import MIME
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.families import store_away
from bot.service.keyring import EpochRing
from handlers.values import Media
from storage.blobs import Blobs

CHUNK = 65_536
"""Bytes handed over at a time (the STREAM chunk of CRYPTO "Draft")."""
CLEANING = 2
"""Photos cleaned at once: each holds its pixels in memory."""
READ_WITHIN = 180.0
"""Seconds one photo may take to arrive: enough over a slow network, not for somebody who only holds a place."""


@dataclass(slots=True)
class Room:
    """What photos on their way may take together: so many of them, and so many bytes of memory.

    A photo takes what has arrived of it, not what may still come: one that is slow holds hardly anything.
    """

    photos: int
    room: int

    @contextmanager
    def place(self) -> Iterator[Held]:
        """A place for one photo, and all its bytes, given back in the end.

        Raises:
            OutsideFailed: there is none.
        """
        if self.photos == 0:
            raise OutsideFailed("too many photos arrive at once")
        self.photos -= 1
        held = Held(self)
        try:
            yield held
        finally:
            self.photos += 1
            self.room += held.bytes


@dataclass(slots=True)
class Held:
    """What one photo holds of its room, in bytes."""

    room: Room
    bytes: int = 0

    def take(self, more: int) -> None:
        """Hold so many bytes more.

        Raises:
            OutsideFailed: the room is full.
        """
        if more > self.room.room:
            raise OutsideFailed("too many photos arrive at once")
        self.room.room -= more
        self.bytes += more


def page_room() -> Room:
    """For photos that pages send: anybody may open any number of pages."""
    return Room(photos=256, room=100_000_000)


def messenger_room() -> Room:
    """For photos fetched from messengers, which no page can take up."""
    return Room(photos=16, room=60_000_000)


class Uploads:
    """Takes photos in. Nothing clear touches a disk; a photo not put in any draft is swept after a day."""

    def __init__(self, *, blobs: Blobs, ring: EpochRing, cleaner: Cleaner, entropy: Callable[[int], bytes]) -> None:
        self._blobs = blobs
        self._cleaner = cleaner
        self._ring = ring
        self._entropy = entropy
        self._pages, self._messengers = page_room(), messenger_room()
        self._cleaning = asyncio.Semaphore(CLEANING)

    async def photo(self, chunks: AsyncIterator[bytes], *, megabytes: int, now: int, page: bool) -> Media:
        """Clean and seal one photo, sent by a page or fetched from a messenger.

        Raises:
            NotAccepted: `too-big` or `media-bad`.
            OutsideFailed: too many photos at once, or this one did not arrive in time, or it cannot be stored.
        """
        with (self._pages if page else self._messengers).place() as held:
            raw = await _in_time(read_within(chunks, megabytes * 1_000_000, held.take))
            async with self._cleaning:
                clean = await self._cleaner.clean(raw)
            return await self._store(clean, now)

    async def _store(self, clean: bytes, now: int) -> Media:
        key, name = self._ring.living(now)[0], self._entropy(16)
        sealed = key.seal_part_stream(name, name, pieces(clean))
        with store_away():
            await self._blobs.put(name.hex(), sealed)
        return Media(name.hex(), len(clean), MIME)


async def _in_time(reading: Awaitable[bytes]) -> bytes:
    with suppress(TimeoutError):
        async with asyncio.timeout(READ_WITHIN):
            return await reading
    raise OutsideFailed("a photo did not arrive in time")


async def read_within(chunks: AsyncIterator[bytes], limit: int, take: Callable[[int], None]) -> bytes:
    """All bytes of a stream; `take` is told how many there are more before they are kept, and may refuse.

    Raises:
        NotAccepted: `too-big` as soon as more than `limit` bytes came.
    """
    read = bytearray()
    async for chunk in chunks:
        if len(read) + len(chunk) > limit:
            raise NotAccepted("too-big", status=413)
        take(len(chunk))
        read += chunk
    return bytes(read)


def pieces(content: bytes) -> list[bytes]:
    """The content in chunks."""
    return [content[at : at + CHUNK] for at in range(0, len(content), CHUNK)]
