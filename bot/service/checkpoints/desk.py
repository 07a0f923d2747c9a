"""Checkpoints for whoever stands at the console: his unit's, as a page to print."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.service.checkpoints.content import checkpoint
from bot.service.checkpoints.printing import printed
from bot.service.desk.counter import Me
from bot.service.site import SheetBook, Site
from bot.service.texts import Catalogue
from bot.service.transacting import Transacting
from storage.database import Database


class Checkpoints(Transacting):
    """Prints in Vietnamese, as what offices file is."""

    def __init__(
        self, *, database: Database, book: SheetBook, site: Site, texts: Catalogue, clock: Callable[[], float]
    ) -> None:
        super().__init__(database, clock)
        self._book = book
        self._site = site
        self._texts = texts

    async def page(self, me: Me) -> bytes:
        """Where the chain of the officer's unit ends now, as a PDF."""
        book, site, unit, now = self._book, self._site, me.officer.unit, self._now
        found = await self._read(lambda connection: checkpoint(connection, book, site, unit, now=now))
        return await asyncio.to_thread(printed, found, lambda key, args: self._texts.say("vi", key, args))
