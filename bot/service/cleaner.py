"""Has photos cleaned: in a limited process of their own, or, its twin, in this one.

Nothing of a photo touches a disk or an argument list: it goes in and out on pipes.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE
from typing import Protocol

from bot.service.cleaning import clean_photo
from bot.service.errors import NotAccepted, OutsideFailed

PROGRAM = (sys.executable, "-I", "-m", "bot.service.cleaning")
"""Isolated from the environment: neither its settings nor its tokens reach the program."""
WITHIN = 90.0
"""Seconds one photo may take, on a busy machine too."""


class Cleaner(Protocol):
    """Makes a clean picture of a photo."""

    async def clean(self, raw: bytes) -> bytes:
        """A JPEG of the same picture with nothing hidden in it.

        Raises:
            NotAccepted: `media-bad`.
            OutsideFailed: not now; the same photo may work later.
        """
        ...


class CleanerApart:
    """Cleans each photo in a process of its own, which dies with it."""

    def __init__(self, program: tuple[str, ...] = PROGRAM, *, within: float = WITHIN) -> None:
        self._program = program
        self._within = within

    async def clean(self, raw: bytes) -> bytes:
        """See `Cleaner.clean`. A process that breaks on a photo means that the photo cannot be read."""
        try:
            process = await asyncio.create_subprocess_exec(
                *self._program, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/"
            )
        except OSError as error:
            raise OutsideFailed("no process for a photo can be started now") from error
        try:
            async with asyncio.timeout(self._within):
                clean, _ = await process.communicate(raw)
        except TimeoutError:
            raise NotAccepted("media-bad", status=422) from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode != 0 or not clean:
            raise NotAccepted("media-bad", status=422)
        return clean


class CleanerHere:
    """Cleans in a thread of this process: for tests and trials."""

    async def clean(self, raw: bytes) -> bytes:
        """See `Cleaner.clean`."""
        return await asyncio.to_thread(clean_photo, raw)
