"""One chat at a time: what one person sends is handled in the order it came, chats beside each other."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from types import TracebackType

Chat = tuple[str, str]


@dataclass(slots=True, eq=False)
class _Line:
    """Who stands in one chat's line, whoever has the turn among them."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    standing: int = 0


class Turns:
    """A line per chat that exists only while somebody stands in it."""

    def __init__(self) -> None:
        self._lines: dict[Chat, _Line] = {}

    def of(self, bot: str, chat: str) -> AbstractAsyncContextManager[None]:
        """Wait for this chat's turn and hold it."""
        return _Turn(self._lines, (bot, chat))


class _Turn(AbstractAsyncContextManager[None]):
    """Every message takes three of them, so this is no generator."""

    __slots__ = ("_chat", "_line", "_lines")

    def __init__(self, lines: dict[Chat, _Line], chat: Chat) -> None:
        self._lines, self._chat = lines, chat

    async def __aenter__(self) -> None:
        line = self._line = self._lines.setdefault(self._chat, _Line())
        line.standing += 1
        mine = False
        try:
            mine = await line.turn.acquire()
        finally:
            if not mine:
                self._leave()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._line.turn.release()
        self._leave()

    def _leave(self) -> None:
        self._line.standing -= 1
        if not self._line.standing:
            del self._lines[self._chat]
