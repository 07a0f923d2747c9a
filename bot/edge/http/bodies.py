"""How much a request may bring. A file has its own limit where it is read; everything else is small.

Plain ASGI: bodies are counted as they pass and never kept. Without this a form of any size would be read into memory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException

LARGEST = 1_000_000
"""Bytes of a body: an officer's largest sealed entry takes 350 KB."""
UNBOUNDED_HERE = ("/api/v1/chat/media",)
"""Paths that count for themselves."""

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Mapping[str, Any], Receive, Any], Awaitable[None]]


class SmallBodies:
    """Refuses larger bodies with 413, as soon as they say or show that they are."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Any) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] in UNBOUNDED_HERE:
            await self._app(scope, receive, send)
            return
        room = LARGEST

        async def counted() -> Message:
            nonlocal room
            message = await receive()
            room -= len(message.get("body", b""))
            if room < 0:
                raise HTTPException(413)  # the one kind that the reader of a body lets through
            return message

        await self._app(scope, counted, send)
