"""The console's API. All but enrolment and log-in needs a session; changes need a header that forms cannot send."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response, WebSocket, WebSocketDisconnect
from fastapi.responses import StreamingResponse
from pydantic import Field, ValidationError

from bot.edge.http import acts
from bot.edge.http.chains import First, chain_file, records
from bot.edge.http.frames import base64url
from bot.edge.http.sessions import COOKIE, PREFIX, Bytes, Model, by_script, session, set_cookie
from bot.edge.http.sockets import NO_SESSION, TRY_LATER, WRONG_ORIGIN, same_origin
from bot.edge.http.tiprows import TipId, page_of, reread_of, thread_of, tip_id
from bot.service.desk.casework import Asked, Rereading
from bot.service.desk.counter import Counter, Me
from bot.service.desk.enrolment import Application
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.rooms import Seat
from bot.service.errors import NotAccepted, OutsideFailed

PING_EVERY = 25.0
"""Seconds between pings; the console gives a bell up that was silent for more than a minute."""

Which = Literal["open", "all"]
Only = Literal["all", "urgent", "late", "soon", "mine", "erasing"]
Second = Annotated[int, Field(ge=0, le=100_000_000_000)]
Offset = Annotated[int, Field(ge=0, le=1_000_000)]

AccountName = Annotated[str, Field(max_length=64, pattern=r"^[^\x00]*$")]


class Token(Model):
    """An enrolment link's token."""

    token: str = Field(min_length=16, max_length=128)


class Filing(Token):
    """An officer's request to be put on the sheet."""

    account: AccountName
    salt: Bytes = Field(min_length=16, max_length=64)
    auth: Bytes = Field(min_length=32, max_length=32)
    locked: Bytes = Field(max_length=64 * 1024)
    recipient: str = Field(min_length=64, max_length=4096)
    signing_key: Bytes = Field(min_length=32, max_length=32)


class Account(Model):
    """An account's name."""

    account: AccountName


class Proof(Account):
    """An account's name with its proof of the passphrase."""

    auth: Bytes = Field(min_length=32, max_length=32)


class At(Model):
    """What a console says over the live socket: the tip on its screen, or none."""

    t: Literal["at"]
    tip: TipId | None


def router(counter: Counter, keys: KeyDesk, *, secure: bool) -> APIRouter:
    """Routes of the console's API."""
    routes = APIRouter(prefix=PREFIX)
    signed, acting, reading = session(counter.who), session(counter.who_acts), session(counter.who_reads)
    asked = by_script()
    _public(routes, counter, keys, secure=secure, asked=asked)
    _casework(routes, counter, acting=reading)
    acts.mount(routes, counter, acting=reading, asked=asked)
    _audit(routes, counter, acting=acting)

    @routes.get("/enrolment/state")
    async def state(me: Me = signed) -> dict[str, Any]:
        return {"state": me.officer.status}

    @routes.get("/me")
    async def myself(me: Me = signed) -> dict[str, Any]:
        return await account_of(me, counter, keys)

    @routes.get("/units/{code}/sheets")
    async def sheets(code: str, _: Me = signed) -> dict[str, Any]:
        """`heir`: the unit to ask about too, where it goes on for this one; what it is its own sheet says."""
        found, (name, heir) = await counter.sheets(code), await counter.called(code)
        told = [{"n": n, "body": base64url(body)} for n, body in found]
        return {"unit": _unit(code, name.vi, name.en), "sheets": told, "heir": heir}

    @routes.post("/logout", dependencies=[asked], status_code=204)
    async def logout(me: Me = signed) -> Response:
        await counter.logout(me)
        response = Response(status_code=204)
        response.delete_cookie(COOKIE, path=PREFIX)
        return response

    @routes.websocket("/live")
    async def live(socket: WebSocket) -> None:
        await _live(socket, counter)

    return routes


def _casework(routes: APIRouter, counter: Counter, *, acting: Any) -> None:
    @routes.get("/tips")
    async def inbox(
        *, state: Which = "open", only: Only = "all", offset: Offset = 0, quiet: bool = False, me: Me = acting
    ) -> dict[str, Any]:
        """`quiet`: the console loads by itself; tips whose notice is not due yet are left out and named in `early`."""
        show = _quiet_inbox if quiet else _inbox
        return await show(counter, me, Asked(state == "all", only, offset))

    @routes.get("/threads")
    async def reread(
        *, after: TipId | None = None, received: Second = 0, news: bool = False, me: Me = acting
    ) -> dict[str, Any]:
        """Threads the officer has opened before, newest first, for his search; `news`: where a reporter wrote since.

        `after` and `received` are of the last tip of the answer before.
        """
        return reread_of(await counter.reread(me, Rereading(tip_id(after) if after else None, received, news)))

    @routes.get("/tips/{tip}")
    async def thread(tip: TipId, me: Me = acting) -> dict[str, Any]:
        return thread_of(await counter.thread(me, tip_id(tip)))

    @routes.get("/neighbours")
    async def neighbours(q: Annotated[str, Field(max_length=200)] = "", me: Me = acting) -> dict[str, Any]:
        """Units that a tip can be passed on to, by words of their names; `was`: the units that each came after."""
        found = await counter.neighbours(me, q)
        return {"units": [{**_unit(one.code, one.name.vi, one.name.en), "was": list(one.was)} for one in found]}

    @routes.get("/blobs/{name}")
    async def blob(name: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")], me: Me = acting) -> StreamingResponse:
        found = await counter.blob(me, name)
        length = {"Content-Length": str(found.size)}
        return StreamingResponse(found.chunks, media_type="application/octet-stream", headers=length)


def _public(routes: APIRouter, counter: Counter, keys: KeyDesk, *, secure: bool, asked: Any) -> None:
    @routes.get("/site")
    async def site() -> dict[str, Any]:
        """What a log-in page must say before anybody logged in."""
        return {"demo": counter.site.demo, "passkeys": keys.party.host if keys.party else None}

    @routes.post("/enrolment/open", dependencies=[asked])
    async def look(body: Token) -> dict[str, Any]:
        found = await counter.look(body.token)
        return {
            "unit": _unit(found.unit, found.unit_name.vi, found.unit_name.en),
            "name": found.name,
            "role": found.role,
            "expires": found.expires,
            **_site(counter),
        }

    @routes.post("/enrolment", dependencies=[asked])
    async def enrol(body: Filing, response: Response) -> dict[str, Any]:
        application = Application(body.account, body.salt, body.auth, body.locked, body.recipient, body.signing_key)
        officer, token = await counter.enrol(body.token, application)
        set_cookie(response, token, secure=secure)
        return {"serial": officer.serial, "officer": officer.account, "state": officer.status}

    @routes.post("/login/start", dependencies=[asked])
    async def start(body: Account) -> dict[str, Any]:
        return {"salt": base64url(await counter.salt(body.account))}

    @routes.post("/login", dependencies=[asked])
    async def login(body: Proof, response: Response) -> dict[str, Any]:
        me = await counter.login(body.account, body.auth)
        set_cookie(response, me.token, secure=secure)
        return await account_of(me, counter, keys)


def _audit(routes: APIRouter, counter: Counter, *, acting: Any) -> None:
    @routes.get("/audit")
    async def audit(first: First = 1, me: Me = acting) -> dict[str, Any]:
        return records(await counter.audit(me, first))

    @routes.get("/audit/file")
    async def audit_file(me: Me = acting) -> Response:
        return chain_file(await counter.audit_file(me), me.officer.unit)


async def _live(socket: WebSocket, counter: Counter) -> None:
    if not same_origin(socket):
        await socket.close(WRONG_ORIGIN)
        return
    try:
        me = await counter.who_acts(socket.cookies.get(COOKIE, ""))
    except NotAccepted:
        await socket.close(NO_SESSION)
        return
    except OutsideFailed:
        await socket.close(TRY_LATER)
        return
    await socket.accept()
    seat = counter.rooms.sit(me.officer.unit, me.officer.serial) if me.reads else None
    works: list[Callable[[WebSocket], Coroutine[Any, Any, None]]] = [
        partial(_ring, counter=counter, me=me),
        _ping,
        partial(_listen, counter=counter, seat=seat),
    ]
    if seat is not None:
        works.append(partial(_tell, counter=counter, me=me, seat=seat))
    telling = [asyncio.create_task(work(socket)) for work in works]
    try:
        await asyncio.wait(telling, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if seat is not None:
            counter.rooms.leave(seat)
        for task in telling:
            task.cancel()
        await asyncio.gather(*telling, return_exceptions=True)


async def _ring(socket: WebSocket, *, counter: Counter, me: Me) -> None:
    """Until the session is over."""
    with suppress(WebSocketDisconnect, RuntimeError):
        async for ring in counter.bell(me):
            await socket.send_json({"t": ring.kind, "urgent": ring.urgent})
        await socket.close(NO_SESSION)


async def _ping(socket: WebSocket) -> None:
    """Lets the console tell a quiet bell from a dead one."""
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await socket.send_json({"t": "ping"})
            await asyncio.sleep(PING_EVERY)


async def _tell(socket: WebSocket, *, counter: Counter, me: Me, seat: Seat) -> None:
    """Who else is where, and that a colleague changed something; until the store is away: the console looks again."""
    with suppress(WebSocketDisconnect, RuntimeError, OutsideFailed):
        async for told in counter.told(me, seat):
            here = {base64url(tip): serials for tip, serials in told.here.items()}
            changed = sorted(base64url(tip) for tip in told.changed)
            await socket.send_json({"t": "here", "open": here, "changed": changed})


async def _listen(socket: WebSocket, *, counter: Counter, seat: Seat | None) -> None:
    """Until the console is gone; what it says is which tip it shows. Anything else is passed over."""
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        with suppress(ValidationError, NotAccepted):
            at = At.model_validate_json(message.get("text") or "")
            if seat is not None:
                counter.rooms.turn(seat, None if at.tip is None else tip_id(at.tip))


def _site(counter: Counter) -> dict[str, Any]:
    site = counter.site
    return {"site": site.id, "demo": site.demo, "authority": base64url(site.authority)}


def _unit(code: str, vi: str, en: str) -> dict[str, str]:
    return {"code": code, "name_vi": vi, "name_en": en}


async def account_of(me: Me, counter: Counter, keys: KeyDesk) -> dict[str, Any]:
    """What a console knows of whoever is logged in."""
    officer, boxes = me.officer, await counter.boxes(me)
    return {
        "serial": officer.serial,
        "officer": officer.account,
        "name": officer.name,
        "role": officer.role,
        "state": officer.status,
        "unit": _unit(officer.unit, me.unit_name.vi, me.unit_name.en),
        "boxes": [{"code": box.code, "label_vi": box.label_vi, "label_en": box.label_en} for box in boxes],
        "stale_numbers": await counter.stale_numbers(me),
        "recovery_used": await keys.recovery_used(me),
        "locked": base64url(officer.locked),
        **_site(counter),
    }


async def _inbox(counter: Counter, me: Me, asked: Asked) -> dict[str, Any]:
    return page_of(await counter.inbox(me, asked))


async def _quiet_inbox(counter: Counter, me: Me, asked: Asked) -> dict[str, Any]:
    found = await counter.quiet_inbox(me, asked)
    return {**page_of(found.page), "early": [base64url(tip) for tip in found.early]}
