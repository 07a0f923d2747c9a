"""The console's API of passkeys: log-in by one, and an officer's own, added and removed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from bot.edge.http.desk import account_of
from bot.edge.http.frames import base64url
from bot.edge.http.sessions import PREFIX, Bytes, Model, by_script, session, set_cookie
from bot.service.desk.counter import Counter, Me
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.passkeys import Answer, Made

Short = Annotated[Bytes, Field(max_length=2 * 1024)]


class Answered(Model):
    """What an authenticator answers at log-in; each as the browser has it."""

    challenge: Short
    id: Short
    client_data: Short
    authenticator_data: Short
    signature: Short


class New(Model):
    """A new passkey, the officer's keys locked under it, and the proof of his passphrase."""

    challenge: Short
    id: Short
    client_data: Short
    attestation: Annotated[Bytes, Field(max_length=16 * 1024)]
    locked: Annotated[Bytes, Field(max_length=64 * 1024)]
    auth: Annotated[Bytes, Field(min_length=32, max_length=32)]


class Which(Model):
    """One of his own."""

    id: Annotated[Bytes, Field(min_length=32, max_length=32)]


def router(counter: Counter, keys: KeyDesk, *, secure: bool) -> APIRouter:
    """Routes of passkeys."""
    routes = APIRouter(prefix=PREFIX)
    acting, asked = session(counter.who_acts), by_script()

    @routes.post("/login/passkey/start", dependencies=[asked])
    async def start() -> dict[str, Any]:
        return {"challenge": base64url(keys.login_challenge())}

    @routes.post("/login/passkey", dependencies=[asked])
    async def login(body: Answered, response: Response) -> dict[str, Any]:
        answer = Answer(body.challenge, body.id, body.client_data, body.authenticator_data, body.signature)
        token, locked = await keys.login(answer)
        me = await counter.who(token)
        set_cookie(response, token, secure=secure)
        return {**await account_of(me, counter, keys), "locked": base64url(locked)}

    @routes.get("/passkeys")
    async def own(me: Me = acting) -> dict[str, Any]:
        found = await keys.passkeys(me)
        return {"passkeys": [{"id": base64url(one.id), "hour": one.hour} for one in found]}

    @routes.post("/passkeys/start", dependencies=[asked])
    async def begin(me: Me = acting) -> dict[str, Any]:
        return {"challenge": base64url(keys.new_challenge(me)), "salt": base64url(me.officer.salt)}

    @routes.post("/passkeys", dependencies=[asked], status_code=204)
    async def add(body: New, me: Me = acting) -> Response:
        made = Made(body.challenge, body.id, body.client_data, body.attestation)
        await keys.add_passkey(me, made, locked=body.locked, auth=body.auth)
        return Response(status_code=204)

    @routes.post("/passkeys/remove", dependencies=[asked], status_code=204)
    async def remove(body: Which, me: Me = acting) -> Response:
        await keys.remove_passkey(me, body.id)
        return Response(status_code=204)

    return routes
