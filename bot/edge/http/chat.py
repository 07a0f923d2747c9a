"""The web chat: one WebSocket a page, photos beside it as raw bodies. The page keeps nothing; neither does this."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request, Response, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from bot.edge.http.frames import (
    FRAMES,
    Ack,
    AnyFrame,
    Code,
    Drop,
    Hello,
    Leave,
    Press,
    TextFrame,
    Typo,
    base64url,
    say_frame,
)
from bot.service.arrivals import (
    Arrival,
    CodeGiven,
    CodeTypo,
    Content,
    Gone,
    PageOpened,
    PartCross,
    Photo,
    Pressed,
    Text,
)
from bot.service.errors import NotAccepted, OutsideFailed
from bot.service.intake import Intake
from bot.service.pagechats import BOT, Listener, PageChats
from bot.service.site import Site
from bot.service.texts import Catalogue
from handlers.values import WEB_PHOTO_MEGABYTES, Channel

HELLO_WITHIN = 20.0
"""Seconds a new connection has to say hello."""


class ChatDoor:
    """What the chat's routes need."""

    def __init__(self, *, intake: Intake, pages: PageChats, site: Site, texts: Catalogue, web: str) -> None:
        self.intake = intake
        self.pages = pages
        self.site = site
        self.texts = texts
        self._web = web

    def channel(self, host: str) -> Channel:
        """The web as a channel; an onion address is Tor."""
        name = "tor" if host.split(":", maxsplit=1)[0].endswith(".onion") else "web"
        return Channel("tor" if name == "tor" else "web", self._web, WEB_PHOTO_MEGABYTES)


def router(door: ChatDoor) -> APIRouter:
    """Routes of the web chat."""
    routes = APIRouter()

    @routes.websocket("/chat/ws")
    async def chat(socket: WebSocket) -> None:
        if not _same_origin(socket):
            await socket.close(4403)
            return
        await socket.accept()
        with suppress(WebSocketDisconnect, RuntimeError):
            await PageConnection(socket, door).serve()

    @routes.post("/api/v1/chat/photo", status_code=204)
    async def photo(request: Request) -> Response:
        session, update = request.headers.get("x-hopthu-session", ""), request.headers.get("x-hopthu-id", "")
        _check_ids(session, update)
        if int(request.headers.get("content-length") or 0) > WEB_PHOTO_MEGABYTES * 1_000_000:
            raise NotAccepted("too-big", status=413)
        content = Photo(size=None, caption="", answer=True, fetch=lambda: _body(request))
        channel = door.channel(request.headers.get("host", ""))
        await door.intake.receive(Arrival(BOT, channel, session, update, content))
        return Response(status_code=204)

    @routes.post("/api/v1/chat/leave", status_code=204)
    async def leave(request: Request) -> Response:
        session = (await request.body())[:64].decode("ascii", "replace")
        _check_ids(session, "leave-" + session[:8])
        await door.intake.receive(
            Arrival(BOT, door.channel(request.headers.get("host", "")), session, f"leave-{session}", Gone())
        )
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

    async def serve(self) -> None:
        """Until the page is gone."""
        hello = await asyncio.wait_for(self._frame(), HELLO_WITHIN)
        if not isinstance(hello, Hello):
            await self._socket.close(4400)
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

    async def _frame(self) -> AnyFrame | None:
        text = await self._socket.receive_text()
        try:
            return FRAMES.validate_json(text)
        except (ValidationError, ValueError):
            return None

    async def _handle(self, session: str, frame: AnyFrame | None) -> None:
        match frame:
            case Ack(n=n):
                await self._door.pages.shown(session, n)
            case TextFrame(id=update, text=text):
                await self._take(session, update, Text(text))
            case Press(id=update, serial=serial, n=n):
                await self._take(session, update, Pressed(serial, n))
            case Code(id=update, lookup=lookup, seed=seed):
                await self._take(session, update, CodeGiven(lookup, seed))
            case Typo(id=update, count=count):
                await self._take(session, update, CodeTypo(count))
            case Drop(id=update, part=part):
                await self._take(session, update, PartCross(part))
            case Leave(id=update):
                await self._take(session, update, Gone())
            case Hello() | None:
                return

    async def _take(self, session: str, update: str, content: Content) -> None:
        try:
            noted = await self._door.intake.receive(
                Arrival(BOT, self._channel, session, f"{session}:{update}", content)
            )
        except NotAccepted as refused:
            await self._fail(update, refused.key)
        except OutsideFailed:
            await self._fail(update, "err-storage")
        else:
            await self._send({"t": "noted", "id": update, "parts": [base64url(part) for part in noted.parts]})

    async def _fail(self, update: str, key: str) -> None:
        text = self._door.texts.say("en" if self._language == "en" else "vi", key)
        await self._send({"t": "error", "id": update, "text": text})

    async def _tell(self, listener: Listener, seen: int) -> None:
        told = seen
        while True:
            await listener.rung.wait()
            listener.rung.clear()
            try:
                waiting = await self._door.pages.waiting(listener.session, told)
            except OutsideFailed:
                continue
            for n, outgoing in waiting:
                await self._send(say_frame(n, outgoing))
                told = n

    async def _send(self, frame: dict[str, Any]) -> None:
        async with self._sending:
            await self._socket.send_json(frame)


async def _body(request: Request) -> AsyncIterator[bytes]:
    async for chunk in request.stream():
        yield chunk


def _check_ids(session: str, update: str) -> None:
    try:
        FRAMES.validate_python({"t": "hello", "session": session})
        FRAMES.validate_python({"t": "leave", "id": update})
    except ValidationError:
        raise NotAccepted("err-again", status=400) from None


def _same_origin(socket: WebSocket) -> bool:
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == socket.headers.get("host")
