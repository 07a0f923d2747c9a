"""The console's API of keys that change hands: who lacks which, giving, taking back, handing over, changing.

What travels is sealed: grants, entries, signed acts.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from bot.edge.http.frames import base64url
from bot.edge.http.sessions import PREFIX, Bytes, Signed, by_script, session
from bot.edge.http.tiprows import TipId, shown_row, tip_id
from bot.service.desk.casework import NewEntry
from bot.service.desk.counter import Counter, Me
from bot.service.desk.handing import BATCH, Giving, Lacking, Rekeying, Stale

Serial = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]


class Give(Signed):
    """A tip's key for one more reader."""

    reader: Serial
    grant: Bytes


class HandOver(Signed):
    """Many tips' keys for one reader, by tip."""

    reader: Serial
    grants: dict[TipId, Bytes] = Field(min_length=1, max_length=BATCH)


class TakeBack(Signed):
    """Whose key is taken back."""

    reader: Serial


class Rekey(Signed):
    """A tip under a new key: the signed entry, a grant for each who reads on, by serial, and the reporter's."""

    seq: int = Field(ge=1, le=100_000)
    sealed: Bytes
    grants: dict[Serial, Bytes] = Field(max_length=1_000)
    reporter: Bytes


def router(counter: Counter) -> APIRouter:
    """Routes under the console's API."""
    routes, hands = APIRouter(prefix=PREFIX), counter.hands
    reading, asked = session(counter.who_reads), by_script()
    _looking(routes, counter, reading=reading)

    @routes.post("/tips/{tip}/give", dependencies=[asked], status_code=204)
    async def give(tip: TipId, body: Give, me: Me = reading) -> Response:
        which = tip_id(tip)
        await hands.give(me.officer, which, Giving(body.reader, {which: body.grant}), body.record)
        return Response(status_code=204)

    @routes.post("/tips/{tip}/take-back", dependencies=[asked], status_code=204)
    async def take_back(tip: TipId, body: TakeBack, me: Me = reading) -> Response:
        await hands.take_back(me.officer, tip_id(tip), body.reader, body.record)
        return Response(status_code=204)

    @routes.post("/tips/{tip}/rekey", dependencies=[asked])
    async def rekey(tip: TipId, body: Rekey, me: Me = reading) -> dict[str, Any]:
        new = Rekeying(NewEntry(body.seq, body.sealed), body.grants, body.reporter)
        return {"entries": await hands.rekey(me.officer, tip_id(tip), new, body.record)}

    @routes.post("/keys/hand-over", dependencies=[asked], status_code=204)
    async def hand_over(body: HandOver, me: Me = reading) -> Response:
        grants = {tip_id(tip): grant for tip, grant in body.grants.items()}
        await hands.hand_over(me.officer, Giving(body.reader, grants), body.record)
        return Response(status_code=204)

    return routes


def _looking(routes: APIRouter, counter: Counter, *, reading: Any) -> None:
    hands = counter.hands

    @routes.get("/keys/lacking")
    async def lacking(reader: Serial, after: TipId | None = None, me: Me = reading) -> dict[str, Any]:
        """Tips that the officer can open and `reader` cannot, behind the tip `after`."""
        found = await hands.lacking(me.officer, reader, tip_id(after) if after else None)
        return _lacking(found)

    @routes.get("/keys/due")
    async def due(me: Me = reading) -> dict[str, int]:
        """How many tips need a new key, which a console asks as its officer logs in."""
        return {"stale": await hands.due(me.officer)}

    @routes.get("/keys/stale")
    async def stale(after: TipId | None = None, me: Me = reading) -> dict[str, Any]:
        """Tips whose key is to be changed, with their threads; nothing counts as read."""
        found = await hands.waiting(me.officer, tip_id(after) if after else None)
        return {"total": found.total, "tips": [_stale(one) for one in found.tips]}


def _lacking(found: Lacking) -> dict[str, Any]:
    tips = [
        {"tip": base64url(one.tip), "grant": base64url(one.grant), "opening": base64url(one.opening)}
        for one in found.tips
    ]
    return {"total": found.total, "tips": tips}


def _stale(one: Stale) -> dict[str, Any]:
    return {
        "tip": shown_row(one.row),
        "entries": [base64url(entry) for entry in one.entries],
        "readers": list(one.readers),
    }
