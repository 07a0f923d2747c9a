"""The console's API of recovery shares: what they are to open goes out as a file, keys that they gave come in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from bot.edge.http.frames import unbase64
from bot.edge.http.sessions import PREFIX, Bytes, Signed, by_script, session
from bot.service.desk.counter import Counter, Me
from bot.service.desk.keydesk import KeyDesk
from bot.service.desk.recovering import Recovered
from bot.service.errors import NotAccepted
from crypto.recovery import write_asked

MOST = 500
"""Tips at once; a body holds fewer."""
TipId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22}$")]
Serial = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class Keys(Signed):
    """Keys of some tips by serial, and the digest of the recovery recipient that they came of."""

    recovery: Bytes = Field(min_length=32, max_length=32)
    grants: dict[TipId, dict[Serial, Bytes]] = Field(max_length=MOST)


def router(counter: Counter, keys: KeyDesk) -> APIRouter:
    """Routes of the chief's side of recovery shares."""
    routes = APIRouter(prefix=PREFIX)
    acting, asked = session(counter.who_reads), by_script()

    @routes.get("/recovery")
    async def shut(me: Me = acting) -> Response:
        """The file for the offline machine."""
        name = {"Content-Disposition": f'attachment; filename="hopthu-recovery-{me.officer.unit}.txt"'}
        body = b"".join(write_asked(await keys.shut_tips(me)))
        return Response(body, media_type="application/octet-stream", headers=name)

    @routes.post("/recovery", dependencies=[asked], status_code=204)
    async def recover(body: Keys, me: Me = acting) -> Response:
        grants = {_id(tip): each for tip, each in body.grants.items()}
        await keys.recover(me, Recovered(body.recovery, grants), body.record)
        return Response(status_code=204)

    return routes


def _id(tip: str) -> bytes:
    found = unbase64(tip)
    if not isinstance(found, bytes):
        raise NotAccepted("desk-no-tip", status=404)
    return found
