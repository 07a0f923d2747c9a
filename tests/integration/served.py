"""The product served over real HTTP in the test's own process, with a clock of ours, and browsers without a screen."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

import httpx
import uvicorn
from acts import Hand, named, whole
from installation import BOX, UNIT, Clock, OfficerKeys
from sqlalchemy import Connection
from unit.service.until import until
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from bot.run.app import Product, build
from bot.run.config import Config
from bot.run.foundation import open_keys
from bot.run.serve import LARGEST_FRAME, _guarded
from bot.run.start import prepare
from crypto.acts import Detail
from crypto.entries import Entry, Kind, seal_entry
from crypto.grants import open_grant
from crypto.hybrid import Identity
from crypto.receipts import stretch
from crypto.sheets import newest_sheet, verify_sheet
from crypto.tips import Thread, next_place, open_thread
from handlers.cases import Act
from storage.migrate import upgrade

T = TypeVar("T")
Frame = dict[str, Any]


def b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unb64(value: str) -> bytes:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))


def fresh() -> str:
    return b64(os.urandom(16))


@dataclass
class Served:
    """A product that answers at `address`."""

    address: str
    product: Product
    config: Config
    clock: Clock
    invitation: str

    async def run(self, work: Callable[[Connection], T]) -> T:
        return await self.product.database.run(work)

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return await self.product.database.read(
            lambda connection: [tuple(row) for row in connection.exec_driver_sql(statement)]
        )

    async def until_rows(self, statement: str, number: int) -> None:
        """Wait until a count is this number."""
        async with asyncio.timeout(10):
            while (await self.rows(statement))[0][0] != number:  # noqa: ASYNC110 - rows ring no bell
                await asyncio.sleep(0.005)

    async def forge(self, statement: str) -> None:
        await self.run(lambda connection: connection.exec_driver_sql(statement))

    @property
    def socket(self) -> str:
        return self.address.replace("http:", "ws:")


class Server(uvicorn.Server):
    """A server that leaves the test's signals alone."""

    @asynccontextmanager
    async def running(self, listener: socket.socket) -> AsyncIterator[None]:
        serving = asyncio.create_task(self._serve(sockets=[listener]))
        await until(lambda: self.started or serving.done())
        try:
            yield
        finally:
            self.should_exit = True
            await serving


@asynccontextmanager
async def serve_product(
    folder: Path, *, role: str = "all", clock: Clock | None = None, **settings: Any
) -> AsyncIterator[Served]:
    """A demonstration in `folder`, made if it is new, served on a free port with everything that runs beside it."""
    clock = clock or Clock()
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    config = Config(data_dir=folder, ephemeral_dir=folder / "ephemeral").model_copy(update={"port": port, **settings})
    keys = open_keys(config)
    upgrade(config.database)
    foothold = await prepare(config, keys, now=int(clock()))
    product = build(config, role, clock=clock)
    server = Server(uvicorn.Config(product.app, log_config=None, access_log=False, ws_max_size=LARGEST_FRAME))
    async with server.running(listener):
        beside = [asyncio.create_task(_guarded(start)) for start in product.beside]
        yield Served(f"http://127.0.0.1:{port}", product, config, clock, foothold.enrolment or "")
        for task in beside:
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
    for close in product.closing:
        await close()


@dataclass
class ChatPage:
    """A page of the web chat: what its script keeps, and one connection at a time."""

    served: Served
    session: str = field(default_factory=fresh)
    box: str | None = BOX
    said: list[Frame] = field(default_factory=list)
    others: list[Frame] = field(default_factory=list)
    seen: int = 0
    acks: bool = True
    opened: bool = False
    closed: int | None = None
    _socket: ClientConnection | None = None
    _reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.join()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.drop()

    async def join(self, **hello: Any) -> None:
        """Connect and say hello; the first time, wait for the answer. Again after `drop`."""
        self._socket = await connect(f"{self.served.socket}/chat/ws", max_size=None)
        self._reading = asyncio.create_task(self._read(self._socket))
        first = not self.opened
        self.opened = True
        own = {"session": self.session, "seen": self.seen, "box": self.box, "open": first}
        await self.send({"t": "hello", **own, **hello})
        if first:
            await until(lambda: bool(self.said) and self.answer("open") is not None)

    async def drop(self) -> None:
        """The network goes: no goodbye."""
        if self._socket is not None and self._reading is not None:
            self._socket.transport.abort()
            await asyncio.gather(self._reading, return_exceptions=True)
            self._socket = None

    async def send(self, frame: Frame | str | bytes) -> None:
        assert self._socket is not None
        await self._socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def act(self, **frame: Any) -> str:
        """An act with an id of its own; returns once it is noted or refused."""
        act = {"id": fresh(), **frame}
        await self.send(act)
        await until(lambda: self.answer(act["id"]) is not None)
        return str(act["id"])

    async def text(self, text: str) -> list[Frame]:
        """Write, wait until it is noted and answered; what was said then."""
        before = len(self.said)
        await self.act(t="text", text=text)
        await until(lambda: len(self.said) > before)
        return self.said[before:]

    async def press(self, n: int) -> list[Frame]:
        """Press a choice of the newest menu."""
        menu = next(said["menu"] for said in reversed(self.said) if said["menu"])
        before = len(self.said)
        await self.act(t="press", serial=menu["serial"], n=n)
        await until(lambda: len(self.said) > before)
        return self.said[before:]

    async def file_tip(self, text: str = "Có người bán ma túy ở đầu xóm") -> str:
        """A tip of one text; its receipt."""
        await self.text(text)
        await self.press(1)
        await self.press(1)
        await until(lambda: any(said["kind"] == "code" for said in self.said))
        return self.receipt()

    async def open_tip(self, receipt: str) -> list[Frame]:
        """Type a receipt: the page sends what it derives from it."""
        keys = open_keys(self.served.config)
        found = stretch(receipt, keys.site.salt)
        before = len(self.said)
        await self.act(t="code", lookup=b64(found.lookup), seed=b64(found.seed))
        await until(lambda: len(self.said) > before)
        return self.said[before:]

    async def photo(self, picture: bytes | AsyncIterator[bytes], *, update: str | None = None, **headers: str) -> int:
        """Post a photo, or what the headers say; the status."""
        async with httpx.AsyncClient(timeout=60) as client:
            answer = await client.post(
                f"{self.served.address}/api/v1/chat/media",
                content=picture,
                headers={
                    "Content-Type": "image/jpeg",
                    "X-Hopthu-Session": self.session,
                    "X-Hopthu-Id": update or fresh(),
                    "X-Hopthu-Kind": "photo",
                    **headers,
                },
            )
        return answer.status_code

    def receipt(self) -> str:
        return str(next(said["text"][0] for said in reversed(self.said) if said["kind"] == "code")).replace(" ", "")

    def words(self) -> str:
        return "\n".join(line for said in self.said for line in said["text"])

    def answer(self, update: str) -> Frame | None:
        return next((frame for frame in self.others if frame.get("id") == update), None)

    async def _read(self, connection: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for message in connection:
                frame = json.loads(message)
                if frame["t"] == "say" and frame["n"] > self.seen:
                    self.seen = frame["n"]
                    self.said.append(frame)
                if frame["t"] == "say" and self.acks:
                    await connection.send(json.dumps({"t": "ack", "n": frame["n"]}))
                if frame["t"] != "say":
                    self.others.append(frame)
        self.closed = connection.close_code


@dataclass
class OpenedTip:
    """A tip as an officer's browser holds it once every check is made."""

    row: Frame
    identity: Identity
    thread: Thread
    readers: list[Frame]


class DeskBrowser:
    """An officer's browser: keeps its keys, believes signatures alone, talks JSON."""

    def __init__(self, served: Served, account: str = "trucban1", keys: OfficerKeys | None = None) -> None:
        self.served = served
        self.account = account
        self.keys = keys or OfficerKeys()
        self.client = httpx.AsyncClient(
            base_url=f"{served.address}/api/v1/desk/", headers={"X-Hopthu": "1"}, timeout=60
        )
        self.me: Frame = {}
        self.bell: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.client.get(path, params=params)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self.client.post(path, json=body)

    async def enrol(self, token: str | None = None) -> httpx.Response:
        made = self.keys.application(self.account)
        return await self.post(
            "enrolment",
            token=token or self.served.invitation,
            account=self.account,
            salt=b64(made.salt),
            auth=b64(made.auth),
            locked=b64(made.locked),
            recipient=made.recipient,
            signing_key=b64(made.signing_key),
        )

    async def login(self) -> httpx.Response:
        salt = unb64((await self.post("login/start", account=self.account)).json()["salt"])
        assert salt == self.keys.salt
        answer = await self.post("login", account=self.account, auth=b64(self.keys.proof()))
        if answer.is_success:
            self.me = answer.json()
        return answer

    async def tips(self, state: str = "open") -> list[Frame]:
        answer = await self.get("tips", state=state)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["tips"])

    async def open(self, tip: str) -> OpenedTip:
        """Load a thread and check everything in it.

        Raises:
            SealError: something is not as it was sealed.
        """
        told = (await self.thread(tip)).json()
        grant = open_grant(
            unb64(told["tip"]["grant"]),
            self.keys.identity,
            site=self.me["site"],
            tip=unb64(tip),
            unit=self.me["unit"]["code"],
            officer=self.account,
            serial=self.me["serial"],
        )
        assert grant is not None
        signers = await self.signers()
        sealed = [unb64(entry) for entry in told["entries"]]
        thread = open_thread(sealed, grant, signers, site=self.me["site"], tip=unb64(tip), unit=UNIT)
        return OpenedTip(told["tip"], grant, thread, told["readers"])

    async def thread(self, tip: str) -> httpx.Response:
        """The sealed thread; the first time by a signed act."""
        answer = await self.get(f"tips/{tip}")
        if answer.status_code == 409:
            answer = await self.post(f"tips/{tip}/open", record=await self.sign("open", tip))
        return answer

    async def chain(self) -> list[bytes]:
        """The unit's audit chain as the desk tells it."""

        async def read(first: int) -> tuple[int, list[bytes]]:
            found = (await self.get("audit", first=first)).json()
            return found["n"], [unb64(record) for record in found["records"]]

        return await whole(read)

    async def sign(self, act: str, tip: str | None, detail: Detail = ()) -> str:
        """An act on top of the chain as it is."""
        hand = Hand(self.me["site"], self.me["unit"]["code"], self.account, self.me["serial"], self.keys.signer)
        about = None if tip is None else unb64(tip)
        return b64(hand.sign(await self.chain(), act, about, detail=detail, now=self.served.clock()))

    async def signers(self) -> Callable[[str], bytes | None]:
        bodies = [unb64(sheet["body"]) for sheet in (await self.get(f"units/{UNIT}/sheets")).json()["sheets"]]
        authority = unb64(self.me["authority"])
        newest = newest_sheet(bodies, authority, site=self.me["site"], unit=UNIT)
        assert newest.verify_key(self.me["serial"]) == self.keys.signer.verify_key
        lines = [line for body in bodies for line in verify_sheet(body, authority).officers]
        return {line.serial: line.signing_key for line in lines}.get

    async def write(self, tip: str, kind: Kind, text: str, case: Act | None = None) -> httpx.Response:
        """Sign, seal and file one entry on top of the thread as it is."""
        found = await self.open(tip)
        return await self.file(tip, found, kind, text, case)

    async def take(self, tip: str, reason: str = "") -> httpx.Response:
        """Take a tip as it stands now: sign, seal and file the entry that says so."""
        found = await self.open(tip)
        place = next_place(found.thread)
        minute = int(self.served.clock()) // 60 * 60
        entry = Entry(place, "take", self.me["serial"], at=minute, text=reason)
        sealed = seal_entry(entry, self.keys.signer, found.identity.recipient)
        held, detail = found.row["answerable"], named(place.seq, sealed)
        over = held not in (None, self.me["serial"])
        deed = ("take-over", tip, (*detail, ("reason", "other"))) if over else ("take", tip, detail)
        body = {"seq": place.seq, "sealed": b64(sealed), "held_by": held, "record": await self.sign(*deed)}
        return await self.post(f"tips/{tip}/take", **body)

    async def file(self, tip: str, found: OpenedTip, kind: Kind, text: str, case: Act | None = None) -> httpx.Response:
        place = next_place(found.thread)
        minute = int(self.served.clock()) // 60 * 60
        entry = Entry(place, kind, self.me["serial"], at=minute, text=text, case=case)
        sealed = seal_entry(entry, self.keys.signer, found.identity.recipient)
        body = {"seq": place.seq, "sealed": b64(sealed)}
        body["record"] = await self.sign(kind, tip, named(place.seq, sealed, case))
        if case is None:
            return await self.post(f"tips/{tip}/entries", act=kind, **body)
        of_kind = {"kind": text} if case == "classified" else {}
        return await self.post(f"tips/{tip}/case", case=case, **of_kind, **body)

    async def tell(self, frame: Frame | str | bytes) -> None:
        """Say something over the bell's socket."""
        assert self.bell is not None
        await self.bell.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    @asynccontextmanager
    async def live(self, *, origin: str | None = None) -> AsyncIterator[list[Frame]]:
        """The bell: every frame that came."""
        frames: list[Frame] = []
        cookies = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        async with AsyncExitStack() as stack:
            bell = await stack.enter_async_context(
                connect(
                    f"{self.served.socket}/api/v1/desk/live",
                    additional_headers={"Cookie": cookies},
                    origin=origin,  # type: ignore[arg-type] # a string will do
                )
            )

            self.bell, tell = bell, frames.append

            async def read() -> None:
                with suppress(ConnectionClosed):
                    async for message in bell:
                        tell(json.loads(message))
                frames.append({"t": "closed", "code": bell.close_code})

            reading = asyncio.create_task(read())
            stack.callback(reading.cancel)
            await until(lambda: bool(frames))
            yield frames
