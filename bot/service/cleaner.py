"""Has things cleaned: in a limited process of their own, or, its twin, in this one.

Nothing of a thing touches a disk or an argument list: it goes in and comes out on pipes, piece by piece. What the
process says is believed only within bounds, for a harmful file may have taken it over.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from bot.service.cleaning.outcome import LONGEST, MIMES, Cleaned, broken, most
from bot.service.cleaning.workshop import clean
from bot.service.errors import OutsideFailed
from handlers.values import MediaKind

PROGRAM = (sys.executable, "-I", "-m", "bot.service.cleaning")
"""Isolated from the environment: neither its settings nor its tokens reach the program."""
WITHIN = 180.0
"""Seconds one thing may take, on a busy machine too, from the program's start to its last byte."""
CHUNK = 65_536
"""Bytes handed over at a time (the STREAM chunk of CRYPTO "Draft")."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A clean thing: its MIME type, its bytes and how many, its length; `cleaned` False: as it came."""

    mime: str
    size: int
    seconds: int | None
    cleaned: bool
    chunks: AsyncIterator[bytes]


class Cleaner(Protocol):
    """Takes what is hidden out of a thing."""

    def clean(self, kind: MediaKind, mime: str, chunks: AsyncIterator[bytes]) -> AbstractAsyncContextManager[Clean]:
        """The clean thing, while the context is open; `kind` and `mime` as the sender says.

        Raises, then or while its chunks are read:
            NotAccepted: `media-bad`.
            OutsideFailed: not now; the same thing may work later.
        """
        ...


class CleanerApart:
    """Cleans each thing in a process of its own, which dies with it."""

    def __init__(self, program: tuple[str, ...] = PROGRAM, *, within: float = WITHIN) -> None:
        self._program = program
        self._within = within

    @asynccontextmanager
    async def clean(self, kind: MediaKind, mime: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[Clean]:
        """See `Cleaner.clean`. A process that breaks on a thing means that the thing cannot be read."""
        process, entry, exit_ = await self._started()
        work = _Work(process, exit_, asyncio.get_running_loop().time() + self._within)
        fed = _Fed(process, entry)
        feeding = asyncio.create_task(fed.feed(_asked(kind, mime), chunks))
        try:
            said = await work.said()
            if feeding.done() or said is not None:
                await feeding
            if said is None or said.size > (most(fed.size) if said.cleaned else fed.size):
                raise broken()
            yield said
        finally:
            feeding.cancel()
            if process.returncode is None:
                process.kill()
            unread = asyncio.create_task(_pass_over(exit_))
            await asyncio.gather(process.wait(), feeding, return_exceptions=True)
            unread.cancel()
            await asyncio.gather(unread, return_exceptions=True)

    async def _started(self) -> tuple[Process, StreamWriter, StreamReader]:
        try:
            process = await asyncio.create_subprocess_exec(
                *self._program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/"
            )
        except OSError as error:
            raise OutsideFailed("no process for cleaning can be started now") from error
        assert process.stdin is not None
        assert process.stdout is not None
        return process, process.stdin, process.stdout


@dataclass(frozen=True, slots=True)
class _Work:
    """A running process, and until when it may take (by the loop's clock)."""

    process: Process
    out: StreamReader
    until: float

    async def said(self) -> Clean | None:
        """What the process makes of the thing; None if it says nothing that can be believed."""
        with suppress(TimeoutError, ValueError, RecursionError):
            async with asyncio.timeout_at(self.until):
                return _verdict(await self.out.readline(), self)
        return None

    async def rest(self, size: int) -> AsyncIterator[bytes]:
        """The clean bytes, exactly as many as were announced, from a process that then ends well."""
        left = size
        while left and (chunk := await self._next(min(left, CHUNK))):
            left -= len(chunk)
            yield chunk
        if left or await self._next(1) or await self._ended() != 0:
            raise broken()

    async def _next(self, most: int) -> bytes:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.until):
                return await self.out.read(most)
        raise broken()

    async def _ended(self) -> int:
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self.until):
                return await self.process.wait()
        raise broken()


def _verdict(line: bytes, work: _Work) -> Clean | None:
    match json.loads(line or b"null"):
        case {"mime": str(mime), "size": int(size), "seconds": int() | None as seconds, "cleaned": bool(cleaned)}:
            fair = mime in MIMES and size > 0 and (seconds is None or 0 < seconds <= LONGEST)
            return Clean(mime, size, seconds, cleaned, work.rest(size)) if fair else None
        case _:
            return None


def _asked(kind: MediaKind, mime: str) -> bytes:
    return json.dumps({"kind": kind, "mime": mime}).encode() + b"\n"


class _Fed:
    """What a process is given, and how many bytes of the thing it got."""

    def __init__(self, process: Process, entry: StreamWriter) -> None:
        self.size = 0
        self._process = process
        self._entry = entry

    async def feed(self, asked: bytes, chunks: AsyncIterator[bytes]) -> None:
        """All of a thing into the process, at its pace. One that comes only in part must not be cleaned."""
        whole = False
        try:
            with suppress(ConnectionError):  # a process that refused, or broke, reads no further
                self._entry.write(asked)
                async for chunk in chunks:
                    self._entry.write(chunk)
                    self.size += len(chunk)
                    await self._entry.drain()
                self._entry.close()
            whole = True
        finally:
            if not whole and self._process.returncode is None:
                self._process.kill()


async def _pass_over(out: StreamReader) -> None:
    """Whatever a process still said, unused: on some loops one is not over while what it said waits unread."""
    while await out.read(CHUNK):
        pass


class CleanerHere:
    """Cleans in a thread of this process: for tests and trials."""

    @asynccontextmanager
    async def clean(self, kind: MediaKind, mime: str, chunks: AsyncIterator[bytes]) -> AsyncIterator[Clean]:
        """See `Cleaner.clean`."""
        raw = io.BytesIO(b"".join([chunk async for chunk in chunks]))
        done = await asyncio.to_thread(clean, kind, mime, raw)
        yield Clean(done.mime, len(done.content), done.seconds, done.cleaned, _pieces(done))


async def _pieces(done: Cleaned) -> AsyncIterator[bytes]:
    for at in range(0, len(done.content), CHUNK):
        yield bytes(done.content[at : at + CHUNK])
