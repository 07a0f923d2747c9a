"""Sealed attachments come back whole, or were never there."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncIterator, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from storage.blobs import Blobs, LocalBlobs, open_blobs
from storage.errors import Full, Missing


@pytest.fixture(params=["memory", "file"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    return open_blobs("memory://" if request.param == "memory" else f"file://{tmp_path}/blobs%20here")


async def _read(blobs: Blobs, name: str) -> bytes:
    return b"".join([chunk async for chunk in blobs.get(name)])


async def _later(chunks: list[bytes]) -> AsyncIterator[bytes]:
    for chunk in chunks:
        yield chunk


CHUNKS = [os.urandom(65536) for _ in range(40)]


async def test_what_was_put_in_pieces_comes_back_whole(blobs: Blobs):
    await blobs.put("one", iter(CHUNKS))
    await blobs.put("two", _later(CHUNKS))
    await blobs.put("none", [])
    assert await _read(blobs, "one") == await _read(blobs, "two") == b"".join(CHUNKS)
    assert await _read(blobs, "none") == b""
    assert sorted(blobs.names()) == ["none", "one", "two"]


async def test_a_source_that_breaks_off_leaves_no_blob_and_its_own_exception(blobs: Blobs):
    def broken() -> Iterator[bytes]:
        yield from CHUNKS
        raise LookupError("mine")

    async def broken_later() -> AsyncIterator[bytes]:
        yield CHUNKS[0]
        raise LookupError("mine")

    for source in (broken(), broken_later()):
        with pytest.raises(LookupError, match="mine"):
            await blobs.put("one", source)
        with pytest.raises(Missing):
            await _read(blobs, "one")


@pytest.mark.parametrize("name", ["unknown", "../outside", "a/b", "", "x" * 65, "é"])
async def test_what_is_not_there_is_missing(blobs: Blobs, name: str):
    with pytest.raises(Missing) as caught:
        await _read(blobs, name)
    assert caught.value.__context__ is None


async def test_erasing_is_final_and_may_be_repeated(blobs: Blobs):
    await blobs.put("one", [b"x"])
    await blobs.delete("one")
    await blobs.delete("one")
    assert blobs.names() == ()


async def test_what_cannot_be_erased_is_said_in_the_stores_own_words(tmp_path: Path):
    (tmp_path / "one").mkdir()
    with pytest.raises(Full):
        await LocalBlobs(tmp_path).delete("one")


async def test_names_can_be_limited_to_old_ones(blobs: Blobs):
    await blobs.put("one", [b"x"])
    assert blobs.names(before=0) == ()
    assert blobs.names(before=1 << 40) == ("one",)


async def test_the_folder_is_its_owners_alone(tmp_path: Path):
    open_blobs(f"file://{tmp_path}/blobs")
    assert stat.S_IMODE((tmp_path / "blobs").stat().st_mode) == 0o700


async def test_a_blob_is_synced_before_put_returns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    synced: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(str(Path(f"/proc/self/fd/{handle}").readlink())))
    await LocalBlobs(tmp_path).put("one", [b"x"])
    assert synced == [str(tmp_path / "one"), str(tmp_path)]


async def test_a_folder_that_cannot_be_written_is_full(tmp_path: Path):
    blobs = LocalBlobs(tmp_path / "blobs")
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_bytes(b"in the way")
    with pytest.raises(Full):
        await blobs.put("one", [b"x"])


async def test_a_disk_that_fails_while_it_is_synced_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(Full) as caught:
        await LocalBlobs(tmp_path).put("one", [b"x"])
    assert caught.value.__context__ is None


async def test_what_cannot_be_read_is_said_in_the_stores_own_words(tmp_path: Path):
    """A folder in a blob's place: it is there, and its bytes cannot be had."""
    blobs = LocalBlobs(tmp_path)
    (tmp_path / "one").mkdir()
    with pytest.raises((Full, Missing)) as caught:
        await _read(blobs, "one")
    assert caught.value.__context__ is None


async def test_a_folder_that_is_gone_has_no_names_to_tell(tmp_path: Path):
    blobs = LocalBlobs(tmp_path / "blobs")
    (tmp_path / "blobs").rmdir()
    with pytest.raises((Full, Missing)):
        blobs.names()


async def test_one_that_goes_while_names_are_read_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    blobs = LocalBlobs(tmp_path)
    for name in ("one", "two"):
        await blobs.put(name, [b"x"])
    scanned = os.scandir

    def erased_meanwhile(folder: Path) -> object:
        files = list(scanned(folder))
        (tmp_path / "one").unlink()
        return nullcontext(files)

    monkeypatch.setattr(os, "scandir", erased_meanwhile)
    assert blobs.names(before=1 << 40) == ("two",)


async def test_a_disk_that_fails_half_way_through_a_blob_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async def fails() -> AsyncIterator[bytes]:
        yield b"half"
        raise OSError(5, "Input/output error")

    class Found:
        def stream(self, _: int) -> AsyncIterator[bytes]:
            return fails()

    async def get(*_: object) -> Found:
        return Found()

    monkeypatch.setattr("obstore.get_async", get)
    pieces = LocalBlobs(tmp_path).get("one")
    assert await anext(pieces) == b"half"
    with pytest.raises(Full):
        await anext(pieces)


async def test_an_interrupted_upload_is_named_and_can_be_erased(tmp_path: Path):
    blobs = LocalBlobs(tmp_path)
    (tmp_path / "one#1").write_bytes(b"half")
    assert blobs.names() == ("one#1",)
    await blobs.delete("one#1")
    assert blobs.names() == ()


@pytest.mark.parametrize("url", ["s3://bucket", "/plain/path", "file://"])
def test_other_stores_are_refused(url: str):
    with pytest.raises(ValueError, match="must begin with"):
        open_blobs(url)


async def test_a_blobs_size_is_known(blobs: Blobs):
    await blobs.put("one", [b"x" * 1000])
    assert await blobs.size("one") == 1000
    for name in ("unknown", "../outside"):
        with pytest.raises(Missing):
            await blobs.size(name)
