"""One installation and the people around it through some rounds of power cuts, then what is left of it all."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from crash.accounts import Accounts
from crash.life import Life
from crash.messenger import SECRET, Messenger
from crash.nursery import Nursery
from crash.officer import Browser, Officer
from crash.reckoning import Reckoning
from crash.residents import OnPage, OnTelegram
from crash.store import PostgresStore, SqliteStore, Store
from crash.tally import Tally
from fake_bot_api import TOKEN
from integration.served import Served
from product import Product
from unit.service.until import until

from bot.run.config import Config
from bot.run.foundation import open_keys

ON_PAGES, IN_CHATS = 4, 4
MOST_STEPS, LONGEST = 12, 3.0
"""What people get done in a round, and the seconds it takes, at most."""
INSTANT = 0.15
"""Seconds after that within which the power goes."""
STARTING, STORE_ALONE, BOTH = 0.12, 0.2, 0.1
"""How often a round kills a product that is not ready yet; on PostgreSQL: the server alone; both at once."""
BY_COMMAND = 25
"""One start in this many is by the command itself."""
SETTLES_WITHIN = 120.0
"""Seconds everybody has to end what he began, once the power stays."""


@dataclass
class Chapter:
    """What is there while rounds go on."""

    store: Store
    life: Life
    messenger: Messenger
    chance: random.Random
    tally: Tally
    accounts: Accounts
    served: Served
    browser: Browser
    starts: int = 0

    async def rounds(self, number: int) -> None:
        """Live through as many power cuts; then let everybody end what he began."""
        people = self._people()
        running = [asyncio.create_task(one.run()) for one in people]
        try:
            for _ in range(number):
                await self._some_steps()
                self._look(running)
                self._note(people)
                await self._cut()
                self.tally.rounds += 1
            self.accounts.closing = True
            await asyncio.wait(running, timeout=SETTLES_WITHIN)
            self._look(running)
            self.tally.lost += [f"{one.doing}: never ended" for one in people if one.doing != "done"]
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def reckon(self) -> None:
        await Reckoning(self.accounts, self.tally, self.served, self.browser, self.store).all()
        repeated, unexplained = self.messenger.repeats()
        self.tally.repeated += repeated
        self.tally.unexplained += unexplained

    async def _some_steps(self) -> None:
        wanted = self.accounts.steps + self.chance.randrange(MOST_STEPS)
        with suppress(TimeoutError):
            await until(lambda: self.accounts.steps >= wanted, LONGEST)
        await asyncio.sleep(self.chance.random() * INSTANT)

    def _people(self) -> list[OnPage | OnTelegram | Officer]:
        salt = open_keys(self.served.config).site.salt
        address = self.served.address
        return [
            *(OnPage(f"bà {n}", self.accounts, self._own(), served=self.served, salt=salt) for n in range(ON_PAGES)),
            *(
                OnTelegram(
                    f"ông {n}",
                    self.accounts,
                    self._own(),
                    messenger=self.messenger,
                    address=address,
                    first=(n + 1) * 1_000_000,
                )
                for n in range(IN_CHATS)
            ),
            Officer(self.browser, self.accounts, self._own()),
        ]

    def _own(self) -> random.Random:
        return random.Random(self.chance.random())

    def _look(self, running: list[asyncio.Task[None]]) -> None:
        """Whatever somebody could not understand ends the chapter."""
        for task in running:
            if task.done():
                task.result()

    def _note(self, people: list[OnPage | OnTelegram | Officer]) -> None:
        self.tally.under_way.update({one.doing for one in people} - {"thinking"})
        if self.messenger.on_the_way:
            self.tally.under_way["an answer on its way to Telegram"] += 1

    async def _cut(self) -> None:
        """One power cut, and everything is ready again."""
        drawn = self.chance.random()
        if isinstance(self.store, PostgresStore) and drawn < STORE_ALONE + BOTH:
            await self._cut_store(self.store, alone=drawn < STORE_ALONE)
            return
        self._kill("product")
        if drawn > 1 - STARTING:
            self._begin()
            await asyncio.sleep(self.chance.random() * max(self.life.ready.forked, default=0.5))
            self._kill("starting")
        await self._begin_again()

    async def _cut_store(self, store: PostgresStore, *, alone: bool) -> None:
        how = self.chance.choice(("kill", "immediate"))
        if not alone:
            self._kill("both")
        await store.server.crash(how)
        self.messenger.excuses.append(time.monotonic())
        await store.server.begin_again()
        if alone:
            self.tally.killed[how] += 1
            await self.life.until_ready_again(time.monotonic())
        else:
            await self._begin_again()

    def _kill(self, what: str) -> None:
        self.life.kill()
        self.messenger.excuses.append(time.monotonic())
        self.tally.killed[what] += 1

    async def _begin_again(self) -> None:
        self._begin()
        await self.life.until_ready()

    def _begin(self) -> None:
        self.starts += 1
        self.life.begin(command=self.starts % BY_COMMAND == 0)


@asynccontextmanager
async def begun(
    folder: Path, store: SqliteStore | PostgresStore, nursery: Nursery, *, chance: random.Random, tally: Tally
) -> AsyncIterator[Chapter]:
    """An installation in `folder` that is ready, with its officer enrolled."""
    async with Messenger(random.Random(chance.random())) as messenger:
        bot = {
            "HOPTHU_TELEGRAM_TOKEN": TOKEN,
            "HOPTHU_TELEGRAM_API_BASE": messenger.url,
            "HOPTHU_TELEGRAM_MODE": "webhook",
            "HOPTHU_TELEGRAM_WEBHOOK_SECRET": SECRET,
        }
        product = Product(folder, settings={**store.settings, **bot})
        config = Config(data_dir=folder / "data").model_copy(update={"port": product.port})
        served = Served(product.address, None, config, time.time, "")  # type: ignore[arg-type] # over HTTP alone
        life = Life(product, nursery, tally.ready)
        try:
            life.begin()
            await life.until_ready()
            async with Browser(served) as browser:
                await browser.enrol(product.enrolment_link().rpartition("=")[2])
                await browser.login()
                yield Chapter(store, life, messenger, chance, tally, Accounts(), served, browser)
        finally:
            await life.end()
