"""Files on their way: which chats wait for how many. In memory alone, and gone with the process, as the files are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.service.arrivals import Arrival


class Coming:
    """Counts a chat's files from their announcement until they are kept or given up."""

    def __init__(self) -> None:
        self._chats: dict[tuple[str, str], set[str]] = {}

    @contextmanager
    def one(self, arrival: Arrival) -> Iterator[None]:
        """This file is on its way. Inside another `one` of the same arrival it is counted once."""
        chat = arrival.bot, arrival.chat
        files = self._chats.setdefault(chat, set())
        if arrival.update in files:
            yield
            return
        files.add(arrival.update)
        try:
            yield
        finally:
            files.discard(arrival.update)
            if not files:
                del self._chats[chat]

    def beside(self, arrival: Arrival) -> int:
        """How many files of this chat are on their way beside this arrival."""
        return len(self._chats.get((arrival.bot, arrival.chat), set()) - {arrival.update})
