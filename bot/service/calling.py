"""Calls told to officers' phones: one notice without content each, and the morning's digest. The worker's loop.

Owns that a call is handed to the outbox and marked as told in one transaction, and that whoever has no phone is passed
over: his console rings all the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.service.desk import calls
from bot.service.desk import phones as linking
from bot.service.desk.calls import Call
from bot.service.deskbot import Post, Told
from crypto.phones import PhoneKey
from handlers import deskbot
from handlers.timeline import short_day
from handlers.values import Message
from storage.database import Database
from storage.errors import StorageError
from storage.repositories import phones, settings

EVERY = 5.0
"""Seconds between looks for calls when nobody wakes this loop."""
UNNAMED = 0.5
"""The same while the bot has not said its name: the console waits for it."""
BATCH = 100
"""Calls told in one transaction."""
log = structlog.get_logger(__name__)


async def forget_name(database: Database) -> None:
    """No officers' bot is connected here any more: no console offers a code for one."""

    def work(connection: Connection) -> None:
        if settings.get(connection, linking.BOT):
            settings.put(connection, linking.BOT, b"")

    await database.run(work)


class Calling:
    """Tells calls. `desk`: the console's address; `name`: the bot's public name, once known; `told`: wakes delivery."""

    def __init__(
        self,
        *,
        database: Database,
        post: Post,
        key: PhoneKey,
        desk: str,
        name: Callable[[], str | None],
        told: Callable[[], None],
    ) -> None:
        self._database = database
        self._post = post
        self._key = key
        self._desk = desk
        self._name = name
        self._told = told
        self._noted: str | None = None
        self._awake = asyncio.Event()

    def wake(self) -> None:
        """Somebody was called: look at once."""
        self._awake.set()

    async def run(self) -> None:
        """Tell calls until cancelled."""
        while True:
            self._awake.clear()
            try:
                await self._note_name()
                while await self.tell() == BATCH:
                    pass
            except StorageError:
                log.warning("calls_postponed")
            with suppress(TimeoutError):
                async with asyncio.timeout(UNNAMED if self._noted is None else EVERY):
                    await self._awake.wait()

    async def tell(self) -> int:
        """Hand what is due to the outbox; how many calls that were, told or passed over."""
        if not await self._database.read(partial(calls.pending, now=self._post.now(), limit=1)):
            return 0
        done = await self._database.run(self._tell)
        self._told()
        return done

    def _tell(self, connection: Connection) -> int:
        due = calls.pending(connection, self._post.now(), BATCH)
        for call in due:
            phone = phones.of(connection, call.serial)
            address = linking.address_of(self._key, phone) if phone else None
            if phone is not None and address is not None:
                told = Told(phone.key, self._message(call), digest=call.kind == "digest", urgent=call.urgent)
                self._post.tell(connection, address, told)
            calls.done(connection, call.serial, call.due, call.kind)
        return len(due)

    def _message(self, call: Call) -> Message:
        counts = call.counts
        if counts is None:
            return deskbot.notice(self._desk)
        return deskbot.digest(
            short_day(self._post.now()),
            unread=counts.unread,
            under_way=counts.open,
            soon=counts.soon,
            late=counts.late,
        )

    async def _note_name(self) -> None:
        """The console says which bot a code is for; it runs elsewhere."""
        name = self._name()
        if name is not None and name != self._noted:
            await self._database.run(lambda connection: settings.put(connection, linking.BOT, name.encode()))
            self._noted = name
