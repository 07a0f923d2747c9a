"""Places of things on their way in: how many arrive at once, and who gives way where no place is left.

A place is held from the first byte until the thing is stored. Whoever only holds one, a byte now and then, loses it to
the next who comes; whoever sends at the pace of the poorest network keeps it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from bot.service.errors import NotAccepted, OutsideFailed
from handlers.values import MediaKind

LARGE: tuple[MediaKind, ...] = ("video", "file")
"""Kinds that may be large: they have places, time and a cleaner of their own, so that no film holds up a photo."""
PAUSE = 60.0
"""Seconds a sender may be silent: enough for a network that comes and goes, not for somebody who only holds a place."""
SMALL_WITHIN, LARGE_WITHIN = 180.0, 3600.0
"""Seconds a thing may take to arrive: 200 MB at 60 KB a second, slower than any mobile network worth the try."""
SLOW, BEGINNING = 2_000, 3.0
"""Bytes a second, since its place was taken, below which a thing gives way to another, and seconds it has to begin."""


@dataclass(eq=False, slots=True)
class Sending:
    """One thing that arrives, since `since` and at the latest until `until`, on the loop's clock."""

    large: bool
    since: float
    until: float
    read: int = 0
    _timer: asyncio.Timeout | None = None
    _here: bool = False

    async def arriving(self, chunks: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
        """The chunks as they come.

        Raises:
            NotAccepted: `too-big` as soon as more than `limit` bytes came.
            OutsideFailed: they stopped coming, have not ended in time, or gave way.
        """
        while (chunk := await self._following(chunks)) is not None:
            self.read += len(chunk)
            if self.read > limit:
                raise NotAccepted("too-big", status=413)
            yield chunk
        self._here = True

    def is_slow(self, now: float) -> bool:
        """Whether it may be asked to give way."""
        age = now - self.since
        return not self._here and age >= BEGINNING and self.read < SLOW * age

    def give_way(self) -> None:
        """Its time is over."""
        self.until = 0.0
        if self._timer is not None and not self._timer.expired():
            self._timer.reschedule(self.until)

    async def _following(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(min(self.until, asyncio.get_running_loop().time() + PAUSE)) as timer:
                self._timer = timer
                try:
                    return await anext(chunks, None)
                finally:
                    self._timer = None
        raise OutsideFailed("a file did not arrive in time")


@dataclass(slots=True)
class Room:
    """How many things more may be on their way at once: small ones, large ones."""

    small: int
    large: int
    _inside: list[Sending] = field(default_factory=list)

    @contextmanager
    def place(self, kind: MediaKind) -> Iterator[Sending]:
        """A place for one thing, that of the slowest where none is left.

        Raises:
            OutsideFailed: there is none, and nobody is slow.
        """
        large, now = kind in LARGE, asyncio.get_running_loop().time()
        if not (self.large if large else self.small):
            self._make_room(now, large=large)
        mine = Sending(large, now, now + (LARGE_WITHIN if large else SMALL_WITHIN))
        self._inside.append(mine)
        self._move(-1, large=large)
        try:
            yield mine
        finally:
            self._leave(mine)

    def _make_room(self, now: float, *, large: bool) -> None:
        slow = [one for one in self._inside if one.large == large and one.is_slow(now)]
        if not slow:
            raise OutsideFailed("too many files arrive at once")
        slowest = min(slow, key=lambda one: one.read / (now - one.since))
        slowest.give_way()
        self._leave(slowest)

    def _leave(self, one: Sending) -> None:
        if one in self._inside:
            self._inside.remove(one)
            self._move(1, large=one.large)

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
