"""A photo, recording or file on its way into a draft: read within its limits, cleaned, sealed under today's key.

Constant memory here, whatever its size: it comes in pieces into a sealed spool, goes through the cleaner in pieces, and
lies sealed in the blob store before anything refers to it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass

from bot.service.cleaner import Clean, Cleaner
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.families import store_away
from bot.service.keyring import EpochRing
from bot.service.spool import Spool, sealed
from handlers.values import Media, MediaKind
from storage.blobs import Blobs

LARGE: tuple[MediaKind, ...] = ("video", "file")
"""Kinds that may be large: they have places, time and a cleaner of their own, so that no film holds up a photo."""
CLEANING, CLEANING_LARGE = 2, 1
"""Things cleaned at once: each lies in the cleaner's memory, and so does its copy."""
PAUSE = 60.0
"""Seconds a sender may be silent: enough for a network that comes and goes, not for somebody who only holds a place."""
SMALL_WITHIN, LARGE_WITHIN = 180.0, 3600.0
"""Seconds a thing may take to arrive: 200 MB at 60 KB a second, slower than any mobile network worth the try."""
WAIT_WITHIN = 60.0
"""Seconds a thing may wait for a cleaner before its sender is asked to come again."""


@dataclass(slots=True)
class Room:
    """How many things may be on their way at once: small ones, large ones."""

    small: int
    large: int

    @contextmanager
    def place(self, kind: MediaKind) -> Iterator[None]:
        """A place for one thing.

        Raises:
            OutsideFailed: there is none.
        """
        large = kind in LARGE
        if not (self.large if large else self.small):
            raise OutsideFailed("too many files arrive at once")
        self._move(-1, large=large)
        try:
            yield
        finally:
            self._move(1, large=large)

    def _move(self, by: int, *, large: bool) -> None:
        if large:
            self.large += by
        else:
            self.small += by


def page_room() -> Room:
    """For what pages send: anybody may open any number of pages. A place holds a megabyte or two of memory."""
    return Room(small=64, large=16)


def messenger_room() -> Room:
    """For what is fetched from messengers, whose places no page can take up."""
    return Room(small=16, large=16)


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
            OutsideFailed: too many at once, or this one did not arrive in time, or it cannot be stored.
        """
        with (self._pages if page else self._messengers).place(kind):
            spool = Spool(self._blobs, self._entropy)
            try:
                within = LARGE_WITHIN if kind in LARGE else SMALL_WITHIN
                await spool.fill(arriving(chunks, megabytes * 1_000_000, within))
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


async def arriving(chunks: AsyncIterator[bytes], limit: int, within: float) -> AsyncIterator[bytes]:
    """The chunks as they come.

    Raises:
        NotAccepted: `too-big` as soon as more than `limit` bytes came.
        OutsideFailed: they stopped coming, or have not ended `within` seconds.
    """
    until = asyncio.get_running_loop().time() + within
    read = 0
    while (chunk := await _next(chunks, until)) is not None:
        read += len(chunk)
        if read > limit:
            raise NotAccepted("too-big", status=413)
        yield chunk


async def _next(chunks: AsyncIterator[bytes], until: float) -> bytes | None:
    with suppress(TimeoutError):
        async with asyncio.timeout_at(min(until, asyncio.get_running_loop().time() + PAUSE)):
            return await anext(chunks, None)
    raise OutsideFailed("a file did not arrive in time")


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
