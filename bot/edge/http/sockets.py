"""What the WebSockets of the chat and of the desk share: whose they may be, and how they are closed."""

from __future__ import annotations

from fastapi import WebSocket

NO_HELLO = 4400
"""Closing code: the first frame was no hello, or none came."""
NO_SESSION = 4401
WRONG_ORIGIN = 4403
TRY_LATER = 1013
"""Closing code of RFC 6455's register: the server is busy."""


def same_origin(socket: WebSocket) -> bool:
    """True where the page that opens this socket is ours, or no page opens it."""
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == socket.headers.get("host")
