"""A photo on its way into a draft: read within its limits, cleaned, sealed, stored."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator

import pytest
from unit.service.pictures import opened, with_secrets
from unit.service.until import until

from bot.service import uploads as photos
from bot.service.cleaner import CleanerApart, CleanerHere
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.keyring import MemoryRing
from bot.service.uploads import CHUNK, Uploads, page_room, pieces, read_within
from storage.blobs import MemoryBlobs
from storage.errors import Full

NOW = 1_795_000_000


class Source:
    """Chunks of a photo, counted as they are read; `open` holds them back."""

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


async def test_a_photo_is_stored_clean_and_sealed(uploads: Uploads, ring: MemoryRing, blobs: MemoryBlobs) -> None:
    media = await uploads.photo(aiter(Source(with_secrets("JPEG"))), megabytes=1, now=NOW, page=True)
    assert (blobs.names(), media.mime) == ((media.blob,), "image/jpeg")
    sealed = b"".join([chunk async for chunk in blobs.get(media.blob)])
    name = bytes.fromhex(media.blob)
    clean = b"".join(ring.living(NOW)[0].open_part_stream(name, name, [sealed]))
    assert (len(clean), opened(clean).size) == (media.size, (64, 32))
    assert clean not in sealed


async def test_reading_stops_as_soon_as_it_is_too_much() -> None:
    source = Source(*[bytes(100)] * 50)
    with pytest.raises(NotAccepted) as refused:
        await read_within(aiter(source), 250, lambda _: None)
    assert (refused.value.key, refused.value.status, source.read) == ("too-big", 413, 3)


async def test_all_that_fits_is_read() -> None:
    assert await read_within(aiter(Source(b"ab", b"", b"c")), 3, lambda _: None) == b"abc"


async def test_what_is_refused_leaves_nothing(uploads: Uploads, blobs: MemoryBlobs) -> None:
    for source in (Source(b"no picture"), Source(bytes(600_000), bytes(600_000))):
        with pytest.raises(NotAccepted):
            await uploads.photo(aiter(source), megabytes=1, now=NOW, page=True)
    assert blobs.names() == ()


async def test_a_store_that_is_full_is_outside(uploads: Uploads, blobs: MemoryBlobs, monkeypatch: object) -> None:
    async def full(*_: object) -> None:
        raise Full

    blobs.put = full  # type: ignore[assignment,method-assign] # the disk is full from here on
    with pytest.raises(OutsideFailed):
        await uploads.photo(aiter(Source(with_secrets("JPEG"))), megabytes=1, now=NOW, page=True)


async def test_slow_photos_hold_up_no_other(uploads: Uploads, blobs: MemoryBlobs) -> None:
    """What counts is what has arrived."""
    slow = [Source(with_secrets("JPEG"), held=True) for _ in range(20)]
    waiting = [asyncio.create_task(uploads.photo(aiter(one), megabytes=1, now=NOW, page=True)) for one in slow]
    await until(lambda: uploads._pages.photos == page_room().photos - 20)
    await uploads.photo(aiter(Source(with_secrets("PNG"))), megabytes=1, now=NOW, page=True)
    assert len(blobs.names()) == 1
    for one in slow:
        one.open.set()
    await asyncio.gather(*waiting)
    assert len(blobs.names()) == 21
    assert uploads._pages == page_room()


async def test_too_many_at_once_are_asked_to_come_again(uploads: Uploads) -> None:
    """Pages, that is: a messenger's photo has a place of its own."""
    uploads._pages.photos = 2
    slow = [Source(b"", held=True) for _ in range(2)]
    waiting = [asyncio.create_task(uploads.photo(aiter(one), megabytes=1, now=NOW, page=True)) for one in slow]
    await until(lambda: uploads._pages.photos == 0)
    with pytest.raises(OutsideFailed, match="too many"):
        await uploads.photo(aiter(Source(b"")), megabytes=1, now=NOW, page=True)
    assert await uploads.photo(aiter(Source(with_secrets("JPEG"))), megabytes=1, now=NOW, page=False)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert uploads._pages.photos == 2


async def test_more_bytes_than_memory_are_asked_to_come_again(uploads: Uploads) -> None:
    uploads._pages.room = 250
    source = Source(*[bytes(100)] * 5)
    with pytest.raises(OutsideFailed, match="too many"):
        await uploads.photo(aiter(source), megabytes=1, now=NOW, page=True)
    assert (source.read, uploads._pages.room) == (3, 250)


async def test_a_photo_that_never_arrives_is_given_up(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photos, "READ_WITHIN", 0.01)
    with pytest.raises(OutsideFailed, match="in time"):
        await uploads.photo(aiter(Source(b"x", held=True)), megabytes=1, now=NOW, page=True)
    assert uploads._pages == page_room()


def test_content_in_chunks() -> None:
    content = os.urandom(2 * CHUNK + 1)
    assert [len(piece) for piece in pieces(content)] == [CHUNK, CHUNK, 1]
    assert b"".join(pieces(content)) == content


async def test_cleaned_in_a_process_of_its_own() -> None:
    clean = await CleanerApart().clean(with_secrets("WEBP", 6))
    assert opened(clean).size == (32, 64)
    with pytest.raises(NotAccepted) as refused:
        await CleanerApart().clean(b"no picture")
    assert refused.value.key == "media-bad"


@pytest.mark.parametrize(
    "program",
    ["import os; os.abort()", "import sys; sys.stdin.read()", "import sys; sys.exit(3)", "pass"],
    ids=["breaks", "says nothing", "refuses", "does not read"],
)
async def test_a_process_that_breaks_means_an_unreadable_photo(program: str) -> None:
    cleaner = CleanerApart((sys.executable, "-I", "-c", program))
    with pytest.raises(NotAccepted) as refused:
        await cleaner.clean(bytes(200_000))
    assert refused.value.key == "media-bad"


async def test_a_process_that_hangs_is_ended() -> None:
    cleaner = CleanerApart((sys.executable, "-I", "-c", "while True: pass"), within=0.2)
    with pytest.raises(NotAccepted):
        await cleaner.clean(b"x")


async def test_no_process_to_be_had_is_outside() -> None:
    with pytest.raises(OutsideFailed):
        await CleanerApart(("/nowhere/at/all",)).clean(b"x")


async def test_the_program_sees_no_setting_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOPTHU_TELEGRAM_TOKEN", "1:secret")
    show = "import os, sys; sys.stdout.write(str(sorted(n for n in os.environ if n.startswith('HOPTHU'))))"
    assert await CleanerApart((sys.executable, "-I", "-c", show)).clean(b"") == b"[]"
