"""What waits for the cleaner lies sealed, opens for nobody else, and goes."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.service.errors import OutsideFailed
from bot.service.spool import Spool, opened
from crypto.errors import Unusable
from storage.blobs import LocalBlobs, MemoryBlobs
from storage.errors import Full

WORDS = "Xe tải 29C đổ rác xuống kênh".encode()


async def stream(*chunks: bytes) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


def contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.iterdir()]


@pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 300_000])
async def test_what_went_in_comes_out(length: int) -> None:
    spool, content = Spool(MemoryBlobs(), os.urandom), os.urandom(length)
    await spool.fill(stream(content[: length // 3], b"", content[length // 3 :]))
    assert b"".join([chunk async for chunk in spool.read()]) == content


async def test_the_disk_holds_it_sealed_and_then_not_at_all(tmp_path: Path) -> None:
    spool = Spool(LocalBlobs(tmp_path), os.urandom)
    await spool.fill(stream(WORDS * 10_000))
    (content,) = contents(tmp_path)
    assert WORDS[:8] not in content
    await spool.erase()
    await spool.erase()
    assert contents(tmp_path) == []


async def test_what_the_sender_raises_comes_out_and_nothing_stays(tmp_path: Path) -> None:
    async def torn() -> AsyncIterator[bytes]:
        yield bytes(3_000_000)
        raise OutsideFailed("torn")

    spool = Spool(LocalBlobs(tmp_path), os.urandom)
    with pytest.raises(OutsideFailed, match="torn"):
        await spool.fill(torn())
    await spool.erase()
    assert contents(tmp_path) == []


async def test_a_changed_byte_is_no_end() -> None:
    blobs = MemoryBlobs()
    spool = Spool(blobs, os.urandom)
    await spool.fill(stream(WORDS))
    (name,) = blobs.names()
    sealed = bytearray(b"".join([chunk async for chunk in blobs.get(name)]))
    sealed[-1] ^= 1
    await blobs.put(name, [bytes(sealed)])
    with pytest.raises(Unusable):
        _ = [chunk async for chunk in spool.read()]


async def test_a_full_disk_is_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_: object) -> None:
        raise Full

    blobs = MemoryBlobs()
    monkeypatch.setattr(blobs, "put", full)
    with pytest.raises(OutsideFailed):
        await Spool(blobs, os.urandom).fill(stream(WORDS))


async def test_no_more_is_read_than_is_asked_for() -> None:
    read: list[bytes] = []

    async def source() -> AsyncIterator[bytes]:
        for n in range(100):
            read.append(bytes([n]))
            yield read[-1]

    def pairs(chunks: Iterator[bytes]) -> Iterator[bytes]:
        for one in chunks:
            yield one + next(chunks)

    pieces = opened(lambda chunks: pairs(iter(chunks)), source())
    assert await anext(pieces) == b"\0\1"
    assert len(read) == 2
