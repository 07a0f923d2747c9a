"""Where a thing lies from its first byte until it is cleaned: sealed, among the blobs, under a key of its own.

The key is in this process's memory alone and gone with the thing, so that what a crash leaves behind opens for nobody;
it is swept like every blob that no row names. Slow senders so take up disk, not memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator

from bot.service.families import store_away
from crypto.epochs import EpochKey, PartSealer
from storage.blobs import Blobs

Opening = Callable[[Iterable[bytes]], Iterator[bytes]]


class Spool:
    """One thing on its way in."""

    def __init__(self, blobs: Blobs, entropy: Callable[[int], bytes]) -> None:
        self._blobs = blobs
        self._name = entropy(16)
        self._key = EpochKey(0, 0, entropy(32))

    async def fill(self, chunks: AsyncIterator[bytes]) -> None:
        """Take all of it. What the chunks raise comes out unchanged.

        Raises:
            OutsideFailed: it cannot be stored.
        """
        with store_away():
            sealer = self._key.part_sealer(self._name, self._name)
            await self._blobs.put(self._name.hex(), sealed(chunks, sealer))

    def read(self) -> AsyncIterator[bytes]:
        """All of it again. Whoever reads uses nothing of it before the end."""
        return opened(
            lambda chunks: self._key.open_part_stream(self._name, self._name, chunks),
            self._blobs.get(self._name.hex()),
        )

    async def erase(self) -> None:
        """Leave nothing."""
        with store_away():
            await self._blobs.delete(self._name.hex())


async def sealed(chunks: AsyncIterator[bytes], sealer: PartSealer) -> AsyncIterator[bytes]:
    """The chunks as they are sealed, in constant memory."""
    async for chunk in chunks:
        if ready := sealer.add(chunk):
            yield ready
    for ready in sealer.end():
        if ready:
            yield ready


async def opened(opening: Opening, chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """What `opening` makes of a stream, in constant memory: it runs in a thread, and waits there for the next chunk."""
    loop = asyncio.get_running_loop()

    async def following() -> bytes | None:
        return await anext(chunks, None)

    def pulled() -> Iterator[bytes]:
        while (chunk := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
            yield chunk

    pieces = opening(pulled())
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece
