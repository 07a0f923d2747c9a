"""The officers' bot over an installation of a test's own: its objects as composed, a messenger in memory, phones."""

from __future__ import annotations

from itertools import count

from installation import Installation, Officer
from sqlalchemy import Connection

from bot.edge.drivers.memory import MemoryDriver, Shown
from bot.run.foundation import notes_key, open_phones
from bot.run.officersbot import open_phone_desk
from bot.service.arrivals import Arrival, Content, Opened, Pressed, Text
from bot.service.delivery import Delivery
from bot.service.desk.observing import Notebook, opened_note
from bot.service.deskbot import BeforePhones, OfficersBot, Post
from storage.repositories import audit, settings

BOT = "telegram-43"
DESK = "https://desk.example.gov.vn"


class Answered:
    """Who is told what officers say of their calls: `waiting` says how many calls each has."""

    def __init__(self) -> None:
        self.waiting: dict[str, int] = {}
        self.said: list[tuple[str, str]] = []

    def acknowledge(self, _connection: Connection, serial: str, _now: int) -> int:
        return self._said("acknowledged", serial)

    def pass_on(self, _connection: Connection, serial: str, _now: int) -> int:
        return self._said("passed-duty", serial)

    def _said(self, what: str, serial: str) -> int:
        found = self.waiting.pop(serial, 0)
        if found:
            self.said.append((what, serial))
        return found


class OfficersMessenger:
    """The bot with its delivery; `phone(n)` is somebody's phone."""

    def __init__(self, box: Installation) -> None:
        ground, self.box = box.ground, box
        self.driver = MemoryDriver(name="desk", web=box.config.web)
        self.key = open_phones(box.config, ground.keys.site)
        self.notebook = Notebook(ground.keys.site.id, notes_key(box.config), ground.entropy)
        self.calls = Answered()
        self.post = Post(box.ring, ground.texts, self.now)
        before = BeforePhones(database=ground.database, key=self.key, notebook=self.notebook, now=self.now)
        self.delivery = Delivery(
            database=ground.database,
            ring=box.ring,
            driver=self.driver,
            clock=box.clock,
            jitter=lambda: 0.5,
            before=before,
        )
        self.bot = OfficersBot(
            database=ground.database,
            post=self.post,
            key=self.key,
            book=ground.book,
            calls=self.calls,
            notebook=self.notebook,
            driver=self.driver,
            desk=DESK,
            wake=self.delivery.wake,
        )
        self.desk = open_phone_desk(ground, box.counter._ledger)
        self._updates = count(1)

    def now(self) -> int:
        return int(self.box.clock())

    def phone(self, number: int) -> Phone:
        return Phone(self, str(number))

    async def named(self) -> None:
        """The bot has said its name."""
        await self.box.run(lambda connection: settings.put(connection, "officers-bot", b"canbo_bot"))

    async def linked(self, officer: Officer, number: int = 7, language: str = "vi") -> Phone:
        """The phone of an officer, linked by a code from his console."""
        await self.named()
        phone = self.phone(number)
        await phone.text((await self.desk.new_code(officer.me, language)).digits)
        return phone

    async def deliver(self) -> None:
        while await self.delivery.once():
            pass

    async def noted(self, unit: str) -> list[tuple[str, str | None]]:
        """What waits to be told by the unit's audit chain: act and account."""
        waiting = await self.box.ground.database.read(lambda connection: audit.waiting(connection, unit))
        acts = [opened_note(one.note, self.notebook.key) for one in waiting]
        return [(act.act, act.officer) for act in acts if act is not None]


class Phone:
    """Somebody's chat with the bot; every act returns what it then said."""

    def __init__(self, messenger: OfficersMessenger, chat: str) -> None:
        self.messenger = messenger
        self.chat = chat

    def arrival(self, content: Content, update: int | None = None, message: str | None = None) -> Arrival:
        number = next(self.messenger._updates) if update is None else update
        return Arrival(BOT, self.messenger.driver.channel, self.chat, str(number), content, message)

    async def says(self, arrival: Arrival) -> list[Shown]:
        before = len(self.shown)
        await self.messenger.bot.receive(arrival)
        await self.messenger.deliver()
        return self.shown[before:]

    async def text(self, words: str) -> list[str]:
        return [one.text for one in await self.says(self.arrival(Text(words), message="9001"))]

    async def press(self, number: int) -> list[str]:
        return [one.text for one in await self.says(self.arrival(Pressed("desk", number)))]

    async def open(self) -> list[str]:
        return [one.text for one in await self.says(self.arrival(Opened()))]

    @property
    def shown(self) -> list[Shown]:
        return [one for one in self.messenger.driver.shown if one.chat == self.chat]
