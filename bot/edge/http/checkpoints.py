"""The console's checkpoint of its unit's audit chain: a page to print."""

from __future__ import annotations

from fastapi import APIRouter, Response

from bot.edge.http.sessions import PREFIX, session
from bot.service.checkpoints.desk import Checkpoints
from bot.service.desk.counter import Counter, Me


def router(counter: Counter, checkpoints: Checkpoints) -> APIRouter:
    """Its route."""
    routes = APIRouter(prefix=PREFIX)
    acting = session(counter.who_acts)

    @routes.get("/audit/checkpoint")
    async def checkpoint(me: Me = acting) -> Response:
        name = {"Content-Disposition": f'attachment; filename="hopthu-checkpoint-{me.officer.unit}.pdf"'}
        return Response(await checkpoints.page(me), media_type="application/pdf", headers=name)

    return routes
