"""The console's API of officers' phones: an officer's own, and for a chief whose of his unit are linked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from bot.edge.http.sessions import PREFIX, Model, by_script, session
from bot.service.desk.counter import Counter, Me
from bot.service.desk.phones import PhoneDesk
from handlers.values import Language


class Wanted(Model):
    """The language in which the phone is to be told."""

    language: Language


def router(desk: PhoneDesk, counter: Counter) -> APIRouter:
    """Routes under the console's API."""
    routes = APIRouter(prefix=PREFIX)
    reading, asked = session(counter.who_reads), by_script()

    @routes.get("/phone")
    async def mine(me: Me = reading) -> dict[str, Any]:
        """`state`: none, linked, or lost: the messenger says that the chat is gone. `bot`: whom to write to."""
        found = await desk.mine(me)
        return {"state": found.state, "bot": found.bot}

    @routes.post("/phone/code", dependencies=[asked])
    async def code(body: Wanted, me: Me = reading) -> dict[str, Any]:
        """A one-time code, shown once; an earlier one works no more."""
        found = await desk.new_code(me, body.language)
        return {"code": found.digits, "expires": found.expires}

    @routes.post("/phone/unlink", dependencies=[asked], status_code=204)
    async def unlink(me: Me = reading) -> Response:
        await desk.unlink(me)
        return Response(status_code=204)

    @routes.get("/phones")
    async def of_unit(me: Me = reading) -> dict[str, Any]:
        """Everybody of a chief's unit who reads, and how it stands with his phone."""
        found = await desk.of_unit(me)
        return {"phones": [{"officer": one.account, "name": one.name, "state": one.state} for one in found]}

    return routes
