"""The webhook route of Telegram: header and body go to the driver, its status comes back."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from bot.edge.drivers.telegram.webhook import HEADER, Webhook
from bot.service.arrivals import Receive

LARGEST_UPDATE = 1_000_000
"""Bytes of one posted update; real ones are a few KB."""
PATH = "/webhook/telegram/residents"


def router(webhook: Webhook, receive: Receive) -> APIRouter:
    """The one route."""
    routes = APIRouter(include_in_schema=False)

    async def update(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_UPDATE:
                return Response(status_code=413)
        status = await webhook.handle(request.headers.get(HEADER), bytes(body), receive)
        return Response(status_code=status)

    routes.add_route(PATH, update, methods=["POST"])  # as it comes: it has no parameters to be solved
    return routes
