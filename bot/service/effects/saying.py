"""Messages to say: rendered in the person's language, sealed, and queued in the chat's lane."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.service.chats import Chat
from bot.service.outgoing import Outgoing, draft_view
from bot.service.texts import Catalogue, Shown
from handlers.conversation import Conversation
from handlers.values import Message
from storage.repositories import outbox


@dataclass(frozen=True, slots=True)
class Saying:
    """Queues what a chat is told at `at` (UTC seconds), as it stands `after`; `receipt` goes where the core left it."""

    connection: Connection
    texts: Catalogue
    at: int
    after: Conversation
    receipt: str

    def say(self, chat: Chat, message: Message) -> Chat:
        """Queue one message; the chat with its counter moved on."""
        shown = self.texts.show(self.after.language, message, self.receipt)
        state, draft, language = self.after.state, draft_view(self.after), self.after.language
        return self._queue(chat, Outgoing(chat.address.chat, shown, state, draft, language=language))

    def leave(self, chat: Chat) -> Chat:
        """Queue leaving the group this chat is."""
        return self._queue(chat, Outgoing(chat.address.chat, Shown((), (), "", "plain"), self.after.state, leave=True))

    def _queue(self, chat: Chat, outgoing: Outgoing) -> Chat:
        chat, number = chat.next_number(self.at)
        blob = chat.key.seal_outgoing(chat.lane, number, outgoing.encode())
        row = outbox.Outgoing(chat.lane, number, chat.key.number, chat.address.driver, blob, due=self.at)
        outbox.add(self.connection, [row])
        return chat
