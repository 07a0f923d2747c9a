"""A draft's media sealed afresh for a tip, in constant memory: out of the blob store and back, whatever their size.

Sealing runs in threads piece by piece; between two pieces the loop is free to read and to write.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass

from storage.blobs import Blobs

Sealing = Callable[[bytes, Iterable[bytes]], Iterator[bytes]]
"""Makes sealed pieces of the chunks of a blob; given besides is the first chunk, whose head names its key."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """A new blob: SHA-256 and size in bytes."""

    sha256: bytes
    size: int


async def seal_afresh(blobs: Blobs, old: str, new: str, sealing: Sealing) -> Resealed:
    """Store under `new` what `sealing` makes of the blob `old`.

    What the sealing raises comes out unchanged, and nothing is stored.

    Raises:
        Missing: there is no blob `old`.
        Full: the new one cannot be written.
    """
    source, loop = blobs.get(old), asyncio.get_running_loop()
    first = await anext(source)
    digest, size = hashlib.sha256(), 0

    def chunks() -> Iterator[bytes]:
        yield first
        while (chunk := asyncio.run_coroutine_threadsafe(_next(source), loop).result()) is not None:
            yield chunk

    async def pieces(sealed: Iterator[bytes]) -> AsyncIterator[bytes]:
        nonlocal size
        while (piece := await asyncio.to_thread(next, sealed, None)) is not None:
            digest.update(piece)
            size += len(piece)
            yield piece

    await blobs.put(new, pieces(sealing(first, chunks())))
    return Resealed(digest.digest(), size)


async def _next(source: AsyncIterator[bytes]) -> bytes | None:
    return await anext(source, None)
