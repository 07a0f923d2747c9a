"""A thing on its way into a draft: read within its limits, cleaned, sealed, stored."""

from __future__ import annotations

import asyncio
import os
import tracemalloc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from unit.service.pictures import SECRET, opened, with_secrets
from unit.service.recordings import film, sound
from unit.service.until import until

from bot.service import places
from bot.service import uploads as incoming
from bot.service.cleaner import Clean, CleanerApart, CleanerHere
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.keyring import MemoryRing
from bot.service.places import page_room
from bot.service.uploads import Uploads, kind_of
from handlers.values import Media, MediaKind
from storage.blobs import LocalBlobs, MemoryBlobs
from storage.errors import Full

NOW = 1_795_000_000


class Source:
    """Chunks of a thing, counted as they are read; `open` holds them back."""

    def __init__(self, *chunks: bytes, held: bool = False) -> None:
        self.chunks = chunks
        self.read = 0
        self.open = asyncio.Event()
        if not held:
            self.open.set()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.chunks:
            await self.open.wait()
            self.read += 1
            yield chunk


@pytest.fixture
def ring() -> MemoryRing:
    return MemoryRing(os.urandom)


@pytest.fixture
def blobs() -> MemoryBlobs:
    return MemoryBlobs()


@pytest.fixture
def uploads(ring: MemoryRing, blobs: MemoryBlobs) -> Uploads:
    return Uploads(blobs=blobs, ring=ring, cleaner=CleanerHere(), entropy=os.urandom)


async def take(uploads: Uploads, source: Source, kind: MediaKind = "photo", *, page: bool = True) -> Media:
    return await uploads.take(kind, aiter(source), mime="", megabytes=1, now=NOW, page=page)


async def plain(blobs: MemoryBlobs, ring: MemoryRing, media: Media) -> tuple[bytes, bytes]:
    """What lies in the store, sealed and opened."""
    sealed = b"".join([chunk async for chunk in blobs.get(media.blob)])
    name = bytes.fromhex(media.blob)
    return sealed, b"".join(ring.living(NOW)[0].open_part_stream(name, name, [sealed]))


async def test_a_photo_is_stored_clean_and_sealed(uploads: Uploads, ring: MemoryRing, blobs: MemoryBlobs) -> None:
    media = await take(uploads, Source(with_secrets("JPEG")))
    assert (blobs.names(), media.mime) == ((media.blob,), "image/jpeg")
    sealed, clean = await plain(blobs, ring, media)
    assert (len(clean), opened(clean).size) == (media.size, (64, 32))
    assert clean not in sealed


@pytest.mark.parametrize(
    ("sent", "raw", "wanted"),
    [
        ("voice", sound("ogg", "libopus"), ("voice", "audio/webm", 2)),
        ("file", sound("mp3", "libmp3lame"), ("voice", "audio/mpeg", 2)),
        ("video", film("mp4", "libx264", "aac"), ("video", "video/mp4", 2)),
        ("file", with_secrets("PNG"), ("photo", "image/jpeg", None)),
        ("file", b"words", ("file", "text/plain;charset=utf-8", None)),
    ],
)
async def test_every_kind_is_what_it_turns_out_to_be(
    ring: MemoryRing, blobs: MemoryBlobs, sent: MediaKind, raw: bytes, wanted: tuple[MediaKind, str, int | None]
) -> None:
    uploads = Uploads(blobs=blobs, ring=ring, cleaner=CleanerApart(), entropy=os.urandom)
    media = await take(uploads, Source(raw[:100], raw[100:]), sent)
    sealed, clean = await plain(blobs, ring, media)
    assert (kind_of(media), media.mime, media.seconds) == wanted
    assert media.cleaned
    assert blobs.names() == (media.blob,)
    assert SECRET.encode() not in sealed + clean


async def test_what_is_kept_as_it_came_is_a_file(uploads: Uploads) -> None:
    media = await take(uploads, Source(b"\0\1\2"), "file")
    assert (media.cleaned, kind_of(media)) == (False, "file")


async def test_what_is_refused_leaves_nothing(uploads: Uploads, blobs: MemoryBlobs) -> None:
    for source in (Source(b"no picture"), Source(bytes(600_000), bytes(600_000))):
        with pytest.raises(NotAccepted):
            await take(uploads, source)
    assert blobs.names() == ()


async def test_a_store_that_is_full_is_outside(
    uploads: Uploads, blobs: MemoryBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise Full

    monkeypatch.setattr(blobs, "put", full)
    with pytest.raises(OutsideFailed):
        await take(uploads, Source(with_secrets("JPEG")))


async def test_slow_photos_hold_up_no_other(uploads: Uploads, blobs: MemoryBlobs) -> None:
    slow = [Source(with_secrets("JPEG"), held=True) for _ in range(20)]
    waiting = [asyncio.create_task(take(uploads, one)) for one in slow]
    await until(lambda: uploads._pages.small == page_room().small - 20)
    await take(uploads, Source(with_secrets("PNG")))
    assert len(blobs.names()) == 1
    for one in slow:
        one.open.set()
    await asyncio.gather(*waiting)
    assert len(blobs.names()) == 21
    assert uploads._pages == page_room()


async def test_too_many_at_once_are_asked_to_come_again(uploads: Uploads) -> None:
    """Large ones of pages, that is: photos, and a messenger's files, have places of their own."""
    uploads._pages.large = 2
    slow = [Source(b"", held=True) for _ in range(2)]
    waiting = [asyncio.create_task(take(uploads, one, "video")) for one in slow]
    await until(lambda: uploads._pages.large == 0)
    with pytest.raises(OutsideFailed, match="too many"):
        await take(uploads, Source(b""), "file")
    assert await take(uploads, Source(with_secrets("JPEG")))
    assert await take(uploads, Source(b"words"), "file", page=False)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert uploads._pages.large == 2


@pytest.mark.parametrize("name", ["PAUSE", "SMALL_WITHIN"])
async def test_a_photo_that_never_arrives_is_given_up(
    uploads: Uploads, blobs: MemoryBlobs, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(places, name, 0.01)
    with pytest.raises(OutsideFailed, match="in time"):
        await take(uploads, Source(b"x", held=True))
    assert (uploads._pages, blobs.names()) == (page_room(), ())


class Held(CleanerHere):
    """A cleaner that takes its time."""

    def __init__(self) -> None:
        self.at_once = 0
        self.most = 0
        self.open = asyncio.Event()

    @asynccontextmanager
    async def clean(self, kind: MediaKind, mime: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[Clean]:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        try:
            await self.open.wait()
            async with super().clean(kind, mime, chunks) as clean:
                yield clean
        finally:
            self.at_once -= 1


async def test_cleaners_are_few_and_films_hold_up_no_photo(ring: MemoryRing, blobs: MemoryBlobs) -> None:
    cleaner = Held()
    uploads = Uploads(blobs=blobs, ring=ring, cleaner=cleaner, entropy=os.urandom)
    films = [asyncio.create_task(take(uploads, Source(b"words"), "file")) for _ in range(10)]
    await until(lambda: cleaner.at_once == 1)
    photos = [asyncio.create_task(take(uploads, Source(with_secrets("PNG")))) for _ in range(5)]
    await until(lambda: cleaner.at_once == 3)
    cleaner.open.set()
    await asyncio.gather(*films, *photos)
    assert (cleaner.most, len(blobs.names())) == (3, 15)


async def test_who_waits_too_long_for_a_cleaner_is_asked_to_come_again(
    ring: MemoryRing, blobs: MemoryBlobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "WAIT_WITHIN", 0.01)
    cleaner = Held()
    uploads = Uploads(blobs=blobs, ring=ring, cleaner=cleaner, entropy=os.urandom)
    first = asyncio.create_task(take(uploads, Source(b"words"), "file"))
    await until(lambda: cleaner.at_once == 1)
    with pytest.raises(OutsideFailed, match="cleaner"):
        await take(uploads, Source(b"words"), "file")
    cleaner.open.set()
    assert blobs.names() != ()
    assert await first


async def test_a_large_thing_takes_no_memory_here(ring: MemoryRing, tmp_path: Path) -> None:
    """Thirty megabytes come and go; a few stay at once."""
    uploads = Uploads(blobs=LocalBlobs(tmp_path), ring=ring, cleaner=CleanerApart(), entropy=os.urandom)
    piece = b"\0" + os.urandom(65_535)
    source = Source(*[piece] * 480)
    tracemalloc.start()
    try:
        media = await uploads.take("file", aiter(source), mime="", megabytes=200, now=NOW, page=True)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert media.size == 480 * 65_536
    assert most < 6_000_000
