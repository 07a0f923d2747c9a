"""The whole product under test: its HTTP application within the process, its sockets on loopback, and its real log."""

from __future__ import annotations

import io
import logging
import sys
import threading
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import httpx
from fuzz.corpus import marked
from integration.served import ChatPage, Served
from integration.test_telegram_whole import SECRET, Bot, bot_of
from rules.marks import Marks

from bot.edge.drivers.telegram.webhook import HEADER
from bot.edge.http.telegram import PATHS
from bot.run.logs import configure

OTHER = 880_088
"""Somebody on Telegram who sent nothing else."""
SPOKEN = ("ERROR", "error", "could not be handled", "given up", "loop_ended", "ended by", "Traceback")
"""What the log says when something was not as it should be."""


@dataclass
class World:
    """The product, a client of its application, and the marks that may lie nowhere."""

    bot: Bot
    client: httpx.AsyncClient
    marks: Marks
    mark: str
    log: io.StringIO

    @property
    def served(self) -> Served:
        return self.bot.served

    async def posted(self, body: bytes) -> int:
        """The answer to a body that Telegram posts."""
        return (await self.client.post(f"{PATHS}residents", content=body, headers={HEADER: SECRET})).status_code

    async def still_works(self) -> None:
        """A tip by Telegram and one by the web, each opened with its receipt on the other."""
        receipt = await self.bot.file_tip()
        async with ChatPage(self.served) as page:
            assert "mail" in (await page.open_tip(receipt))[-1]["state"]
        async with ChatPage(self.served) as page:
            own = await page.file_tip()
        said = await self.bot.does(self.bot.api.text(OTHER, own), chat=OTHER)
        assert said

    def judge(self) -> None:
        """Nothing went wrong unseen, and no word that came in lies in the log or on the disk."""
        spoken = self.log.getvalue()
        assert [line for line in spoken.splitlines() if any(word in line for word in SPOKEN)] == []
        assert self.marks.found_in(spoken.encode(), "log") == set()
        assert self.marks.found(self.served.config.data_dir) == set()


@asynccontextmanager
async def open_world(folder: Path, luck: Random) -> AsyncIterator[World]:
    mark, marks = marked(luck), Marks()
    marks.add("words from outside", mark)
    with real_log() as log:
        async with bot_of(folder, webhook=True) as bot:
            transport = httpx.ASGITransport(bot.served.product.app)
            async with httpx.AsyncClient(transport=transport, base_url=bot.served.address, timeout=60) as client:
                yield World(bot, client, marks, mark, log)


@contextmanager
def real_log() -> Iterator[io.StringIO]:
    """What the product would print, printed as it prints it."""
    root, log = logging.getLogger(), io.StringIO()
    kept = root.handlers[:], root.level, warnings.showwarning, sys.excepthook, threading.excepthook, sys.unraisablehook
    stderr, sys.stderr = sys.stderr, log
    try:
        configure()
        yield log
    finally:
        sys.stderr = stderr
        root.handlers[:], level, warnings.showwarning, sys.excepthook, threading.excepthook, sys.unraisablehook = kept
        root.setLevel(level)
