"""The webhook's door of Telegram: header and body go to the driver, its status comes back.

Plain ASGI: what comes most often needs no routes, and no request made of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.edge.drivers.telegram.webhook import HEADER, Webhook
from bot.edge.http.bodies import Receive as Asking
from bot.service.arrivals import Receive

LARGEST_UPDATE = 1_000_000
"""Bytes of one posted update; real ones are a few KB."""
PATHS = "/webhook/telegram/"
"""Where webhooks begin; a bot's own word follows."""
_HEADER = HEADER.lower().encode()


class Door:
    """Takes what Telegram posts, and hands its arrivals to `receive`."""

    def __init__(self, webhook: Webhook, receive: Receive) -> None:
        self._webhook = webhook
        self._receive = receive

    async def __call__(self, scope: Mapping[str, Any], receive: Asking, send: Any) -> None:
        """One request; one whose sender hung up is answered nothing."""
        status = await self._status(scope, receive)
        if status is not None:
            headers = [(b"content-length", b"0")]
            await send({"type": "http.response.start", "status": int(status), "headers": headers})
            await send({"type": "http.response.body"})

    async def _status(self, scope: Mapping[str, Any], receive: Asking) -> int | None:
        if scope["method"] != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > LARGEST_UPDATE:
                return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        secret = next((value.decode("latin-1") for name, value in scope["headers"] if name == _HEADER), None)
        return await self._webhook.handle(secret, bytes(body), self._receive)
