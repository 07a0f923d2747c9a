"""Messages to say: rendered in the person's language, sealed, and queued in the chat's lane."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.arrivals import Arrival
from bot.service.chats import Chat
from bot.service.errors import OurFault
from bot.service.outgoing import Outgoing, draft_view
from bot.service.texts import Catalogue, Shown
from handlers.conversation import Conversation
from handlers.values import Message
from storage.repositories import outbox


@dataclass(frozen=True, slots=True)
class Saying:
    """Queues what one step says. `receipt` stands where the core left a place for it."""

    connection: Connection
    texts: Catalogue
    arrival: Arrival
    at: int
    after: Conversation
    receipt: str

    def say(self, chat: Chat, message: Message) -> Chat:
        """Queue one message; the chat with its counter moved on."""
        shown = self.texts.show(self.after.language, message, self.receipt)
        state, draft, language = self.after.state, draft_view(self.after), self.after.language
        return self._queue(chat, Outgoing(self.arrival.chat, shown, state, draft, language=language))

    def leave(self, chat: Chat) -> Chat:
        """Queue leaving the group this arrival came from."""
        return self._queue(chat, Outgoing(self.arrival.chat, Shown((), (), "", "plain"), self.after.state, leave=True))

    def _queue(self, chat: Chat, outgoing: Outgoing) -> Chat:
        chat, number = chat.next_number(self.at)
        blob = chat.key.seal_outgoing(chat.lane, number, outgoing.encode())
        driver = driver_of(self.arrival.channel.name)
        outbox.add(self.connection, [outbox.Outgoing(chat.lane, number, chat.key.number, driver, blob, due=self.at)])
        return chat


def driver_of(channel: str) -> outbox.Driver:
    """The outbox's word for who delivers on a channel.

    Raises:
        OurFault: a driver nobody delivers for.
    """
    if channel in ("web", "tor"):
        return "web"
    if channel == "telegram":
        return "telegram"
    raise OurFault("an arrival came from a driver nobody delivers for")
