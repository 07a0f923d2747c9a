"""Media sealed afresh: the same bytes, in constant memory, and nothing stored where something is wrong."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from bot.service.media_sealing import seal_afresh
from crypto.errors import Unusable
from storage.blobs import LocalBlobs, MemoryBlobs
from storage.errors import Missing

MEBIBYTE = 1 << 20


def turned(first: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Every byte the other way round, after the first one of all."""
    yield first[:1]
    for chunk in chunks:
        yield bytes(chunk).translate(bytes(range(255, -1, -1)))


async def stored(blobs: MemoryBlobs, name: str) -> bytes:
    return b"".join([chunk async for chunk in blobs.get(name)])


async def test_what_is_made_is_stored_counted_and_summed() -> None:
    blobs = MemoryBlobs()
    await blobs.put("old", [b"ab" * MEBIBYTE, b"c"])
    made = await seal_afresh(blobs, "old", "new", turned)
    new = await stored(blobs, "new")
    assert new == b"a" + (b"ab" * MEBIBYTE + b"c").translate(bytes(range(255, -1, -1)))
    assert (made.size, made.sha256) == (len(new), hashlib.sha256(new).digest())


async def test_a_film_takes_no_more_memory_than_a_photo(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    await blobs.put("old", [bytes(MEBIBYTE)] * 48)
    tracemalloc.start()
    try:
        await seal_afresh(blobs, "old", "new", turned)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 16 * MEBIBYTE


async def test_what_does_not_verify_is_not_stored() -> None:
    def broken(_first: bytes, chunks: Iterable[bytes]) -> Iterator[bytes]:
        yield from chunks
        raise Unusable("payload: chunk does not verify")

    blobs = MemoryBlobs()
    await blobs.put("old", [b"x"])
    with pytest.raises(Unusable):
        await seal_afresh(blobs, "old", "new", broken)
    assert blobs.names() == ("old",)


async def test_what_is_gone_is_missing() -> None:
    with pytest.raises(Missing):
        await seal_afresh(MemoryBlobs(), "old", "new", turned)
