"""Sealed attachments under random names: a local folder, or memory for tests and trials.

A blob is written before the transaction that names it; one that no row names is swept (`storage.sweep`). Storage never
sees what is inside.
"""

from __future__ import annotations

import asyncio
import math
import os
import re
from collections.abc import AsyncIterable, AsyncIterator, Iterable
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore

from storage.errors import Full, Missing, StorageError

CHUNK_BYTES: Final = 1 << 20
"""Memory one upload or download takes."""
_NAME: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
_UNFINISHED: Final = re.compile(r"[0-9A-Za-z_-]{1,64}#\d+")
"""How the local store names an upload until it is complete; a crash leaves it behind."""
_OURS: Final = re.compile(rf"{_NAME.pattern}(#\d+)?")
"""Everything the local store makes. A disk's own `lost+found` is none of it."""

DISK_ERRORS: Final = (BaseError, OSError)
"""Everything the store, and the disk below it, can raise."""

Chunks = Iterable[bytes] | AsyncIterable[bytes]


class Blobs(Protocol):
    """A place for sealed attachments."""

    async def put(self, name: str, chunks: Chunks) -> None:
        """Store the chunks under `name`; durable when this returns.

        What the chunks raise comes out unchanged and nothing is stored. Raises `Full` if it cannot be written.
        """
        ...

    def get(self, name: str) -> AsyncIterator[bytes]:
        """The blob in chunks. Raises `Missing` at the first one if there is none, `Full` if it cannot be read."""
        ...

    async def size(self, name: str) -> int:
        """Bytes of the blob. Raises `Missing` if there is none, `Full` if it cannot be looked at."""
        ...

    async def delete(self, name: str) -> None:
        """Erase a blob; one that is not there is no error. Raises `Full` if it cannot be."""
        ...

    def names(self, before: int | None = None) -> tuple[str, ...]:
        """Names last written before `before` (UTC seconds), or all. Blocks. Raises `Full` if they cannot be read."""
        ...


class _ObjectBlobs:
    """What every object store does alike."""

    def __init__(self, store: LocalStore | MemoryStore) -> None:
        self._store = store

    async def put(self, name: str, chunks: Chunks) -> None:
        """Store the chunks under `name`."""
        try:
            await obstore.put_async(self._store, _checked(name), chunks, chunk_size=CHUNK_BYTES, max_concurrency=1)
        except BaseError:
            refused = Full("blob")
        else:
            return
        raise refused

    async def get(self, name: str) -> AsyncIterator[bytes]:
        """The blob in chunks."""
        refused: StorageError | None = None
        try:
            found = await obstore.get_async(self._store, _checked(name))
            pieces = aiter(found.stream(CHUNK_BYTES))
        except DISK_ERRORS as error:
            refused = _refusal(error)
        while refused is None:
            try:
                chunk = await anext(pieces, None)
            except DISK_ERRORS as error:
                refused = _refusal(error)
                continue
            if chunk is None:
                return
            yield bytes(chunk)
        raise refused

    async def size(self, name: str) -> int:
        """Bytes of the blob."""
        try:
            return int((await obstore.head_async(self._store, _checked(name)))["size"])
        except DISK_ERRORS as error:
            refused = _refusal(error)
        raise refused

    async def delete(self, name: str) -> None:
        """Erase a blob."""
        try:
            await obstore.delete_async(self._store, _checked(name))
        except FileNotFoundError:
            return
        except BaseError:
            refused = Full("blob")
        else:
            return
        raise refused

    def names(self, before: int | None = None) -> tuple[str, ...]:
        """Names last written before `before`."""
        listed = (meta for batch in obstore.list(self._store) for meta in batch)
        return tuple(m["path"] for m in listed if before is None or m["last_modified"].timestamp() < before)


class MemoryBlobs(_ObjectBlobs):
    """Blobs of this process, gone with it."""

    def __init__(self) -> None:
        super().__init__(MemoryStore())


class LocalBlobs(_ObjectBlobs):
    """Blobs in a folder of this machine, readable by its owner alone."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        super().__init__(LocalStore(folder))
        self._folder = folder

    async def put(self, name: str, chunks: Chunks) -> None:
        """Store the chunks under `name` and wait until the disk has them."""
        await super().put(name, chunks)
        try:
            await asyncio.to_thread(self._settle, name)
        except OSError as error:
            refused = _refusal(error)
        else:
            return
        raise refused

    async def delete(self, name: str) -> None:
        """Erase a blob, or what an interrupted upload left."""
        if not _UNFINISHED.fullmatch(name):
            await super().delete(name)
            return
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            refused = _refusal(error)
        else:
            return
        raise refused

    def names(self, before: int | None = None) -> tuple[str, ...]:
        """Names last written before `before`, interrupted uploads among them; nothing that others put there."""
        try:
            with os.scandir(self._folder) as files:
                ours = [f for f in files if _OURS.fullmatch(f.name) and f.is_file(follow_symlinks=False)]
                return tuple(f.name for f in ours if before is None or _written(f) < before)
        except OSError as error:
            refused = _refusal(error)
        raise refused

    def _settle(self, name: str) -> None:
        for path in (self._folder / name, self._folder):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _written(file: os.DirEntry[str]) -> float:
    """When a file was last written; of one that went meanwhile: not yet."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return math.inf


def _refusal(error: Exception) -> StorageError:
    """What one of `DISK_ERRORS` means, without a word of its message: it names files."""
    return Missing() if isinstance(error, FileNotFoundError) else Full("blob")


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise Missing
    return name


def open_blobs(url: str) -> Blobs:
    """The blob store at `url`: `file:///folder` (made if needed) or `memory://`. Raises ValueError for another kind."""
    address = urlsplit(url)
    if address.scheme == "memory":
        return MemoryBlobs()
    if address.scheme == "file" and address.path:
        return LocalBlobs(Path(unquote(address.path)))
    raise ValueError("the blob address must begin with file:// or memory://")
