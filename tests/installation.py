"""A whole installation inside the test's own process: the composition root's objects with a clock and entropy of ours.

Nothing is wired here that `bot.run` wires itself. Around it stand the people of a test: a page, somebody on Telegram
(raw updates through the real reader, answers into the memory driver), an officer with keys of his own.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from acts import Hand, named, whole
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, event

from bot.edge.drivers.memory import MemoryDriver
from bot.edge.drivers.telegram.updates import UpdateReader
from bot.run.app import (
    Ground,
    lay_ground,
    open_counter,
    open_errands,
    open_intake,
    open_keeping,
    open_notice,
    open_stores,
)
from bot.run.config import Config
from bot.run.foundation import open_keys
from bot.run.keyfile import FileRing
from bot.run.reminders import open_ladders
from bot.run.start import prepare
from bot.service.arrivals import Arrival, CodeGiven, Content, Incoming, PageOpened, Place, Pressed, Text
from bot.service.cleaner import CleanerHere
from bot.service.delivery import Delivery, opened
from bot.service.desk.casework import Asked, NewEntry, Taking, ThreadView
from bot.service.desk.counter import Counter, Me
from bot.service.desk.enrolment import LINK_LIVES, Application, invite
from bot.service.desk.forwarding import Forwarding
from bot.service.desk.retention import Retention
from bot.service.desk.workflow import Done
from bot.service.errands import Stores
from bot.service.errors import NotAccepted
from bot.service.founding import DEMONSTRATION
from bot.service.housekeeping import Housekeeping, KeptKeeping
from bot.service.intake import Intake
from bot.service.ordinary import OrdinaryNotice
from bot.service.outgoing import Outgoing
from bot.service.pagechats import PageChats
from bot.service.reminding import Reminding
from bot.service.retaining import Retaining
from crypto.acts import Detail
from crypto.age import Identity
from crypto.entries import Entry, Kind, seal_entry
from crypto.grants import grants_digest, open_grant
from crypto.labels import derive
from crypto.receipts import stretch
from crypto.sheets import Sheet, verify_sheet
from crypto.signing import Signer
from crypto.tips import Thread, next_place, open_thread, seal_grants
from handlers.cases import Act
from handlers.values import WEB_MEGABYTES, Channel, MediaKind
from storage.database import Database
from storage.leading import AloneLeading
from storage.migrate import upgrade
from storage.repositories import outbox, sheets
from storage.repositories.enrolments import Enrolment
from storage.senders import Senders, open_senders

START = 1_795_316_827
"""2026-11-22 10:07:07 in Vietnam: no whole minute, quarter or hour."""
UNIT = DEMONSTRATION.unit.code
BOX = DEMONSTRATION.box.code
TELEGRAM = "telegram-42"
T = TypeVar("T")


@dataclass
class Clock:
    """A clock that moves when told."""

    now: float = START

    def __call__(self) -> float:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Luck:
    """The chance of the daily draw: below a seventh whoever is drawn gets the notice. At first nobody is."""

    now: float = 0.9

    def __call__(self) -> float:
        return self.now


@dataclass
class Installation:
    """What runs, by name. `telegram` holds what was delivered there; `files` what its file ids lead to."""

    config: Config
    ground: Ground
    clock: Clock
    ring: FileRing
    counter: Counter
    pages: PageChats
    intake: Intake
    telegram: MemoryDriver
    delivery: Delivery
    housekeeping: Housekeeping
    stores: Stores
    kept: KeptKeeping
    luck: Luck
    notice: OrdinaryNotice
    reminding: Reminding
    retaining: Retaining
    invitation: str
    reader: UpdateReader
    files: dict[str, bytes] = field(default_factory=dict)

    async def run(self, work: Callable[[Connection], T]) -> T:
        return await self.ground.database.run(work)

    async def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a plain SQL statement reads."""
        return await self.ground.database.read(
            lambda connection: [tuple(row) for row in connection.exec_driver_sql(self._plain(statement), values)]
        )

    async def forge(self, statement: str, *values: object) -> int:
        """What somebody with write access to the database does; how many rows it touched.

        A second later, when what was remembered of this one is forgotten: the clock stands still here.
        """
        self.ground.book.desks.forget()
        return await self.run(lambda connection: connection.exec_driver_sql(self._plain(statement), values).rowcount)

    def _plain(self, statement: str) -> str:
        """The statement with its places numbered as PostgreSQL's driver wants them, if that is below."""
        if self.config.database_url is None:
            return statement
        places = count(1)
        return re.sub(r"\?", lambda _: f"${next(places)}", statement)

    async def deliver(self) -> None:
        """Send to the messenger until nothing is due."""
        while await self.delivery.once():
            pass

    async def queued(self, bot: str, chat: str, after: int = -1) -> list[tuple[int, Outgoing]]:
        """Messages waiting for a chat, opened as only this running process can."""
        keys = {key.number: key for key in self.ring.living(int(self.clock()))}
        lanes = [key.pseudonym(bot, chat) for key in keys.values()]
        found = await self.ground.database.read(lambda connection: outbox.pending(connection, lanes, after))
        messages = [(row.n, opened(row, keys).outgoing) for row in found]
        said = ((n, out) for n, out in messages if out is not None and out.clear is None)
        return sorted(said, key=lambda pair: pair[0])


@asynccontextmanager
async def open_installation(
    folder: Path,
    *,
    url: str | None = None,
    clock: Clock | None = None,
    entropy: Callable[[int], bytes] = os.urandom,
) -> AsyncIterator[Installation]:
    """A demonstration in `folder`, on SQLite there or the database at `url`; made if it is new, else opened again."""
    clock = clock or Clock()
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral", database_url=url, blob_url=None, demo=False)
    keys = open_keys(config)
    upgrade(config.database)
    foothold = await prepare(config, keys, now=int(clock()))
    ground = lay_ground(config, clock=clock, entropy=entropy)
    _refuse_locks_in_reads(ground.database)
    senders = open_senders(config.database, "telegram")
    try:
        yield _assemble(config, ground, clock, foothold.enrolment or "", senders)
    finally:
        await senders.leave()
        await ground.database.close()


def _refuse_locks_in_reads(database: Database) -> None:
    """What PostgreSQL refuses in a reading, SQLite passes over: here neither takes it."""
    read = database.read

    async def watched(work: Callable[[Connection], T]) -> T:
        def seen(connection: Connection) -> T:
            event.listen(connection, "before_execute", _refuse_lock)
            return work(connection)

        return await read(seen)

    database.read = watched  # type: ignore[method-assign] # on this one object


def _refuse_lock(_connection: Connection, statement: object, *_rest: object) -> None:
    assert getattr(statement, "_for_update_arg", None) is None, "a reading locks no row"


def _assemble(config: Config, ground: Ground, clock: Clock, invitation: str, senders: Senders) -> Installation:
    ring = FileRing(config.ephemeral, ground.entropy)
    telegram = MemoryDriver(web=config.web)
    keeping = open_keeping(ground)
    stores = open_stores(ground, keeping)
    errands = open_errands(ground, ring, stores)
    delivery = Delivery(
        database=ground.database,
        ring=ring,
        driver=telegram,
        clock=clock,
        jitter=lambda: 0.5,
        senders=senders,
        before=errands,
    )
    luck = Luck()
    counter = open_counter(ground)
    pages = PageChats(database=ground.database, ring=ring, clock=clock)
    files: dict[str, bytes] = {}
    ladders = open_ladders(config, ground.keys.site, ground.book)

    async def download(name: str) -> AsyncIterator[bytes]:
        yield files[name]

    return Installation(
        config=config,
        ground=ground,
        clock=clock,
        ring=ring,
        counter=counter,
        pages=pages,
        stores=stores,
        kept=KeptKeeping(stores=stores, drawers=keeping.drawers),
        luck=luck,
        reminding=Reminding(
            database=ground.database,
            ladders=ladders,
            leading=AloneLeading(),
            clock=clock,
            wake=counter.ring,
        ),
        retaining=Retaining(
            database=ground.database,
            blobs=ground.blobs,
            retention=Retention(ladders.book, ladders.note),
            leading=AloneLeading(),
            clock=clock,
            wake=counter.ring,
        ),
        notice=open_notice(ground, ring, stores, wake=delivery.wake, chance=luck),
        intake=open_intake(
            ground, ring, pages, keeping=keeping, delivery=delivery, bell=counter.ring, cleaner=CleanerHere()
        ),
        telegram=telegram,
        delivery=delivery,
        housekeeping=Housekeeping(
            database=ground.database,
            blobs=ground.blobs,
            ring=ring,
            book=ground.book,
            texts=ground.texts,
            clock=clock,
        ),
        invitation=invitation,
        reader=UpdateReader(TELEGRAM, telegram.channel, download),
        files=files,
    )


class Person:
    """Somebody writing on one channel. Every act returns what the box then said, from its sealed outbox."""

    def __init__(self, box: Installation, bot: str, chat: str) -> None:
        self.box = box
        self.bot = bot
        self.chat = chat
        self.seen = -1

    async def receive(self, arrival: Arrival) -> list[Outgoing]:
        await self.box.intake.receive(arrival)
        return await self.news()

    async def news(self) -> list[Outgoing]:
        """What was queued since the last look."""
        queued = await self.box.queued(self.bot, self.chat, self.seen)
        self.seen = max((n for n, _ in queued), default=self.seen)
        return [outgoing for _, outgoing in queued]

    async def text(self, words: str) -> list[Outgoing]:
        raise NotImplementedError

    async def photo(self, picture: bytes) -> list[Outgoing]:
        raise NotImplementedError

    async def file(self, kind: MediaKind, content: bytes, mime: str, caption: str = "") -> list[Outgoing]:
        raise NotImplementedError

    async def place(self, latitude: str, longitude: str) -> list[Outgoing]:
        raise NotImplementedError

    async def file_tip(self, *texts: str, photo: bytes | None = None, urgent: bool = False) -> str:
        """A tip of these parts, sent; its receipt, 24 digits."""
        for words in texts:
            await self.text(words)
        if photo is not None:
            await self.photo(photo)
        if urgent:
            await self.text("2")
            return receipt_in(await self.text("1"))
        await self.text("1")
        return receipt_in(await self.text("1"))


class Page(Person):
    """A page of the web chat, at the engine's side of its socket."""

    def __init__(self, box: Installation, session: str | None = None) -> None:
        super().__init__(box, "web", session or os.urandom(16).hex())
        self.channel = Channel("web", box.config.web, WEB_MEGABYTES, acknowledges=True)

    def arrival(self, content: Content, update: str | None = None) -> Arrival:
        return Arrival("web", self.channel, self.chat, f"{self.chat}:{update or os.urandom(8).hex()}", content)

    async def open(self, box: str | None = BOX) -> list[Outgoing]:
        return await self.receive(self.arrival(PageOpened(box, "vi", reloaded=False), "open"))

    async def text(self, words: str) -> list[Outgoing]:
        return await self.receive(self.arrival(Text(words)))

    async def press(self, outgoing: Outgoing, number: int) -> list[Outgoing]:
        return await self.receive(self.arrival(Pressed(outgoing.shown.serial, number)))

    async def photo(self, picture: bytes, caption: str = "") -> list[Outgoing]:
        return await self.file("photo", picture, "image/jpeg", caption)

    async def file(self, kind: MediaKind, content: bytes, mime: str, caption: str = "") -> list[Outgoing]:
        """Send a file as one of this kind and type."""

        async def fetch() -> AsyncIterator[bytes]:
            yield content

        return await self.receive(self.arrival(Incoming(kind, None, caption, True, mime, None, fetch)))

    async def place(self, latitude: str, longitude: str) -> list[Outgoing]:
        return await self.receive(self.arrival(Place(latitude, longitude)))

    async def code(self, receipt: str) -> list[Outgoing]:
        """Type a receipt; the page derives what it stands for and keeps the digits."""
        stretched = stretch(receipt, self.box.ground.keys.site.salt)
        return await self.receive(self.arrival(CodeGiven(stretched.lookup, stretched.seed)))


class Telegram(Person):
    """Somebody on Telegram, as the raw updates he causes. `written` are the ids of his messages."""

    _updates = count(1)
    _messages = count(1_000_001)

    def __init__(self, box: Installation, chat: int, **person: str) -> None:
        super().__init__(box, TELEGRAM, str(chat))
        self.person = {"first_name": "Bí", "last_name": "Mật", "username": "bimat", **person}
        self.written: list[str] = []

    def update(self, **content: object) -> Arrival:
        """The arrival in a raw update with this message."""
        chat = int(self.chat)
        sender = {"id": chat, "is_bot": False, "language_code": "vi", **self.person}
        place = {"id": chat, "type": "private", **self.person}
        number = next(self._messages)
        self.written.append(str(number))
        message = {"message_id": number, "date": int(self.box.clock()), "from": sender, "chat": place, **content}
        arrival = self.box.reader.read({"update_id": next(self._updates), "message": message})
        assert arrival is not None
        return arrival

    async def text(self, words: str) -> list[Outgoing]:
        return await self.receive(self.update(text=words))

    async def file(self, kind: MediaKind, content: bytes, mime: str, caption: str = "") -> list[Outgoing]:
        """A recording, a film or a document, with a name that must not be kept."""
        file = {"file_id": os.urandom(8).hex(), "file_size": len(content), "mime_type": mime, "duration": 38}
        self.box.files[file["file_id"]] = content
        name = "document" if kind in ("photo", "file") else kind
        words = {"caption": caption} if caption else {}
        return await self.receive(self.update(**{name: {**file, "file_name": "Nguyen Van Ba.x"}}, **words))

    async def place(self, latitude: str, longitude: str) -> list[Outgoing]:
        return await self.receive(self.update(location={"latitude": float(latitude), "longitude": float(longitude)}))

    async def photo(self, picture: bytes, caption: str = "", name: str = "") -> list[Outgoing]:
        """A photo; with a name it is sent as a file."""
        file = {"file_id": os.urandom(8).hex(), "file_size": len(picture), "width": 1280, "height": 960}
        self.box.files[file["file_id"]] = picture
        content = {"document": {**file, "file_name": name, "mime_type": "image/jpeg"}} if name else {"photo": [file]}
        return await self.receive(self.update(**content, **({"caption": caption} if caption else {})))

    async def code(self, receipt: str) -> list[Outgoing]:
        return await self.text(receipt)

    async def press_kept(self, token: bytes) -> list[Outgoing]:
        """Press a button that keeps access, wherever its token came from."""
        place = {"id": int(self.chat), "type": "private"}
        query = {"id": "1", "from": {"id": int(self.chat)}, "message": {"chat": place}, "data": f"k:{token.hex()}"}
        arrival = self.box.reader.read({"update_id": next(self._updates), "callback_query": query})
        assert arrival is not None
        return await self.receive(arrival)

    async def block(self) -> None:
        """Block the bot."""
        change = {"chat": {"id": int(self.chat), "type": "private"}, "new_chat_member": {"status": "kicked"}}
        arrival = self.box.reader.read({"update_id": next(self._updates), "my_chat_member": change})
        assert arrival is not None
        await self.box.intake.receive(arrival)


def receipt_in(said: Sequence[Outgoing]) -> str:
    """The 24 digits among what was said."""
    return next(out.shown.lines[0] for out in said if out.shown.kind == "code").replace(" ", "")


def words_in(said: Sequence[Outgoing]) -> str:
    """Everything that was said, as one text."""
    return "\n".join(line for out in said for line in out.shown.lines)


@dataclass(frozen=True)
class OfficerKeys:
    """What an officer's browser makes and the server never sees: see CRYPTO's "Officer's login"."""

    passphrase: str = "chim hoàng yến đậu cành"
    device: bytes = field(default_factory=lambda: os.urandom(32))
    identity: Identity = field(default_factory=Identity.generate)
    signer: Signer = field(default_factory=Signer.generate)
    salt: bytes = field(default_factory=lambda: os.urandom(16))

    def stretched(self) -> bytes:
        """Fewer rounds than a browser takes: nothing here depends on their number."""
        argon2 = Argon2id(salt=self.salt, length=32, iterations=1, lanes=1, memory_cost=8 * 1024)
        return argon2.derive(self.passphrase.encode())

    def proof(self) -> bytes:
        return derive(self.stretched(), "-", "login")

    def lock(self) -> bytes:
        return derive(hmac.digest(self.device, self.stretched(), hashlib.sha256), "-", "lock")

    def application(self, account: str) -> Application:
        """What the browser files: the private keys only locked."""
        nonce = os.urandom(12)
        private = self.identity.encode().encode() + self.signer.seed
        locked = nonce + ChaCha20Poly1305(self.lock()).encrypt(nonce, private, b"")
        return Application(account, self.salt, self.proof(), locked, self.identity.recipient, self.signer.verify_key)


@dataclass
class OpenedTip:
    """A tip in an officer's browser: what the server handed out, the tip's key, the thread with every check made."""

    view: ThreadView
    identity: Identity
    thread: Thread


class Officer:
    """An officer of the demonstration's unit, logged in."""

    def __init__(self, box: Installation, keys: OfficerKeys, me: Me) -> None:
        self.box = box
        self.keys = keys
        self.me = me

    @classmethod
    async def enrol(cls, box: Installation, account: str = "trucban1", keys: OfficerKeys | None = None) -> Officer:
        """Use the installation's invitation, which works once; later ones come from `invited`."""
        keys, invitation, box.invitation = keys or OfficerKeys(), box.invitation or await invited(box), ""
        _, session = await box.counter.enrol(invitation, keys.application(account))
        return cls(box, keys, await box.counter.who(session))

    async def tips(self) -> list[bytes]:
        found = await self.box.counter.inbox(self.me, Asked(closed_too=True))
        return [listed.tip.id for listed in found.tips]

    async def open(self, tip: bytes, *, before: bool = False) -> OpenedTip:
        """Load a tip and open it with one's own grant, or with what that came in place of.

        Raises:
            SealError: something is not as it was sealed.
        """
        view, unit = await self.view(tip), self.me.officer.unit
        if before:
            view = replace(view, row=replace(view.row, grant=view.row.former[0]))
        olds = await self.goes_on_for()
        identity, site = self.key_of(view, olds), self.box.ground.keys.site.id
        keys = {
            code: await self.signers(code) for (code,) in await self.box.rows("SELECT DISTINCT unit_id FROM sheets")
        }

        def elsewhere(code: str, serial: str) -> bytes | None:
            return keys[code](serial)

        where = {"site": site, "tip": tip, "unit": unit, "former": before}
        thread = open_thread(view.entries, identity, keys[unit], **where, elsewhere=elsewhere, goes_on_for=olds)
        return OpenedTip(view, identity, thread)

    async def again(self) -> Officer:
        """He logs in anew, as after whatever ended his session."""
        me = await self.box.counter.login(self.me.officer.account, self.keys.proof())
        return Officer(self.box, self.keys, me)

    async def view(self, tip: bytes) -> ThreadView:
        """The sealed thread; the first time by a signed act."""
        try:
            return await self.box.counter.thread(self.me, tip)
        except NotAccepted as told:
            if told.key != "desk-not-opened":
                raise
        return await self.box.counter.open_first(self.me, tip, await self.sign("open", tip))

    @property
    def hand(self) -> Hand:
        """What signs his acts."""
        me = self.me.officer
        return Hand(self.box.ground.keys.site.id, me.unit, me.account, me.serial, self.keys.signer)

    async def chain(self) -> list[bytes]:
        """The unit's audit chain as the desk tells it."""

        async def read(first: int) -> tuple[int, tuple[bytes, ...]]:
            found = await self.box.counter.audit(self.me, first)
            return found.n, found.records

        return await whole(read)

    async def sign(self, act: str, tip: bytes | None, detail: Detail = ()) -> bytes:
        """An act on top of the chain as it is."""
        return self.hand.sign(await self.chain(), act, tip, detail=detail, now=self.box.clock())

    async def take(self, tip: bytes, taking: Taking, reason: str | None = None) -> str:
        """Take a tip; `reason`: over from another."""
        detail = named(taking.entry.seq, taking.entry.sealed)
        act, detail = ("take-over", (*detail, ("reason", reason))) if reason else ("take", detail)
        return await self.box.counter.take(self.me, tip, taking, await self.sign(act, tip, detail))

    def key_of(self, view: ThreadView, goes_on_for: Sequence[str] = ()) -> Identity:
        """The tip's key out of one's own grant, every field of it checked."""
        officer = self.me.officer
        assert view.row.grant is not None
        identity = open_grant(
            view.row.grant,
            self.keys.identity,
            site=self.box.ground.keys.site.id,
            tip=view.row.tip.id,
            unit=officer.unit,
            officer=officer.account,
            serial=officer.serial,
            goes_on_for=goes_on_for,
        )
        assert identity is not None
        return identity

    async def goes_on_for(self) -> tuple[str, ...]:
        """Units that his own goes on for, as its newest sheet says."""
        for _, body in await self.box.counter.sheets(self.me.officer.unit):
            return verify_sheet(body, self.box.ground.keys.site.authority).goes_on_for
        return ()

    async def signers(self, unit: str | None = None) -> Callable[[str], bytes | None]:
        """Signing keys by serial from the sheets the authority signed, as a browser checks them."""
        bodies = [body for _, body in await self.box.counter.sheets(unit or self.me.officer.unit)]
        verified = [verify_sheet(body, self.box.ground.keys.site.authority) for body in bodies]
        return {line.serial: line.signing_key for sheet in verified for line in sheet.officers}.get

    async def write(self, tip: bytes, kind: Kind, text: str, *, at: int | None = None) -> None:
        """Sign, seal and file one entry. `at`: what the officer's own clock shows, if not the time it is."""
        found = await self.open(tip)
        entry = Entry(next_place(found.thread), kind, self.me.officer.serial, at=self._minute(at), text=text)
        await self.file(tip, self._sealed(found, entry), kind)

    async def act_on(self, tip: bytes, case: Act, text: str = "", *, at: int | None = None) -> int:
        """Do something with a tip, or pass it on in the workflow; the thread's length. `at`: what his own clock shows.

        Of a matter of drugs, where it is classified.
        """
        found, kind = await self.open(tip), "drug" if case == "classified" else None
        serial = self.me.officer.serial
        entry = Entry(next_place(found.thread), "case", serial, at=self._minute(at), text=kind or text, case=case)
        made = self._sealed(found, entry)
        record = await self.sign("case", tip, named(made.seq, made.sealed, case))
        return await self.box.counter.act_on(self.me, tip, Done(made, case, "drug" if kind else None), record)

    def _minute(self, at: int | None = None) -> int:
        return (at or int(self.box.clock())) // 60 * 60

    def _sealed(self, found: OpenedTip, entry: Entry) -> NewEntry:
        return NewEntry(entry.place.seq, seal_entry(entry, self.keys.signer, found.identity.recipient))

    async def sealed_to(self, tip: bytes, unit: str, why: str = "Việc ở bên đó") -> Forwarding:
        """A tip sealed to the readers of another unit, as its newest sheet says them."""
        found, serial = await self.open(tip), self.me.officer.serial
        now, place = int(self.box.clock()), next_place(found.thread)
        sheet = await sheet_of(self.box, unit)
        grants = seal_grants(found.identity, sheet, now, tip=tip, by=serial)
        entry = Entry(place, "forward", serial, at=now // 60 * 60, text=why, to=unit)
        sealed = seal_entry(entry, self.keys.signer, found.identity.recipient)
        return Forwarding(unit, sheet.n, NewEntry(place.seq, sealed), grants)

    async def forward(self, tip: bytes, sealed: Forwarding) -> None:
        """Pass a tip on by an act that says so."""
        entry = named(sealed.entry.seq, sealed.entry.sealed)
        detail = (*entry, ("to", sealed.to), ("grants", grants_digest(sealed.grants)))
        await self.box.counter.forward(self.me, tip, sealed, await self.sign("forward", tip, detail))

    async def file(self, tip: bytes, entry: NewEntry, act: str = "answer") -> int:
        """File sealed bytes as an entry, with the act that names them; the thread's length."""
        record = await self.sign(act, tip, named(entry.seq, entry.sealed))
        return await self.box.counter.add_entry(self.me, tip, entry, record)


async def invited(box: Installation) -> str:
    """One more enrolment link's token."""
    token = os.urandom(32).hex()
    enrolment = Enrolment(UNIT, "duty", "Đ/c trực ban", int(box.clock()) + LINK_LIVES)
    await box.run(lambda connection: invite(connection, token, enrolment))
    return token


async def sheet_of(box: Installation, unit: str = UNIT) -> Sheet:
    """The unit's newest sheet as stored, its signature checked."""
    found = await box.run(lambda connection: sheets.newest(connection, unit))
    assert found is not None
    return verify_sheet(found.body, box.ground.keys.site.authority)
