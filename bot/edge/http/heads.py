"""How long the head of a request may be. Its parser knows no end: whoever never ends one would fill the memory."""

from __future__ import annotations

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD = 64 * 1024
"""Bytes of a request's line and headers; those of browsers and messengers take one or two thousand."""


class ShortHeads(HttpToolsProtocol):
    """Hangs up on who sends a longer one."""

    _head: int | None = 0
    """Bytes of the head that is being read; None: it is whole."""

    def data_received(self, data: bytes) -> None:
        """Some bytes of a connection, as they come."""
        super().data_received(data)
        if self._head is None:
            return
        self._head += len(data)
        if self._head > LONGEST_HEAD:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """A head begins."""
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """A head is whole."""
        self._head = None
        super().on_headers_complete()
