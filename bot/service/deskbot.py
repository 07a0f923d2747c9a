"""The officers' bot: takes what is said to it, and has the worker's calls told to phones.

Owns that one inbound message is one transaction with its answer, that a chat that is not linked costs little, and that
nothing typed here is kept. Notices and answers leave by the outbox, in a queue of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol, assert_never

from sqlalchemy import Connection

from bot.service import arrivals
from bot.service.addresses import Address
from bot.service.arrivals import Arrival, Content, Driver
from bot.service.chats import BURST, digest_lane, notice_lane
from bot.service.delivery_errors import DeliveryError
from bot.service.desk import phones as linking
from bot.service.desk.observing import Notebook, Observed
from bot.service.errands import Waits
from bot.service.families import store_away
from bot.service.intake import GivenUp
from bot.service.keyring import EpochRing
from bot.service.outgoing import Outgoing
from bot.service.rosters.watches import watches_today
from bot.service.site import SheetBook
from bot.service.strangers import Strangers
from bot.service.texts import Catalogue
from crypto.epochs import EpochKey
from crypto.phones import PhoneKey
from handlers import deskbot
from handlers.deskbot import Greet, PassOn, Refuse, Said, ShowDesk, ShowDuty, Take, TryCode
from handlers.timeline import short_day
from handlers.values import Language, Message
from storage.database import Database
from storage.repositories import inbox, outbox, phones
from storage.repositories.officers import Officer

QUEUE: outbox.Driver = "desk"
"""What outbox rows call the officers' bot."""


class Calls(Protocol):
    """What an officer can say to the calls that he was told of."""

    def acknowledge(self, connection: Connection, serial: str, now: int) -> int:
        """He has taken them; how many tips that is."""
        ...

    def pass_on(self, connection: Connection, serial: str, now: int) -> int:
        """He is busy; how many tips go to whoever is next."""
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """What is needed to put a message for a phone into the outbox."""

    ring: EpochRing
    texts: Catalogue
    now: Callable[[], int]

    def put(self, connection: Connection, to: Address, message: Message) -> None:
        """Queue an answer."""
        keys = self.ring.living(self.now())
        lanes = [key.pseudonym(to.bot, to.chat) for key in keys]
        self._add(connection, keys[0], lanes, self._sealed(to, message, b""))

    def tell(self, connection: Connection, to: Address, call: Told) -> None:
        """Queue a notice, unless one waits for this phone already, or a digest.

        An urgent one has the notice that waits tried again at once: the messenger was away, or is so still.
        """
        now = self.now()
        keys = self.ring.living(now)
        lane = digest_lane if call.digest else notice_lane
        lanes = [lane(key, to.bot, to.chat) for key in keys]
        if call.urgent:
            outbox.hasten(connection, lanes, now)
        if call.digest or not outbox.waiting(connection, lanes):
            self._add(connection, keys[0], lanes, self._sealed(to, call.message, call.phone))

    def leave(self, connection: Connection, to: Address) -> None:
        """Queue that a group is left."""
        keys = self.ring.living(self.now())
        lanes = [key.pseudonym(to.bot, to.chat) for key in keys]
        shown = self.texts.show(to.language, Message(()))
        self._add(connection, keys[0], lanes, Outgoing(to.chat, shown, "idle", leave=True, stands="", bot=to.bot))

    def _sealed(self, to: Address, message: Message, notice: bytes) -> Outgoing:
        shown, rows = self.texts.show(to.language, message), (notice.hex(),) if notice else ()
        return Outgoing(to.chat, shown, "idle", language=to.language, stands="", bot=to.bot, notice=rows)

    def _add(self, connection: Connection, key: EpochKey, lanes: list[bytes], outgoing: Outgoing) -> None:
        now = self.now()
        n = max(outbox.last(connection, lanes) + 1, now * BURST)
        blob = key.seal_outgoing(lanes[0], n, outgoing.encode())
        outbox.add(connection, [outbox.Outgoing(lanes[0], n, key.number, QUEUE, blob, due=now)])


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone is told unasked. `phone`: its key; if that is forgotten meanwhile, it is not shown."""

    phone: bytes
    message: Message
    digest: bool = False
    urgent: bool = False


class OfficersBot:
    """Takes in what is said to the bot. `desk`: address of the console; `calls`: who is told what an officer says."""

    def __init__(
        self,
        *,
        database: Database,
        post: Post,
        key: PhoneKey,
        book: SheetBook,
        calls: Calls,
        notebook: Notebook,
        driver: Driver,
        desk: str,
        wake: Callable[[], None],
    ) -> None:
        self._database = database
        self._post = post
        self._key = key
        self._book = book
        self._calls = calls
        self._notebook = notebook
        self._driver = driver
        self._desk = desk
        self._wake = wake
        self._strangers = Strangers()

    async def receive(self, arrival: Arrival) -> None:
        """Take one arrival in; it is answered and durable when this returns. See `arrivals.Receive`."""
        if isinstance(arrival, GivenUp):
            return
        with store_away():
            phone = await self._database.read(lambda connection: self._phone(connection, arrival))
            if phone is None and not self._strangers.hears(arrival.chat, self._post.now()):
                return
            said = await self._database.run(lambda connection: self._take(connection, arrival))
        self._wake()
        if isinstance(said, Refuse | TryCode) and arrival.message is not None:
            with suppress(DeliveryError):
                await self._driver.delete(arrival.chat, (arrival.message,))

    def _phone(self, connection: Connection, arrival: Arrival) -> phones.StoredPhone | None:
        return phones.of_chat(connection, self._key.row(arrival.bot, arrival.chat))

    def _take(self, connection: Connection, arrival: Arrival) -> deskbot.Wish | None:
        """One arrival in one transaction; what was wished, None for a repeat and for what no answer goes to."""
        keys = self._post.ring.living(self._post.now())
        replays = [key.replay(arrival.bot, arrival.update) for key in keys]
        if inbox.seen(connection, replays):
            return None
        inbox.add(connection, replays[0], keys[0].number)
        phone = self._phone(connection, arrival)
        address = linking.address_of(self._key, phone) if phone else None
        to = address or Address(arrival.bot, QUEUE, arrival.chat)
        match arrival.content:
            case arrivals.Group():
                self._post.leave(connection, to)
                return None
            case arrivals.Gone():
                self._lost(connection, arrival)
                return None
        officer = linking.standing(connection, phone.serial) if phone and address else None
        wish = deskbot.meant(_said(arrival.content), linked=officer is not None)
        language, message = self._answer(connection, wish, to, officer)
        self._post.put(connection, Address(to.bot, QUEUE, to.chat, language), message)
        return wish

    def _lost(self, connection: Connection, arrival: Arrival) -> None:
        lose(connection, self._key.row(arrival.bot, arrival.chat), self._notebook, self._post.now())

    def _answer(
        self, connection: Connection, wish: deskbot.Wish, to: Address, officer: Officer | None
    ) -> tuple[Language, Message]:
        now = self._post.now()
        if isinstance(wish, TryCode):
            return self._link(connection, wish.digits, to, now)
        if officer is None:
            return to.language, deskbot.stranger()
        match wish:
            case Take():
                message = deskbot.taken(self._calls.acknowledge(connection, officer.serial, now), now)
            case PassOn():
                message = deskbot.passed_on(self._calls.pass_on(connection, officer.serial, now))
            case ShowDesk():
                message = deskbot.where(self._desk)
            case ShowDuty():
                watches = watches_today(connection, self._book, officer.unit, now)
                message = deskbot.on_duty(short_day(now), watches)
            case Greet():
                message = deskbot.linked()
            case Refuse():
                message = deskbot.not_here(self._desk)
            case _:
                assert_never(wish)
        return to.language, message

    def _link(self, connection: Connection, digits: str, to: Address, now: int) -> tuple[Language, Message]:
        officer = linking.link(connection, self._key, digits, address=to, now=now)
        if officer is None:
            return to.language, deskbot.code_bad()
        self._notebook.leave(connection, officer.unit, Observed("link", officer), now=now)
        phone = phones.of(connection, officer.serial)
        address = linking.address_of(self._key, phone) if phone else None
        return (address or to).language, deskbot.linked()


class BeforePhones:
    """What delivery asks before a phone is told something, and tells when its chat is gone."""

    def __init__(self, *, database: Database, key: PhoneKey, notebook: Notebook, now: Callable[[], int]) -> None:
        self._database = database
        self._key = key
        self._notebook = notebook
        self._now = now

    async def ready(self, outgoing: Outgoing, driver: outbox.Driver, waits: Waits) -> bool:  # noqa: ARG002 - a protocol's shape
        """A notice is shown while the phone it is for is linked, to somebody who is an officer still."""
        if not outgoing.notice:
            return True
        key = bytes.fromhex(outgoing.notice[0])

        def work(connection: Connection) -> bool:
            phone = phones.of_chat(connection, key)
            return phone is not None and linking.standing(connection, phone.serial) is not None

        return await self._database.read(work)

    async def told(self, outgoing: Outgoing) -> None:
        """See `Before.told`."""

    async def gone(self, outgoing: Outgoing) -> None:
        """The chat blocked the bot, or is no more: nobody is told anything there, and the unit's chief sees it."""
        key, now = self._key.row(outgoing.bot, outgoing.chat), self._now()
        await self._database.run(lambda connection: lose(connection, key, self._notebook, now))


def lose(connection: Connection, key: bytes, notebook: Notebook, now: int) -> None:
    """Forget a phone whose chat is gone, and note whose."""
    serial = phones.lose(connection, key)
    officer = linking.standing(connection, serial) if serial else None
    if officer is not None:
        notebook.leave(connection, officer.unit, Observed("unlink", officer), now=now)


def _said(content: Content) -> Said:
    match content:
        case arrivals.Text(text, edited=False):
            return deskbot.Typed(text)
        case arrivals.Opened(box):
            return deskbot.Typed(box) if box else deskbot.Opened()
        case arrivals.Pressed(deskbot.SERIAL, number):
            return deskbot.Pressed(number)
        case _:
            return deskbot.Sent()
