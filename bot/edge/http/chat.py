"""The web chat: one WebSocket a page, files beside it as raw bodies. The page keeps nothing; neither does this."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response, WebSocket, WebSocketDisconnect
from starlette.requests import ClientDisconnect

from bot.edge.drivers.handing_over import Outcome, hand_over
from bot.edge.http.frames import (
    FRAME_ID,
    SESSION,
    Ack,
    Act,
    AnyFrame,
    Code,
    Drop,
    Hello,
    Leave,
    Malformed,
    Press,
    Spot,
    TextFrame,
    Typo,
    base64url,
    read_frame,
    say_frame,
)
from bot.edge.http.sockets import NO_HELLO, WRONG_ORIGIN, same_origin
from bot.service.arrivals import (
    Arrival,
    CodeGiven,
    CodeTypo,
    Content,
    Gone,
    Incoming,
    PageOpened,
    PartCross,
    Place,
    Pressed,
    Text,
)
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.intake import Intake, Noted
from bot.service.pagechats import BOT, Listener, PageChats
from bot.service.site import Site
from bot.service.texts import Catalogue
from handlers.values import WEB_MEGABYTES, Channel, MediaKind

HELLO_WITHIN = 20.0
"""Seconds a new connection has to say hello."""
AGAIN = 1.0
"""Seconds until messages that could not be read are looked for again."""
GOES_WITHIN = 1.0
"""Seconds until what a page shows is erased, if it does nothing meanwhile: its next act says it too."""
_LATER = (Outcome.LATER, Outcome.UNFETCHED)
_MEDIA_BODY = {
    "requestBody": {"required": True, "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}
AT_ONCE = 4
"""Files that one page may send at once; more are asked to wait."""
LONGEST_MIME = 100
"""Characters of a MIME type that are looked at: the longest in use has 73."""
_LEAVE_BODY = {"requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}}


class ChatDoor:
    """What the chat's routes need."""

    def __init__(self, *, intake: Intake, pages: PageChats, site: Site, texts: Catalogue, web: str) -> None:
        self.intake = intake
        self.pages = pages
        self.site = site
        self.texts = texts
        self._web = web
        self._sending: Counter[str] = Counter()

    @contextmanager
    def sending(self, session: str) -> Iterator[None]:
        """A page sends a file meanwhile.

        Raises:
            NotAccepted: `too-fast` if it sends `AT_ONCE` already.
        """
        if self._sending[session] >= AT_ONCE:
            raise NotAccepted("too-fast", status=429)
        self._sending[session] += 1
        try:
            yield
        finally:
            self._sending[session] -= 1
            if not self._sending[session]:
                del self._sending[session]

    def channel(self, host: str) -> Channel:
        """The web as a channel; an onion address is Tor."""
        name = "tor" if host.split(":", maxsplit=1)[0].endswith(".onion") else "web"
        return Channel("tor" if name == "tor" else "web", self._web, WEB_MEGABYTES, acknowledges=True)


def router(door: ChatDoor) -> APIRouter:
    """Routes of the web chat."""
    routes = APIRouter()

    @routes.websocket("/chat/ws")
    async def chat(socket: WebSocket) -> None:
        if not same_origin(socket):
            await socket.close(WRONG_ORIGIN)
            return
        await socket.accept()
        with suppress(WebSocketDisconnect, RuntimeError):
            await PageConnection(socket, door).serve()

    @routes.post("/api/v1/chat/media", status_code=204, openapi_extra=_MEDIA_BODY)
    async def media(
        request: Request,
        x_hopthu_session: Annotated[str, Header(pattern=SESSION)],
        x_hopthu_id: Annotated[str, Header(pattern=FRAME_ID)],
        x_hopthu_kind: Annotated[MediaKind, Header()],
    ) -> Response:
        """Note one photo, recording, film or file: the body, as it is. The same id again is no second one.

        413: too big; 415: of a make that is not taken; 422: not readable; 429: too many at once; 503: try again.
        """
        length = request.headers.get("content-length", "")
        size = int(length) if length.isdecimal() else None
        mime = request.headers.get("content-type", "").lower()[:LONGEST_MIME]
        content = Incoming(x_hopthu_kind, size, "", answer=True, mime=mime, seconds=None, fetch=lambda: _body(request))
        channel = door.channel(request.headers.get("host", ""))
        update = f"{x_hopthu_session}:{x_hopthu_id}"
        with door.sending(x_hopthu_session):
            noted = await door.intake.receive(Arrival(BOT, channel, x_hopthu_session, update, content))
        if not noted.repeated:
            door.pages.note(x_hopthu_session, x_hopthu_id, noted.parts)
        return Response(status_code=204)

    @routes.post("/api/v1/chat/leave", status_code=204, openapi_extra=_LEAVE_BODY)
    async def leave(request: Request) -> Response:
        """Quick exit: forget the chat of the session that is the body."""
        session = (await request.body()).decode("ascii", "replace")
        if not re.fullmatch(SESSION, session):
            raise NotAccepted("err-again", status=422)
        channel = door.channel(request.headers.get("host", ""))
        await door.intake.receive(Arrival(BOT, channel, session, f"{session}:{secrets.token_hex(16)}", Gone()))
        return Response(status_code=204)

    return routes


class PageConnection:
    """One connection of one page: frames in, messages out."""

    def __init__(self, socket: WebSocket, door: ChatDoor) -> None:
        self._socket = socket
        self._door = door
        self._channel = door.channel(socket.headers.get("host", ""))
        self._language = "vi"
        self._sending = asyncio.Lock()
        self._shown: int | None = None
        self._erasing: asyncio.Task[None] | None = None

    async def serve(self) -> None:
        """Until the page is gone."""
        hello = await self._hello()
        if hello is None:
            await self._socket.close(NO_HELLO)
            return
        self._language = hello.lang or "vi"
        await self._send(
            {"t": "ready", "site": {"salt": base64url(self._door.site.salt), "demo": self._door.site.demo}}
        )
        listener = self._door.pages.listen(hello.session)
        telling = asyncio.create_task(self._tell(listener, hello.seen))
        try:
            if hello.open:
                content = PageOpened(hello.box, hello.lang, hello.reloaded)
                await self._take(hello.session, "open", content)
            listener.rung.set()
            while True:
                await self._handle(hello.session, await self._frame())
        finally:
            telling.cancel()
            self._door.pages.leave(listener)
            await asyncio.gather(telling, self._erase(hello.session), return_exceptions=True)

    async def _hello(self) -> Hello | None:
        with suppress(TimeoutError):
            async with asyncio.timeout(HELLO_WITHIN):
                frame = await self._frame()
                return frame if isinstance(frame, Hello) else None
        return None

    async def _frame(self) -> AnyFrame | Malformed | None:
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        return read_frame(message.get("text") or "")

    async def _handle(self, session: str, frame: AnyFrame | Malformed | None) -> None:
        match frame:
            case Ack(n=n):
                self._shows(session, n)
            case Malformed(id=update):
                await self._fail(update, "err-again")
            case Hello() | None:
                return
            case act:
                await self._take(session, act.id, content_of(act))

    def _shows(self, session: str, n: int) -> None:
        """The page shows everything up to `n`: one of its acts says so soon, or nobody waits for one."""
        self._shown = max(n, self._shown or 0)
        if self._erasing is None or self._erasing.done():
            self._erasing = asyncio.create_task(self._erase(session, GOES_WITHIN))

    async def _erase(self, session: str, seconds: float = 0) -> None:
        """Erase what the page shows, unless one of its acts has said so by then."""
        await asyncio.sleep(seconds)
        shown, self._shown = self._shown, None
        if shown is not None:
            with suppress(OutsideFailed):  # they are told, and acknowledged, once more
                await self._door.pages.shown(session, shown)

    async def _take(self, session: str, update: str, content: Content) -> None:
        """Every act is answered, whatever becomes of it: the page sends again what is not."""
        answers: list[Noted | str] = []
        shown, self._shown = self._shown, None

        async def receive(arrival: Arrival) -> None:
            try:
                answers.append(await self._door.intake.receive(arrival))
            except NotAccepted as refused:
                answers.append(refused.key)

        arrival = Arrival(BOT, self._channel, session, f"{session}:{update}", content, shown=shown)
        outcome = await hand_over(receive, arrival)
        match answers:
            case [Noted(repeated=False, parts=parts)]:
                await self._note(update, parts)
                return
            case [Noted()]:
                await self._note(update, None)
            case [str() as key]:
                await self._fail(update, key)
            case _:
                await self._fail(update, "err-storage" if outcome in _LATER else "err-again")
        if shown is not None:  # nothing was done: what the page shows is still there
            self._shows(session, shown)

    async def _note(self, update: str, parts: tuple[bytes, ...] | None) -> None:
        """`parts` None: which parts came of it was said before, and is not known any more."""
        told = None if parts is None else [base64url(part) for part in parts]
        await self._send({"t": "noted", "id": update, "parts": told})

    async def _fail(self, update: str, key: str) -> None:
        text = self._door.texts.say("en" if self._language == "en" else "vi", key)
        await self._send({"t": "error", "id": update, "text": text})

    async def _tell(self, listener: Listener, seen: int) -> None:
        told = seen
        while True:
            await listener.rung.wait()
            listener.rung.clear()
            while listener.notes:
                await self._note(*listener.notes.popleft())
            try:
                waiting = await self._door.pages.news(listener, told)
            except OutsideFailed:
                await asyncio.sleep(AGAIN)
                listener.rung.set()
                continue
            for n, outgoing in waiting:
                await self._send(say_frame(n, outgoing))
                self._language, told = outgoing.language, n

    async def _send(self, frame: dict[str, Any]) -> None:
        async with self._sending:
            await self._socket.send_json(frame)


def content_of(act: Act) -> Content:
    """What a page's act says."""
    match act:
        case TextFrame(text=text):
            return Text(text)
        case Press(serial=serial, n=n):
            return Pressed(serial, n)
        case Code(lookup=lookup, seed=seed):
            return CodeGiven(lookup, seed)
        case Typo(count=count):
            return CodeTypo(count)
        case Drop(part=part):
            return PartCross(part)
        case Spot(latitude=latitude, longitude=longitude):
            return Place(latitude, longitude)
        case Leave():
            return Gone()


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect:
        raise OutsideFailed("the page went away before its file was here") from None
